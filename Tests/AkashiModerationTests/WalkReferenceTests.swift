import AkashiKnowledge
import AkashiTesting
import AkashiText
import Foundation
import Testing

@testable import AkashiModeration

@Suite("the search through the trie of spellings")
struct WalkReferenceTests {
    /// How many comments for each of 20 seeds; a hundred thousand in all, ten millions with AKASHI_LONG=500000.
    private static let count = ProcessInfo.processInfo.environment["AKASHI_LONG"].flatMap(Int.init) ?? 5000
    private static let pieces = Array("ばかしねくずバカシネクズっーー゛★○ 馬鹿死屑市葛口虚嘘うそやろう野郎一4９ｼﾈsinebaka\u{200B}ヽ々".unicodeScalars)

    /// A place where a spelling may stand.
    private struct Place: Hashable {
        let term: Int
        let units: [UInt16]
        let letters: Range<Int>
    }

    /// The same search said plainly: one spelling at a time, every way through the comment, nothing left out early.
    private struct Plain {
        let letters: [Letter]
        let edges: EdgeTable
        let units: [UInt16]
        var ends: Set<Int> = []
        private var seen: Set<Int> = []

        init(_ letters: [Letter], _ edges: EdgeTable, _ units: [UInt16]) {
            (self.letters, self.edges, self.units) = (letters, edges, units)
        }

        struct State {
            var unit = 0
            var at: Int
            var last: UInt16 = 0
            var masks = 0
            var gap = 0
            var isReal = false
            var step = Step.plain
        }

        mutating func search(_ start: Int) {
            go(State(at: start), isStart: true)
            // A first letter that is left out.
            guard isMask(start) else { return }
            guard let next = letters[(start + 1)...].firstIndex(where: { !$0.isInvisible }), units.count > 1,
                letters[next].unit != 0, letters[next].unit == units[1]
            else { return }
            go(
                State(unit: 2, at: next + 1, last: letters[next].unit, masks: 1, isReal: true, step: .masked), isStart: false)
        }

        /// A row of stars stands for nothing.
        private func isMask(_ at: Int) -> Bool {
            func isStar(_ place: Int) -> Bool { letters.indices.contains(place) && letters[place].scalar == 0x2605 }
            return letters[at].traits.contains(.mask) && !(isStar(at) && (isStar(at - 1) || isStar(at + 1)))
        }

        /// A long mark, or 一 that is drawn for one: behind katakana, and before katakana or no kanji.
        private func isLong(_ place: Int) -> Bool {
            func isKatakana(_ place: Int) -> Bool { letters.indices.contains(place) && letters[place].traits.contains(.katakana) }
            if letters[place].traits.contains(.long) { return true }
            guard letters[place].scalar == 0x4E00, isKatakana(place - 1) || isDrawnKana(place - 1) else { return false }
            return place + 1 == letters.count || letters[place + 1].sort != .kanji || isDrawnKana(place + 1)
        }

        private func isDrawnKana(_ place: Int) -> Bool {
            letters.indices.contains(place) && "力二卜八口夕工才千三".unicodeScalars.contains { $0.value == letters[place].scalar }
        }

        private mutating func go(_ state: State, isStart: Bool) {
            // Each part has its own bits; the last one, a letter of the word, has the lowest sixteen.
            let key =
                state.unit << 48 | state.at << 40 | state.masks << 36 | state.gap << 33 | (state.isReal ? 1 : 0) << 32
                | Int(state.step.rawValue) << 16 | Int(state.last)
            guard seen.insert(key).inserted else { return }
            let isTsu = state.step == .drawnOut && letters[state.at - 1].unit == 0x3064
            if state.unit == units.count, state.gap == 0, state.isReal, ![.sign, .invisible].contains(state.step), !isTsu {
                ends.insert(state.at)
            }
            guard state.at < letters.count else { return }
            for edge in edges.range(state.at).map({ edges.edges[$0] }) {
                let its = edges.units[Int(edge.first)..<Int(edge.first) + Int(edge.count)]
                guard units.dropFirst(state.unit).starts(with: its), let last = its.last else { continue }
                var next = state
                (next.unit, next.at, next.last, next.gap) = (state.unit + its.count, Int(edge.end), last, 0)
                (next.isReal, next.step) = (true, edge.step)
                go(next, isStart: false)
            }
            guard !isStart else { return }
            let letter = letters[state.at]
            if isMask(state.at), state.masks < 4, state.unit < units.count {
                var next = state
                (next.unit, next.at, next.last, next.gap) = (state.unit + 1, state.at + 1, 0, 0)
                (next.masks, next.step) = (state.masks + 1, .masked)
                go(next, isStart: false)
            }
            // A mark for a vowel that the word writes out.
            if isLong(state.at), state.unit < units.count, Kana.longVowels(state.last).contains(units[state.unit]) {
                var next = state
                (next.unit, next.at, next.last, next.gap) = (state.unit + 1, state.at + 1, units[state.unit], 0)
                (next.isReal, next.step) = (true, .drawnOut)
                go(next, isStart: false)
            }
            if let next = stay(state, letter) { go(next, isStart: false) }
        }

        private func stay(_ state: State, _ letter: Letter) -> State? {
            var next = state
            next.at += 1
            let vowel = Kana.vowel(state.last)
            if letter.isInvisible {
                next.step = .invisible
                return next
            }
            if isLong(state.at) {
                (next.step, next.gap) = (.drawnOut, 0)
            } else if letter.isSkippable, state.gap < 3 {
                (next.step, next.gap) = (.sign, state.gap + 1)
            } else if letter.traits.contains(.iteration) || letter.unit != 0 && letter.unit == state.last {
                (next.step, next.gap) = (.repeated, 0)
            } else if letter.sort == .latin, state.at > 0, letters[state.at - 1].shape == letter.shape {
                (next.step, next.gap) = (.repeated, 0)
            } else if letter.sort == .kana, vowel != 0, letter.unit == vowel {
                (next.step, next.gap, next.last) = (.drawnOut, 0, letter.unit)
            } else if letter.sort == .kana, letter.unit == 0x3064, letter.traits.contains(.small) {
                (next.step, next.gap) = (.drawnOut, 0)
            } else {
                return nil
            }
            return next
        }
    }

    /// All spellings of a trie.
    private static func spellings(_ trie: FormTrie) -> [(units: [UInt16], terms: Set<Int>)] {
        var found: [(units: [UInt16], terms: Set<Int>)] = []
        func go(_ node: Int32, _ units: [UInt16]) {
            let terms = trie.endings(node).map { Int($0.term) }
            if !terms.isEmpty { found.append((units, Set(terms))) }
            var child = trie.firstChild[Int(node)]
            while child >= 0 {
                go(child, units + [trie.unit[Int(child)]])
                child = trie.sibling[Int(child)]
            }
        }
        go(0, [])
        return found
    }

    @Test("finds what a plain search for one spelling after another finds", arguments: Seeds.standard)
    func reference(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let dictionary = try #require(WordDictionary(folder: WordDictionary.ipadic))
        let terms = [Term("バカ"), Term("死ね", reading: "シネ"), Term("クズ"), Term("嘘", reading: "ウソ"), Term("野郎", reading: "ヤロウ")]
        let rules = try RuleSet(Rule.list(terms), Fixture.knowledge, dictionary)
        let spellings = Self.spellings(rules.trie).filter { $0.units.count <= 4 }
        for _ in 0..<Self.count {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...9, using: &generator) {
                text.append(Self.pieces.randomElement(using: &generator) ?? "ば")
            }
            let letters = LetterReader.letters(Array(String(text).utf8), rules.tables)
            let edges = EdgeTable(letters, rules)
            var expected: Set<Place> = []
            // Where nothing that is read so begins, no spelling begins either.
            let firsts = letters.indices.map { start in Set(edges.range(start).map { edges.units[Int(edges.edges[$0].first)] }) }
            for (units, terms) in spellings {
                for start in letters.indices where !letters[start].isInvisible {
                    guard firsts[start].contains(units[0]) || letters[start].traits.contains(.mask) else { continue }
                    var plain = Plain(letters, edges, units)
                    plain.search(start)
                    for end in plain.ends {
                        for term in terms { expected.insert(Place(term: term, units: units, letters: start..<end)) }
                    }
                }
            }
            var walk = Walk(letters, rules)
            let candidates = walk.search()
            let places = Set(expected.map { [$0.term, $0.letters.lowerBound, $0.letters.upperBound] })
            let own = Set(
                candidates.filter { $0.form.count <= 4 }.map { [$0.term, $0.letters.lowerBound, $0.letters.upperBound] })
            #expect(places == own, "\(String(text))")
        }
    }
}
