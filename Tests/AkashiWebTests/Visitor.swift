import AkashiBrowser
import AkashiDesk
import AkashiTesting
import Foundation
import Synchronization
import Testing

/// A person at a real browser: looks for words on the page, presses what carries them, types.
final class Visitor: Sendable {
    let tab: BrowserTab
    let client: WebClient
    private let work = Mutex<(actions: Int, seconds: Double)>((0, 0))

    /// Seconds that a slow, frightened person needs to find and press something, and for one letter.
    private static let secondsPerAction = 6.0
    private static let secondsPerLetter = 0.7

    init(_ tab: BrowserTab, _ client: WebClient) {
        self.tab = tab
        self.client = client
    }

    var actions: Int { work.withLock { $0.actions } }
    var seconds: Double { work.withLock { $0.seconds } }

    /// Serves a desk and visits it with a browser.
    static func visit(
        width: Int, height: Int = 800, isSafe: Bool = true, passphrase: String? = nil,
        fill: @Sendable (Desk, URL) async throws -> Void = { _, _ in }, _ body: @escaping @Sendable (Visitor) async throws -> Void
    ) async throws {
        try await WebClient.withDesk(passphrase: passphrase, isSafe: isSafe, fill: fill) { client in
            try await Browser().withTab { tab in
                let visitor = Visitor(tab, client)
                try await tab.resize(width: width, height: height, isPhone: width < 600)
                try await tab.open(client.newAddress())
                try await withThrowingTaskGroup(of: Set<String>.self) { group in
                    group.addTask { try await Self.watchSockets() }
                    try await body(visitor)
                    group.cancelAll()
                    for try await outside in group { #expect(outside.isEmpty, "sockets to elsewhere: \(outside)") }
                }
                try visitor.expectQuiet()
            }
        }
    }

    /// Looks at the sockets of the desk and the browser again and again, until it is told to stop.
    private static func watchSockets() async throws -> Set<String> {
        var outside: Set<String> = []
        repeat {
            outside.formUnion(Sockets.outside())
            try? await Task.sleep(for: .milliseconds(300))
        } while !Task.isCancelled
        return outside
    }

    func open(_ path: String) async throws { try await tab.open("http://127.0.0.1:\(client.port)\(client.base)\(path)") }

    /// The visible words of the page.
    func text() async throws -> String { try await tab.evaluate("document.body.innerText").text ?? "" }

    func path() async throws -> String { try await tab.evaluate("location.pathname").text ?? "" }

    /// Presses the button or link with these words, where it is on the screen; waits for the next page.
    func press(_ words: String, waits: Bool = true) async throws {
        work.withLock { $0 = ($0.actions + 1, $0.seconds + Self.secondsPerAction) }
        let script = """
            (() => { const all = [...document.querySelectorAll('button, a, summary'), ...document.querySelectorAll('label')];
            const found = all.find(e => e.innerText?.trim().startsWith(\(Self.quote(words))) && e.getClientRects().length > 0 && e.checkVisibility({contentVisibilityAuto: true}));
            if (!found) return ''; found.scrollIntoView({block: 'center', behavior: 'instant'}); const r = found.getClientRects()[0];
            const x = r.left + Math.min(r.width / 2, 60), y = r.top + r.height / 2; const top = document.elementFromPoint(x, y);
            return (found.contains(top) || found === top ? '' : 'covered ') + x + ' ' + y; })()
            """
        let place = try await tab.evaluate(script).text ?? ""
        let here = try await path()
        try #require(!place.isEmpty, "nothing with \(words) on \(here)")
        let parts = place.split(separator: " ").map(String.init)
        try #require(parts.count == 2, "\(words) is covered by something else")
        let click: @Sendable () async throws -> Void = { [tab] in
            for kind in ["mousePressed", "mouseReleased"] {
                try await tab.send(
                    "Input.dispatchMouseEvent",
                    [
                        "type": .string(kind), "x": .number(Double(parts[0]) ?? 0), "y": .number(Double(parts[1]) ?? 0),
                        "button": .string("left"), "clickCount": .number(1),
                    ])
            }
        }
        if waits { try await tab.loading(click) } else { try await click() }
    }

    /// Puts letters into a field, as its owner would.
    func type(_ letters: String, into id: String) async throws {
        work.withLock {
            $0 = ($0.actions + 2, $0.seconds + Self.secondsPerAction + Self.secondsPerLetter * Double(letters.count))
        }
        try await tab.evaluate("document.getElementById('\(id)').focus()")
        try await tab.type(letters)
    }

    /// Nothing outside was asked for, nothing was refused by the page's own rules, nothing failed in its script.
    func expectQuiet() throws {
        let home = "http://127.0.0.1:\(client.port)/"
        for event in tab.events {
            switch event.method {
            case "Network.requestWillBeSent":
                let url = event.parameters["request"]?["url"]?.text ?? ""
                let isOurs = url.hasPrefix(home) || url.hasPrefix("data:") || url.hasPrefix("blob:") || url == "about:blank"
                #expect(isOurs, "asked for \(url)")
            case "Log.entryAdded":
                let text = event.parameters["entry"]?["text"]?.text ?? ""
                #expect(!text.contains("Content Security Policy") && !text.contains("TrustedHTML"), "\(text)")
            case "Runtime.exceptionThrown": Issue.record("\(event.parameters)")
            default: break
            }
        }
    }

    private static func quote(_ text: String) -> String { "'" + text.replacing("'", with: "\\'") + "'" }
}
