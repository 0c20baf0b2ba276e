import AkashiKnowledge
import AkashiTesting
import Foundation
import Testing

@testable import AkashiAuthorship

@Suite("comparing two writings")
struct EngineTests {
    static let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))
    static let engine = Result { try AuthorshipEngine(knowledge) }

    /// Chat-like posts of a made-up writer; everything but the habits is the same for all.
    static func posts(_ count: Int, ending: String, politeness: String, seed: UInt64) -> [String] {
        var random = SeededGenerator(seed: seed)
        let things = ["映画", "散歩", "料理", "ゲーム", "旅行", "読書", "音楽", "お菓子", "犬", "庭"]
        let shapes = ["今日は{}の話をしました", "{}が好きなんですね", "私も{}をよくします", "{}はいつからですか", "そうですね、{}は楽しいです", "最近は{}ばかりです"]
        return (0..<count).map { _ in
            let shape = shapes[Int.random(in: 0..<shapes.count, using: &random)]
            let thing = things[Int.random(in: 0..<things.count, using: &random)]
            return shape.replacing("{}", with: thing).replacing("です", with: politeness) + ending
        }
    }

    @Test("same input, same output, bit for bit")
    func deterministic() throws {
        let engine = try Self.engine.get()
        let known = Writing(Self.posts(40, ending: "。", politeness: "です", seed: 1))
        let questioned = Writing(Self.posts(8, ending: "！", politeness: "っす", seed: 2))
        let first = engine.compare(known: known, questioned: questioned, population: engine.population)
        for _ in 0..<3 { #expect(engine.compare(known: known, questioned: questioned, population: engine.population) == first) }
        #expect(
            try AuthorshipEngine(Self.knowledge).compare(known: known, questioned: questioned, population: engine.population)
                == first)
    }

    @Test("no ratio goes beyond what tests of that size can bear, and none below the floor of sizes is shown")
    func caps() throws {
        let engine = try Self.engine.get()
        for (known, questioned) in [(9, 3), (10, 1), (12, 30), (30, 3), (100, 30), (400, 200)] {
            let same = engine.compare(
                known: Writing(Self.posts(known, ending: "♪", politeness: "っす", seed: 3)),
                questioned: Writing(Self.posts(questioned, ending: "♪", politeness: "っす", seed: 4)), population: engine.population
            )
            #expect(same.logRatio <= same.cell.upper && same.logRatio >= same.cell.lower)
            #expect(abs(same.shownLogRatio) <= max(abs(same.logRatio), abs(same.robustLogRatio)))
            if known < 10 { #expect(same.reasons.contains(.knownShort) && same.outcome != .one(.slight)) }
            #expect(same.logRatio < log(1_000))
        }
        let short = engine.compare(
            known: Writing(Self.posts(50, ending: "。", politeness: "です", seed: 3)), questioned: Writing(["最悪です。"]),
            population: engine.population)
        #expect(short.reasons.contains(.questionedShort) && [.cannotTell, .refused].contains(short.outcome))
    }

    @Test("a likeness that lies only in the marks at the ends is not shown as one")
    func marksOnly() throws {
        let engine = try Self.engine.get()
        let result = engine.compare(
            known: Writing(Self.posts(100, ending: "。", politeness: "です", seed: 5)),
            questioned: Writing(Self.posts(30, ending: "……♪", politeness: "です", seed: 6)), population: engine.population)
        if result.outcome != .refused {
            #expect(
                abs(result.shownLogRatio) <= abs(result.robustLogRatio) + 1e-9
                    || abs(result.shownLogRatio) <= abs(result.logRatio))
        }
    }

    @Test("texts of another kind get no ratio against writers of chats")
    func otherKinds() throws {
        let engine = try Self.engine.get()
        let law = try Self.knowledge.text("guide/law.ja.md").split(separator: "\n").filter {
            $0.count > 20 && !$0.hasPrefix("words")
        }.map(String.init)
        let result = engine.compare(
            known: Writing(Array(law.prefix(40))), questioned: Writing(Array(law.suffix(10))), population: engine.population)
        #expect(result.outcome == .refused && result.reasons.contains(.knownNotCovered))
        #expect(result.logRatio == 0 && result.shownLogRatio == 0)
        let english = (0..<30).map { "I really like this one, number \($0)." }
        let other = engine.compare(known: Writing(english), questioned: Writing(english), population: engine.population)
        #expect(other.outcome == .refused)
    }

    @Test("across kinds of text no ratio is given, only habits side by side")
    func acrossKinds() throws {
        let engine = try Self.engine.get()
        let result = engine.compare(
            known: Writing(Self.posts(60, ending: "。", politeness: "です", seed: 7)),
            questioned: Writing(Self.posts(10, ending: "。", politeness: "です", seed: 8)), population: engine.population,
            areOneKind: false)
        #expect(result.outcome == .refused && result.reasons.contains(.otherKind) && !result.habits.isEmpty)
    }

    @Test("a population of the case under the floor gives no ratio, a thin one a direction at the most")
    func floors() throws {
        let engine = try Self.engine.get()
        let known = Writing(Self.posts(100, ending: "♪", politeness: "っす", seed: 9))
        let questioned = Writing(Self.posts(30, ending: "♪", politeness: "っす", seed: 10))
        for (writers, posts, reason) in [
            (5, 200, Comparison.Reason.populationSmall), (40, 5, .populationSmall), (20, 60, .populationThin),
        ] {
            var counts = PopulationCounts(over: engine.population)
            for writer in 0..<writers {
                counts.add(
                    Writing(
                        Self.posts(
                            posts, ending: ["。", "！", "", "♪", "…"][writer % 5], politeness: writer % 3 == 0 ? "っす" : "です",
                            seed: UInt64(100 + writer))))
            }
            #expect(counts.writers.count == writers && counts.postCount == writers * posts)
            let result = engine.compare(
                known: known, questioned: questioned, population: Population(counts, over: engine.population))
            #expect(result.reasons.contains(reason))
            if reason == .populationSmall {
                #expect(result.outcome == .refused && result.logRatio == 0)
            } else {
                #expect(abs(result.logRatio) <= log(10) + 1e-12)
            }
        }
    }

    @Test("a habit that everybody of the case's population has says nothing, though writers of chats hardly have it")
    func population() throws {
        let engine = try Self.engine.get()
        var counts = PopulationCounts(over: engine.population)
        for writer in 0..<60 {
            counts.add(Writing(Self.posts(60, ending: "♪", politeness: "です", seed: UInt64(writer))))
        }
        let own = Population(counts, over: engine.population)
        let known = Writing(Self.posts(60, ending: "♪", politeness: "です", seed: 901))
        let questioned = Writing(Self.posts(20, ending: "♪", politeness: "です", seed: 902))
        let wide = Scores(known: known, questioned: questioned, population: engine.population)
        let narrow = Scores(known: known, questioned: questioned, population: own)
        let habit = try #require(engine.population.habits.habits.firstIndex { $0.name.en == "the mark at the end" })
        #expect(
            wide.habitTerms[habit] > 3 && narrow.habitTerms[habit] < 0.3 * wide.habitTerms[habit],
            "\(wide.habitTerms[habit]) \(narrow.habitTerms[habit])")
        #expect(narrow.all[0] < wide.all[0])
    }

    @Test("parts of habits add up with the other scores to the ratio before it is capped")
    func parts() throws {
        let engine = try Self.engine.get()
        let known = Writing(Self.posts(30, ending: "。", politeness: "です", seed: 11))
        let questioned = Writing(Self.posts(10, ending: "！", politeness: "です", seed: 12))
        let result = engine.compare(known: known, questioned: questioned, population: engine.population)
        let scores = Scores(known: known, questioned: questioned, population: engine.population)
        let weighed = result.habits.reduce(0) { $0 + $1.part }
        let fusion = try TrainedData.read(Self.knowledge).model.fusion
        #expect(abs(weighed - fusion.weight(0, scores.knownSize, scores.questionedSize) * scores.all[0]) < 1e-9)
    }

    @Test("sentences are cut where they end, with their marks")
    func sentences() {
        #expect(Sentences.split("届きました！！色が違う…返金して。はあ？(笑)") == ["届きました！！", "色が違う…返金して。", "はあ？(笑)"])
        #expect(Writing(["一つ目。二つ目。"], bySentence: true).posts.count == 2)
        #expect(Post("見て https://example.com/a 12個 ＠@name").letters == "見て ○ 00個 ＠○".unicodeScalars.map(\.value))
    }

    @Test("the tables that ship are under 400 KB, and no gram of fewer than four writers is in them")
    func tables() throws {
        let sizes = try ["authorship/chat/grams.tsv", "authorship/chat/model.json", "authorship/habits.yaml"].map {
            try Self.knowledge.bytes($0).count
        }
        #expect(sizes.reduce(0, +) < 400_000)
        let engine = try Self.engine.get()
        #expect(engine.population.writerCount == 121 && engine.cells.count == 12)
        // What a gram can hold is three signs: no piece of a message can be read from them.
        #expect(
            try Self.knowledge.text("authorship/chat/grams.tsv").split(separator: "\n").allSatisfy {
                $0.prefix { $0 != "\t" }.unicodeScalars.count <= 3
            })
    }

    @Test(
        "counts go into a file and out of it the same; nothing that one writer alone has is in it, and a broken file is refused")
    func countsFile() throws {
        let engine = try Self.engine.get()
        var counts = PopulationCounts(over: engine.population)
        for writer in 0..<12 {
            counts.add(Writing(Self.posts(60, ending: "。", politeness: "です", seed: UInt64(writer)) + ["㋐㋑㋒\(writer)"]))
        }
        counts.add(Writing(["独り言ですわ鑿"]))
        let file = counts.file(kind: "review")
        let bytes = try file.bytes
        #expect(try PopulationFile(bytes: bytes) == file)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(file.grams["㋐㋑㋒"] == 12 && file.grams["わ漢⊣"] == nil, "\(file.grams.keys.filter { $0.contains("㋐") })")
        #expect(!text.contains("独り言"))
        var again = PopulationCounts(over: engine.population)
        try again.add(file)
        #expect(again.writers.count == 13 && again.postCount == counts.postCount)
        let known = Writing(Self.posts(40, ending: "♪", politeness: "っす", seed: 70))
        let questioned = Writing(Self.posts(9, ending: "♪", politeness: "っす", seed: 71))
        let one = Scores(known: known, questioned: questioned, population: Population(counts, over: engine.population))
        let other = Scores(known: known, questioned: questioned, population: Population(again, over: engine.population))
        #expect(abs(one.all[0] - other.all[0]) < 1e-9)
        #expect(throws: AuthorshipError.self) { try PopulationFile(bytes: Array("{}".utf8)) }
        #expect(throws: AuthorshipError.self) { try PopulationFile(bytes: Array(bytes.dropLast(5))) }
    }
}
