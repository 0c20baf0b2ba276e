import AkashiBrowser
import AkashiTesting
import Foundation
import Testing

/// What a walk through the whole desk needs beside pressing and typing. A walker opens no address: it goes where the pages lead.
extension Visitor {
    /// Opens the menu and goes to a room.
    func goTo(_ room: String) async throws {
        try await press("メニュー", waits: false)
        try await press(room)
    }

    /// Back to the first page, by the name at the top.
    func goHome() async throws {
        try await tab.loading { try await self.tab.evaluate("document.querySelector('.brand a').click()") }
    }

    /// Ticks the box or the point whose words begin so.
    func tick(_ words: String) async throws { try await press(words, waits: false) }

    /// Chooses a line of a list.
    func pick(_ label: String, in id: String) async throws {
        let done = try await tab.evaluate(
            """
            (() => { const list = document.getElementById('\(id)'); const found = [...list.options].find(o => o.label.startsWith('\(label)'));
            if (!found) return false; list.value = found.value; list.dispatchEvent(new Event('change', {bubbles: true})); return true; })()
            """)
        try #require(done == .bool(true), "no \(label) in \(id)")
    }

    /// Chooses files, as the window of the system would.
    func choose(_ files: [URL], in id: String) async throws {
        let root = try await tab.send("DOM.getDocument")
        let node = try await tab.send(
            "DOM.querySelector", ["nodeId": root["root"]?["nodeId"] ?? .null, "selector": .string("#\(id)")])
        try await tab.send(
            "DOM.setFileInputFiles",
            ["nodeId": node["nodeId"] ?? .null, "files": .array(files.map { .string($0.path) })])
    }

    /// Waits until the page says something, such as the end of a longer work.
    func wait(for words: String) async throws {
        for _ in 0..<600 {
            if (try? await text().contains(words)) == true { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        let here = try await path()
        let said = (try? await text()) ?? "nothing"
        try #require(Bool(false), "\(words) never came on \(here), which says: \(said.replacing("\n", with: " ").prefix(400))")
    }

    /// What every page of a walk has to keep: the way out on the screen, nothing wider than it, no sentence without its words.
    func look(_ heading: String) async throws {
        let said = try await text()
        let here = try await path()
        let first = try await tab.evaluate("document.querySelector('h1')?.innerText ?? ''").text ?? ""
        #expect(first.hasPrefix(heading), "\(here) is headed \(first), not \(heading)")
        #expect(said.contains("すぐに閉じる") && !said.contains("[["), "\(here)")
        let over = try await tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        #expect(over == .number(0), "\(here) is wider than the screen")
    }
}
