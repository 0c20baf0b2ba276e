/// Names that begin with a run of kana and have no honorific.
struct KanaNames: Sendable {
    let lists: NameLists
    let patterns: NamePatterns

    /// The name in a run of katakana or hiragana, with what follows it if that belongs to it.
    func name(in sentence: StatementSentence, run: Range<Int>, isKatakana: Bool) -> FoundName? {
        let found =
            actor(sentence, run, isKatakana)
            ?? related(sentence, run, isKatakana)
            ?? called(sentence, run, isKatakana)
            ?? (isKatakana ? katakanaPair(sentence, run) : hiraganaPair(sentence, run))
            ?? (isKatakana ? joinedKatakana(sentence, run) : joinedHiragana(sentence, run))
        return found.map { FoundName(range: $0, rule: "kana-name") }
    }

    private func beginsOtherwise(_ run: Letters) -> Bool { lists.notNameKana.hasBeginning(of: run) }

    /// ナルミが書いた, at the start of a clause.
    private func actor(_ sentence: StatementSentence, _ place: Range<Int>, _ isKatakana: Bool) -> Range<Int>? {
        let run = sentence.letters[place]
        guard mayAct(sentence, place, isKatakana), run.count > 1, !beginsOtherwise(run) else { return nil }
        for length in 2...min(7, run.count) where !isKatakana || length == run.count {
            let name = run.prefix(length)
            let kana = name.map(\.hiragana)[...]
            guard lists.kanaReading(name) != nil, !isGeneric(name),
                !lists.givenKanaCommon.contains(kana), !lists.notGivenKana.contains(name)
            else { continue }
            let isAccused = run.dropFirst(length).first != "め" && patterns.accused.begins(sentence, from: name.endIndex)
            if isAccused || patterns.personal.begins(sentence, from: name.endIndex) { return place.lowerBound..<name.endIndex }
        }
        return nil
    }

    /// 弟のダイスケが…
    private func related(_ sentence: StatementSentence, _ place: Range<Int>, _ isKatakana: Bool) -> Range<Int>? {
        let run = sentence.letters[place]
        let starts = run.indices.dropLast().prefix(isKatakana ? 1 : run.count)
        for start in starts where patterns.isRelation(sentence, before: start) {
            let tail = run[start...]
            for length in stride(from: min(10, tail.count), to: isKatakana ? tail.count - 1 : 1, by: -1) {
                let name = tail.prefix(length)
                guard lists.kanaReading(name) != nil, !isGeneric(name),
                    !lists.notGivenKana.contains(name), isKatakana || !lists.givenKanaCommon.contains(name),
                    patterns.then.begins(sentence, from: name.endIndex)
                else { continue }
                return name.startIndex..<name.endIndex
            }
        }
        return nil
    }

    /// なおっていう子
    private func called(_ sentence: StatementSentence, _ place: Range<Int>, _ isKatakana: Bool) -> Range<Int>? {
        let run = sentence.letters[place]
        guard place.lowerBound == 0 || !sentence.letters[place.lowerBound - 1].isKanji else { return nil }
        for length in stride(from: 2, through: min(5, run.count), by: 1) where !isKatakana || length == run.count {
            let name = run.prefix(length)
            guard lists.kanaReading(name) != nil, !isGeneric(name), patterns.called.begins(sentence, from: name.endIndex) else {
                continue
            }
            return name.startIndex..<name.endIndex
        }
        return nil
    }

    private func isGeneric(_ word: Letters) -> Bool {
        lists.genericKatakana.contains(word) || lists.genericHiragana.contains(word)
    }

    /// Whether a place is the start of a clause; katakana may follow の as well.
    private func mayAct(_ sentence: StatementSentence, _ place: Range<Int>, _ isKatakana: Bool) -> Bool {
        guard place.lowerBound > 0 else { return true }
        let before = sentence.letters[place.lowerBound - 1]
        return lists.letters.clauseOpen.contains(before) || (isKatakana && before == "の")
    }

    // MARK: - A mark between

    /// The run after a blank or a dot.
    private func second(_ letters: [Unicode.Scalar], _ end: Int, _ isSame: (Unicode.Scalar) -> Bool) -> Letters? {
        guard end + 1 < letters.count, letters[end].isOne(of: " ・") else { return nil }
        let second = letters[(end + 1)...].prefix(while: isSame)
        return second.isEmpty ? nil : second
    }

    /// タケシタ ミツヨ
    private func katakanaPair(_ sentence: StatementSentence, _ place: Range<Int>) -> Range<Int>? {
        let run = sentence.letters[place]
        guard let next = second(sentence.letters, place.upperBound, { $0.isKatakana }) else { return nil }
        let (first, last) = (lists.kanaReading(run), lists.kanaReading(next))
        let hasName = first != nil || last != nil
        let isLong = (first != nil && run.count > 2) || (last != nil && next.count > 2)
        let isGeneric = lists.genericKatakana.contains(run) || lists.genericKatakana.contains(next)
        let isName =
            (first == .surname && last == .given) || (hasName && isPlain(run) && isPlain(next))
            || (isLong && !isGeneric && sentence.letters[place.upperBound] == "・")
        return isName ? place.lowerBound..<next.endIndex : nil
    }

    /// Whether katakana do not look like a word from abroad.
    private func isPlain(_ word: Letters) -> Bool {
        (2...6).contains(word.count) && !word.contains { lists.letters.foreign.contains($0) }
            && !lists.genericKatakana.contains(word)
    }

    /// おおば きぬえ
    private func hiraganaPair(_ sentence: StatementSentence, _ place: Range<Int>) -> Range<Int>? {
        let run = sentence.letters[place]
        guard let next = second(sentence.letters, place.upperBound, { $0.isHiragana }) else { return nil }
        for length in stride(from: 2, through: min(6, run.count), by: 1) {
            let surname = run.suffix(length)
            let isApart = length == run.count || lists.letters.particles.contains(run[surname.startIndex - 1])
            guard isApart, lists.surnameKana.contains(surname) else { continue }
            for length in stride(from: 2, through: min(6, next.count), by: 1) {
                let given = next.prefix(length)
                guard lists.givenKana.contains(given) else { continue }
                if length == next.count || patterns.after.begins(sentence, given.endIndex..<next.endIndex) {
                    return surname.startIndex..<given.endIndex
                }
            }
        }
        return nil
    }

    // MARK: - Nothing between

    /// タケシタミツヨ
    private func joinedKatakana(_ sentence: StatementSentence, _ place: Range<Int>) -> Range<Int>? {
        let run = sentence.letters[place]
        let isName = (5...10).contains(run.count) && lists.kanaReading(run) == .both && !lists.genericKatakana.contains(run)
        return isName ? place : nil
    }

    /// おおばきぬえ, at the start or after a particle
    private func joinedHiragana(_ sentence: StatementSentence, _ place: Range<Int>) -> Range<Int>? {
        let run = sentence.letters[place]
        let isAfterKanji = place.lowerBound > 0 && sentence.letters[place.lowerBound - 1].isKanji
        for start in run.indices.dropLast(4) {
            let isFirst = start == place.lowerBound
            guard isFirst ? !isAfterKanji : run[start - 1].isOne(of: "はがのをにとも") else { continue }
            let tail = run[start...]
            for length in stride(from: min(9, tail.count), to: isFirst ? 4 : 5, by: -1) {
                let name = tail.prefix(length)
                if lists.kanaReading(name) == .both, !beginsOtherwise(name),
                    patterns.afterKana.begins(sentence, name.endIndex..<run.endIndex)
                {
                    return name.startIndex..<name.endIndex
                }
            }
        }
        return nil
    }
}
