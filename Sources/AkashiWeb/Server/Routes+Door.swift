import AkashiCasework
import AkashiKnowledge
import AkashiModel
import AkashiVault
import HTTPTypes
import Hummingbird

/// The page that is there when nobody is let in. It says nothing of what is behind it.
struct LockPage: Sendable {
    let language: String
    let title: String
    let needsPassphrase: Bool
    let problem: String?
}

extension Routes {
    func addDoor(to router: Router<DeskContext>) {
        router.get("open/:code") { [site] _, context -> Response in
            guard let code = context.parameters.get("code"), site.sessions.redeem(code) else { throw HTTPError(.forbidden) }
            if await site.door.needsPassphrase { return .redirect(site.base + "/lock") }
            return try await enter(.noPassphrase, .launch)
        }
        let base = router.group(RouterPath(site.base))
        base.get("lock") { [site] _, context -> Response in
            if context.session != nil, await site.door.current != nil { return .redirect(site.base + "/") }
            return try await lockPage(problem: nil)
        }
        base.post("lock") { [site] _, _ -> Response in
            await site.lock()
            return .redirect(site.base + "/lock")
        }
        base.post("unlock") { request, context -> Response in try await unlock(request, context) }
        base.post("exit") { [site] _, _ -> Response in
            await site.lock()
            var response = Response.redirect("/")
            response.headers[.clearSiteData] = "\"cache\", \"cookies\", \"storage\""
            response.headers[.setCookie] = "\(site.cookieName)=; Path=\(site.base); Max-Age=0; HttpOnly; SameSite=Strict"
            return response
        }
    }

    private func unlock(_ request: Request, _ context: DeskContext) async throws -> Response {
        let form = Form(urlEncoded: String(buffer: try await request.body.collect(upTo: 16 << 10)))
        let secret = form.exact("passphrase")
        let way: UnlockedBody.Way
        let key: Unlock
        if await !site.door.needsPassphrase {
            (key, way) = (.noPassphrase, .open)
        } else if case .recoveryKey = Unlock.typed(secret) {
            (key, way) = (.recoveryKey(secret), .recoveryKey)
        } else {
            (key, way) = (.passphrase(secret), .passphrase)
        }
        do {
            let response = try await enter(key, way)
            site.sessions.clearFailures()
            return response
        } catch let error as VaultError where [.wrongPassphrase, .wrongRecoveryKey, .passphraseNeeded].contains(error.kind) {
            try await Task.sleep(for: .seconds(site.sessions.countFailure()))
            let words = site.strings(site.chosenLanguage).table("desk")
            return try await lockPage(problem: words("lock.wrong"), status: .forbidden)
        }
    }

    /// Opens the desk and lets this browser in.
    private func enter(_ key: Unlock, _ way: UnlockedBody.Way) async throws -> Response {
        do {
            try await site.door.open(key, way: way)
        } catch let error as VaultError where ![.wrongPassphrase, .wrongRecoveryKey, .passphraseNeeded].contains(error.kind) {
            let text = site.strings(site.chosenLanguage).text(for: error)
            return try await lockPage(
                problem: [text.what, text.evidence, text.nextOnPage].joined(separator: " "), status: .badRequest)
        }
        let session = site.sessions.begin(.owner)
        var response = Response.redirect(site.base + "/")
        response.headers[.setCookie] = cookie(session)
        return response
    }

    func cookie(_ session: Session) -> String {
        "\(site.cookieName)=\(session.token); Path=\(site.base); HttpOnly; SameSite=Strict"
    }

    private func lockPage(problem: String?, status: HTTPResponse.Status = .ok) async throws -> Response {
        let language = site.chosenLanguage
        let words = site.strings(language).table("desk")
        let page = LockPage(
            language: language.rawValue, title: words("discreet.title"), needsPassphrase: await site.door.needsPassphrase,
            problem: problem)
        return .html(try site.library(language).render(page, template: "lock"), status: status)
    }
}
