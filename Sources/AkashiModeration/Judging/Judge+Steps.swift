import AkashiText

/// What each way of hiding a letter asks for: letters said again, kanji that are only read or drawn like the word, numbers.
extension Judge {
    /// Letters that are said again.
    mutating func isPlausiblyRepeated(_ candidate: Candidate) -> Bool {
        if isCalled(candidate) { return true }
        let count = Int(candidate.form.count)
        // Of two letters one may be said twice by chance, hardly both: ババカカ.
        if count + Int(candidate.form.longCount) <= 2 {
            guard
                candidate.repeatedRuns == count && (!isHiragana(candidate) || isBounded(candidate.letters))
                    || isHarsh(candidate) && isShouted(candidate)
            else { return false }
        }
        if isHiragana(candidate), count <= 3, candidate.parts.count > 1, candidate.parts[1].step == .repeated {
            // ここいい may be; all of three letters twice is not.
            guard count == 3, candidate.repeatedRuns >= 3 else { return false }
        }
        return true
    }

    /// ws-791, No.37564: digits that Latin letters, digits or 番号 stand before.
    func isPartOfCode(_ candidate: Candidate) -> Bool {
        var at = candidate.letters.lowerBound - 1
        while letters.indices.contains(at), letters[at].isSkippable || letters[at].sort == .other { at -= 1 }
        guard letters.indices.contains(at) else { return false }
        return [.latin, .digit].contains(letters[at].sort)
            || ["号", "番"].contains { $0.unicodeScalars.first?.value == letters[at].scalar }
    }

    /// Whether no letter of a word stands right before or behind.
    func isBounded(_ range: Range<Int>) -> Bool {
        [range.lowerBound - 1, range.upperBound].allSatisfy { !letters.indices.contains($0) || letters[$0].unit == 0 }
    }

    /// Whether a letter is said more than twice, or each of them twice: ハゲゲゲ.
    func isShouted(_ candidate: Candidate) -> Bool {
        candidate.repeatedRuns == Int(candidate.form.count) || candidate.parts.count { $0.step == .repeated } > 1
    }

    /// ししししね: one letter three times and more.
    func isCalled(_ candidate: Candidate) -> Bool {
        if candidate.repeatedRuns == Int(candidate.form.count), isBounded(candidate.letters) { return true }
        return candidate.parts.indices.dropFirst(2).contains { at in
            candidate.parts[at].step == .repeated && candidate.parts[at - 1].step == .repeated
        }
    }

    /// Kanji that are only read like the word.
    mutating func isPlausibleInKanji(_ candidate: Candidate, _ range: Range<Int>) -> Bool {
        let count = Int(candidate.form.count)
        let kanji = candidate.count(.otherKanji)
        let isFierce = isFierce(candidate)
        if [.ending, .endingReading].contains(candidate.form.origin), !isHarsh(candidate) { return false }
        let longs = candidate.has([.drawnOut]) ? Int(candidate.form.longCount) : 0
        if count + longs <= 2 {
            // 蛇作 is no word, は家 are two, 来月 is another one.
            let isOther = lattice.isNatural(range) || lattice.isWord(range)
            let isKanji = candidate.letters.count == 2 && letters[candidate.letters].allSatisfy { $0.sort == .kanji }
            guard kanji == candidate.real || isKanji && isHarsh(candidate) && !isOther else { return false }
            if lattice.isWord(range), candidate.letters.count > 1 { return false }
        }
        // One kanji that is read like the word is a word of its own, but for those that the net writes so.
        if candidate.letters.count == 1, !rules.isUsual(candidate.term, letters[candidate.letters.lowerBound].unit) {
            return false
        }
        if isMisused(candidate, range) { return true }
        if lattice.isCovered(range), !isFierce { return false }
        if candidate.has([.sign]), candidate.real - kanji < 2, count < 6 { return false }
        return count > 3 || kanji < candidate.real || isFierce || !lattice.isWord(range)
    }

    /// 漢詩している, 備考して: a noun of kanji that nobody does, where the word that is read alike is something one does.
    mutating func isMisused(_ candidate: Candidate, _ range: Range<Int>) -> Bool {
        guard candidate.has([.otherKanji]), lattice.isWord(range),
            let next = lattice.best.first(where: { $0.start == range.upperBound }), next.isKnown,
            rules.dictionary.description(next.word).contains("サ変・スル")
        else { return false }
        func isDone(_ text: String) -> Bool {
            rules.dictionary.words(text).contains { rules.dictionary.description($0).hasPrefix("名詞,サ変接続") }
        }
        return !isDone(text(range)) && isDone(rules.terms[candidate.term].text)
    }

    /// Where a kanji is only drawn like one of the word, another letter of the word stands in its place.
    func keepsLetter(_ candidate: Candidate) -> Bool {
        let drawn = candidate.parts.count { part in
            guard part.step == .lookalike, letters[part.letters.lowerBound].sort == .kanji else { return false }
            return rules.tables.similar[letters[part.letters.lowerBound].unit]?.contains(where: rules.kanji.contains) ?? false
        }
        return drawn == 0 || candidate.real > drawn
    }

    /// Digits that go on, or that count something.
    func isBesideNumber(_ candidate: Candidate) -> Bool {
        for part in candidate.parts where part.step == .number {
            let after = part.letters.upperBound
            if after == candidate.letters.upperBound, letters.indices.contains(after) {
                if [.digit, .latin, .kanji].contains(letters[after].sort) { return true }
                // 3ヶ月, 3つ, 3%, 3:00
                if "ヶヵケカかつコこ%％:：.．,/／℃円".unicodeScalars.contains(where: { $0.value == letters[after].scalar }) { return true }
            }
            // 4ねん, 3にん: what is counted goes on behind the word.
            let rest = String(decoding: visible[offsets[after]...].prefix(12), as: UTF8.self)
            let inside = offsets[candidate.letters.upperBound] - offsets[after]
            if rules.base.contexts.counters.contains(where: { rest.hasPrefix($0) && $0.utf8.count > inside }) { return true }
            let before = part.letters.lowerBound - 1
            if before < candidate.letters.lowerBound, letters.indices.contains(before),
                letters[before].sort == .digit || letters[before].unit == 0x7B2C
            {
                return true
            }
        }
        return false
    }

    /// 56すずらん, ○カード: what stands behind the number or the mask is the beginning of another word.
    mutating func goesOnAsNoun(_ candidate: Candidate) -> Bool {
        let isGuess = { (part: Candidate.Part) in
            part.step == .number || part.step == .masked || letters[part.letters.lowerBound].sort == .digit
        }
        guard let last = candidate.parts.last(where: isGuess) else { return false }
        let rest = offsets[last.letters.upperBound]
        let end = offsets[candidate.letters.upperBound]
        return rest < end
            && lattice.best.contains {
                $0.start == rest && $0.end > end && $0.isKnown && rules.dictionary.description($0.word).hasPrefix("名詞")
            }
    }

    /// Letters that are hidden behind signs.
    mutating func isPlausiblyMasked(_ candidate: Candidate) -> Bool {
        let count = Int(candidate.form.count)
        // An emoji that stands for a letter nobody knows it by: only where somebody is attacked.
        let emoji = candidate.parts.count { part in
            let traits = letters[part.letters.lowerBound].traits
            return part.step == .masked && traits.contains(.emoji) && !traits.contains(.mask)
        }
        if emoji > 1 || emoji > 0 && !isHarsh(candidate) { return false }
        // ○さん: a name left out.
        if let first = candidate.parts.first, first.step == .masked {
            let rest = String(decoding: visible[offsets[first.letters.upperBound]...].prefix(9), as: UTF8.self)
            if Self.titles.contains(where: { rest.hasPrefix($0) }) { return false }
        }
        // At least one letter stands; where only one does, in a word of three or more, or of two that is no threat, it takes a threat.
        guard count - candidate.masks >= 1 else { return false }
        if let last = candidate.parts.last, last.step == .masked {
            let at = last.letters.lowerBound
            // A question, a pause, a name left out: ○さん.
            if Self.ends.contains(letters[at].scalar) { return false }
            let next = String(decoding: visible[offsets[at + 1]...].prefix(9), as: UTF8.self)
            if Self.titles.contains(where: { next.hasPrefix($0) }) { return false }
        }
        if let first = candidate.parts.first, first.step == .masked,
            Self.ends.contains(letters[first.letters.lowerBound].scalar)
        {
            let at = first.letters.lowerBound - 1
            guard at >= 0, letters[at].unit != 0, candidate.real >= 2 else { return false }
            // シャドーハウス？知らない: a question, and a word of its own behind it.
            let rest = offsets[first.letters.lowerBound + 1]..<offsets[candidate.letters.upperBound]
            if lattice.isNatural(rest), !isHarsh(candidate) { return false }
        }
        let signs = candidate.count(.sign)
        if signs > 2 || signs > 0 && candidate.real < 3 { return false }
        // ゴ○ィバ: a small letter goes on from the one that is hidden. は〇〇市: there are more.
        let next = candidate.letters.upperBound
        if candidate.parts.last?.step == .masked, letters.indices.contains(next),
            letters[next].traits.contains(.small) && letters[next].unit != 0x3064
                || letters[next].scalar == letters[next - 1].scalar
        {
            return false
        }
        if candidate.masks > 1, !hasThreat(candidate.letters), !isHarsh(candidate) { return false }
        return true
    }
}
