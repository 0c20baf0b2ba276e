import AkashiAuthorship
import AkashiKnowledge
import AkashiModel
import ArgumentParser
import Foundation

/// `akashi compare-authors`
struct CompareAuthorsCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare-authors",
        abstract: "Measure the comparison of writers on trials of your own. It reads no vault and names nobody.",
        discussion: """
            Trials, a JSON object on each line: {"id", "known": [posts], "questioned": [posts]}. Population, a writer on each line: \
            {"author", "posts": [posts]}; without it: the writers of chats that the tables come with. Out: {"id", "log10LR", \
            "robustLog10LR", "decision": "one-writer"|"two-writers"|"cannot-tell"|"refused", "reasons": [..]}. A ratio says how much \
            likelier the texts are if one person wrote both; it says nobody's name, and nothing about who wrote anything else.
            """)
    @Option(help: "Trials, a JSON object on each line.") var trials: String?
    @Option(help: "Writers of the same kind of text, a JSON object on each line.") var population: String?
    @Option(
        help:
            "Write the counts of --population to this file, to be added to a vault; its name is made to end in .akashi-population.json."
    )
    var counts: String?
    @Option(help: "With --counts: the kind of text, post, review, message or mail.") var kind = "review"
    @Flag(help: "Cut posts into sentences, as reviews are.") var sentences = false
    @OptionGroup var global: GlobalOptions

    private struct Trial: Decodable {
        let id: FlexibleID
        let known: [String]
        let questioned: [String]
    }

    private struct Writer: Decodable {
        let posts: [String]
    }

    private struct Output: Encodable {
        let id: FlexibleID
        let log10LR: Double
        let robustLog10LR: Double
        let decision: String
        let reasons: [String]
    }

    func perform(_ console: Console) async throws {
        let engine = try AuthorshipEngine(Knowledge(root: try KnowledgeLocation.find()))
        var others = engine.population
        if let population {
            var counts = PopulationCounts(over: engine.population)
            for writer: Writer in try lines(population) { counts.add(Writing(writer.posts, bySentence: sentences)) }
            others = Population(counts, over: engine.population)
            if let name = self.counts {
                let url = URL(filePath: name.hasSuffix(PopulationFile.nameEnding) ? name : name + PopulationFile.nameEnding)
                try Data(counts.file(kind: kind).bytes).write(to: url)
                print(url.lastPathComponent)
            }
        }
        guard let trials else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for trial: Trial in try lines(trials) {
            let result = engine.compare(
                known: Writing(trial.known, bySentence: sentences), questioned: Writing(trial.questioned, bySentence: sentences),
                population: others)
            let output = Output(
                id: trial.id, log10LR: rounded(result.logRatio), robustLog10LR: rounded(result.robustLogRatio),
                decision: result.outcome.code, reasons: result.reasons.map(\.rawValue))
            if global.json {
                print(String(decoding: try encoder.encode(output), as: UTF8.self))
            } else {
                print("\(output.id.text)  \(output.decision)  \(output.log10LR)  \(output.reasons.joined(separator: " "))")
            }
        }
    }

    private func rounded(_ logRatio: Double) -> Double { (logRatio / log(10) * 10_000).rounded() / 10_000 }

    /// A file's lines. A vault is no such file: what is in one is compared in the desk, where both sides must be evidence.
    private func lines<Line: Decodable>(_ path: String) throws -> [Line] {
        var folder = URL(filePath: path).standardizedFileURL
        while folder.path != "/" {
            if FileManager.default.fileExists(atPath: folder.appending(path: "vault.json").path) {
                throw AuthorshipError(.vaultNamed)
            }
            folder.deleteLastPathComponent()
        }
        guard let text = try? String(contentsOf: URL(filePath: path), encoding: .utf8) else {
            throw AuthorshipError(.linesUnreadable, ["line": "1"])
        }
        let decoder = JSONDecoder()
        return try text.split(separator: "\n").enumerated().map { number, line in
            guard let read = try? decoder.decode(Line.self, from: Data(line.utf8)) else {
                throw AuthorshipError(.linesUnreadable, ["line": String(number + 1)])
            }
            return read
        }
    }
}
