/// Names with a word after them that shows them: さん, 様, 店長, 宅.
struct HonorificNames: Sendable {
    /// A word that follows a name.
    private struct Honorific: Sendable {
        let text: String
        let letters: [Unicode.Scalar]
        let isOpen: Bool
        let notNext: StatementPattern?
    }

    /// Words that follow places as well as names.
    private static let looseAfterPlaces: Set<String> = ["宅", "家", "教授", "議員", "店長", "本人", "名義"]

    private let lists: NameLists
    private let verbAfterKun: StatementPattern
    /// By their first letter, the longest first.
    private let honorifics: [Unicode.Scalar: [Honorific]]

    init(_ rules: StatementRules.Names, _ lists: NameLists, _ patterns: StatementPatterns) throws {
        self.lists = lists
        verbAfterKun = try patterns.pattern(rules.verbAfterKun)
        var honorifics: [Unicode.Scalar: [Honorific]] = [:]
        let order = rules.honorifics.enumerated().sorted { one, other in
            let (length, otherLength) = (one.element.text.unicodeScalars.count, other.element.text.unicodeScalars.count)
            return length == otherLength ? one.offset < other.offset : length > otherLength
        }
        for (_, rule) in order {
            let letters = Array(rule.text.unicodeScalars)
            guard let first = letters.first else { continue }
            let notNext = try rule.notNext.map(patterns.pattern)
            honorifics[first, default: []].append(
                Honorific(text: rule.text, letters: letters, isOpen: rule.open, notNext: notNext))
        }
        self.honorifics = honorifics
    }

    /// The names in a sentence, but those in words that are allowed.
    func names(in sentence: StatementSentence, allowed: [Range<Int>]) -> [FoundName] {
        let letters = sentence.letters
        return letters.indices.dropFirst().compactMap { place in
            for honorific in honorifics[letters[place]] ?? [] where letters[place...].starts(with: honorific.letters) {
                let end = place + honorific.letters.count
                if honorific.notNext?.begins(sentence, from: end) == true { continue }
                guard let start = baseStart(letters, before: place, isOpen: honorific.isOpen) else { continue }
                let isAllowed = allowed.contains { word in
                    let isWhole = word.lowerBound <= start && place < word.upperBound && end <= word.upperBound
                    return isWhole || (word.upperBound == place && word.count > 3)
                }
                if isAllowed { return nil }
                guard isName(sentence, start..<place, honorific, end) else { continue }
                return FoundName(range: otherHalf(letters, start)..<end, rule: "honorific")
            }
            return nil
        }
    }

    /// What a word before certain honorifics must be besides.
    private func isName(_ sentence: StatementSentence, _ base: Range<Int>, _ honorific: Honorific, _ end: Int) -> Bool {
        let letters = sentence.letters
        guard let last = letters[base].last else { return false }
        let word = letters[base]
        let next = end < letters.count ? letters[end] : nil
        let isRead = lists.kanaReading(word) != nil
        switch honorific.text {
        // 楽しみさまになり: an ending, no honorific.
        case "様", "さま":
            if last.isHiragana, next?.isOne(of: "になだで") ?? true, !isRead, word.first?.isKanji == false { return false }
        case "くん":
            let rest = end..<min(sentence.count, end + 2)
            if last.isHiragana, !isRead, verbAfterKun.begins(sentence, rest) { return false }
            if last.isKanji, word.count == 1, !lists.surnameOne.contains(word) { return false }
        case "ちゃん": if next == "と", last.isHiragana, !isRead, last != "っ" { return false }
        case "君": if word.count == 1, !lists.isName(word) { return false }
        case "家":
            if !lists.surname.contains(word) || lists.surnameCommon.contains(word) || word.count == 1 { return false }
        case "たん", "っち", "どん": if !last.isKatakana, !isRead { return false }
        default: break
        }
        if !honorific.isOpen, last.isHiragana, word.first?.isKanji == false {
            let isFree = base.lowerBound == 0 || !letters[base.lowerBound - 1].isKanji
            guard isRead, word.count > 2, isFree || !lists.givenKanaCommon.contains(word) else { return false }
        }
        return honorific.isOpen || !lists.surnameCommon.contains(word) || !Self.looseAfterPlaces.contains(honorific.text)
    }

    /// Where the other half of a name begins that stands before a blank: 沢渡 美緒さん.
    private func otherHalf(_ letters: [Unicode.Scalar], _ start: Int) -> Int {
        guard start > 1, letters[start - 1] == " " else { return start }
        let isKanji = letters[start].isKanji
        var first = start - 1
        while first > 0, start - 1 - first < 4 {
            let letter = letters[first - 1]
            let isSame = isKanji ? letter.isKanji : letter.isHiragana || letter.isKatakana || letter.isLatinLetter
            guard isSame else { break }
            first -= 1
        }
        return first < start - 1 ? first : start
    }

    // MARK: - The word before

    /// Where a name begins that ends before a place.
    private func baseStart(_ letters: [Unicode.Scalar], before place: Int, isOpen: Bool) -> Int? {
        var end = place
        if end > 1, letters[end - 1] == " ", !letters[end - 2].isDigit { end -= 1 }
        // 梶谷ご夫妻
        if end > 1, letters[end - 1].isOne(of: "ご御"), letters[end - 2].isKanji { end -= 1 }
        guard end > 0 else { return nil }
        let last = letters[end - 1]
        if last.isKanji || lists.letters.masks.contains(last) { return kanjiStart(letters, end, isOpen) }
        if isHiragana(letters, end - 1) { return hiraganaStart(letters, end, isOpen) }
        if last.isKatakana { return katakanaStart(letters, end, isOpen) }
        if last.isLatinLetter || last.isDigit || last.isOne(of: "_.") { return latinStart(letters, end, isOpen) }
        return isOpen && lists.letters.stars.contains(last) ? decoratedStart(letters, end) : nil
    }

    private func kanjiStart(_ letters: [Unicode.Scalar], _ end: Int, _ isOpen: Bool) -> Int? {
        var start = end
        while start > 0, end - start < 8 {
            let letter = letters[start - 1]
            let isBetween = lists.letters.inner.contains(letter) && start > 1 && letters[start - 2].isKanji && start < end
            guard letter.isKanji || lists.letters.masks.contains(letter) || isBetween else { break }
            start -= 1
        }
        let run = letters[start..<end]
        if run.spells("屋"), start > 0, letters[start - 1].isHiragana || letters[start - 1].isKatakana {
            return isOpen ? shopStart(letters, start) : nil
        }
        if run.isOnly(lists.letters.masks.contains) { return maskedStart(letters, start) }
        if run.contains(where: lists.letters.masks.contains) { return isOpen ? start : nil }
        let before = start > 0 ? letters[start - 1] : nil
        if run.count == 1 {
            if before?.isLatinLetter == true { return start - 1 }
            if let first = lists.kanaKanjiStart(letters, start) { return first }
        }
        if lists.generic.contains(run) {
            let isPolite = before?.isOne(of: "おご御") ?? false
            let isOneName = run.count == 1 && !isPolite && (lists.surnameOne.contains(run) || lists.given.contains(run))
            if !isOneName { return nil }
        }
        if let isName = isClearName(run) { return isName ? start : nil }
        for length in stride(from: 1, to: run.count, by: 1) where lists.roleBefore.contains(run.prefix(length)) {
            if lists.isName(run.dropFirst(length)) { return start + length }
        }
        if before?.isDigit == true { return nil }
        return isOpen || lists.isLikeSurname(run) || endsLikeSurname(run) ? start : nil
    }

    private func endsLikeSurname(_ run: Letters) -> Bool {
        run.count == 2 && run.last.map(lists.surnameLast.contains) == true && !lists.place.contains(run)
    }

    /// Whether a word in kanji is a name, perhaps with a role (高梨店長), or a word for a kind of person; nil if neither.
    private func isClearName(_ run: Letters) -> Bool? {
        if lists.isSurname(run) || (lists.given.contains(run) && lists.isGiven(run)) { return true }
        let parts = stride(from: 1, to: run.count, by: 1).map { (head: run.prefix($0), tail: run.dropFirst($0)) }
        let isNamed = parts.contains { part in
            lists.afterName.contains(part.tail) && lists.surname.contains(part.head) && !lists.surnameCommon.contains(part.head)
        }
        if isNamed { return true }
        if parts.contains(where: { $0.tail.count > 1 && lists.generic.contains($0.tail) }) { return false }
        if lists.isName(run) { return true }
        guard let last = run.last else { return nil }
        return lists.genericEndings.contains(last) || (last == "屋" && run.count < 3) ? false : nil
    }

    /// Where a name begins whose last letters are masked: たな●さん, ta**さん.
    private func maskedStart(_ letters: [Unicode.Scalar], _ masks: Int) -> Int? {
        var start = masks
        while start > 0, masks - start < 4 {
            let letter = letters[start - 1]
            guard letter.isHiragana || letter.isKatakana || letter.isLatinLetter else { break }
            start -= 1
        }
        guard start < masks else { return nil }
        let last = letters[masks - 1]
        let isApart = start == 0 || letters[start - 1].isOne(of: " 、。「\n")
        let isParticle = masks - start == 1 && last.isOne(of: "はがの")
        return (last.isLatinLetter || last.isKatakana || isApart) && !isParticle ? start : nil
    }

    /// Where a name in kana begins that ends before 屋: まるたけ屋さん, but not おもちゃ屋さん.
    private func shopStart(_ letters: [Unicode.Scalar], _ end: Int) -> Int? {
        let isKatakana = letters[end - 1].isKatakana
        var start = end
        while start > 0, end - start < 8, isKatakana ? letters[start - 1].isKatakana : letters[start - 1].isHiragana {
            start -= 1
        }
        let name = letters[start..<end]
        let isApart = isKatakana || start == 0 || letters[start - 1].isOne(of: " 、。「")
        return name.count > 2 && isApart && !lists.kanaShops.hasEnd(of: name) ? start : nil
    }

    /// Whether a letter is hiragana, or the mark of a long vowel after it.
    private func isHiragana(_ letters: [Unicode.Scalar], _ place: Int) -> Bool {
        letters[place].isHiragana || (letters[place] == "ー" && place > 0 && letters[place - 1].isHiragana)
    }

    private func hiraganaStart(_ letters: [Unicode.Scalar], _ end: Int, _ isOpen: Bool) -> Int? {
        var start = end
        while start > 0, end - start < 10, isHiragana(letters, start - 1) { start -= 1 }
        let run = letters[start..<end]
        for first in run.indices where lists.genericHiragana.contains(run[first...]) {
            if first == start || lists.letters.beforeWord.contains(run[first - 1]) { return nil }
        }
        if start > 0, letters[start - 1].isKanji {
            if run.count == 1, lists.letters.okurigana.contains(run[start]) { return nil }
            if let first = surnameStart(letters, before: start), (2...4).contains(run.count) { return first }
        }
        for length in stride(from: min(6, run.count), to: 1, by: -1) {
            let word = run.suffix(length)
            guard lists.givenKana.contains(word) || lists.surnameKana.contains(word) else { continue }
            let before = length == run.count ? nil : run[word.startIndex - 1]
            let isApart = before.map { $0 == "っ" || lists.letters.particles.contains($0) } ?? true
            if isApart || !lists.givenKanaCommon.contains(word) { return end - length }
        }
        guard isOpen else { return nil }
        let cut = run.dropLast().lastIndex(where: lists.letters.cutAfter.contains)
        let word = cut.map { run[($0 + 1)...] } ?? run
        guard (2...7).contains(word.count), let last = word.last, last != "の", !lists.letters.notLast.contains(last),
            !lists.notGivenKana.contains(word)
        else { return nil }
        return end - word.count
    }

    /// Where a surname in kanji begins that ends before a place, the longest there is.
    private func surnameStart(_ letters: [Unicode.Scalar], before end: Int) -> Int? {
        let run = letters[..<end].suffix(4).reversed().prefix { $0.isKanji }.count
        return stride(from: run, to: 0, by: -1).first { lists.isSurname(letters[(end - $0)..<end]) }.map { end - $0 }
    }

    private func katakanaStart(_ letters: [Unicode.Scalar], _ end: Int, _ isOpen: Bool) -> Int? {
        var start = end
        while start > 0, end - start < 16, letters[start - 1].isKatakana || letters[start - 1] == "・" { start -= 1 }
        let run = letters[start..<end].drop { $0 == "・" }
        if run.count < 2 || lists.genericKatakana.contains(run) || lists.genericKatakana.hasEnd(of: run, from: 3) { return nil }
        if lists.kanaReading(run) != nil { return start }
        if lists.genericKatakanaEndings.hasEnd(of: run) || lists.genericKatakana.hasEnd(of: run) { return nil }
        return isOpen ? start : nil
    }

    private func latinStart(_ letters: [Unicode.Scalar], _ end: Int, _ isOpen: Bool) -> Int? {
        var start = end
        while start > 0 {
            let letter = letters[start - 1]
            guard letter.isLatinLetter || letter.isDigit || letter.isOne(of: "_.-&・") else { break }
            start -= 1
        }
        var run = letters[start..<end].drop { $0.isOne(of: ".-&・") }
        while run.last?.isOne(of: ".-&・") == true { run.removeLast() }
        if !run.contains(where: \.isLatinLetter) || lists.platforms.contains(run) { return nil }
        return isOpen || lists.romajiReading(run) != nil ? start : nil
    }

    /// Where a name begins that ends in a star or a heart.
    private func decoratedStart(_ letters: [Unicode.Scalar], _ end: Int) -> Int? {
        var start = end
        while start > 0, end - start < 8, !lists.letters.stop.contains(letters[start - 1]) { start -= 1 }
        let hasLetter = letters[start..<end].contains { $0.isHiragana || $0.isKatakana || $0.isKanji || $0.isLatinLetter }
        return hasLetter ? start : nil
    }
}
