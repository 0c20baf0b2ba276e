/// A pattern of a habit, such as `(です|ます|た|だ)が[、,]?`: what is needed of regular expressions, on letters, without a text's bookkeeping.
///
/// Literals, `[classes]` with ranges and `^`, `\S`, groups, `|`, `?`, `+`, `^`, `$`, lookahead, and lookbehind of one letter or class.
/// Patterns are the program's own data, so backtracking is no danger; text is not a pattern.
struct HabitPattern: Sendable {
    enum Step: Sendable {
        case one(LetterSet)
        /// Tries the first, then the others.
        case split([Int])
        case start
        case end
        case ahead(Int, isNegative: Bool)
        case behind(LetterSet, isNegative: Bool)
        case done
    }

    /// Each step and where it goes on.
    private var steps: [(step: Step, next: Int)] = []
    private let entry: Int
    /// Letters that a find can begin with.
    let firsts: [LetterSet]

    /// - Returns: nil where the pattern is none.
    init?(_ pattern: String) {
        var parser = PatternParser(pattern)
        steps = [(.done, 0)]
        guard let tree = parser.alternatives(), parser.isAtEnd else { return nil }
        var steps = steps
        entry = Self.compile(tree, to: 0, &steps)
        self.steps = steps
        firsts = Self.firsts(of: entry, steps)
    }

    /// Where a find that begins here ends.
    func end(from position: Int, in letters: [UInt32]) -> Int? { run(entry, position, letters) }

    private func run(_ entry: Int, _ position: Int, _ letters: [UInt32]) -> Int? {
        var at = entry
        var position = position
        while true {
            let (step, next) = steps[at]
            switch step {
            case .done: return position
            case .one(let set):
                guard position < letters.count, set.contains(letters[position]) else { return nil }
                position += 1
            case .start: guard position == 0 else { return nil }
            case .end: guard position == letters.count else { return nil }
            case .behind(let set, let isNegative):
                let isThere = position > 0 && set.contains(letters[position - 1])
                guard isThere != isNegative else { return nil }
            case .ahead(let inner, let isNegative):
                guard (run(inner, position, letters) != nil) != isNegative else { return nil }
            case .split(let ways):
                for way in ways.dropLast() {
                    if let end = run(way, position, letters) { return end }
                }
                at = ways[ways.count - 1]
                continue
            }
            at = next
        }
    }

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

/// Letters that one place of a pattern can have.
struct LetterSet: Sendable, Hashable {
    var ranges: [ClosedRange<UInt32>] = []
    /// Letters and numerals but decimal digits, as Python's `[^\W\d_]`.
    var hasWords = false
    /// What is no space.
    var hasVisible = false
    var isNegated = false

    func contains(_ letter: UInt32) -> Bool {
        var isIn = ranges.contains { $0.contains(letter) }
        if !isIn, hasWords { isIn = Self.isWord(letter) }
        if !isIn, hasVisible { isIn = !(Unicode.Scalar(letter)?.properties.isWhitespace ?? false) }
        return isIn != isNegated
    }

    /// All of its letters, where they are few.
    var letters: [UInt32]? {
        guard !hasWords, !hasVisible, !isNegated, ranges.allSatisfy({ $0.count < 300 }) else { return nil }
        return ranges.flatMap(Array.init)
    }

    private static func isWord(_ letter: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(letter) else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }
}
