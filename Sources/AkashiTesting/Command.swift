public import Foundation

/// Runs an outside program, for checkers that we did not write.
public enum Command {
    /// What a program did.
    public struct Result: Sendable {
        /// Its exit code.
        public let status: Int32
        /// What it printed.
        public let output: [UInt8]
        /// What it complained about.
        public let errors: String

        /// What it printed, as text.
        public var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// The path of a program of this package, built together with the tests.
    public static func builtProgram(_ name: String) -> String {
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: name).path
    }

    /// Runs a program found in PATH, or by its path, to its end.
    ///
    /// - Throws: if it cannot be started.
    public static func run(
        _ program: String, _ arguments: [String], input: [UInt8]? = nil, environment: [String: String] = [:],
        folder: URL? = nil
    ) throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.currentDirectoryURL = folder
        var inherited = ProcessInfo.processInfo.environment
        for (name, value) in environment { inherited[name] = value }
        process.environment = inherited
        // Files and not pipes: no deadlock, whatever the sizes.
        let scratch = try TemporaryFolder()
        let outputURL = scratch.url.appending(path: "out")
        let errorURL = scratch.url.appending(path: "err")
        let inputURL = scratch.url.appending(path: "in")
        try Data(input ?? []).write(to: inputURL)
        try Data().write(to: outputURL)
        try Data().write(to: errorURL)
        process.standardInput = try FileHandle(forReadingFrom: inputURL)
        process.standardOutput = try FileHandle(forWritingTo: outputURL)
        process.standardError = try FileHandle(forWritingTo: errorURL)
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: Array(try Data(contentsOf: outputURL)),
            errors: String(decoding: try Data(contentsOf: errorURL), as: UTF8.self))
    }
}

/// A folder that disappears with the value.
public final class TemporaryFolder: Sendable {
    /// The folder.
    public let url: URL

    /// Makes an empty folder that only this user can read.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "akashi-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
