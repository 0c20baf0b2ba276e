public import Foundation

/// Files of a folder, served on loopback by a program that others made, as long as the value lives.
public final class FileSite {
    /// The port.
    public let port: Int
    private let process: Process

    /// Begins to serve.
    public init(_ folder: URL) throws {
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"]
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        // "Serving HTTP on 127.0.0.1 port 40123 (http://127.0.0.1:40123/) ..."
        var said = ""
        while !said.contains("/) ") {
            let piece = pipe.fileHandleForReading.availableData
            if piece.isEmpty { break }
            said += String(decoding: piece, as: UTF8.self)
        }
        let digits = said.firstRange(of: " port ").map { said[$0.upperBound...].prefix { $0.isNumber } } ?? ""
        port = Int(digits) ?? 0
    }

    deinit { process.terminate() }
}
