public import AkashiKnowledge
public import AkashiVault
public import Foundation

/// A time-stamp authority for the demo, on loopback. It vouches for nothing, and its name says so.
public final class DemoAuthority {
    /// What the desk has to know of it.
    public let description: TimestampAuthority
    private let process: Process
    private let input: Pipe

    /// Starts `Knowledge/demo/authority.py`; nil if Python or openssl is not there.
    public init?(folder: URL, knowledge: Knowledge) throws {
        process = Process()
        input = Pipe()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", knowledge.root.appending(path: "demo/authority.py").path, folder.path]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return nil }
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)),
            let url = URL(string: "http://127.0.0.1:\(port)/"),
            let pem = try? String(contentsOf: folder.appending(path: "root.pem"), encoding: .utf8)
        else {
            process.terminate()
            return nil
        }
        description = try TimestampAuthority(
            id: "demo", name: "Akashi demo（時刻を証明しません）", url: url, certificatesPEM: pem, isAccredited: false)
    }

    /// Ends it.
    public func stop() {
        try? input.fileHandleForWriting.close()
        process.terminate()
        process.waitUntilExit()
    }
}
