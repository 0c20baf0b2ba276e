import AkashiTesting
import Foundation
import Testing

@testable import AkashiGateway

/// `akashi-gateway` as a process of its own.
final class RunningGateway {
    let process = Process()
    private(set) var port = 0
    private(set) var deskPort = 0
    private let printed: URL

    init(
        _ configuration: URL, _ storage: Gateway.Storage, _ folder: TemporaryFolder, more: [String] = [],
        secrets: [String: String] = [:]
    ) async throws {
        printed = folder.url.appending(path: "printed")
        try Data().write(to: printed)
        process.executableURL = URL(filePath: Command.builtProgram("akashi-gateway"))
        var environment = ProcessInfo.processInfo.environment
        environment["AKASHI_KNOWLEDGE"] = ProjectFolder.root.appending(path: "Knowledge").path
        process.arguments = ["--configuration", configuration.path, "--port", "0", "--desk-port", "0"] + more
        switch storage {
        case .folder(let path): process.arguments? += ["--folder", path]
        case .postgreSQL(let address):
            process.arguments? += ["--postgresql"]
            environment["AKASHI_GATEWAY_DATABASE"] = address
        }
        process.environment = environment.merging(secrets) { $1 }
        process.standardOutput = try FileHandle(forWritingTo: printed)
        process.standardError = try FileHandle(forWritingTo: printed)
        try process.run()
        for _ in 0..<400 where port == 0 {
            try await Task.sleep(for: .milliseconds(25))
            let text = try String(contentsOf: printed, encoding: .utf8)
            let ports = text.firstMatch(of: /http:\/\/127\.0\.0\.1:([0-9]+) desk http:\/\/127\.0\.0\.1:([0-9]+)/)
            port = ports.flatMap { Int($0.1) } ?? 0
            deskPort = ports.flatMap { Int($0.2) } ?? 0
        }
        try #require(port != 0, "it did not start")
    }

    /// Sends until the process is gone; the keys that were answered with 202.
    static func sendUntilGone(_ worker: Int, port: Int) async -> [String] {
        var answered: [String] = []
        for number in 0..<100_000 {
            let key = "w\(worker)-\(number)"
            let body = #"{"text":"\#(key)"}"#
            let head =
                "POST /v1/threads/page/comments HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Idempotency-Key: \(key)\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            guard let bytes = await RawHTTP.exchange(Array((head + body).utf8), port: port, seconds: 10) else { break }
            guard let reply = Reply(bytes) else { break }
            if reply.status == 202 { answered.append(key) }
        }
        return answered
    }
}
