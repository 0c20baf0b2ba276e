/// Names that begin with a run of kanji and have no honorific.
struct KanjiNames: Sendable {
    let lists: NameLists
    let patterns: NamePatterns

    /// The name in a run of kanji, with what follows it if that belongs to it.
    func name(in sentence: StatementSentence, run: Range<Int>) -> FoundName? {
        if let range = fullName(sentence, run) ?? spacedName(sentence, run) ?? hiraganaName(sentence, run)
            ?? katakanaName(sentence, run)
        {
            return FoundName(range: range, rule: "full-name")
        }
        return lonelyName(sentence, run)
    }

    /// A full name in kanji, perhaps after a role: 元店員高梨千秋.
    private func fullName(_ sentence: StatementSentence, _ place: Range<Int>) -> Range<Int>? {
        let run = sentence.letters[place]
        for start in stride(from: 0, to: max(1, run.count - 1), by: 1) {
            let role = run.prefix(start)
            guard start == 0 || lists.roleBefore.contains(role) || (start > 1 && lists.roleBefore.contains(role.suffix(2))) else {
                continue
            }
            let length = lists.fullName(run.dropFirst(start))
            if length > 0 { return (place.lowerBound + start)..<(place.lowerBound + start + length) }
        }
        // A clear given name after a surname that is in no list: 霧ヶ峰美緒. Mostly the surname has two kanji.
        for length in [2, 1, 3] {
            let name = run.dropFirst(length)
            guard (2...3).contains(name.count), let last = name.last, lists.given.contains(name),
                !lists.givenCommon.contains(name),
                !lists.notGiven.contains(name), !lists.given.contains(run),
                lists.letters.givenEndClear.contains(last)
            else { continue }
            let isClear = run.count >= 4 || last.isOne(of: "子美恵江郎")
            if isClear, !lists.generic.contains(run.prefix(length)) { return place }
        }
        return nil
    }

    // MARK: - A blank between

    /// A surname, or a word that could be one, and a given name after a blank.
    private func spacedName(_ sentence: StatementSentence, _ place: Range<Int>) -> Range<Int>? {
        let window = place.upperBound..<min(sentence.count, place.upperBound + 7)
        guard place.count <= 4, let next = patterns.spaced.beginning(sentence, window)?.group else { return nil }
        let run = sentence.letters[place]
        let name = sentence.letters[next]
        if sentence.letters[next.lowerBound].isHiragana { return spacedHiragana(sentence, place) }
        let isName =
            sentence.letters[next.lowerBound].isKanji ? isGivenKanji(name, after: run) : isGivenKatakana(name, after: run)
        return isName ? place.lowerBound..<next.upperBound : nil
    }

    private func isGivenKanji(_ name: Letters, after run: Letters) -> Bool {
        let isListed = lists.surname.contains(run)
        let isClear = isListed && !lists.surnameCommon.contains(run)
        if isClear, lists.isLikeGiven(name) { return true }
        if lists.isSurname(run) || lists.isLikeSurname(run) {
            if lists.isGiven(name, clear: !isClear) || (isClear && lists.given.contains(name)) { return true }
        } else if !lists.generic.contains(run), lists.given.contains(name), !lists.givenCommon.contains(name),
            !lists.notGiven.contains(name)
        {
            return true
        }
        return lists.surname.contains(name) && !lists.surnameCommon.contains(name) && lists.isGiven(run, clear: true)
    }

    private func isGivenKatakana(_ name: Letters, after run: Letters) -> Bool {
        (lists.kanaReading(name) != nil && !lists.generic.contains(run))
            || (lists.surname.contains(run) && !lists.surnameCommon.contains(run))
    }

    /// A given name in hiragana ends where a particle may follow.
    private func spacedHiragana(_ sentence: StatementSentence, _ place: Range<Int>) -> Range<Int>? {
        let letters = sentence.letters
        let run = letters[place]
        let start = place.upperBound + 1
        let all = letters[start...].prefix { $0.isHiragana }
        guard all.count > 1, !lists.generic.contains(run) else { return nil }
        let isListed = lists.surname.contains(run)
        let names = (2...min(5, all.count)).map { all.prefix($0) }.filter { name in
            name.count == all.count || patterns.after.begins(sentence, name.endIndex..<all.endIndex)
        }
        let known = names.first { lists.givenKana.contains($0) && (isListed || !lists.givenKanaCommon.contains($0)) }
        let isClear = isListed && !lists.surnameCommon.contains(run)
        let name = known ?? (isClear ? names.first { !lists.notGivenKana.contains($0) } : nil)
        return name.map { place.lowerBound..<$0.endIndex }
    }

    // MARK: - Kana right after

    /// A surname and a given name in hiragana: 青木ちほり, 森いづる.
    private func hiraganaName(_ sentence: StatementSentence, _ place: Range<Int>) -> Range<Int>? {
        let letters = sentence.letters
        let run = letters[place]
        let kana = letters[place.upperBound...].prefix(8).prefix { $0.isHiragana }
        guard !kana.isEmpty else { return nil }
        for length in stride(from: min(4, run.count), to: 0, by: -1) {
            let head = run.suffix(length)
            let isWhole = length == run.count
            var isSurname = lists.isSurname(head)
            if !isSurname {
                let mayBe = isWhole && (2...3).contains(length) && !lists.generic.contains(run) && !lists.surname.contains(run)
                guard mayBe else { continue }
                isSurname = patterns.isAnnounced(sentence, before: head.startIndex) || isAccused(sentence, kana)
            }
            guard isWhole || lists.roleBefore.contains(run.dropLast(length)) else { continue }
            if let end = givenEnd(
                sentence, kana, isSurname: isSurname, isCommon: length == 1 || lists.surnameCommon.contains(head))
            {
                return head.startIndex..<end
            }
        }
        return nil
    }

    /// Whether a given name in hiragana is followed by what makes a person of it.
    private func isAccused(_ sentence: StatementSentence, _ kana: Letters) -> Bool {
        let end = min(sentence.count, kana.endIndex + 12)
        return stride(from: 2, through: min(5, kana.count), by: 1).contains { length in
            lists.givenKana.contains(kana.prefix(length)) && patterns.accused.begins(sentence, (kana.startIndex + length)..<end)
        }
    }

    /// Where the given name ends that begins with these kana.
    private func givenEnd(_ sentence: StatementSentence, _ kana: Letters, isSurname: Bool, isCommon: Bool) -> Int? {
        let letters = sentence.letters
        let end = kana.endIndex
        let next = end < letters.count ? letters[end] : nil
        if next != nil, kana.count <= 3, lists.kanaKanjiStart(letters, end) == kana.startIndex,
            !(end + 1 < letters.count && letters[end + 1].isKanji)
        {
            return end + 1
        }
        for length in stride(from: min(5, kana.count), to: 1, by: -1) {
            let name = kana.prefix(length)
            let tail = kana.dropFirst(length)
            let isClear = isSurname && !isCommon
            let isKnown = lists.givenKana.contains(name) && !lists.notGivenKana.contains(name)
            let isName =
                isKnown
                ? isClear || (!lists.givenKanaCommon.contains(name) && (isSurname || length > 2))
                : isClear && isLikeGivenKana(name, tail)
            guard isName else { continue }
            if tail.isEmpty, next?.isKanji ?? false || next?.isKatakana ?? false { continue }
            if tail.isEmpty || patterns.after.begins(sentence, tail.startIndex..<end) { return name.endIndex }
        }
        return nil
    }

    /// Whether kana after a clear surname could be a given name that is in no list.
    private func isLikeGivenKana(_ name: Letters, _ tail: Letters) -> Bool {
        guard let first = name.first, let last = name.last, name.count <= 4, !lists.notGivenKana.contains(name),
            !lists.letters.notKanaStart.contains(first), !lists.letters.notKanaEnd.contains(last)
        else { return false }
        return (tail.first?.isOne(of: "はがのをにともへ") ?? true) || tail.begins(with: ["です", "さん", "という", "って"])
    }

    /// A surname and a given name in katakana.
    private func katakanaName(_ sentence: StatementSentence, _ place: Range<Int>) -> Range<Int>? {
        let letters = sentence.letters
        let name = letters[place.upperBound...].prefix { $0.isKatakana }
        guard !name.isEmpty, lists.isSurname(letters[place]), lists.kanaReading(name) == .given else { return nil }
        let isLonger = name.endIndex < letters.count && letters[name.endIndex].isKanji
        return isLonger ? nil : place.lowerBound..<name.endIndex
    }

    // MARK: - Alone

    /// A surname or a given name alone.
    private func lonelyName(_ sentence: StatementSentence, _ place: Range<Int>) -> FoundName? {
        let letters = sentence.letters
        let run = letters[place]
        let next = place.upperBound < letters.count ? letters[place.upperBound] : nil
        func mayEnd() -> Bool { !(next?.isHiragana ?? false) || patterns.after.begins(sentence, from: place.upperBound) }
        if lists.surname.contains(run), run.count > 1 {
            let isNamed =
                patterns.called.begins(sentence, from: place.upperBound)
                || (patterns.isRelation(sentence, before: place.lowerBound)
                    && patterns.then.begins(sentence, from: place.upperBound))
            if isNamed {
                return FoundName(range: place, rule: "surname")
            }
            let isCommon = lists.surnameCommon.contains(run) || lists.isNatural(run)
            let isLonger = next.map { $0.isKanji || $0.isKatakana || $0.isDigit } ?? false
            let isName = isCommon ? isPerson(sentence, place) : !isLonger && mayEnd()
            return isName ? FoundName(range: place, rule: "surname") : nil
        }
        if run.count > 1, let last = run.last, lists.given.contains(run), !lists.givenCommon.contains(run),
            !lists.notGiven.contains(run), lists.letters.givenEndAlone.contains(last)
        {
            return mayEnd() ? FoundName(range: place, rule: "given") : nil
        }
        if run.count > 1, lists.given.contains(run), !lists.notGiven.contains(run),
            patterns.called.begins(sentence, from: place.upperBound)
        {
            return FoundName(range: place, rule: "given")
        }
        let isOne = run.count == 1 && lists.surnameOne.contains(run) && patterns.strong.begins(sentence, from: place.upperBound)
        return isOne || isLikePerson(sentence, place) ? FoundName(range: place, rule: "surname") : nil
    }

    /// Whether a word that only looks like a surname is a person here.
    private func isLikePerson(_ sentence: StatementSentence, _ place: Range<Int>) -> Bool {
        guard lists.isLikeSurname(sentence.letters[place]) else { return false }
        let end = place.upperBound
        if patterns.strong.begins(sentence, from: end) || patterns.personal.begins(sentence, from: end) { return true }
        let isSaid = patterns.accused.begins(sentence, from: end) || patterns.closesLoosely.begins(sentence, from: end)
        return isSaid && patterns.isAnnounced(sentence, before: place.lowerBound)
    }

    /// Whether a word that may be a surname or something else is a person here.
    private func isPerson(_ sentence: StatementSentence, _ place: Range<Int>) -> Bool {
        let end = place.upperBound
        let isPlace = lists.place.contains(sentence.letters[place])
        if (isPlace ? patterns.strong : patterns.accused).begins(sentence, from: end) { return true }
        if patterns.closes.begins(sentence, from: end), patterns.isAnnounced(sentence, before: place.lowerBound) { return true }
        return !isPlace && patterns.personal.begins(sentence, from: end)
    }
}
