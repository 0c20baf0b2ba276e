import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiTesting
import AkashiVault
import AkashiWeb
import Foundation
import Synchronization
import Testing

/// A desk that serves for the length of a scope, and a browser without a screen that visits it.
final class WebClient: Sendable {
    static let environment: DeskEnvironment = {
        let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))
        return DeskEnvironment(vault: .test(), knowledge: knowledge) { _, _ in throw VaultError(.stampRefused) }
    }()

    let port: Int
    let folder: URL
    private let address: @Sendable () -> String
    private let state = Mutex<(cookie: String?, base: String, token: String)>((nil, "", ""))

    private init(port: Int, folder: URL, address: @escaping @Sendable () -> String) {
        self.port = port
        self.folder = folder
        self.address = address
    }

    /// Visits a desk that another process serves.
    static func entering(_ address: String, folder: URL) async throws -> WebClient {
        let client = WebClient(port: try #require(URL(string: address)?.port), folder: folder) { address }
        try await client.enter(address)
        return client
    }

    /// Begins to upload a large file, and sends half of it.
    func sendHalf(byteCount: Int) async -> [UInt8]? {
        let boundary = "----boundary7d93b"
        let part = "--\(boundary)\r\nContent-Disposition: form-data; name="
        let start = "\(part)\"token\"\r\n\r\n\(token)\r\n\(part)\"files\"; filename=\"large.bin\"\r\n\r\n"
        let head = """
            POST \(base)/take HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nOrigin: http://127.0.0.1:\(port)\r\n\
            Cookie: \(cookie ?? "")\r\nContent-Type: multipart/form-data; boundary=\(boundary)\r\n\
            Content-Length: \(byteCount)\r\nConnection: close\r\n\r\n
            """
        let body = [UInt8](repeating: 65, count: byteCount / 2)
        return await RawHTTP.exchange(Array((head + start).utf8) + body, port: port)
    }

    /// A new one-time address.
    func newAddress() -> String { address() }
    var base: String { state.withLock { $0.base } }
    var token: String { state.withLock { $0.token } }
    var cookie: String? { state.withLock { $0.cookie } }

    /// Serves a vault that was filled before.
    ///
    /// - Parameter isSafe: whether she has said that nobody else sees the device.
    static func withDesk<Value: Sendable>(
        passphrase: String? = nil, idleLimit: Int64 = 1_000_000_000, isSafe: Bool = true, parent: String = "",
        captureOverrides: [String: String] = [:],
        fill: @Sendable (Desk, URL) async throws -> Void = { _, _ in },
        _ body: @escaping @Sendable (WebClient) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "desk-\(Foundation.UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let vault = folder.appending(path: parent).appending(path: "vault")
        try FileManager.default.createDirectory(at: vault.deletingLastPathComponent(), withIntermediateDirectories: true)
        do {
            let desk = try Desk.create(at: vault.path, passphrase: passphrase, environment: environment)
            if isSafe {
                try await desk.choose("device", "no")
                try await desk.choose("discreet", "off")
            }
            try await fill(desk, folder)
        }
        var configuration = DeskServer.Configuration(folder: vault.path)
        configuration.captureOverrides = captureOverrides
        configuration.idleLimit = idleLimit
        let server = try DeskServer(configuration, environment: environment)
        let (ready, signal) = AsyncStream<Void>.makeStream()
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await server.run { signal.yield() }
                return nil
            }
            group.addTask {
                for await _ in ready { break }
                let first = server.newAddress()
                let port = try #require(URL(string: first)?.port)
                let client = WebClient(port: port, folder: folder) { server.newAddress() }
                try await client.enter(first)
                return try await body(client)
            }
            while let value = try await group.next() {
                guard let value else { continue }
                group.cancelAll()
                return value
            }
            throw CancellationError()
        }
    }

    /// The page of a job that has come to its end.
    func finishedJob(_ number: Int) async throws -> String {
        for _ in 0..<600 {
            let page = try await get("/take/jobs/\(number)").text
            if !page.contains("data-job=") { return page }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw CancellationError()
    }

    /// Follows a one-time address.
    func enter(_ address: String) async throws {
        let path = try #require(URL(string: address)?.path)
        let reply = try await send("GET", path)
        let location = try #require(reply.header("Location"))
        state.withLock { state in
            state.base = "/" + (location.split(separator: "/").first.map(String.init) ?? "")
            if let cookie = reply.header("Set-Cookie") { state.cookie = String(cookie.prefix { $0 != ";" }) }
        }
        if reply.header("Set-Cookie") != nil { try await readToken() }
    }

    /// Takes the token out of a page, as its script would.
    func readToken() async throws {
        let page = try await get("/")
        let match = page.text.firstMatch(of: /name="desk-token" content="([^"]+)"/)
        state.withLock { $0.token = match.map { String($0.1) } ?? "" }
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Reply {
        try await send("GET", base + path, headers: headers)
    }

    func post(_ path: String, _ fields: [(String, String)] = [], headers: [String: String] = [:]) async throws -> Reply {
        let all = [("token", token)] + fields
        let body = all.map { "\(Self.encode($0.0))=\(Self.encode($0.1))" }.joined(separator: "&")
        var headers = headers
        headers["Content-Type"] = headers["Content-Type"] ?? "application/x-www-form-urlencoded"
        headers["Origin"] = headers["Origin"] ?? "http://127.0.0.1:\(port)"
        let reply = try await send("POST", base + path, headers: headers, body: Array(body.utf8))
        if let cookie = reply.header("Set-Cookie"), !cookie.contains("Max-Age=0") {
            state.withLock { $0.cookie = String(cookie.prefix { $0 != ";" }) }
        }
        return reply
    }

    /// Uploads files and pasted words as the form does.
    func upload(_ files: [(name: String, bytes: [UInt8])], words: String = "", token: String? = nil) async throws -> Reply {
        let boundary = "----boundary7d93b"
        var body: [UInt8] = []
        func field(_ name: String, _ value: String) {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        field("token", token ?? self.token)
        field("wordsName", "memo.txt")
        for file in files {
            body += Array(
                ("--\(boundary)\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(file.name)\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n").utf8)
            body += file.bytes + [13, 10]
        }
        field("words", words)
        body += Array("--\(boundary)--\r\n".utf8)
        return try await send(
            "POST", base + "/take",
            headers: [
                "Content-Type": "multipart/form-data; boundary=\(boundary)", "Origin": "http://127.0.0.1:\(port)",
            ], body: body)
    }

    /// Sends a form with files.
    func sendForm(
        _ path: String, _ fields: [(String, String)], files: [(name: String, bytes: [UInt8])]
    ) async throws -> Reply {
        let boundary = "----boundary7d93b"
        var body: [UInt8] = []
        for (name, value) in [("token", token)] + fields {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for (name, bytes) in files {
            body += Array(
                ("--\(boundary)\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(name)\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n").utf8)
            body += bytes + [13, 10]
        }
        body += Array("--\(boundary)--\r\n".utf8)
        return try await send(
            "POST", base + path,
            headers: [
                "Content-Type": "multipart/form-data; boundary=\(boundary)", "Origin": "http://127.0.0.1:\(port)",
            ], body: body)
    }

    /// Sends a request with this browser's cookie; headers with an empty value are left out.
    func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: [UInt8] = []
    ) async throws -> Reply {
        var all: [(String, String)] = [("Host", "127.0.0.1:\(port)"), ("Connection", "close")]
        if let cookie { all.append(("Cookie", cookie)) }
        if method == "POST" { all.append(("Content-Length", String(body.count))) }
        for (name, value) in headers {
            all.removeAll { $0.0 == name }
            if !value.isEmpty { all.append((name, value)) }
        }
        let head = "\(method) \(path) HTTP/1.1\r\n" + all.map { "\($0.0): \($0.1)\r\n" }.joined() + "\r\n"
        let bytes = try #require(await RawHTTP.exchange(Array(head.utf8) + body, port: port, seconds: 120))
        return try #require(Reply(bytes), "no answer to \(method) \(path)")
    }

    static func encode(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}
