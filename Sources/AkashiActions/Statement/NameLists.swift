/// What a word in kana or Latin letters is the reading of.
enum NameReading: Sendable {
    case surname
    case given
    /// Either one, or the one and then the other.
    case both
    /// Japanese, and no name that is known.
    case japanese

    var isName: Bool { self != .japanese }
}

/// A name that was found.
struct FoundName: Sendable {
    let range: Range<Int>
    let rule: String
}

/// Names and words, and what they tell of a word.
final class NameLists: Sendable {
    let generic: WordSet
    let genericHiragana: WordSet
    let genericKatakana: WordSet
    let genericKatakanaEndings: WordSet
    let genericEndings: Set<Unicode.Scalar>
    let platforms: WordSet
    let allowed: WordSet
    let afterName: WordSet
    let roleBefore: WordSet
    let place: WordSet
    let surname: WordSet
    let surnameOne: WordSet
    let surnameCommon: WordSet
    let notSurname: WordSet
    let given: WordSet
    let givenCommon: WordSet
    let notGiven: WordSet
    let surnameKana: WordSet
    let givenKana: WordSet
    let givenKanaCommon: WordSet
    let notGivenKana: WordSet
    let notNameKana: WordSet
    let kanaShops: WordSet
    let givenFirst: Set<Unicode.Scalar>
    let givenLast: Set<Unicode.Scalar>
    let givenLastWide: Set<Unicode.Scalar>
    let surnameFirst: Set<Unicode.Scalar>
    let surnameLast: Set<Unicode.Scalar>
    let letters: NameLetters
    private let lastSounds: [Unicode.Scalar: [Unicode.Scalar]]
    private let romaji: [[Unicode.Scalar]: [Unicode.Scalar]]
    /// The kana without long vowels, to compare with Latin letters.
    private let surnameShort: WordSet
    private let givenShort: WordSet

    init(_ rules: StatementRules, _ fold: StatementFold) throws {
        func text(_ name: String) throws -> String {
            guard let text = rules.lists[name] else { throw StatementRulesError.unknownName(name) }
            return text
        }
        func words(_ name: String) throws -> WordSet { WordSet(fold.words(try text(name))) }
        func letters(_ name: String) throws -> Set<Unicode.Scalar> { Set(try text(name).unicodeScalars) }
        generic = try words("generic")
        genericHiragana = try words("genericHiragana")
        genericKatakana = try words("genericKatakana")
        genericKatakanaEndings = try words("genericKatakanaEndings")
        genericEndings = try letters("genericEndings")
        platforms = try words("platforms")
        allowed = try words("allowed")
        afterName = try words("afterName")
        roleBefore = try words("roleBefore")
        place = try words("place")
        surname = try words("surname")
        surnameOne = try words("surnameOne")
        surnameCommon = try words("surnameCommon")
        notSurname = try words("notSurname")
        given = try words("given")
        givenCommon = try words("givenCommon")
        notGiven = try words("notGiven")
        surnameKana = try words("surnameKana")
        givenKana = try words("givenKana")
        givenKanaCommon = try words("givenKanaCommon")
        notGivenKana = WordSet(rules.names.notGivenKana.blankSeparated)
        notNameKana = WordSet(rules.names.notNameKana.blankSeparated)
        kanaShops = WordSet(rules.names.kanaShops.blankSeparated)
        givenFirst = try letters("givenFirst")
        givenLast = try letters("givenLast")
        givenLastWide = try letters("givenLastWide")
        surnameFirst = try letters("surnameFirst")
        surnameLast = try letters("surnameLast")
        self.letters = NameLetters(rules.names)
        let sounds = Self.pairs(rules.names.lastSounds).compactMap { pair in pair.key.first.map { ($0, pair.value) } }
        lastSounds = Dictionary(sounds) { $1 }
        romaji = Dictionary(Self.pairs(rules.romaji).map { ($0.key, $0.value) }) { $1 }
        surnameShort = surnameKana.mapped { Self.withoutLongVowels($0[...]) }
        givenShort = givenKana.mapped { Self.withoutLongVowels($0[...]) }
    }

    /// Pairs such as `ka:か`.
    private static func pairs(_ text: String) -> [(key: [Unicode.Scalar], value: [Unicode.Scalar])] {
        text.blankSeparated.compactMap { pair in
            guard let colon = pair.firstIndex(of: ":") else { return nil }
            return (Array(pair[..<colon]), Array(pair[(colon + 1)...]))
        }
    }

    /// Whether a name could be an ordinary word because each of its letters is a thing of nature.
    func isNatural(_ word: Letters) -> Bool { word.isOnly(letters.natural.contains) }

    func isSurname(_ word: Letters) -> Bool { surname.contains(word) || surnameOne.contains(word) }
}

// MARK: - Kanji

extension NameLists {
    /// Whether a word is a given name; `clear`: one that is no ordinary word.
    func isGiven(_ word: Letters, clear: Bool = false) -> Bool {
        guard let last = word.last, !notGiven.contains(word) else { return false }
        if given.contains(word) { return !(clear && givenCommon.contains(word)) }
        guard (2...3).contains(word.count), givenLast.contains(last),
            word.dropLast().isOnly({ givenFirst.contains($0) || $0 == "々" })
        else { return false }
        return !clear || letters.givenEndStrong.contains(last)
    }

    /// Whether two kanji could be a surname that is in no list.
    func isLikeSurname(_ word: Letters) -> Bool {
        guard word.count == 2, let first = word.first, let last = word.last else { return false }
        // 三名, 数人: counts.
        return !first.isOne(of: "一二三四五六七八九十百千万数何") && surnameFirst.contains(first) && surnameLast.contains(last)
            && !place.contains(word) && !generic.contains(word) && !notSurname.contains(word)
    }

    /// Whether two kanji look like a given name, by a wider measure; only after a clear surname.
    func isLikeGiven(_ word: Letters) -> Bool {
        guard word.count == 2, let first = word.first, let last = word.last else { return false }
        return givenFirst.contains(first) && givenLastWide.contains(last) && !notGiven.contains(word)
    }

    /// Letters of a full name at the start of a run of kanji, or 0.
    func fullName(_ run: Letters) -> Int {
        for length in stride(from: min(4, run.count - 1), to: 0, by: -1) {
            let given = givenAfterSurname(run.prefix(length), run.dropFirst(length))
            if given > 0 { return length + given }
        }
        guard isLikeSurname(run.prefix(2)) else { return 0 }
        for length in stride(from: min(3, run.count - 2), to: 1, by: -1) {
            let name = run.dropFirst(2).prefix(length)
            let rest = run.dropFirst(2 + length)
            let mayEnd = rest.isEmpty || afterName.contains(rest)
            if mayEnd, isGiven(name, clear: length == 3), !givenCommon.contains(name) { return 2 + length }
        }
        return 0
    }

    /// Letters of the given name after a surname, or 0.
    private func givenAfterSurname(_ head: Letters, _ tail: Letters) -> Int {
        guard isSurname(head) else { return 0 }
        let isCommon = head.count == 1 || surnameCommon.contains(head)
        for length in stride(from: min(3, tail.count), to: 0, by: -1) {
            let name = tail.prefix(length)
            let rest = tail.dropFirst(length)
            let mayEnd = rest.isEmpty || afterName.contains(rest) || (rest.count == 1 && rest.isOnly { $0.isOne(of: "宛様氏君殿") })
            guard mayEnd, !(isCommon && length == 1), head.count > 1 || given.contains(name) else { continue }
            if isGiven(name, clear: isCommon) || (!isCommon && isLikeGiven(name)) { return length }
        }
        return 0
    }

    /// Whether a word in kanji is a name.
    func isName(_ word: Letters) -> Bool {
        isSurname(word) || isGiven(word) || (word.count > 2 && fullName(word) == word.count)
    }
}

// MARK: - Kana and Latin letters

extension NameLists {
    /// Where a given name begins that is kana and then one kanji, such as まり子, whose kanji stands at a place.
    func kanaKanjiStart(_ letters: [Unicode.Scalar], _ place: Int) -> Int? {
        guard let sound = lastSounds[letters[place]] else { return nil }
        if letters[place] == "子", place > 0, letters[place - 1] == "お" { return nil }
        for length in stride(from: min(3, place), to: 0, by: -1) {
            let head = letters[(place - length)..<place]
            guard head.isOnly({ $0.isHiragana || $0.isKatakana }) else { continue }
            let name = (head.map(\.hiragana) + sound)[...]
            if name.count > 2, givenKana.contains(name), !givenKanaCommon.contains(name) { return place - length }
        }
        return nil
    }

    /// What a word in kana is.
    func kanaReading(_ word: Letters) -> NameReading? {
        guard word.count <= surnameKana.longest + givenKana.longest else { return nil }
        let kana = word.map(\.hiragana)[...]
        if surnameKana.contains(kana) { return .surname }
        if givenKana.contains(kana) { return .given }
        guard kana.count >= 5 else { return nil }
        let isBoth = (2...(kana.count - 3)).contains { length in
            let name = kana.dropFirst(length)
            return surnameKana.contains(kana.prefix(length)) && givenKana.contains(name) && !givenKanaCommon.contains(name)
        }
        return isBoth ? .both : nil
    }

    /// What a word in Latin letters is.
    func romajiReading(_ word: Letters) -> NameReading? {
        let latin = word.map { letter -> Unicode.Scalar in
            switch letter {
            case "ō": "o"
            case "ū": "u"
            default: letter.isLatinCapital ? Unicode.Scalar(letter.value + 0x20) ?? letter : letter
            }
        }
        guard let kana = kana(latin[...]) else { return nil }
        let short = Self.withoutLongVowels(kana[...])[...]
        switch (surnameShort.contains(short), givenShort.contains(short)) {
        case (true, true): return .both
        case (true, false): return .surname
        case (false, true): return .given
        case (false, false): return latin.count > 2 ? .japanese : nil
        }
    }

    /// Kana for small Latin letters; nil if they are not Japanese.
    private func kana(_ latin: Letters) -> [Unicode.Scalar]? {
        var kana: [Unicode.Scalar] = []
        var rest = latin
        while let first = rest.first {
            let second = rest.dropFirst().first
            if first == second, !first.isOne(of: "aiueon") {
                kana.append("っ")
                rest = rest.dropFirst()
            } else if first == "o", second == "h", !(rest.dropFirst(2).first?.isOne(of: "aiueo") ?? false) {
                kana.append("お")
                rest = rest.dropFirst(2)
            } else {
                let lengths = stride(from: min(3, rest.count), to: 0, by: -1)
                guard let length = lengths.first(where: { romaji[Array(rest.prefix($0))] != nil }),
                    let sound = romaji[Array(rest.prefix(length))]
                else { return nil }
                kana += sound
                rest = rest.dropFirst(length)
            }
        }
        return kana
    }

    /// おおの and おの, ゆうこ and ゆこ are one in Latin letters.
    private static func withoutLongVowels(_ kana: Letters) -> [Unicode.Scalar] {
        var short = without("う", after: "うくすつぬふむゆるぐずづぶゅ", in: Array(kana))
        short = without("う", after: "おこごそぞとどのほぼもよろょ", in: short)
        return without("お", after: "お", in: short)
    }

    private static func without(_ vowel: Unicode.Scalar, after before: String, in kana: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var index = 0
        while index < kana.count {
            result.append(kana[index])
            let isLong = index + 1 < kana.count && kana[index + 1] == vowel && kana[index].isOne(of: before)
            index += isLong ? 2 : 1
        }
        return result
    }
}
