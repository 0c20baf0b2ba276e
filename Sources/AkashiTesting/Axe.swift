public import AkashiBrowser
import Foundation

/// axe-core's verdict on the page that is shown.
public enum Axe {
    /// `scripts/bootstrap` installs axe-core.
    private struct Missing: Error {}

    private struct Finding: Decodable {
        let id: String
        let impact: String?
        let nodes: [String]
    }

    private static let script: String? = {
        let root = ProjectFolder.root.appending(path: ".tools/venv/lib")
        let walk = FileManager.default.enumerator(atPath: root.path)
        while let path = walk?.nextObject() as? String {
            if path.hasSuffix("/axe.min.js") { return try? String(contentsOf: root.appending(path: path), encoding: .utf8) }
        }
        return nil
    }()

    /// What is serious or critical.
    public static func findings(_ tab: BrowserTab) async throws -> [String] {
        guard let script = Self.script else { throw Missing() }
        if try await tab.evaluate("typeof axe === 'object'") != .bool(true) { try await tab.evaluate(script + "; true") }
        let json = try await tab.evaluate(
            """
            axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.map(v =>
            ({id: v.id, impact: v.impact, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))}))))
            """
        ).text
        let all = try JSONDecoder().decode([Finding].self, from: Data((json ?? "[]").utf8))
        return all.filter { ["serious", "critical"].contains($0.impact ?? "") }.map { "\($0.id): \($0.nodes)" }
    }
}
