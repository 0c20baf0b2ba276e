/// A regular expression that takes time in proportion to the text, whatever it says: all ways are followed side by side
/// (Thompson's construction, Pike's machine), none is tried again.
///
/// Letters, `.`, `[…]`, `[^…]`, `\d \s \w`, `(…)`, `|`, `* + ? {m,n}`, `^ $`. No look-around and no back references.
public struct LinearPattern: Sendable {
    /// Why a pattern cannot be used.
    public struct Problem: Error, Equatable {
        /// What is wrong.
        public enum Code: String, Sendable { case unclosed, nothingToRepeat, badRange, tooLarge, unknownEscape }
        /// What is wrong.
        public let code: Code
        /// Where, in letters from the beginning.
        public let place: Int
    }

    enum Step: Sendable {
        case letter(LetterSet)
        case split(Int, Int)
        case jump(Int)
        case start
        case end
        case match
    }

    /// Some letters.
    struct LetterSet: Sendable {
        var ranges: [ClosedRange<UInt32>] = []
        var isNegated = false
        func contains(_ letter: UInt32) -> Bool { ranges.contains { $0.contains(letter) } != isNegated }
    }

    /// Steps of a pattern, after repetitions are written out.
    static let maximumSize = 4000

    let steps: [Step]

    /// Reads a pattern.
    ///
    /// - Throws: ``Problem``.
    public init(_ text: String) throws(Problem) {
        var reader = PatternReader(text)
        steps = try reader.read()
    }

    /// Letters times steps that are looked at in one text before giving up.
    static let budget = 4_000_000

    /// The first longest match of each place on, none over another. A text that takes too long is looked at no further.
    public func matches(in letters: [UInt32]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var from = 0
        var budget = Self.budget
        while from <= letters.count {
            guard let match = first(in: letters, from: from, &budget) else { break }
            if !match.isEmpty { found.append(match) }
            from = max(match.upperBound, match.lowerBound + 1)
        }
        return found
    }

    /// The leftmost match, as long as it can be. One pass: a way that began earlier goes before one that began later.
    private func first(in letters: [UInt32], from: Int, _ budget: inout Int) -> Range<Int>? {
        var ways: [(step: Int, start: Int)] = []
        var best: Range<Int>?
        var seen = Array(repeating: -1, count: steps.count)
        for place in from...letters.count {
            var next: [(step: Int, start: Int)] = []
            if best == nil { ways.append((0, place)) }
            var stack: [(step: Int, start: Int)] = []
            for way in ways {
                stack.append(way)
                while let (step, start) = stack.popLast() {
                    guard seen[step] != place else { continue }
                    seen[step] = place
                    budget -= 1
                    switch steps[step] {
                    case .jump(let target): stack.append((target, start))
                    case .split(let one, let other):
                        stack.append((other, start))
                        stack.append((one, start))
                    case .start: if place == 0 { stack.append((step + 1, start)) }
                    case .end: if place == letters.count { stack.append((step + 1, start)) }
                    case .letter(let set):
                        if place < letters.count, set.contains(letters[place]) { next.append((step + 1, start)) }
                    case .match:
                        if best == nil || start < best?.lowerBound ?? 0 || start == best?.lowerBound { best = start..<place }
                    }
                }
            }
            guard budget > 0 else { return nil }
            if let best { next.removeAll { $0.start > best.lowerBound } }
            if next.isEmpty, best != nil { return best }
            ways = next
        }
        return best
    }
}

/// Reads a pattern into steps.
struct PatternReader {
    private let text: [UInt32]
    private var place = 0
    private var steps: [LinearPattern.Step] = []

    init(_ pattern: String) { text = pattern.unicodeScalars.map(\.value) }

    mutating func read() throws(LinearPattern.Problem) -> [LinearPattern.Step] {
        let body = try alternatives()
        guard place == text.count else { throw problem(.unclosed) }
        return body + [.match]
    }

    private func problem(_ code: LinearPattern.Problem.Code) -> LinearPattern.Problem {
        LinearPattern.Problem(code: code, place: place)
    }

    private func peek(_ letter: Unicode.Scalar) -> Bool { place < text.count && text[place] == letter.value }

    /// Steps are relative: targets are moved when parts are put together.
    private mutating func alternatives() throws(LinearPattern.Problem) -> [LinearPattern.Step] {
        var made = try sequence()
        while peek("|") {
            place += 1
            let other = try sequence()
            made =
                [.split(1, made.count + 2)] + Self.moved(made, 1) + [.jump(made.count + 2 + other.count)]
                + Self.moved(other, made.count + 2)
        }
        return made
    }

    private mutating func sequence() throws(LinearPattern.Problem) -> [LinearPattern.Step] {
        var made: [LinearPattern.Step] = []
        while place < text.count, !peek("|"), !peek(")") {
            let one = try repeated(try single())
            made += Self.moved(one, made.count)
            guard made.count <= LinearPattern.maximumSize else { throw problem(.tooLarge) }
        }
        return made
    }

    private mutating func single() throws(LinearPattern.Problem) -> [LinearPattern.Step] {
        let letter = text[place]
        switch Unicode.Scalar(letter) {
        case "(":
            place += 1
            if place + 1 < text.count, peek("?"), text[place + 1] == 0x3A { place += 2 }
            let inner = try alternatives()
            guard peek(")") else { throw problem(.unclosed) }
            place += 1
            return inner
        case "[": return [.letter(try set())]
        case "*", "+", "?", "{": throw problem(.nothingToRepeat)
        case ".":
            place += 1
            return [.letter(LinearPattern.LetterSet(ranges: [0x0A...0x0A], isNegated: true))]
        case "^":
            place += 1
            return [.start]
        case "$":
            place += 1
            return [.end]
        case "\\": return [.letter(try escape())]
        default:
            place += 1
            return [.letter(LinearPattern.LetterSet(ranges: [letter...letter]))]
        }
    }

    private mutating func escape() throws(LinearPattern.Problem) -> LinearPattern.LetterSet {
        place += 1
        guard place < text.count, let letter = Unicode.Scalar(text[place]) else { throw problem(.unclosed) }
        place += 1
        switch letter {
        case "d": return LinearPattern.LetterSet(ranges: [0x30...0x39])
        case "s": return LinearPattern.LetterSet(ranges: [0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x3000...0x3000])
        case "w": return LinearPattern.LetterSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
        case "n": return LinearPattern.LetterSet(ranges: [0x0A...0x0A])
        default:
            guard !letter.properties.isAlphabetic, letter.value < 0x30 || letter.value > 0x39 else {
                throw problem(.unknownEscape)
            }
            return LinearPattern.LetterSet(ranges: [letter.value...letter.value])
        }
    }

    private mutating func set() throws(LinearPattern.Problem) -> LinearPattern.LetterSet {
        place += 1
        var set = LinearPattern.LetterSet()
        if peek("^") {
            set.isNegated = true
            place += 1
        }
        var isFirst = true
        while place < text.count, isFirst || !peek("]") {
            isFirst = false
            if peek("\\") {
                set.ranges += try escape().ranges
                continue
            }
            let low = text[place]
            place += 1
            if peek("-"), place + 1 < text.count, text[place + 1] != 0x5D {
                let high = text[place + 1]
                guard low <= high else { throw problem(.badRange) }
                set.ranges.append(low...high)
                place += 2
            } else {
                set.ranges.append(low...low)
            }
        }
        guard peek("]") else { throw problem(.unclosed) }
        place += 1
        return set
    }

    private mutating func repeated(_ one: [LinearPattern.Step]) throws(LinearPattern.Problem) -> [LinearPattern.Step] {
        guard place < text.count else { return one }
        switch Unicode.Scalar(text[place]) {
        case "*":
            place += 1
            return Self.star(one)
        case "+":
            place += 1
            return one + Self.moved(Self.star(one), one.count)
        case "?":
            place += 1
            return [.split(1, one.count + 1)] + Self.moved(one, 1)
        case "{":
            let (low, high) = try counts()
            var made: [LinearPattern.Step] = []
            for _ in 0..<low { made += Self.moved(one, made.count) }
            if let high {
                for _ in low..<high { made += Self.moved([.split(1, one.count + 1)] + Self.moved(one, 1), made.count) }
            } else {
                made += Self.moved(Self.star(one), made.count)
            }
            guard made.count <= LinearPattern.maximumSize else { throw problem(.tooLarge) }
            return made
        default: return one
        }
    }

    private static func star(_ one: [LinearPattern.Step]) -> [LinearPattern.Step] {
        [.split(1, one.count + 2)] + moved(one, 1) + [.jump(0)]
    }

    /// `{2}`, `{2,}`, `{2,5}`.
    private mutating func counts() throws(LinearPattern.Problem) -> (Int, Int?) {
        place += 1
        func number() -> Int? {
            var value: Int?
            while place < text.count, (0x30...0x39).contains(text[place]), value ?? 0 < 10_000 {
                value = (value ?? 0) * 10 + Int(text[place] - 0x30)
                place += 1
            }
            return value
        }
        guard let low = number() else { throw problem(.nothingToRepeat) }
        var high: Int? = low
        if peek(",") {
            place += 1
            high = number()
        }
        guard peek("}") else { throw problem(.unclosed) }
        place += 1
        guard low <= high ?? low else { throw problem(.badRange) }
        guard low <= 200, high ?? 0 <= 200 else { throw problem(.tooLarge) }
        return (low, high)
    }

    private static func moved(_ steps: [LinearPattern.Step], _ by: Int) -> [LinearPattern.Step] {
        steps.map { step in
            switch step {
            case .split(let one, let other): .split(one + by, other + by)
            case .jump(let target): .jump(target + by)
            default: step
            }
        }
    }
}
