import AkashiCasework
import AkashiDesk
import AkashiDocuments
import AkashiKnowledge
import AkashiTesting
import AkashiVault
import Foundation
import Testing

@Suite("strings")
struct StringTableTests {
    private let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))

    @Test("both languages have the same keys and marks", arguments: Strings.tableNames)
    func sameKeys(table: String) throws {
        let ja: [String: String] = try knowledge.yaml("strings/\(table).ja.yaml")
        let en: [String: String] = try knowledge.yaml("strings/\(table).en.yaml")
        #expect(Set(ja.keys) == Set(en.keys))
        for (key, text) in ja { #expect(marks(text) == marks(en[key] ?? ""), "\(table) \(key)") }
    }

    @Test("every error that a person can see has words in both languages")
    func everyErrorHasWords() throws {
        let codes =
            VaultError.Code.allCases.map(\.rawValue) + CaseworkError.Code.allCases.map(\.rawValue)
            + DeskError.Code.allCases.map(\.rawValue) + DocumentError.Code.allCases.map(\.rawValue)
            + KnowledgeError.Code.allCases.map(\.rawValue)
        for language in Language.allCases {
            let strings = try Strings(knowledge, language)
            for code in codes { #expect(strings.errorCodes.contains(code), "\(language) \(code)") }
        }
    }

    private func marks(_ text: String) -> [String] {
        text.matches(of: /\{[a-z]+\}/).map { String($0.output) }.sorted()
    }
}
