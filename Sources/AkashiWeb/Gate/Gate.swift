import AkashiKnowledge
import AkashiModel
import HTTPTypes
import Hummingbird
import NIOCore

/// What every request passes first and every answer last.
///
/// Foreign names, other sites and missing sessions all get the same page with nothing on it: nobody learns from the
/// answer whether something is there.
struct Gate: RouterMiddleware {
    typealias Context = DeskContext

    let site: Site

    func handle(
        _ request: Request, context: DeskContext, next: @concurrent (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await answer(request, context, next)
        } catch is RefusedRequest {
            response = neutral(.forbidden)
        } catch let error as HTTPError {
            response = neutral(error.status == .contentTooLarge ? .contentTooLarge : .forbidden)
        } catch is NIOTooManyBytesError {
            response = neutral(.contentTooLarge)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            response = neutral(.internalServerError)
        }
        Self.addHeaders(&response)
        // One page of the desk may hold a frame: that of the other origin.
        if request.uri.path.hasSuffix("/replay"), let policy = response.headers[.contentSecurityPolicy] {
            response.headers[.contentSecurityPolicy] = policy + "; frame-src http://127.0.0.1:\(site.replays.port)"
        }
        return response
    }

    private func answer(
        _ request: Request, _ context: DeskContext, _ next: @concurrent (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        guard isOurHost(request) else { return neutral(.forbidden) }
        let path = request.uri.path
        if path == "/" { return neutral(.ok) }
        if path.hasPrefix("/extension/"), isExtension(request) { return try await next(request, context) }
        guard isOurSite(request) else { return neutral(.forbidden) }
        guard path.hasPrefix("/open/") || path == site.base || path.hasPrefix(site.base + "/") else {
            return neutral(.forbidden)
        }
        var context = context
        if let token = cookie(request) {
            let isVisit = !path.hasSuffix("/events")
            context.session = site.sessions.find(token, isVisit: isVisit)
        }
        return try await next(request, context)
    }

    /// Exactly the name and port that were printed: no other spelling, no other name that leads here.
    private func isOurHost(_ request: Request) -> Bool {
        guard let host = request.head.authority else { return false }
        return host == "127.0.0.1:\(site.port)" || host == "localhost:\(site.port)"
    }

    /// Requests that another site caused are refused, reading ones too.
    private func isOurSite(_ request: Request) -> Bool {
        let fetchSite = request.headers[.fetchSite]
        if let fetchSite, fetchSite != "same-origin", fetchSite != "none" { return false }
        let isReading = request.method == .get || request.method == .head
        guard let origin = request.headers[.origin] else {
            // A browser names the origin of everything that is not reading.
            return isReading || fetchSite == "same-origin" || request.headers[.deskToken] != nil
        }
        if origin == "null" { return fetchSite == "same-origin" }
        return origin == "http://127.0.0.1:\(site.port)" || origin == "http://localhost:\(site.port)"
    }

    /// A browser's extension: no page of the web can give itself such an origin. What it may do is one thing, with a secret.
    private func isExtension(_ request: Request) -> Bool {
        guard request.method == .post, let origin = request.headers[.origin] else { return false }
        return origin.hasPrefix("chrome-extension://") || origin.hasPrefix("moz-extension://")
    }

    private func cookie(_ request: Request) -> String? {
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                if parts.count == 2, parts[0] == site.cookieName { return String(parts[1]) }
            }
        }
        return nil
    }

    /// A page that says nothing to somebody who looks over a shoulder, or to another site.
    private func neutral(_ status: HTTPResponse.Status) -> Response {
        let strings = site.strings(site.chosenLanguage)
        let words = strings.table("desk")
        let html = """
            <!doctype html><html lang="\(strings.language.rawValue)"><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>\(words("discreet.title"))</title></head>\
            <body><main><h1>\(words("discreet.title"))</h1><p>\(words("discreet.empty"))</p></main></body></html>
            """
        return .html(html, status: status)
    }

    private static let fixedHeaders: [(HTTPField.Name, String)] = [
        (
            .contentSecurityPolicy,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        ),
        (.xContentTypeOptions, "nosniff"), (.referrerPolicy, "no-referrer"), (.cacheControl, "no-store"),
        (.resourcePolicy, "same-origin"), (.openerPolicy, "same-origin"),
        (.permissionsPolicy, "camera=(), microphone=(), geolocation=(), interest-cohort=()"), (.dnsPrefetch, "off"),
    ]

    private static func addHeaders(_ response: inout Response) {
        for (name, value) in fixedHeaders where response.headers[name] == nil { response.headers[name] = value }
    }
}

/// A request that is not from one of our own pages.
struct RefusedRequest: Error {}

extension HTTPField.Name {
    static func named(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("a header's name") }
        return name
    }

    static let fetchSite = named("Sec-Fetch-Site")
    static let fetchDest = named("Sec-Fetch-Dest")
    static let deskToken = named("X-Desk-Token")
    static let referrerPolicy = named("Referrer-Policy")
    static let resourcePolicy = named("Cross-Origin-Resource-Policy")
    static let openerPolicy = named("Cross-Origin-Opener-Policy")
    static let permissionsPolicy = named("Permissions-Policy")
    static let dnsPrefetch = named("X-DNS-Prefetch-Control")
    static let clearSiteData = named("Clear-Site-Data")
}
