import AkashiKnowledge
import AkashiModel
import AkashiModeration
import AkashiText
import ArgumentParser
import Foundation

/// `akashi moderate`
struct ModerateCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "moderate",
        abstract: "Look comments over for words, however they are hidden: JSON lines in, JSON lines out.",
        discussion: """
            In: {"id", "text", "author"?, "at"?}, in order of time. Out: {"id", "action": "pass"|"note"|"hold", "hits": [{"rule", "start", \
            "end", "raw", "steps"}]}; start and end are bytes of the text in UTF-8. Two comments of one author within ten minutes that \
            hold a word between them: {"ids": [..], "action", "hits"}.
            """)
    @Option(help: "Words to look for: one on each line, with a TAB and the reading where there is one.") var terms: String?
    @Option(help: "A folder of rule packs (YAML). Without it and --terms: the packs that come with the program.") var rules:
        String?
    @Option(name: .customLong("private"), help: "Her own name, address, telephone: one on each line; who tells them is held.")
    var personal: String?
    @OptionGroup var global: GlobalOptions

    private struct Input: Decodable {
        let id: String
        let text: String
        let author: String?
        let at: String?
    }

    private struct Unreadable: Encodable {
        let line: Int
        let problem: String
    }

    private struct HitOutput: Encodable {
        struct StepOutput: Encodable {
            let step: String
            let start: Int
            let end: Int
            let says: String
        }
        let rule: String
        let start: Int
        let end: Int
        let raw: String
        let steps: [StepOutput]
    }

    private struct Output: Encodable {
        var id: String?
        var ids: [String]?
        let action: Action
        let hits: [HitOutput]
    }

    func perform(_ console: Console) async throws {
        let moderator = try moderator()
        var authors = AuthorStream()
        let decoder = JSONDecoder()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let clock = ISO8601DateFormatter()
        func write(_ output: some Encodable) throws {
            // Letters that many programs end a line at, though JSON allows them.
            var line = String(decoding: try encoder.encode(output), as: UTF8.self)
            for letter in ["\u{85}", "\u{2028}", "\u{2029}"] where line.contains(letter) {
                let code = String(letter.unicodeScalars.first?.value ?? 0, radix: 16)
                line = line.replacingOccurrences(of: letter, with: "\\u" + String(repeating: "0", count: 4 - code.count) + code)
            }
            print(line)
        }
        var number = 0
        var unreadable: [Int] = []
        while let line = readLine() {
            number += 1
            guard !line.isEmpty else { continue }
            guard let input = try? decoder.decode(Input.self, from: Data(line.utf8)) else {
                // One bad line does not stop the others.
                unreadable.append(number)
                try write(Unreadable(line: number, problem: "unreadable"))
                continue
            }
            let bytes = Array(input.text.utf8)
            let hits = moderator.hits(in: bytes)
            try write(
                Output(
                    id: input.id, action: hits.map(\.action).max() ?? .pass,
                    hits: hits.map { self.output($0, bytes, moderator, console) }))
            guard let author = input.author, let time = input.at.flatMap(clock.date(from:)) else { continue }
            let at = Int64(time.timeIntervalSince1970 * 1000)
            if let joined = authors.join(input.id, author: author, at: at, bytes, moderator) {
                try write(
                    Output(
                        ids: [joined.before, input.id], action: .hold,
                        hits: [self.output(joined.hit, bytes, moderator, console)]))
            }
        }
        if let first = unreadable.first {
            throw ModerationError(.linesUnreadable, ["count": String(unreadable.count), "line": String(first)])
        }
    }

    private func moderator() throws -> Moderator {
        let knowledge = Knowledge(root: try KnowledgeLocation.find())
        var made: [Rule] = []
        if let rules {
            let folder = URL(filePath: rules)
            let packs = try RulePack.all(Knowledge(root: folder.deletingLastPathComponent()), folder.lastPathComponent)
            for pack in packs { made += try pack.made() }
        }
        if let terms { made += Rule.list(try list(terms)) }
        if let personal { made.append(RuleBook.privateRule(try list(personal))) }
        if rules == nil, terms == nil { for pack in try RulePack.all(knowledge) { made += try pack.made() } }
        guard let dictionary = WordDictionary(folder: WordDictionary.ipadic) else { throw ModerationError(.dictionaryMissing) }
        return Moderator(try RuleSet(made, knowledge, dictionary))
    }

    private func list(_ path: String) throws -> [Term] {
        let list = (try? String(contentsOfFile: path, encoding: .utf8)).map(Term.list) ?? []
        guard !list.isEmpty else { throw ModerationError(.termsUnreadable, ["file": URL(filePath: path).lastPathComponent]) }
        return list
    }

    private func output(_ hit: Hit, _ bytes: [UInt8], _ moderator: Moderator, _ console: Console) -> HitOutput {
        func raw(_ range: Range<Int>) -> String { String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self) }
        let kinds = console.strings.table("kinds")
        let rule = moderator.rules.rules[hit.rule]
        return HitOutput(
            rule: rule.id, start: hit.range.lowerBound, end: hit.range.upperBound,
            raw: raw(hit.range),
            steps: hit.undone.map { undone in
                HitOutput.StepOutput(
                    step: undone.step.name, start: undone.range.lowerBound, end: undone.range.upperBound,
                    says: kinds("step." + undone.step.name, ["raw": raw(undone.range)]))
            })
    }
}
