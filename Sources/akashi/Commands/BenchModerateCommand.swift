import AkashiKnowledge
import AkashiModel
import AkashiModeration
import AkashiText
import ArgumentParser
import Foundation

/// `akashi bench-moderate`: for scripts/bench.
struct BenchModerateCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-moderate", abstract: "Measure the scanner, and the whole matcher, on comments.", shouldDisplay: false)
    @Option(help: "A file of words, one on a line.") var terms: String
    @Option(help: "A file of comments, one on a line.") var comments: String
    @Option(help: "How often.") var runs = 3
    @Flag(help: "The whole matcher instead of the scanner.") var whole = false
    @Flag(help: "The rule lab: each of the first words as a rule over all comments.") var lab = false
    @OptionGroup var global: GlobalOptions

    private struct Output: Encodable {
        var compileSeconds: [Double] = []
        var seconds: [Double] = []
        var hits = 0
        var commentsWithHits = 0
    }

    func perform(_ console: Console) async throws {
        guard let dictionary = WordDictionary(folder: WordDictionary.ipadic) else { throw ModerationError(.dictionaryMissing) }
        let knowledge = Knowledge(root: try KnowledgeLocation.find())
        let list = Term.list(try String(contentsOfFile: terms, encoding: .utf8))
        let text = Array(try Data(contentsOf: URL(filePath: comments)))
        var places = [0]
        for (place, byte) in text.enumerated() where byte == 10 { places.append(place + 1) }
        var output = Output()
        if lab {
            try look(list, text, places, MatcherBase(knowledge, dictionary), &output)
        } else if whole {
            let start = clock()
            let moderator = Moderator(try RuleSet(Rule.list(list), knowledge, dictionary))
            output.compileSeconds.append(Self.seconds(since: start))
            for _ in 0..<runs {
                let start = clock()
                (output.hits, output.commentsWithHits) = (0, 0)
                for number in 1..<places.count {
                    let hits = moderator.hits(in: Array(text[places[number - 1]..<places[number] - 1])).count {
                        $0.action == .hold
                    }
                    output.hits += hits
                    output.commentsWithHits += hits > 0 ? 1 : 0
                }
                output.seconds.append(Self.seconds(since: start))
            }
        } else {
            let fold = try ScanFold(knowledge)
            for _ in 0..<runs {
                let start = clock()
                let scanner = CommentScanner(list, fold)
                output.compileSeconds.append(Self.seconds(since: start))
                (output.hits, output.commentsWithHits) = (0, 0)
                output.seconds.append(scan(scanner, text, places, &output.hits, &output.commentsWithHits))
            }
        }
        try console.json(output)
    }

    private func look(
        _ list: [Term], _ text: [UInt8], _ places: [Int], _ base: MatcherBase, _ output: inout Output
    ) throws {
        func comment(_ number: Int) -> [UInt8] { Array(text[places[number]..<places[number + 1] - 1]) }
        var lab = RuleLab(base)
        let start = clock()
        lab.add((0..<places.count - 1).lazy.map(comment))
        output.compileSeconds.append(Self.seconds(since: start))
        for term in list.suffix(runs) {
            let start = clock()
            let outlook = lab.look(Rule.list([term], kind: .own)[0], text: comment)
            output.seconds.append(Self.seconds(since: start))
            output.hits += outlook.held.count
            output.commentsWithHits += outlook.foundCount
        }
    }

    private func scan(_ scanner: CommentScanner, _ text: [UInt8], _ places: [Int], _ hits: inout Int, _ with: inout Int) -> Double
    {
        var all = 0
        var some = 0
        let start = clock()
        var room = ScanRoom()
        text.withUnsafeBufferPointer { text in
            for number in 1..<places.count {
                var here = 0
                let comment = UnsafeBufferPointer(rebasing: text[places[number - 1]..<places[number] - 1])
                scanner.scan(comment, &room) { _, _ in here += 1 }
                all += here
                some += here > 0 ? 1 : 0
            }
        }
        (hits, with) = (all, some)
        return Self.seconds(since: start)
    }

    private static func seconds(since start: clock_t) -> Double { Double(clock() - start) / Double(CLOCKS_PER_SEC) }
}
