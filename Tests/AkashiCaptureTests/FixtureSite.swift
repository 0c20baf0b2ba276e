import AkashiBrowser
import AkashiCapture
import AkashiKnowledge
import AkashiModel
import AkashiTesting
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Synchronization
import Yams

/// Pages that look and behave like those of real sites, served on loopback under their names.
enum FixtureSite {
    struct Answer: Sendable {
        var status = 200
        var type = "text/html; charset=utf-8"
        var fields: [(String, String)] = []
        var body: [UInt8]
        var delay: Duration = .zero

        init(_ text: String, status: Int = 200, type: String = "text/html; charset=utf-8", fields: [(String, String)] = []) {
            body = Array(text.utf8)
            self.status = status
            self.type = type
            self.fields = fields
        }

        init(bytes: [UInt8], type: String) {
            body = bytes
            self.type = type
        }
    }

    typealias Page = @Sendable (_ host: String, _ path: String) -> Answer?

    /// Serves for the length of a scope.
    static func serve<Value: Sendable>(
        _ page: @escaping Page, _ body: @escaping @Sendable (Served) async throws -> Value
    ) async throws -> Value {
        let log = Log()
        let router = Router()
        router.middlewares.add(Everything(page: page, log: log))
        let (ports, hand) = AsyncStream<Int>.makeStream()
        let app = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                hand.yield(channel.localAddress?.port ?? 0)
                hand.finish()
            }, logger: Logger(label: "fixture") { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await app.run()
                return nil
            }
            group.addTask {
                for await port in ports { return try await body(Served(port: port, log: log)) }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() { if let value { return value } }
            throw BrowserError.ended
        }
    }

    final class Log: Sendable {
        let asked = Mutex<[String]>([])
    }

    struct Served: Sendable {
        let port: Int
        let log: Log
        var requests: [String] { log.asked.withLock { $0 } }

        /// A request whose hosts all lead to this site.
        func request(_ address: String, hosts: [String] = []) throws -> CaptureRequest {
            var request = CaptureRequest(address: address)
            let url = URL(string: address)
            for host in hosts + [url?.host() ?? ""] {
                request.overrides["\(host):\(url?.port ?? 80)"] = "127.0.0.1:\(port)"
            }
            request.packs = try CaptureTools.packs()
            return request
        }
    }

    private struct Everything: RouterMiddleware {
        typealias Context = BasicRequestContext
        let page: Page
        let log: Log

        @concurrent
        func handle(
            _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
        ) async throws -> Response {
            let host = (request.head.authority ?? "").split(separator: ":").first.map(String.init) ?? ""
            let path = request.uri.string
            log.asked.withLock { $0.append(host + path) }
            guard let answer = page(host, path) else {
                return Response(status: .notFound, body: .init(byteBuffer: .init(string: "?")))
            }
            if answer.delay > .zero { try await Task.sleep(for: answer.delay) }
            var headers = HTTPFields()
            headers[.contentType] = answer.type
            headers[.date] = "Wed, 25 Nov 2026 00:00:00 GMT"
            for (name, value) in answer.fields { if let name = HTTPField.Name(name) { headers[name] = value } }
            return Response(
                status: .init(code: answer.status), headers: headers, body: .init(byteBuffer: .init(bytes: answer.body)))
        }
    }
}

/// What the capture tests share.
enum CaptureTools {
    static func packs() throws -> [PlatformPack] {
        let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))
        // Their own names are on the browser's list of sites that are only visited by HTTPS.
        return try knowledge.list("platforms", ending: ".yaml").map { path in
            let id = path.split(separator: "/").last?.split(separator: ".").first ?? ""
            let text = try knowledge.text(path).replacing("hosts: [", with: "hosts: [\(id).example, ")
            return try YAMLDecoder().decode(PlatformPack.self, from: text)
        }
    }

    /// A clock that stands, and seeded chance.
    static func capture() throws -> PageCapture {
        let count = Mutex<UInt8>(0)
        let environment = CaptureEnvironment(now: { Instant(milliseconds: 1_795_564_800_000) }) { wanted in
            let first = count.withLock { count in
                count &+= 1
                return count
            }
            return (0..<wanted).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ Int(first) &* 7) }
        }
        return PageCapture(browser: try Browser(), environment: environment)
    }
}
