import AkashiCasework
import AkashiDesk
import AkashiFormats
import AkashiKnowledge
import AkashiModel
import AkashiVault
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Which address leads to which page.
struct Routes: Sendable {
    typealias Handler = @Sendable (Visit) async throws -> Answer

    /// Who may use a page.
    enum Access { case owner, everybody }

    let site: Site

    func add(to router: Router<DeskContext>) {
        addDoor(to: router)
        router.post("extension/:secret") { [site] request, context in
            try await ExtensionIntake(site: site).take(request, context)
        }
        let base = router.group(RouterPath(site.base))
        base.get("assets/:name") { [site] _, context -> Response in
            guard let name = context.parameters.get("name"), let bytes = site.asset(name) else { throw HTTPError(.forbidden) }
            let types = [
                "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
                "png": "image/png",
            ]
            return .bytes(bytes, type: types[name.split(separator: ".").last.map(String.init) ?? ""] ?? "text/plain")
        }
        let rooms = Rooms(site: site)
        rooms.addAll { method, path, access, handler in
            base.on(RouterPath(path), method: method) { request, context in
                try await self.serve(request, context, access, handler)
            }
        }
        base.post("take") { request, context in try await Upload(site: site).take(request, context) }
        base.get("take/jobs/:job/events") { request, context in try await Upload(site: site).events(request, context) }
    }

    /// Loads who asks and what, checks the right to ask, and makes an answer of what comes.
    private func serve(
        _ request: Request, _ context: DeskContext, _ access: Access, _ handler: Handler
    ) async throws -> Response {
        guard let session = context.session, let desk = await site.door.current else { return await lockPage() }
        if session.role != .owner, access == .owner { return .redirect(site.base + "/") }
        var form = Form()
        if request.method == .post {
            if let boundary = MultipartReader.boundary(ofContentType: request.headers[.contentType] ?? "") {
                let body = try await request.body.collect(upTo: Form.mostFileBytes)
                form = try Form(multipart: body.readableBytesView, boundary: boundary)
            } else {
                let body = try await request.body.collect(upTo: context.maxUploadSize)
                form = Form(urlEncoded: String(buffer: body))
            }
            guard form.exact("token") == session.formToken || request.headers[.deskToken] == session.formToken else {
                throw RefusedRequest()
            }
        }
        if let busy = site.jobs.running, request.method == .get { return try waitPage(busy, request, session) }
        let settings = try await desk.settings()
        let language = settings["language"].flatMap(Language.init(rawValue:)) ?? site.chosenLanguage
        site.chosenLanguage = language
        var parameters: [String: String] = [:]
        for (name, value) in context.parameters { parameters[String(name)] = String(value).removingPercentEncoding ?? "" }
        let address = Form(urlEncoded: request.uri.query ?? "").all
        let kept = address["kept"]?.first.flatMap { site.sessions.kept($0, session) } ?? [:]
        let visit = Visit(
            site: site, desk: desk, session: session, language: language, address: address, kept: kept, parameters: parameters,
            form: form, settings: settings)
        do {
            return try respond(try await handler(visit), visit)
        } catch let error as any CodedError {
            return try problem(error, visit)
        }
    }

    func respond(_ answer: Answer, _ visit: Visit, status: HTTPResponse.Status = .ok) throws -> Response {
        switch answer {
        case .page(let page, let notice): .html(try Shell(visit).render(page, notice), status: status)
        case .go(let path): .redirect(site.base + path)
        case .ask(let path, let open):
            .redirect(site.base + path + "?" + visit.asking(open: open))
        case .picture(let bytes): .bytes(bytes, type: "image/jpeg")
        case .file(let bytes, let name, let type): .download(bytes, name: name, type: type)
        case .response(let response): response
        }
    }

    /// What happened, what it means for the evidence, what to do now.
    private func problem(_ error: any CodedError, _ visit: Visit) throws -> Response {
        let text = visit.strings.text(for: error)
        let page = ProblemPage(what: text.what, evidence: text.evidence, next: text.nextOnPage, code: error.code)
        return try respond(.page(page), visit, status: error.code.hasSuffix("unknown") ? .notFound : .badRequest)
    }

    /// While much is being read, other pages wait and say so. The way out does not wait.
    private func waitPage(_ job: Int, _ request: Request, _ session: Session) throws -> Response {
        let path = "\(site.base)/take/jobs/\(job)"
        guard request.uri.path == path, let state = site.jobs[job] else { return .redirect(path) }
        // The desk is at work and answers nobody: what is shown is taken from the job alone, under a neutral title.
        let language = site.chosenLanguage
        let page = WaitPage(
            language: language.rawValue, title: site.strings(language).table("desk")("discreet.title"), job: job,
            sealed: state.sealed, fileCount: state.fileCount, records: state.records)
        return .html(try site.library(language).render(page, template: "wait"), status: .ok)
    }

    private func lockPage() async -> Response { .redirect(site.base + "/lock") }
}
