/// A pattern of a habit, such as `(です|ます|た|だ)が[、,]?`: what is needed of regular expressions, on letters, without a text's bookkeeping.
///
/// Literals, `[classes]` with ranges and `^`, `\S`, groups, `|`, `?`, `+`, `^`, `$`, lookahead, and lookbehind of one letter or class.
/// Patterns are the program's own data, so backtracking is no danger; text is not a pattern.
final class HabitPattern: Sendable {
    fileprivate enum Step {
        case one(LetterSet)
        /// Tries the first, then the others.
        case split([Int])
        case start
        case end
        case ahead(Int, isNegative: Bool)
        case behind(LetterSet, isNegative: Bool)
        case done
    }

    private let code: FlatCode
    private let entry: Int
    /// Letters that a find can begin with.
    let firsts: [LetterSet]

    /// - Returns: nil where the pattern is none.
    init?(_ pattern: String) {
        var parser = PatternParser(pattern)
        guard let tree = parser.alternatives(), parser.isAtEnd else { return nil }
        var steps: [(step: Step, next: Int)] = [(.done, 0)]
        entry = Self.compile(tree, to: 0, &steps)
        firsts = Self.firsts(of: entry, steps)
        code = FlatCode(steps)
    }

    /// Where a find that begins here ends.
    func end(from position: Int, in letters: [UInt32]) -> Int? { code.run(entry, position, letters) }

    private static func compile(_ alternatives: [[PatternNode]], to next: Int, _ steps: inout [(step: Step, next: Int)]) -> Int {
        let ways = alternatives.map { sequence in
            sequence.reversed().reduce(next) { compile($1, to: $0, &steps) }
        }
        if ways.count == 1 { return ways[0] }
        steps.append((.split(ways), 0))
        return steps.count - 1
    }

    private static func compile(_ node: PatternNode, to next: Int, _ steps: inout [(step: Step, next: Int)]) -> Int {
        switch node {
        case .one(let set): steps.append((.one(set), next))
        case .start: steps.append((.start, next))
        case .end: steps.append((.end, next))
        case .group(let alternatives): return compile(alternatives, to: next, &steps)
        case .optional(let inner):
            let way = compile(inner, to: next, &steps)
            steps.append((.split([way, next]), 0))
        case .repeated(let inner):
            steps.append((.split([]), 0))
            let loop = steps.count - 1
            let way = compile(inner, to: loop, &steps)
            steps[loop].step = .split([way, next])
            return way
        case .ahead(let alternatives, let isNegative):
            let inner = compile(alternatives, to: 0, &steps)
            steps.append((.ahead(inner, isNegative: isNegative), next))
        case .behind(let set, let isNegative): steps.append((.behind(set, isNegative: isNegative), next))
        }
        return steps.count - 1
    }

    private static func firsts(of entry: Int, _ steps: [(step: Step, next: Int)]) -> [LetterSet] {
        switch steps[entry].step {
        case .one(let set): [set]
        case .split(let ways): ways.flatMap { firsts(of: $0, steps) }
        case .start, .end, .ahead, .behind: firsts(of: steps[entry].next, steps)
        case .done: []
        }
    }
}

/// A pattern's steps in flat lists, for they are run over every letter of every post.
private final class FlatCode: Sendable {
    private let codes: [Code]
    private let ways: [Int]
    private let sets: [FlatSet]
    private let ranges: [ClosedRange<UInt32>]

    func run(_ entry: Int, _ position: Int, _ letters: [UInt32]) -> Int? {
        var at = entry
        var position = position
        while true {
            let code = codes[at]
            switch code.kind {
            case .done: return position
            case .one:
                guard position < letters.count, sets[code.first].contains(letters[position], ranges) else { return nil }
                position += 1
            case .start: guard position == 0 else { return nil }
            case .end: guard position == letters.count else { return nil }
            case .behind:
                let isThere = position > 0 && sets[code.first].contains(letters[position - 1], ranges)
                guard isThere != code.isNegative else { return nil }
            case .ahead: guard (run(code.first, position, letters) != nil) != code.isNegative else { return nil }
            case .split:
                for way in code.first..<code.first + code.count - 1 {
                    if let end = run(ways[way], position, letters) { return end }
                }
                at = ways[code.first + code.count - 1]
                continue
            }
            at = code.next
        }
    }

    /// A step without references, for these are run over every letter of every post.
    private struct Code: Sendable {
        enum Kind: Sendable { case one, split, start, end, ahead, behind, done }
        var kind: Kind
        /// A set's number, the first of the ways, or where the inner pattern begins.
        var first = 0
        var count = 0
        var isNegative = false
        var next = 0
    }

    init(_ steps: [(step: HabitPattern.Step, next: Int)]) {
        var ways: [Int] = []
        var sets: [FlatSet] = []
        var ranges: [ClosedRange<UInt32>] = []
        func add(_ set: LetterSet) -> Int {
            sets.append(
                FlatSet(
                    first: ranges.count, count: set.ranges.count, hasWords: set.hasWords, hasVisible: set.hasVisible,
                    isNegated: set.isNegated))
            ranges += set.ranges
            return sets.count - 1
        }
        codes = steps.map { step, next in
            switch step {
            case .one(let set): return Code(kind: .one, first: add(set), next: next)
            case .behind(let set, let isNegative): return Code(kind: .behind, first: add(set), isNegative: isNegative, next: next)
            case .ahead(let inner, let isNegative): return Code(kind: .ahead, first: inner, isNegative: isNegative, next: next)
            case .start: return Code(kind: .start, next: next)
            case .end: return Code(kind: .end, next: next)
            case .done: return Code(kind: .done)
            case .split(let list):
                defer { ways += list }
                return Code(kind: .split, first: ways.count, count: list.count)
            }
        }
        (self.ways, self.sets, self.ranges) = (ways, sets, ranges)
    }

    private struct FlatSet: Sendable {
        let first: Int
        let count: Int
        let hasWords: Bool
        let hasVisible: Bool
        let isNegated: Bool

        @inline(__always)
        func contains(_ letter: UInt32, _ ranges: [ClosedRange<UInt32>]) -> Bool {
            for index in first..<first + count where ranges[index] ~= letter { return !isNegated }
            if hasWords, LetterSet.isWord(letter) { return !isNegated }
            if hasVisible, !(Unicode.Scalar(letter)?.properties.isWhitespace ?? false) { return !isNegated }
            return isNegated
        }
    }
}

/// Letters that one place of a pattern can have.
struct LetterSet: Sendable, Hashable {
    var ranges: [ClosedRange<UInt32>] = []
    /// Letters and numerals but decimal digits, as Python's `[^\W\d_]`.
    var hasWords = false
    /// What is no space.
    var hasVisible = false
    var isNegated = false

    /// All of its letters, where they are few.
    var letters: [UInt32]? {
        guard !hasWords, !hasVisible, !isNegated, ranges.allSatisfy({ $0.count < 300 }) else { return nil }
        return ranges.flatMap(Array.init)
    }

    static func isWord(_ letter: UInt32) -> Bool {
        // Most letters are kana and kanji: no need to look those up.
        if 0x3041...0x3096 ~= letter || 0x30A1...0x30FA ~= letter || 0x4E00...0x9FFF ~= letter { return true }
        guard let scalar = Unicode.Scalar(letter) else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }
}
