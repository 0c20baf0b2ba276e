import AkashiDesk
import AkashiKnowledge
import Foundation
import HTTPTypes

/// The code for the browser's extension.
struct BrowserRoomPage: Page {
    static let template = "browser"
    static let title = "browser.title"
    static let room = Room.take

    /// Port and secret; nil while it is switched off.
    let code: String?
    /// Where the extension's folder is.
    let folder: String
}

extension Rooms {
    func addBrowser(_ register: Register) {
        register(.get, "browser", .owner) { _ in
            let code = site.pairing.current.map { "\(site.port)-\($0)" }
            let folder = site.environment.knowledge.root.deletingLastPathComponent().appending(path: "Extension").path
            return .page(BrowserRoomPage(code: code, folder: folder))
        }
        register(.post, "browser/begin", .owner) { _ in
            site.pairing.begin(site.sessions.secret())
            return .go("/browser")
        }
        register(.post, "browser/end", .owner) { _ in
            site.pairing.end()
            return .go("/browser")
        }
    }
}
