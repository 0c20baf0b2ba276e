import AkashiDesk
import AkashiIntake
import AkashiKnowledge
import AkashiModel
import AkashiTesting
import AkashiVault
import Foundation
import Testing

@Suite("names for people")
struct NameTests {
    private static let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))

    @Test("every importer has a name in the desk and on the command line, in both languages", arguments: [Language.ja, .en])
    func importers(language: Language) throws {
        let desk: [String: String] = try Self.knowledge.yaml("strings/desk.\(language.rawValue).yaml")
        let cli: [String: String] = try Self.knowledge.yaml("strings/cli.\(language.rawValue).yaml")
        for importer in ImporterRegistry.all(tables: []) {
            let id = importer.parser.id
            #expect(desk["importer." + id] != nil && cli["importer-" + id] != nil, "\(id)")
        }
    }

    @Test("every platform that the code or a table names has a name", arguments: [Language.ja, .en])
    func platforms(language: Language) throws {
        let kinds: [String: String] = try Self.knowledge.yaml("strings/kinds.\(language.rawValue).yaml")
        var found: Set<String> = ["gateway"]
        for folder in ["Sources", "Importers", "Knowledge/marketplaces"] {
            let root = ProjectFolder.root.appending(path: folder)
            for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
                guard path.hasSuffix(".swift") || path.hasSuffix(".yaml"), !path.contains("Tests/") else { continue }
                let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
                guard text.utf8.count < 400_000 else { continue }
                for match in text.matches(of: /Platform\("([a-z\-]+)"\)/) { found.insert(String(match.1)) }
                if path.hasSuffix(".yaml") {
                    for match in text.matches(of: /(?m)^platform: ([a-z\-]+)$/) { found.insert(String(match.1)) }
                }
            }
        }
        for name in found.sorted() { #expect(kinds["platform." + name] != nil, "\(name)") }
    }

    @Test("the recovery line is known with the blanks it is printed with; other words are a passphrase")
    func typed() {
        let line = "AGE- SECR ET-K EY-1 QQQQ"
        guard case .recoveryKey(line) = Unlock.typed(line) else {
            Issue.record("taken for a passphrase")
            return
        }
        guard case .passphrase = Unlock.typed("three plain words") else {
            Issue.record("taken for a recovery line")
            return
        }
    }
}
