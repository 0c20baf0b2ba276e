import AkashiText

/// What stands beside a candidate.
extension Judge {
    /// A phrase in which the term is another word.
    func isSpared(_ term: Int, _ range: Range<Int>) -> Bool {
        let phrases = rules.allowed[term]
        guard !phrases.isEmpty else { return false }
        let before = String(decoding: visible[..<range.lowerBound].suffix(30), as: UTF8.self).hiragana
        let after = String(decoding: visible[range.upperBound...].prefix(30), as: UTF8.self).hiragana
        return phrases.contains { before.hasSuffix($0.before.hiragana) && after.hasPrefix($0.after.hiragana) }
    }

    /// Whether words of threat stand within a dozen letters.
    mutating func hasThreat(_ range: Range<Int>) -> Bool {
        let near = offsets[max(0, range.lowerBound - 14)]..<offsets[min(letters.count, range.upperBound + 14)]
        let own = offsets[range.lowerBound]..<offsets[range.upperBound]
        return threatPlaces.contains { near.lowerBound <= $0.lowerBound && $0.upperBound <= near.upperBound && !$0.overlaps(own) }
    }

    mutating func isNote(_ candidate: Candidate, _ isExact: Bool) -> Bool {
        let after = String(
            decoding: visible[
                offsets[candidate.letters.upperBound]..<offsets[min(letters.count, candidate.letters.upperBound + 12)]],
            as: UTF8.self)
        let trimmed = after.drop { "」』）)”\"'".contains($0) }
        if rules.base.contexts.after.contains(where: { trimmed.hasPrefix($0) }) { return true }
        let isAdjective = rules.terms[candidate.term].text.hasSuffix("い") && !candidate.form.isReversed
        if isAdjective, rules.base.contexts.things.contains(where: { trimmed.hasPrefix($0) }) { return true }
        let before = String(
            decoding: visible[offsets[max(0, candidate.letters.lowerBound - 8)]..<offsets[candidate.letters.lowerBound]],
            as: UTF8.self)
        if rules.base.contexts.before.contains(where: { before.hasSuffix($0) }) { return true }
        // A word that is hidden is meant; one that is said openly may be the name of a book.
        let isOneKanji = candidate.letters.count == 1 && letters[candidate.letters.lowerBound].sort == .kanji
        guard isOpen(candidate, isExact) || isOneKanji else { return false }
        let own = offsets[candidate.letters.lowerBound]..<offsets[candidate.letters.upperBound]
        if isDoneTo(own) { return true }
        let sentence = sentence(around: candidate.letters)
        if addressPlaces.contains(where: { sentence.contains($0.lowerBound) && !$0.overlaps(own) }) { return false }
        // A kanji by itself is the thing (猿, 葛) until somebody is called so.
        return isOneKanji || topicPlaces.contains { sentence.contains($0.lowerBound) && !$0.overlaps(own) }
    }

    /// Whether the word stands there as it is written in the list, whatever else its letters could be read as.
    func isOpen(_ candidate: Candidate, _ isExact: Bool) -> Bool {
        let hidden: Letter.Traits = [.invisible, .encoded, .turned, .width, .dressed, .variant, .composed]
        return isExact && letters[candidate.letters].allSatisfy { $0.traits.isDisjoint(with: hidden) }
    }

    /// Whether what the word says was done to somebody: されて, られた.
    private mutating func isDoneTo(_ range: Range<Int>) -> Bool {
        lattice.best.filter { $0.start >= range.upperBound }.prefix(2).contains { node in
            node.isKnown && rules.dictionary.description(node.word).hasPrefix("動詞,接尾")
                && ["れ", "られ"].contains { text(node.start..<node.end).hasPrefix($0) }
        }
    }

    func text(_ range: Range<Int>) -> String { String(decoding: visible[range], as: UTF8.self) }

    /// The bytes of the sentence that some letters stand in.
    private func sentence(around range: Range<Int>) -> Range<Int> {
        let before = letters[..<range.lowerBound].lastIndex(where: \.isSentenceEnd).map { $0 + 1 } ?? 0
        let after = letters[range.upperBound...].firstIndex(where: \.isSentenceEnd) ?? letters.count
        return offsets[before]..<offsets[after]
    }
}
