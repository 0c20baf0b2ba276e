/// A pattern as the engine runs it fastest. It finds the same as it is written.
///
/// The engine tries alternatives one by one, and our choices have up to hundreds of them. So every choice is given a guard:
/// `(?:咲く|書く|読む)` becomes `(?:(?=[咲書読])(?:咲く|書く|読む))`. And `needs` tells without the engine that a pattern cannot be
/// in a sentence, which is so for most. Both together take two thirds off the time of a text.
struct PatternReading: Sendable {
    /// The pattern with guards.
    let text: String
    /// Of each of these letters, one must be there.
    let needs: [Set<Unicode.Scalar>]

    /// Reads a pattern; what it cannot read, it leaves as it is.
    init(_ pattern: String) {
        var reader = PatternReader(pattern)
        let part = reader.choice()
        let isRead = reader.isReadable && reader.rest.isEmpty
        text = isRead ? part.text : pattern
        needs = isRead ? part.needs : []
    }

    /// Whether a pattern may be among letters.
    func mayBe(in letters: Set<Unicode.Scalar>) -> Bool { needs.allSatisfy { !letters.isDisjoint(with: $0) } }
}

/// A part of a pattern, rewritten.
private struct PatternPart {
    var text: String
    /// The inside of a set of letters, one of which it begins with; nil if that is not known.
    var firsts: String?
    var mayBeEmpty = false
    var needs: [Set<Unicode.Scalar>] = []

    /// A part that takes no letters.
    static func mark(_ text: String) -> PatternPart { PatternPart(text: text, firsts: "", mayBeEmpty: true) }

    /// The letters of which one must be there that are the least likely.
    var rarest: Set<Unicode.Scalar>? {
        guard needs.count > 1 else { return needs.first }
        return needs.map { (set: $0, sum: $0.reduce(0) { $0 + Self.likelihood($1) }) }.min { $0.sum < $1.sum }?.set
    }

    private static func likelihood(_ letter: Unicode.Scalar) -> Int {
        if letter.isHiragana || letter.isOne(of: "、。ー ") { return 30 }
        return letter.isASCII ? 8 : letter.isKatakana ? 6 : 1
    }

    /// The part behind a look at its first letter.
    var guarded: PatternPart {
        guard let firsts, !mayBeEmpty, !text.hasPrefix("(?=") else { return self }
        return PatternPart(text: "(?=[\(firsts)])(?:\(text))", firsts: firsts, needs: needs)
    }

    /// One of some.
    static func choice(_ parts: [PatternPart]) -> PatternPart {
        guard parts.count > 1 else { return parts.first ?? .mark("") }
        let firsts = parts.compactMap(\.firsts)
        let rarest = parts.compactMap(\.rarest)
        let choice = PatternPart(
            text: parts.map(\.text).joined(separator: "|"), firsts: firsts.count == parts.count ? firsts.joined() : nil,
            mayBeEmpty: parts.contains(where: \.mayBeEmpty),
            needs: rarest.count == parts.count ? [rarest.reduce(into: []) { $0.formUnion($1) }] : [])
        return parts.count > 2 ? choice.guarded : choice
    }
}

/// Reads the dialect that `lint.yaml` describes.
private struct PatternReader {
    /// Alternatives under one guard.
    private static let span = 8
    /// Letters of the longest range that is worth writing out.
    private static let longestRange = 100

    var rest: ArraySlice<Unicode.Scalar>
    var isReadable = true

    init(_ pattern: String) { rest = Array(pattern.unicodeScalars)[...] }

    /// Alternatives up to a closing bracket or the end.
    mutating func choice() -> PatternPart {
        var parts = [sequence()]
        while rest.first == "|" {
            rest.removeFirst()
            parts.append(sequence())
        }
        guard parts.count > Self.span else { return .choice(parts) }
        let starts = stride(from: 0, to: parts.count, by: Self.span)
        return .choice(starts.map { PatternPart.choice(Array(parts[$0...].prefix(Self.span))).guarded })
    }

    /// One alternative.
    private mutating func sequence() -> PatternPart {
        var sequence = PatternPart.mark("")
        while let next = rest.first, next != "|", next != ")" {
            var part = atom()
            count(&part)
            if sequence.mayBeEmpty {
                sequence.firsts = sequence.firsts.flatMap { own in part.firsts.map { own + $0 } }
                sequence.mayBeEmpty = part.mayBeEmpty
            }
            sequence.text += part.text
            sequence.needs += part.needs
        }
        return sequence
    }

    /// What says how often, after a part.
    private mutating func count(_ part: inout PatternPart) {
        guard let mark = rest.first, mark.isOne(of: "?*+{") else { return }
        var count = rest.prefix(1)
        if mark == "{" { count = rest.prefix { $0 != "}" } + ["}"] }
        rest = rest.dropFirst(count.count)
        if mark.isOne(of: "?*") || count.dropFirst().first == "0" { (part.mayBeEmpty, part.needs) = (true, []) }
        part.text += String(letters: count)
        guard rest.first == "?" else { return }
        rest.removeFirst()
        part.text += "?"
    }

    private mutating func atom() -> PatternPart {
        guard let mark = rest.popFirst() else { return .mark("") }
        switch mark {
        case "(": return group()
        case "[": return set()
        case "^", "$": return .mark(String(mark))
        case ".": return PatternPart(text: ".", firsts: nil)
        case "\\":
            let letter = escaped()
            return PatternPart(text: "\\" + letter.text, firsts: "\\" + letter.text, needs: [[letter.meaning]])
        default:
            let isPlain = !mark.isASCII || mark.isLatinLetter || mark.isDigit
            return PatternPart(text: String(mark), firsts: (isPlain ? "" : "\\") + String(mark), needs: [[mark]])
        }
    }

    /// A letter after a backslash.
    private mutating func escaped() -> (text: String, meaning: Unicode.Scalar) {
        let letter = rest.popFirst() ?? "\\"
        if letter == "n" { return ("n", "\n") }
        // Before other letters it stands for classes and places.
        if letter.isLatinLetter || letter.isDigit { isReadable = false }
        return (String(letter), letter)
    }

    private mutating func group() -> PatternPart {
        var opening = "("
        if rest.first == "?" {
            opening += String(letters: rest.prefix(2))
            rest = rest.dropFirst(2)
        }
        let inside = choice()
        if rest.popFirst() != ")" { isReadable = false }
        let text = opening + inside.text + ")"
        switch opening {
        case "(", "(?:": return PatternPart(text: text, firsts: inside.firsts, mayBeEmpty: inside.mayBeEmpty, needs: inside.needs)
        case "(?=", "(?!": return .mark(text)
        default:
            isReadable = false
            return .mark(text)
        }
    }

    private mutating func set() -> PatternPart {
        var text = ""
        var letters: Set<Unicode.Scalar>? = []
        if rest.first == "^" {
            rest.removeFirst()
            (text, letters) = ("^", nil)
        }
        var last: Unicode.Scalar?
        while let letter = rest.popFirst(), letter != "]" {
            if letter == "[" || letter == "&" { isReadable = false }
            if letter == "-", let first = last, let end = rest.first, end != "]" {
                let range = first.value...max(first.value, end.value)
                if range.count > Self.longestRange { letters = nil }
                letters?.formUnion(range.compactMap { Unicode.Scalar($0) })
                text += "-"
                last = nil
                continue
            }
            let (written, meaning) = letter == "\\" ? escaped() : (String(letter), letter)
            text += (letter == "\\" ? "\\" : "") + written
            letters?.insert(meaning)
            last = meaning
        }
        // A set within a set keeps marks at its edges what they are.
        return PatternPart(text: "[\(text)]", firsts: "[\(text)]", needs: letters.map { [$0] } ?? [])
    }
}
