import AkashiDesk
import AkashiModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// Kept pages that may be looked at now. Gone when the desk locks.
final class Replays: Sendable {
    private static let maximumCount = 8
    private let pages = Mutex<[(secret: String, page: ReplayPage)]>([])
    private let knownPort = Mutex<Int>(0)

    /// The port of the other origin.
    var port: Int {
        get { knownPort.withLock { $0 } }
        set { knownPort.withLock { $0 = newValue } }
    }

    func add(_ page: ReplayPage, secret: String) {
        pages.withLock { pages in
            pages.append((secret, page))
            if pages.count > Self.maximumCount { pages.removeFirst() }
        }
    }

    subscript(secret: String) -> ReplayPage? { pages.withLock { $0.first { $0.secret == secret }?.page } }

    func removeAll() { pages.withLock { $0 = [] } }
}

/// A second origin, on a port of its own, that shows kept pages and nothing else. No cookie of the desk reaches it, no script
/// runs on it, nothing can be loaded from elsewhere, and only the desk's own page can hold it in a frame.
struct ReplayServer: Sendable {
    let site: Site

    func application(_ logger: Logger) -> some ApplicationProtocol {
        let router = Router(context: DeskContext.self)
        router.add(middleware: ReplayGate(site: site))
        router.get(":secret/page") { [site] request, context -> Response in
            guard let page = context.parameters.get("secret").flatMap({ site.replays[$0] }) else { throw HTTPError(.forbidden) }
            var response = Response.html(page.html)
            // Opened by itself it would stand in the address bar like a page of the web: then it is a download.
            if request.headers[.fetchDest] != "iframe" {
                response.headers[.contentDisposition] = "attachment; filename=\"page.html\""
            }
            return response
        }
        router.get(":secret/part/:number") { [site] _, context -> Response in
            guard let page = context.parameters.get("secret").flatMap({ site.replays[$0] }),
                let number = context.parameters.get("number").flatMap({ Int($0) }), page.parts.indices.contains(number)
            else { throw HTTPError(.forbidden) }
            return .bytes(page.parts[number].bytes, type: page.parts[number].type)
        }
        let site = site
        return Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0), serverName: nil),
            onServerRunning: { channel in site.replays.port = channel.localAddress?.port ?? 0 }, logger: logger)
    }
}

/// What every request to the other origin passes, and the headers of every answer.
private struct ReplayGate: RouterMiddleware {
    typealias Context = DeskContext

    let site: Site

    func handle(
        _ request: Request, context: DeskContext, next: @concurrent (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        if request.head.authority == "127.0.0.1:\(site.replays.port)", request.method == .get {
            do { response = try await next(request, context) } catch is HTTPError { response = Response(status: .forbidden) }
        } else {
            response = Response(status: .forbidden)
        }
        response.headers[.contentSecurityPolicy] =
            "sandbox; default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors http://127.0.0.1:\(site.port)"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.cacheControl] = "no-store"
        response.headers[.dnsPrefetch] = "off"
        return response
    }
}
