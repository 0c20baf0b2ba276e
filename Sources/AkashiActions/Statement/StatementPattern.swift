import Foundation

/// A sentence: letters for rules in code, text for patterns, and the way between what the two count.
struct StatementSentence: Sendable {
    let letters: [Unicode.Scalar]
    let text: String
    /// Each letter that occurs.
    let occurring: Set<Unicode.Scalar>
    /// Where each letter begins in UTF-16, and the end; empty where both count alike.
    private let units: [Int]

    init(_ letters: Letters) {
        self.letters = Array(letters)
        occurring = Set(letters)
        text = String(letters: letters)
        guard letters.contains(where: { $0.value > 0xFFFF }) else {
            units = []
            return
        }
        var units = [0]
        for letter in letters { units.append((units.last ?? 0) + (letter.value > 0xFFFF ? 2 : 1)) }
        self.units = units
    }

    var count: Int { letters.count }

    fileprivate func units(_ range: Range<Int>) -> NSRange {
        guard !units.isEmpty else { return NSRange(range) }
        return NSRange(units[range.lowerBound]..<units[range.upperBound])
    }

    fileprivate func letters(_ range: NSRange) -> Range<Int> {
        letter(range.location)..<letter(range.location + range.length)
    }

    private func letter(_ unit: Int) -> Int {
        guard !units.isEmpty else { return unit }
        var (low, high) = (0, units.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if units[middle] < unit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// A pattern made ready. It sees the part of a sentence that it is given as if that were all.
struct StatementPattern: Sendable {
    private let reading: PatternReading
    private let expression: NSRegularExpression

    init(_ pattern: String) throws {
        // Other marks than the line feed do not end a line for the prototype, so they must not here.
        reading = PatternReading(pattern)
        expression = try NSRegularExpression(pattern: reading.text, options: .useUnixLineSeparators)
    }

    /// Every place: of each match its first group, or all of it where no group took part.
    func places(in sentence: StatementSentence) -> [Range<Int>] {
        guard reading.mayBe(in: sentence.occurring) else { return [] }
        let matches = expression.matches(in: sentence.text, range: sentence.units(0..<sentence.count))
        return matches.compactMap { match in
            let group = (1..<match.numberOfRanges).first { match.range(at: $0).location != NSNotFound } ?? 0
            let place = sentence.letters(match.range(at: group))
            return place.isEmpty ? nil : place
        }
    }

    /// The first place, groups or not.
    func firstPlace(in sentence: StatementSentence) -> Range<Int>? {
        guard reading.mayBe(in: sentence.occurring) else { return nil }
        return first(in: sentence, 0..<sentence.count).map { sentence.letters($0.range) }
    }

    /// Whether it is somewhere in a part.
    func isFound(in sentence: StatementSentence, _ part: Range<Int>) -> Bool {
        reading.mayBe(in: sentence.occurring) && first(in: sentence, part) != nil
    }

    /// Whether a part begins with it.
    func begins(_ sentence: StatementSentence, _ part: Range<Int>) -> Bool { first(in: sentence, part, .anchored) != nil }

    /// Where it is at the beginning of a part: all of it, and its first group.
    func beginning(_ sentence: StatementSentence, _ part: Range<Int>) -> (all: Range<Int>, group: Range<Int>)? {
        guard let match = first(in: sentence, part, .anchored), match.numberOfRanges > 1,
            match.range(at: 1).location != NSNotFound
        else { return nil }
        return (sentence.letters(match.range), sentence.letters(match.range(at: 1)))
    }

    /// `rangeOfFirstMatch` would be shorter, but on Linux it does not tell "none" from "at 0" where a match is anchored.
    private func first(
        in sentence: StatementSentence, _ part: Range<Int>, _ options: NSRegularExpression.MatchingOptions = []
    ) -> NSTextCheckingResult? {
        expression.firstMatch(in: sentence.text, options: options, range: sentence.units(part))
    }

    /// Whether what follows a place begins with it.
    func begins(_ sentence: StatementSentence, from start: Int) -> Bool { begins(sentence, start..<sentence.count) }
}

/// Writes patterns out: `<name>` stands for a part that several share.
struct StatementPatterns {
    private var parts: [String: String] = [:]

    init(_ macros: [String: String], words: [String: [[Unicode.Scalar]]]) throws {
        for (name, list) in words { parts[name] = Self.grouped(Self.pattern(for: list.map { $0[...] })) }
        for name in macros.keys where parts[name] == nil {
            parts[name] = try Self.written(name, macros: macros, done: &parts, depth: 0)
        }
    }

    func pattern(_ source: String) throws -> StatementPattern {
        let pattern = try Self.replacingNames(source) { name in
            guard let part = parts[name] else { throw StatementRulesError.unknownName(name) }
            return part
        }
        return try StatementPattern(pattern)
    }

    func patterns(_ sources: [String]?) throws -> [StatementPattern] { try (sources ?? []).map(pattern) }

    private static func written(
        _ name: String, macros: [String: String], done: inout [String: String], depth: Int
    ) throws -> String {
        if let part = done[name] { return part }
        guard let source = macros[name] else { throw StatementRulesError.unknownName(name) }
        guard depth < 20 else { throw StatementRulesError.endlessName(name) }
        let part = grouped(try replacingNames(source) { try written($0, macros: macros, done: &done, depth: depth + 1) })
        done[name] = part
        return part
    }

    private static func grouped(_ pattern: String) -> String { "(?:\(pattern))" }

    private static func replacingNames(_ source: String, _ part: (String) throws -> String) throws -> String {
        var result = ""
        var rest = source[...]
        while let open = rest.firstIndex(of: "<") {
            let name = rest[rest.index(after: open)...].prefix { $0.isASCII && $0.isLetter }
            result += rest[..<open]
            if !name.isEmpty, rest[name.endIndex...].first == ">" {
                result += try part(String(name))
                rest = rest[rest.index(after: name.endIndex)...]
            } else {
                result += "<"
                rest = rest[rest.index(after: open)...]
            }
        }
        return result + rest
    }

    /// A pattern for many words with shared beginnings. It finds what the words side by side, the longest first, would
    /// find, and there are hundreds of them.
    private static func pattern(for words: [Letters]) -> String {
        let groups = Dictionary(grouping: words.filter { !$0.isEmpty }) { $0[$0.startIndex] }
        let branches = groups.keys.sorted().map { first in
            escaped(first) + pattern(for: groups[first]?.map { $0.dropFirst() } ?? [])
        }
        let mayEnd = words.contains { $0.isEmpty }
        guard let only = branches.first else { return "" }
        if branches.count == 1, !mayEnd { return only }
        return "(?:\(branches.joined(separator: "|")))" + (mayEnd ? "?" : "")
    }

    private static func escaped(_ letter: Unicode.Scalar) -> String {
        let isPlain = !letter.isASCII || letter.isLatinLetter || letter.isDigit
        return isPlain ? String(letter) : "\\" + String(letter)
    }
}
