import AkashiKnowledge
import AkashiTesting
import Foundation
import Testing

@testable import AkashiAuthorship

@Suite("the engine says what the reference says, where the method is the same")
struct AgreementTests {
    struct Fixture: Decodable {
        struct Trial: Decodable {
            let known: [String]
            let questioned: [String]
            let grams: [Double]
            let habits: [Double]
            let cosine: Double
        }
        let population: [[String]]
        let shares: [[Double]]
        let concentrations: [Double]
        let trials: [Trial]
        let rarity: [String: Double]
        let masks: [String: String]
    }

    static let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))

    static func fixture() throws -> Fixture {
        let url = ProjectFolder.root.appending(path: "Tests/AkashiAuthorshipTests/Fixtures/agreement.json")
        return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url))
    }

    @Test("texts are masked alike")
    func masks() throws {
        for (text, mask) in try Self.fixture().masks {
            let masked = ClassMask.apply(text.unicodeScalars.map(\.value))
            #expect(String(String.UnicodeScalarView(masked.compactMap(Unicode.Scalar.init))) == mask, "\(text)")
        }
    }

    @Test("habits, grams and cosine agree to the ninth digit")
    func scores() throws {
        let fixture = try Self.fixture()
        let table = try TrainedData.habits(Self.knowledge)
        let base = HabitBase(shares: fixture.shares.flatMap(\.self), concentrations: fixture.concentrations, writers: nil)
        var counts: [Gram: Double] = [:]
        for text in fixture.population.joined() { Post(text).eachGram { counts[$0, default: 0] += 1 } }
        let grams = GramBase(counts.map { ($0.key, $0.value) })
        let rates = RateTable(
            fixture.rarity.compactMap { text, rarity in
                TrainedData.gram(text[...]).map { ($0, 1e-3, 1, rarity) }
            })
        for trial in fixture.trials {
            let known = Writing(trial.known)
            let questioned = Writing(trial.questioned)
            let sums = DirichletScore.sums(
                TrialCounts(known: known.posts, questioned: questioned.posts), grams, share: 1)
            for (ours, theirs) in zip(sums, trial.grams) { #expect(abs(ours - theirs) < 1e-9 * max(1, abs(theirs))) }
            let habits = HabitScore.terms(table.counts(known.posts), table.counts(questioned.posts), table, base)
            #expect(habits.count == trial.habits.count)
            for (habit, (ours, theirs)) in zip(table.habits, zip(habits, trial.habits)) {
                #expect(abs(ours - theirs) < 1e-9 * max(1, abs(theirs)), "\(habit.name.en)")
            }
            let cosine = rates.cosine(rates.counts(known.posts).counts, rates.counts(questioned.posts).counts)
            #expect(abs(cosine - trial.cosine) < 1e-5)
        }
    }

    @Test("habit patterns find what regular expressions find, on texts made of what they look for")
    func patterns() throws {
        struct Entry: Decodable {
            struct Way: Decodable { let pattern: String }
            let ways: [Way]
        }
        let entries: [Entry] = try Self.knowledge.yaml("authorship/habits.yaml")
        let patterns = entries.flatMap(\.ways).map(\.pattern)
        #expect(patterns.count == 162)
        let letters = Array(
            Set(patterns.joined() + "あんかはで、。！？!?wｗ笑ー〜～…・ 　（）()漢字本当事時下さい私俺0０1一二カタナx").filter { !"[]|^$\\+".contains($0) }
        )
        .sorted()
        var random = SeededGenerator(seed: 7)
        for _ in 0..<400 {
            let text = String(
                (0..<Int.random(in: 1...24, using: &random)).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)]
                })
            let scalars = text.unicodeScalars.map(\.value)
            for source in patterns {
                let pattern = try #require(HabitPattern(source), "\(source)")
                let expression = try NSRegularExpression(pattern: source)
                let theirs = expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).map(\.range.length)
                var ours: [Int] = []
                var position = 0
                while position < scalars.count {
                    if let end = pattern.end(from: position, in: scalars) {
                        ours.append(end - position)
                        position = end
                    } else {
                        position += 1
                    }
                }
                #expect(ours == theirs, "\(source) in \(text)")
            }
        }
    }

    @Test("a pattern that is none is refused", arguments: ["(a", "a)", "[a", "(?<=ab)c", "\\"])
    func refused(pattern: String) { #expect(HabitPattern(pattern) == nil) }
}
