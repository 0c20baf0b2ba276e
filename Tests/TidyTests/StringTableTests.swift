import AkashiAuthorship
import AkashiCapture
import AkashiCasework
import AkashiConsult
import AkashiDesk
import AkashiDocuments
import AkashiGateway
import AkashiKnowledge
import AkashiModeration
import AkashiTesting
import AkashiVault
import AkashiWork
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
            VaultErrorCode.allCases.map(\.rawValue) + CaseworkErrorCode.allCases.map(\.rawValue)
            + DeskErrorCode.allCases.map(\.rawValue) + DocumentErrorCode.allCases.map(\.rawValue)
            + KnowledgeErrorCode.allCases.map(\.rawValue) + CaptureErrorCode.allCases.map(\.rawValue)
            + ModerationErrorCode.allCases.map(\.rawValue) + GatewayErrorCode.allCases.map(\.rawValue)
            + AuthorshipErrorCode.allCases.map(\.rawValue) + ConsultErrorCode.allCases.map(\.rawValue)
            + WorkErrorCode.allCases.map(\.rawValue)
        for language in Language.allCases {
            let strings = try Strings(knowledge, language)
            for code in codes { #expect(strings.errorCodes.contains(code), "\(language) \(code)") }
        }
    }

    @Test("every Japanese sentence is easy to read", arguments: Strings.tableNames + ["errors"])
    func readable(table: String) throws {
        for (key, text) in try sentences(table, "ja") where text.replacing(/\{[a-z]+\}/, with: "").count >= 20 {
            let reading = Readability(text)
            #expect(
                reading.score >= 70 && reading.meanSentence <= 40 && reading.longestSentence <= 60,
                "\(table) \(key): \(Int(reading.score)), sentences of \(Int(reading.meanSentence)): \(text)")
            let isTwiceNegated = text.contains(/なくはな|ないわけで(は|も)な|ないこと(は|も)な|ないとは(言え|かぎら)な/)
            #expect(!isTwiceNegated, "\(table) \(key): \(text)")
        }
    }

    /// Folders of words for people.
    private static let dataFolders = [
        "law", "law/deadlines", "law/provisions", "law/actions", "reporting", "plans", "replies", "contacts",
    ]

    /// Names, and texts that she sends to others, are not measured; neither are names in 「」 within a sentence.
    private static let unmeasured = ["name", "title", "label", "article"]

    @Test("every Japanese sentence in the data is easy to read")
    func readableData() throws {
        var count = 0
        for folder in Self.dataFolders {
            for file in try knowledge.list(folder, ending: ".yaml") {
                var key = ""
                for line in try knowledge.text(file).split(separator: "\n") {
                    if let match = line.firstMatch(of: /([a-zA-Z]+): \{ja:/) ?? line.firstMatch(of: /([a-zA-Z]+):\s*$/) {
                        key = String(match.1)
                    }
                    guard let match = line.firstMatch(of: /ja: "([^"]*)"/), !Self.unmeasured.contains(key) else { continue }
                    let text = String(match.1).replacing(/「[^」]*」/, with: "")
                    guard match.1.count >= 20 else { continue }
                    count += 1
                    let reading = Readability(text)
                    #expect(
                        reading.score >= 70 && reading.longestSentence <= 60, "\(file) \(key): \(Int(reading.score)): \(match.1)")
                }
            }
        }
        #expect(count > 1_000)
    }

    @Test("what to do now on a page names no command")
    func pagesNameNoCommands() throws {
        for language in Language.allCases {
            let errors: [String: ErrorText] = try knowledge.yaml("strings/errors.\(language.rawValue).yaml")
            for (code, text) in errors where !code.hasPrefix("cli.") && !code.hasPrefix("verify.") {
                #expect(!text.nextOnPage.contains(/`akashi|--/), "\(language) \(code): \(text.nextOnPage)")
            }
            let desk: [String: String] = try knowledge.yaml("strings/desk.\(language.rawValue).yaml")
            for (key, text) in desk { #expect(!text.contains(/`|akashi/), "\(language) \(key): \(text)") }
        }
    }

    @Test("the desk's templates ask for words that are there, and every word of the desk is asked for")
    func templateWords() throws {
        let desk: [String: String] = try knowledge.yaml("strings/desk.ja.yaml")
        var asked: Set<String> = []
        for file in SourceFile.all(in: ["Knowledge/desk/pages"], ending: ".mustache") {
            for match in file.text.matches(of: /\[\[([a-z0-9.\-]+)\]\]/) {
                asked.insert(String(match.1))
                #expect(desk[String(match.1)] != nil, "\(file.name) \(match.1)")
            }
            #expect(!file.text.contains("{{{") && !file.text.contains("{{&"), "\(file.name) does not escape")
        }
        let source = SourceFile.all(in: ["Sources/AkashiWeb", "Sources/AkashiDesk", "Sources/AkashiCasework"]).map(\.text)
            .joined()
        for key in desk.keys where !asked.contains(key) {
            // Keys such as `missing.loss` are put together from a beginning and a value.
            let first = key.split(separator: ".", maxSplits: 1)[0]
            #expect(source.contains("\"\(key)\"") || source.contains("\"\(first)."), "\(key) is never asked for")
        }
    }

    /// All sentences of a table, those of errors by code and part.
    private func sentences(_ table: String, _ language: String) throws -> [String: String] {
        guard table == "errors" else { return try knowledge.yaml("strings/\(table).\(language).yaml") }
        let errors: [String: [String: String]] = try knowledge.yaml("strings/errors.\(language).yaml")
        return Dictionary(
            uniqueKeysWithValues: errors.flatMap { code, parts in parts.map { ("\(code)/\($0.key)", $0.value) } })
    }

    private func marks(_ text: String) -> [String] {
        text.matches(of: /\{[a-z]+\}/).map { String($0.output) }.sorted()
    }
}
