public import Foundation

// SAFETY: the process is started in `init`, ended in `deinit`, and not touched in between.
/// A time-stamp authority on loopback that runs as long as this value lives.
public final class TestAuthority: @unchecked Sendable {
    private let process = Process()
    private let input = Pipe()
    private let folder: TemporaryFolder

    /// Where it answers.
    public let url: URL
    /// Its root certificate.
    public let rootPEM: String

    /// Makes certificates and starts answering.
    ///
    /// - Throws: if python3 or openssl is missing.
    public init(rsa: Bool = false) throws {
        folder = try TemporaryFolder()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let script = ProjectFolder.root.appending(path: "Knowledge/demo/authority.py").path
        process.arguments = ["python3", script, folder.url.path] + (rsa ? ["--rsa"] : [])
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)),
            let url = URL(string: "http://127.0.0.1:\(port)/")
        else { throw CocoaError(.fileReadUnknown) }
        self.url = url
        rootPEM = try String(contentsOf: folder.url.appending(path: "root.pem"), encoding: .utf8)
    }

    /// Answers a request without the network: what an authority would send back.
    public func answer(_ query: [UInt8]) throws -> [UInt8] {
        let queryURL = folder.url.appending(path: UUID().uuidString)
        let replyURL = folder.url.appending(path: UUID().uuidString)
        try Data(query).write(to: queryURL)
        let configuration = folder.url.appending(path: "tsa.cnf").path
        let result = try Command.run(
            "openssl",
            [
                "ts", "-reply", "-config", configuration, "-section", "authority", "-queryfile", queryURL.path, "-out",
                replyURL.path,
            ])
        guard result.status == 0 else { throw CocoaError(.fileReadUnknown) }
        return Array(try Data(contentsOf: replyURL))
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.terminate()
    }
}
