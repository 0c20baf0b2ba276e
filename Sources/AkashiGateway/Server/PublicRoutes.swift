import AkashiGuide
import AkashiKnowledge
import AkashiModel
import AkashiModeration
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What the internet may ask: `Knowledge/gateway/openapi.yaml` describes it.
struct PublicRoutes: Sendable {
    /// Comments in one answer.
    static let pageCount = 100

    let gateway: Gateway
    let pages: BoxPages

    func add(to router: Router<GatewayContext>) {
        router.get("health") { [gateway] _, _ -> Response in
            _ = try await gateway.store.count(in: "")
            return .text("ok\n", type: "text/plain; charset=utf-8")
        }
        router.get("v1/openapi.yaml") { [pages] _, _ -> Response in .text(pages.description, type: "application/yaml") }
        router.get("v1/threads/:thread/comments") { request, context in try await list(request, context) }
        router.get("v1/threads/:thread/count") { [gateway] _, context -> Response in
            try Response.json(["count": try await gateway.store.count(in: try thread(context).name)])
        }
        router.post("v1/threads/:thread/comments") { request, context in try await post(request, context) }
        router.get("box.js") { [pages] _, _ -> Response in asset(pages.script, "text/javascript; charset=utf-8") }
        router.get("box.css") { [pages] _, _ -> Response in asset(pages.style, "text/css; charset=utf-8") }
        router.get("box/:thread") { request, context in try await page(request, context) }
        router.post("box/:thread") { request, context in try await form(request, context) }
        if gateway.configuration.servesGuide == true { addGuide(to: router) }
    }

    private func addGuide(to router: Router<GatewayContext>) {
        router.get("guide") { [pages] request, _ -> Response in
            .text(try pages.guide(BoxPages.language(request), question: nil), type: "text/html; charset=utf-8")
        }
        // A question is sent in a form, never in an address: addresses stay in histories and logs.
        router.post("guide") { [pages] request, _ -> Response in
            let question = Submission.fields(try await body(request))?["q"].map { String($0.prefix(200)) }
            return .text(try pages.guide(BoxPages.language(request), question: question), type: "text/html; charset=utf-8")
        }
        router.get("guide/:part") { request, context -> Response in
            guard let id = context.parameters.get("part"), let thread = ThreadName("guide-" + id) else {
                throw HTTPError(.notFound)
            }
            return try await html(thread, BoxPages.language(request), sent: sent(request), guidePart: id)
        }
    }

    private func sent(_ request: Request) -> BoxPage.Sent? {
        request.uri.queryParameters.get("sent").flatMap { BoxPage.Sent(rawValue: String($0)) }
    }

    private func asset(_ text: String, _ type: String) -> Response {
        var response = Response.text(text, type: type)
        response.headers[.cacheControl] = "public, max-age=3600"
        response.headers[.crossOriginResourcePolicy] = "cross-origin"
        return response
    }

    private func thread(_ context: GatewayContext) throws -> ThreadName {
        guard let name = context.parameters.get("thread")?.removingPercentEncoding, let thread = ThreadName(name),
            gateway.takes(thread)
        else { throw HTTPError(.notFound) }
        return thread
    }

    private struct Listed: Encodable {
        struct Comment: Encodable {
            let id: String
            let name: String
            let text: String
            let at: String
            let owner: Bool
            let replyTo: String?
        }
        let count: Int
        let comments: [Comment]
        let next: String?
    }

    private func list(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let thread = try thread(context)
        let after = request.uri.queryParameters.get("after")
        let cursor = after.flatMap { ShownCursor($0) }
        guard after == nil || cursor != nil else { return .problem(.badRequest, "after-unreadable") }
        let found = try await gateway.store.shown(in: thread.name, after: cursor, limit: Self.pageCount + 1)
        let comments = found.prefix(Self.pageCount)
        return try .json(
            Listed(
                count: try await gateway.store.count(in: thread.name),
                comments: comments.map {
                    Listed.Comment(
                        id: $0.id, name: $0.name, text: $0.text, at: Instant(milliseconds: $0.at).utcText, owner: $0.isOwner,
                        replyTo: $0.replyTo)
                },
                next: found.count > Self.pageCount ? comments.last.map { ShownCursor(at: $0.at, id: $0.id).text } : nil))
    }

    private func post(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let thread = try thread(context)
        // A page of another site can send a plain form without asking; it cannot send this type.
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            return .problem(.unsupportedMediaType, "json-only")
        }
        let bytes = try await body(request)
        do {
            let submission = try Submission(json: bytes, key: request.headers[.idempotencyKey])
            switch try await gateway.take(submission, in: thread, from: address(request, context)) {
            case .taken(let isShown): return try .json(["shown": isShown], status: .accepted)
            case .takenBefore: return try .json(["before": true], status: .accepted)
            case .tooFast: return .problem(.tooManyRequests, "too-fast", retryAfter: 600)
            }
        } catch let problem as Submission.Problem {
            return .problem(problem == .unreadable ? .badRequest : .unprocessableContent, problem.rawValue)
        }
    }

    /// The box as a page of its own: it needs no script.
    private func page(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let thread = try thread(context)
        let language = BoxPages.language(request)
        let cursor = request.uri.queryParameters.get("after").flatMap { ShownCursor(String($0)) }
        return try await html(thread, language, sent: sent(request), after: cursor)
    }

    private func html(
        _ thread: ThreadName, _ language: Language, sent: BoxPage.Sent?, after: ShownCursor? = nil,
        kept: (name: String, text: String)? = nil, guidePart: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let found = try await gateway.store.shown(in: thread.name, after: after, limit: Self.pageCount + 1)
        let page = BoxPage(
            thread: thread, language: language, comments: Array(found.prefix(Self.pageCount)),
            count: try await gateway.store.count(in: thread.name), hasMore: found.count > Self.pageCount,
            key: gateway.envelopes.newID(), sent: sent, kept: kept)
        let text: String
        if let guidePart {
            guard let part = pages.guides[language]?.part(guidePart) else { throw HTTPError(.notFound) }
            text = try pages.guidePart(part, page)
        } else {
            text = try pages.box(page)
        }
        return .text(text, type: "text/html; charset=utf-8", status: status)
    }

    private func form(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let thread = try thread(context)
        let language = BoxPages.language(request)
        let bytes = try await body(request)
        let isInGuide = request.uri.queryParameters.get("back") == "guide" && thread.name.hasPrefix("guide-")
        let guidePart = isInGuide ? String(thread.name.dropFirst("guide-".count)) : nil
        let sent: BoxPage.Sent
        do {
            let submission = try Submission(form: bytes)
            switch try await gateway.take(submission, in: thread, from: address(request, context)) {
            case .taken(let isShown): sent = isShown ? .shown : .waits
            case .takenBefore: sent = .waits
            case .tooFast:
                // What was typed is not lost: it stands in the form again.
                return try await html(
                    thread, language, sent: .tooFast, kept: (submission.claimedName, submission.text), guidePart: guidePart,
                    status: .tooManyRequests)
            }
        } catch is Submission.Problem {
            return try await html(thread, language, sent: .unreadable, guidePart: guidePart, status: .unprocessableContent)
        }
        let path = guidePart.map { "guide/" + $0 } ?? "box/" + thread.name
        let address = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
        return Response(
            status: .seeOther, headers: [.location: "/\(address)?sent=\(sent.rawValue)&lang=\(language.rawValue)#sent"])
    }

    private func body(_ request: Request) async throws -> [UInt8] {
        var buffer = try await request.body.collect(upTo: Submission.maximumByteCount)
        return buffer.readBytes(length: buffer.readableBytes) ?? []
    }

    /// The sender's address. Behind a proxy it is the last one that the proxy added: those before it anybody can write.
    private func address(_ request: Request, _ context: GatewayContext) -> String {
        if gateway.configuration.trustsProxy,
            let last = request.headers[values: .forwardedFor].last?.split(separator: ",").last
        {
            return last.trimmingCharacters(in: .whitespaces)
        }
        return context.remoteAddress?.ipAddress ?? ""
    }
}
