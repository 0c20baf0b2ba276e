/// Parts a text: sentences, clauses, quotations.
struct StatementSplit: Sendable {
    /// Longer sentences are read in pieces, so that the time for a text grows with its length and no faster.
    private static let longestSentence = 400

    private let sentenceEnds: Set<Unicode.Scalar>
    private let clauseEnds: Set<Unicode.Scalar>
    private let opening: Set<Unicode.Scalar>
    private let closing: Set<Unicode.Scalar>
    private let longestQuote: Int

    init(_ rules: StatementRules.Split) {
        sentenceEnds = Set(rules.sentenceEnds.unicodeScalars)
        clauseEnds = Set(rules.clauseEnds.unicodeScalars)
        opening = Set(rules.opening.unicodeScalars)
        closing = Set(rules.closing.unicodeScalars)
        longestQuote = rules.longestQuote
    }

    /// The sentences of a text with their ends, without a line feed. A short quotation is not torn.
    func sentences(_ letters: [Unicode.Scalar]) -> [Range<Int>] {
        var sentences: [Range<Int>] = []
        var start = 0
        var quoteEnd: Int?
        var nextClosing = 0
        for (index, letter) in letters.enumerated() {
            if quoteEnd == nil, opening.contains(letter) {
                nextClosing = letters[max(index, nextClosing)...].firstIndex(where: closing.contains) ?? letters.count
                if nextClosing < letters.count, nextClosing - index <= longestQuote { quoteEnd = nextClosing }
            }
            if index == quoteEnd { quoteEnd = nil }
            if quoteEnd == nil, sentenceEnds.contains(letter) {
                if !letters[start..<index].isOnly(\.isBlank) { sentences += pieces(letters, start..<(index + 1)) }
                start = index + 1
            }
        }
        if !letters[start...].isOnly(\.isBlank) { sentences += pieces(letters, start..<letters.count) }
        return sentences
    }

    /// A sentence without the line feed at its end; cut, if it is very long, after a clause or a blank where there is one.
    private func pieces(_ letters: [Unicode.Scalar], _ sentence: Range<Int>) -> [Range<Int>] {
        let end = letters[sentence.upperBound - 1] == "\n" ? sentence.upperBound - 1 : sentence.upperBound
        var pieces: [Range<Int>] = []
        var start = sentence.lowerBound
        while end - start > Self.longestSentence {
            let limit = start + Self.longestSentence
            let late = letters[(start + Self.longestSentence / 2)..<limit]
            let cut = late.lastIndex { clauseEnds.contains($0) || $0 == " " }.map { $0 + 1 } ?? limit
            pieces.append(start..<cut)
            start = cut
        }
        return pieces + [start..<end]
    }

    /// Where each quotation stands, its marks included, from the first opening to the next closing one.
    func quotations(_ letters: [Unicode.Scalar]) -> [Range<Int>] {
        var quotations: [Range<Int>] = []
        var rest = letters[...]
        while let start = rest.firstIndex(where: opening.contains), let end = rest[start...].firstIndex(where: closing.contains) {
            quotations.append(start..<(end + 1))
            rest = letters[(end + 1)...]
        }
        return quotations
    }

    /// Where each quotation of few letters stands, its marks included; openings within one count, too.
    func shortQuotations(_ letters: [Unicode.Scalar], longest: Int) -> [Range<Int>] {
        letters.indices.compactMap { start in
            guard opening.contains(letters[start]) else { return nil }
            let end = letters[start...].prefix(longest + 1).firstIndex(where: closing.contains)
            return end.map { start..<($0 + 1) }
        }
    }

    /// The clause around a place.
    func clause(_ letters: [Unicode.Scalar], around place: Range<Int>) -> Range<Int> {
        let start = letters[..<place.lowerBound].lastIndex(where: clauseEnds.contains).map { $0 + 1 } ?? 0
        let end = letters[place.upperBound...].firstIndex(where: clauseEnds.contains) ?? letters.count
        return start..<end
    }
}
