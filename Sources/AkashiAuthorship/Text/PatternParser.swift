/// A piece of a habit's pattern.
indirect enum PatternNode: Sendable {
    case one(LetterSet)
    case start
    case end
    case group([[PatternNode]])
    case optional(PatternNode)
    case repeated(PatternNode)
    case ahead([[PatternNode]], isNegative: Bool)
    case behind(LetterSet, isNegative: Bool)
}

/// Reads a habit's pattern.
struct PatternParser {
    private let letters: [Character]
    private var at = 0

    init(_ pattern: String) { letters = Array(pattern) }

    var isAtEnd: Bool { at == letters.count }

    /// Ways, one of which must fit.
    mutating func alternatives() -> [[PatternNode]]? {
        var all: [[PatternNode]] = []
        repeat {
            var sequence: [PatternNode] = []
            while at < letters.count, letters[at] != "|", letters[at] != ")" {
                guard let node = node() else { return nil }
                sequence.append(node)
            }
            all.append(sequence)
        } while take("|")
        return all
    }

    private mutating func node() -> PatternNode? {
        guard var node = single() else { return nil }
        while true {
            if take("?") {
                node = .optional(node)
            } else if take("+") {
                node = .repeated(node)
            } else {
                return node
            }
        }
    }

    private mutating func single() -> PatternNode? {
        if take("^") { return .start }
        if take("$") { return .end }
        if take("[") { return letterClass().map(PatternNode.one) }
        if take("(") { return group() }
        if take("\\") { return escaped().map(PatternNode.one) }
        return letter().map { .one(LetterSet(ranges: [$0...$0])) }
    }

    private mutating func group() -> PatternNode? {
        let kind = ["?=", "?!", "?<=", "?<!", "?:"].first { letters[at...].starts(with: $0) }
        at += kind?.count ?? 0
        guard let inner = alternatives(), take(")") else { return nil }
        switch kind {
        case "?=": return .ahead(inner, isNegative: false)
        case "?!": return .ahead(inner, isNegative: true)
        case "?<=", "?<!":
            guard inner.count == 1, inner[0].count == 1, case .one(let set) = inner[0][0] else { return nil }
            return .behind(set, isNegative: kind == "?<!")
        default: return .group(inner)
        }
    }

    private mutating func letterClass() -> LetterSet? {
        var set = LetterSet()
        // The one class of words that habits use.
        if letters[at...].starts(with: #"^\W\d_]"#) {
            at += 7
            set.hasWords = true
            return set
        }
        set.isNegated = take("^")
        while at < letters.count, letters[at] != "]" {
            guard let low = letter() else { return nil }
            var high = low
            if at + 1 < letters.count, letters[at] == "-", letters[at + 1] != "]" {
                at += 1
                guard let end = letter() else { return nil }
                high = end
            }
            guard low <= high else { return nil }
            set.ranges.append(low...high)
        }
        return take("]") ? set : nil
    }

    private mutating func escaped() -> LetterSet? {
        if take("S") { return LetterSet(hasVisible: true) }
        return letter().map { LetterSet(ranges: [$0...$0]) }
    }

    private mutating func letter() -> UInt32? {
        guard at < letters.count, letters[at].unicodeScalars.count == 1 else { return nil }
        defer { at += 1 }
        return letters[at].unicodeScalars.first?.value
    }

    private mutating func take(_ letter: Character) -> Bool {
        guard at < letters.count, letters[at] == letter else { return false }
        at += 1
        return true
    }
}
