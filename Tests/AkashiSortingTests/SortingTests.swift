import AkashiKnowledge
import AkashiModel
import AkashiSorting
import AkashiTesting
import Foundation
import Testing

/// A text with what a person says of it.
private struct Labelled {
    let text: String
    let context: SortingContext
    let harms: Set<Harm>
    let isCriticism: Bool

    private static let letters: [Character: Harm] = [
        "T": .threat, "S": .stalking, "O": .obstruction, "D": .defamation, "L": .dataLeak,
    ]

    static func all(_ name: String) throws -> [Labelled] {
        let url = ProjectFolder.root.appending(path: "Tests/AkashiSortingTests/Texts/\(name).tsv")
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { line in
            let columns = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            return Labelled(
                text: columns[2], context: context(columns[1]), harms: Set(columns[0].compactMap { letters[$0] }),
                isCriticism: columns[0] == "C")
        }
    }

    private static func context(_ text: String) -> SortingContext {
        guard text.contains("=") else { return SortingContext(sentence: text) }
        var context = SortingContext()
        for pair in text.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            switch parts[0] {
            case "kind": context.kind = parts[1]
            case "stars": context.stars = Int(parts[1])
            case "afterBlock": context.isAfterBlock = parts[1] == "true"
            case "count": context.contactsThisWeek = Int(parts[1]) ?? 0
            case "private": context.privateFacts = [parts[1]]
            default: Issue.record("unknown key \(parts[0])")
            }
        }
        return context
    }
}

/// How often the proposals were right.
private struct Score {
    var right = 0
    var wrong = 0
    var missed = 0
    var precision: Double { Double(right) / Double(max(1, right + wrong)) }
    var recall: Double { Double(right) / Double(max(1, right + missed)) }

    mutating func count(said: Bool, isSo: Bool) {
        if said, isSo { right += 1 } else if said { wrong += 1 } else if isSo { missed += 1 }
    }
}

@Suite("sorting out")
struct SortingTests {
    private func sorter() throws -> Sorter {
        let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))
        let model = try JSONDecoder().decode(SortingModel.self, from: Data(knowledge.bytes("sorting/model.json")))
        return try Sorter(
            knowledge.list("sorting", ending: ".yaml").flatMap { try knowledge.yaml($0) as [SortingRule] }, model: model)
    }

    @Test("the model is what the script learns from the texts")
    func modelIsReproducible() throws {
        let folder = try TemporaryFolder()
        let made = folder.url.appending(path: "model.json")
        let run = try Command.run("python3", [ProjectFolder.root.appending(path: "scripts/train-sorting").path, made.path])
        try #require(run.status == 0, "\(run.errors)")
        let kept = try Data(contentsOf: ProjectFolder.root.appending(path: "Knowledge/sorting/model.json"))
        #expect(try Data(contentsOf: made) == kept, "run scripts/train-sorting after changing the texts")
    }

    /// The floors are what was reached, less a little; the texts of `heldout` were written before any rule.
    @Test(
        "harms and lawful criticism are told apart as well as before",
        arguments: [("development", 0.9, 0.9), ("heldout", 0.8, 0.85)])
    func measured(name: String, precisionFloor: Double, recallFloor: Double) throws {
        let sorter = try sorter()
        var scores: [Harm: Score] = [:]
        var criticism = Score()
        var anything = Score()
        var lines: [String] = []
        for item in try Labelled.all(name) {
            let proposal = sorter.propose(item.text, item.context)
            let said = Set(proposal.harms.map(\.harm))
            for harm in Harm.allCases {
                scores[harm, default: Score()].count(said: said.contains(harm), isSo: item.harms.contains(harm))
            }
            criticism.count(said: proposal.isLawfulCriticism, isSo: item.isCriticism)
            anything.count(said: !said.isEmpty, isSo: !item.harms.isEmpty)
            if said != item.harms || proposal.isLawfulCriticism != item.isCriticism {
                let rules = proposal.harms.flatMap(\.reasons).map(\.rule).joined(separator: " ")
                lines.append(
                    "\(item.harms.map(\.rawValue).sorted())\(item.isCriticism ? " criticism" : "") said \(said.map(\.rawValue).sorted())\(proposal.isLawfulCriticism ? " criticism" : "") [\(rules)] \(item.text)"
                )
            }
        }
        func text(_ label: String, _ score: Score) -> String {
            "\(name) \(label): precision \(Int((score.precision * 100).rounded())) % recall \(Int((score.recall * 100).rounded())) % (\(score.right) right, \(score.wrong) wrong, \(score.missed) missed)"
        }
        func print(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
        print(text("any harm", anything))
        for harm in Harm.allCases {
            let score = scores[harm] ?? Score()
            print(text(harm.rawValue, score))
            #expect(score.precision >= precisionFloor && score.recall >= recallFloor, "\(text(harm.rawValue, score))")
        }
        print(text("lawful criticism", criticism))
        if ProcessInfo.processInfo.environment["AKASHI_SHOW_TEXTS"] == name { for line in lines { print("  " + line) } }
        #expect(criticism.precision >= precisionFloor && criticism.recall >= recallFloor)
    }
}
