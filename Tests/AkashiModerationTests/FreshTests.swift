import AkashiModeration
import AkashiTesting
import Foundation
import Testing

/// Words, disguises and traps by hands that knew nothing of the matcher (Texts/README.md).
@Suite("words and texts that nobody tuned for")
struct FreshTests {
    private struct Case {
        let kind: String
        let term: Term
        let text: String
    }

    private static func cases(_ name: String) throws -> [Case] {
        let file = ProjectFolder.root.appending(path: "Tests/AkashiModerationTests/Texts/fresh-\(name).tsv")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return Case(
                kind: fields[0], term: Term(fields[1], reading: fields[2]), text: fields[4].replacing("\\n", with: "\n"))
        }
    }

    /// By kind: the share of comments that are held.
    private static func held(_ cases: [Case]) throws -> [String: Double] {
        let terms = Set(cases.map(\.term).filter { !$0.text.isEmpty }).sorted { $0.text < $1.text }
        let moderator = try Fixture.moderator(terms)
        return Dictionary(grouping: cases, by: \.kind).mapValues { cases in
            let held = cases.count { moderator.hits(in: Array($0.text.utf8)).contains { $0.action == .hold } }
            return Double(held) / Double(cases.count)
        }
    }

    @Test("hidden words are found, ordinary words pass", arguments: [("development", 0.93, 0.9), ("later", 0.92, 0.9)])
    func measure(name: String, least: Double, leastOpen: Double) throws {
        let held = try Self.held(try Self.cases(name))
        let transforms = held.filter { $0.key != "T0" && ($0.key.hasPrefix("T") || $0.key.hasPrefix("C")) }
        let macro = transforms.values.reduce(0, +) / Double(transforms.count)
        #expect(macro >= least, "\(transforms)")
        #expect(held["T0"] ?? 1 >= leastOpen)
        #expect(held["spelling"] ?? 1 <= 0.05, "\(held)")
        #expect(held["meaning"] ?? 1 <= 0.15, "\(held)")
        // Some reviews say a word of another set's list openly: 不良品, 最低.
        #expect(held["lawful"] ?? 0 <= 0.02, "\(held)")
    }
}
