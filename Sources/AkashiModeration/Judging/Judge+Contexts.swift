/// What stands beside a candidate.
extension Judge {
    /// A phrase in which the term is another word.
    func isSpared(_ term: String, _ range: Range<Int>) -> Bool {
        guard let phrases = rules.allowed[term] else { return false }
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
        if rules.contexts.after.contains(where: { trimmed.hasPrefix($0) }) { return true }
        let isAdjective = rules.terms[candidate.term].text.hasSuffix("い") && !candidate.form.isReversed
        if isAdjective, rules.contexts.things.contains(where: { trimmed.hasPrefix($0) }) { return true }
        let before = String(
            decoding: visible[offsets[max(0, candidate.letters.lowerBound - 8)]..<offsets[candidate.letters.lowerBound]],
            as: UTF8.self)
        if rules.contexts.before.contains(where: { before.hasSuffix($0) }) { return true }
        // A word that is hidden is meant; one that is said openly may be the name of a book.
        return isExact && candidate.parts.allSatisfy { $0.step == .plain } && speaksOfTopic
    }
}
