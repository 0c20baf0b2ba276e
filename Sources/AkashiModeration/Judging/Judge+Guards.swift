import AkashiText

/// What is never the word, whatever the costs say.
extension Judge {
    /// What the steps are, taken together.
    mutating func isPlausible(_ candidate: Candidate, _ range: Range<Int>, _ text: String, _ isExact: Bool) -> Bool {
        let count = Int(candidate.form.count)
        let kanji = candidate.count(.otherKanji)
        let numbers = candidate.count(.number)
        // A word of one kanji (糞 for クソ) that stands by itself, or is taken apart.
        if count == 1, candidate.letters.count == 1 {
            return !lattice.isCovered(range) && (isHarsh(candidate) || isAlone(range, text))
        }
        // 刺され says something only where somebody is attacked, and as it is written.
        if candidate.form.isLoose, !isLooseVerb(candidate, range) { return false }
        let isChanged = [.ending, .endingReading, .homophone].contains(candidate.form.origin)
        if isChanged, candidate.masks > 0, candidate.real < 3, !isHarsh(candidate) { return false }
        // Guesses of several kinds ask for letters that are none.
        let kinds = [kanji > 0, numbers > 0, candidate.masks > 0].count { $0 }
        let guesses = kanji + numbers + candidate.masks
        if kinds > 1, candidate.real - kanji - numbers < guesses { return false }
        if kanji > 0, !isPlausibleInKanji(candidate, range) { return false }
        if candidate.has([.lookalike]), [.ending, .endingReading].contains(candidate.form.origin), !isHarsh(candidate) {
            return false
        }
        if !keepsLetter(candidate) { return false }
        if candidate.has([.repeated]), !isPlausiblyRepeated(candidate) { return false }
        if numbers > 0, candidate.real - numbers < 2, isBesideNumber(candidate) { return false }
        if goesOnAsNoun(candidate), !isHarsh(candidate) { return false }
        // Signs and Latin letters are kana only where another letter is in dress too.
        if candidate.has([.gyaruBeside]) {
            let dressed: Set<Step> = [.gyaru, .foreign, .apart, .dress, .lookalike, .width]
            if !candidate.has(dressed) { return false }
        }
        let isBetweenWords = isHiragana(candidate) && !isExact
        if candidate.has([.sign]) || isBetweenWords, lattice.isCoveredAtBothEnds(range) { return false }
        if isEndOfKatakana(candidate) { return false }
        if isWordAndParticle(candidate), !isHarsh(candidate) { return false }
        if isChance(candidate, range), !isHarsh(candidate) { return false }
        // Faces are drawn with the same signs.
        if candidate.has([.gyaru, .foreign]), candidate.has([.sign, .leet]) {
            let letters = candidate.parts.count { $0.step == .plain }
            if letters < 2 || candidate.has([.leet]) { return false }
        }
        // Words of their own: ホラー is not ホラ drawn out, and いたい may be 居たい.
        if !isExact, candidate.has([.drawnOut, .repeated]), lattice.isWord(range) { return false }
        let isPlain = candidate.parts.allSatisfy { $0.step == .plain }
        if isPlain, !isExact, !candidate.form.isReversed, isHiragana(candidate), lattice.isNatural(range),
            !isHarsh(candidate), !hasClass(of: text, range)
        {
            return false
        }
        if isPlain, !candidate.form.isReversed, goesOn(range, text) { return false }
        // 七時ごろつきます: a noun in hiragana does not stand behind another.
        if isExact, isHiragana(candidate), count <= 4, isPlain, isNoun(text), !isHarsh(candidate), !isAlone(range, text) {
            return false
        }
        return isExact || !isShort(candidate) || isPlausiblyShort(candidate, range, text)
    }

    /// A short word in hiragana, as it is said.
    private func isShort(_ candidate: Candidate) -> Bool {
        isHiragana(candidate) && candidate.form.count <= 3
            && candidate.parts.allSatisfy { [.plain, .drawnOut, .repeated].contains($0.step) }
    }

    /// A short word in hiragana stands alone, or it is part of others.
    private mutating func isPlausiblyShort(_ candidate: Candidate, _ range: Range<Int>, _ text: String) -> Bool {
        if isCalled(candidate) { return isHarsh(candidate) || isAlone(range, text) }
        if candidate.has([.drawnOut, .repeated]), lattice.isNatural(range) { return false }
        if isSameAdjective(range, text) { return true }
        if isSameWord(range, text) { return isHarsh(candidate) || isAlone(range, text) }
        if isFierce(candidate), candidate.form.count > 2, !isEntered(range) { return true }
        return !lattice.isCovered(range) && (isHarsh(candidate) || isAlone(range, text))
    }

    /// What happens by itself where words meet: はじ、しらず; 6のうすい; みっつとも内; 美味しーねー.
    private mutating func isChance(_ candidate: Candidate, _ range: Range<Int>) -> Bool {
        let signs = candidate.parts.filter { $0.step == .sign }
        if signs.count == 1, Self.stops.contains(letters[signs[0].letters.lowerBound].scalar), lattice.isNatural(range) {
            return true
        }
        if candidate.has([.otherKanji]), candidate.has([.repeated]), lattice.isNatural(range) || lattice.isCovered(range) {
            return true
        }
        if candidate.form.origin == .ending, candidate.has([.repeated]), lattice.isNatural(range) { return true }
        if let number = candidate.parts.last(where: { $0.step == .number }) {
            let rest = offsets[number.letters.upperBound]
            let isCounted = lattice.best.contains {
                $0.start == rest && $0.end < range.upperBound
                    && ["の", "で", "に", "は", "と", "が", "も"].contains(text($0.start..<$0.end))
            }
            if isCounted { return true }
        }
        let before = candidate.letters.lowerBound - 1
        return isHiragana(candidate) && candidate.has([.drawnOut]) && before >= 0 && letters[before].sort == .kanji
    }

    /// 刺され in 刺されますよ, where somebody is attacked: a verb, and something follows. The noun (仕事の帰り) is none.
    private mutating func isLooseVerb(_ candidate: Candidate, _ range: Range<Int>) -> Bool {
        let asItIs = Self.plainSteps.union([.emoji, .drawnOut])
        guard candidate.parts.allSatisfy({ asItIs.contains($0.step) }) else { return false }
        if isExclaimed(candidate) { return true }
        let score = tone(candidate.letters)
        let isWritten = candidate.form.origin == .ending && letters[candidate.letters].contains { $0.sort == .kanji }
        guard isFierce(candidate) || isWritten && score.meant > 1 && score.attack > -0.5, hasVerb(range) else {
            return false
        }
        let next = candidate.letters.upperBound
        let isWhole = ["て", "で", "た", "だ", "く"].contains { text(range).hasSuffix($0) }
        return isWhole || letters.indices.contains(next) && letters[next].sort == .kana
    }

    /// くっさ。 キモッ！: the stem of an adjective, drawn out by っ or cut short by it, and no more.
    private func isExclaimed(_ candidate: Candidate) -> Bool {
        let next = candidate.letters.upperBound
        let isTsu = { letters[$0].unit == 0x3064 && letters[$0].traits.contains(.small) }
        return (isTsu(next - 1) || candidate.parts.contains { $0.step == .drawnOut && isTsu($0.letters.lowerBound) })
            && (!letters.indices.contains(next) || letters[next].unit == 0)
    }

    /// Whether what stands in a place begins with a verb or an adjective of the sentence.
    private mutating func hasVerb(_ range: Range<Int>) -> Bool {
        lattice.best.contains {
            $0.start == range.lowerBound && ["動詞", "形容詞"].contains(rules.dictionary.description($0.word).prefix { $0 != "," })
        }
    }

    /// A word that began before, and ends in the place.
    private mutating func isEntered(_ range: Range<Int>) -> Bool {
        lattice.best.contains { $0.isKnown && $0.start < range.lowerBound && $0.end > range.lowerBound }
    }

    /// Whether what stands there is a word of the dictionary by itself, and is the term in kana.
    private mutating func isSameWord(_ range: Range<Int>, _ text: String) -> Bool {
        guard lattice.best.contains(where: { $0.start == range.lowerBound && $0.end == range.upperBound && $0.isKnown }) else {
            return false
        }
        return isNoun(self.text(range)) && isNoun(text)
    }

    /// The same for an adjective: ずるい for ズルい.
    private mutating func isSameAdjective(_ range: Range<Int>, _ text: String) -> Bool {
        text.hasSuffix("い")
            && lattice.best.contains {
                $0.start == range.lowerBound && $0.end == range.upperBound && $0.isKnown
                    && rules.dictionary.description($0.word).hasPrefix("形容詞,自立")
            }
    }

    private func isNoun(_ text: String) -> Bool {
        rules.dictionary.words(text).contains { rules.dictionary.description($0).hasPrefix("名詞") }
    }

    /// Whether one of the words that stand there is of the class of the term: a verb, an adjective, a noun.
    private mutating func hasClass(of text: String, _ range: Range<Int>) -> Bool {
        let own = Set(rules.dictionary.words(text).map { rules.dictionary.description($0).prefix { $0 != "," } })
        guard !own.isEmpty else {
            // A phrase: at least one of its words is more than a particle.
            return lattice.best.contains { node in
                node.start < range.upperBound && node.end > range.lowerBound
                    && !rules.dictionary.description(node.word).hasPrefix("助")
            }
        }
        return lattice.best.contains { node in
            node.start < range.upperBound && node.end > range.lowerBound
                && own.contains(rules.dictionary.description(node.word).prefix { $0 != "," })
        }
    }

    /// たためば, 帰れない: what would be an order is the stem of another form.
    private mutating func goesOn(_ range: Range<Int>, _ text: String) -> Bool {
        guard let last = WordLattice(Array(text.utf8), rules.dictionary).best.last,
            rules.dictionary.description(last.word).contains(",命令"),
            let own = lattice.best.last(where: { $0.end == range.upperBound }), own.isKnown,
            !rules.dictionary.description(own.word).contains(",命令"),
            let next = lattice.best.first(where: { $0.start == range.upperBound })
        else { return false }
        let kind = rules.dictionary.description(next.word)
        return kind.hasPrefix("助動詞") || kind.hasPrefix("助詞,接続助詞") || kind.hasPrefix("動詞,接尾")
    }

    /// ポニーと: a word in katakana that began before, and what stands behind it.
    private func isEndOfKatakana(_ candidate: Candidate) -> Bool {
        let own = candidate.letters
        guard isKatakana(own.lowerBound - 1), isKatakana(own.lowerBound) else { return false }
        return letters[own].contains { $0.sort == .kana && !$0.traits.contains(.katakana) }
            && candidate.parts.allSatisfy { [.plain, .drawnOut, .repeated].contains($0.step) }
    }

    /// ヒトデなし, 蜜のロウ, バーバーあおき: a whole word in katakana, and hiragana that belong to what stands beside it.
    private mutating func isWordAndParticle(_ candidate: Candidate) -> Bool {
        let own = candidate.letters
        guard [.reading, .surface].contains(candidate.form.origin), isMixed(candidate),
            candidate.form.origin == .reading || !rules.terms[candidate.term].text.isMixedKana,
            candidate.parts.allSatisfy({ [.plain, .drawnOut, .repeated].contains($0.step) }),
            let first = own.first(where: { isKatakana($0) }), let last = own.last(where: { isKatakana($0) }), last > first,
            (first...last).allSatisfy({ isKatakana($0) }), !isKatakana(first - 1), !isKatakana(last + 1)
        else { return false }
        let word = offsets[first]..<offsets[last + 1]
        if lattice.best.contains(where: { $0.isKnown && $0.start == word.lowerBound && $0.end == word.upperBound }) {
            return true
        }
        // The word need not be known where a particle stands before it.
        return first > own.lowerBound
            && lattice.best.contains {
                $0.start == offsets[own.lowerBound] && $0.end == word.lowerBound
                    && rules.dictionary.description($0.word).hasPrefix("助詞")
            }
    }

    private func isMixed(_ candidate: Candidate) -> Bool {
        candidate.letters.contains { letters[$0].sort == .kana && !isKatakana($0) }
    }

    private func isKatakana(_ at: Int) -> Bool {
        letters.indices.contains(at) && (letters[at].traits.contains(.katakana) || letters[at].shape == 0x30FC)
    }

    func isHiragana(_ candidate: Candidate) -> Bool {
        letters[candidate.letters].allSatisfy {
            $0.sort == .kana && $0.traits.isDisjoint(with: [.katakana, .composed, .encoded, .dressed])
                || $0.traits.contains(.long)
        }
    }

    /// Classes of words that may stand before a word that stands alone.
    private static let before: Set<String> = ["助詞", "助動詞", "記号", "連体詞", "副詞", "接続詞", "感動詞", "フィラー", "形容詞"]

    mutating func isAlone(_ range: Range<Int>, _ text: String) -> Bool {
        guard let token = tokens(text).first else { return false }
        let beside = lattice.neighbours(range, left: token.left, right: token.right)
        func kind(_ word: WordDictionary.Word?) -> Substring {
            word.map { rules.dictionary.description($0).prefix { $0 != "," } } ?? ""
        }
        if range.lowerBound > 0, beside.before != nil {
            let before = kind(beside.before)
            guard before.isEmpty || Self.before.contains(String(before)) else {
                return false
            }
        }
        if range.upperBound < visible.count, beside.after != nil {
            let after = kind(beside.after)
            guard after.isEmpty || ["助詞", "助動詞", "記号"].contains(String(after)) else { return false }
        }
        return true
    }

    mutating func isAllowed(_ candidate: Candidate, _ shown: String, _ text: String, _ isExact: Bool) -> Bool {
        let count = Int(candidate.form.count)
        if candidate.masks > 0, !isPlausiblyMasked(candidate) { return false }
        // Letters of other scripts that nobody knows stand for any letter, but for half of the word at most.
        let foreign = candidate.parts.count { $0.isGuess }
        if foreign * 2 > count || foreign > 0 && candidate.has([.sign]) { return false }
        let isNumberOnly = letters[candidate.letters].allSatisfy {
            $0.sort == .digit || $0.isSkippable && !$0.traits.contains(.emoji)
        }
        // 5@61 says sagi with a sign that is a letter; 5-61 says nothing.
        let hasDrawn = candidate.parts.contains { $0.step == .leet && $0.letters.contains { letters[$0].sort != .digit } }
        if isNumberOnly, !hasDrawn, !isHarsh(candidate) || isBesideNumber(candidate) || isPartOfCode(candidate) { return false }
        if candidate.parts.allSatisfy({ $0.step == .emoji || $0.step == .invisible }), !hasThreat(candidate.letters),
            tone(candidate.letters).attack < 0
        {
            return false
        }
        if candidate.form.isReversed {
            guard candidate.parts.allSatisfy({ Self.plainSteps.contains($0.step) }), count > 2 || hasHint else { return false }
        }
        if candidate.form.isRomajiOnly, !candidate.has([.romaji, .homoglyph, .leet, .dress]) { return false }
        if !isLatinAlone(candidate) { return false }
        if isInList(candidate) { return false }
        return true
    }

    static let titles = ["さん", "様", "さま", "氏", "君", "くん", "ちゃん", "先生"]
    static let ends = Set("?？.…・･。､、!！‥．，♪♫♬♩".unicodeScalars.map(\.value))

    static let plainSteps: Set<Step> = [.plain, .width, .apart, .invisible, .encoded, .variantKanji]

    /// Latin letters are the word only as a whole run, not in the middle of another word.
    func isLatinAlone(_ candidate: Candidate) -> Bool {
        func isLatin(_ at: Int) -> Bool {
            letters.indices.contains(at)
                && (letters[at].sort == .latin || rules.tables.latin[letters[at].shape]?.contains { $0.1 == .homoglyph } ?? false)
        }
        let romaji: Set<Step> = [.romaji, .homoglyph, .leet, .dress]
        guard candidate.parts.contains(where: { romaji.contains($0.step) && $0.letters.contains { isLatin($0) } }) else {
            return true
        }
        func run(_ at: Int, _ step: Int) -> (text: String, end: Int) {
            var place = at
            var text = ""
            while isLatin(place) {
                let one = String(Character(Unicode.Scalar(letters[place].shape) ?? " "))
                text = step < 0 ? one + text : text + one
                place += step
            }
            return (text, place)
        }
        for (at, step) in [(candidate.letters.lowerBound - 1, -1), (candidate.letters.upperBound, 1)] {
            let beside = run(at, step)
            if !beside.text.isEmpty, !rules.base.contexts.romaji.contains(beside.text) { return false }
            // Another Latin word over a space: English.
            guard letters.indices.contains(beside.end), letters[beside.end].traits.contains(.space) else { continue }
            let next = run(beside.end + step, step).text
            if next.count > 1, !rules.base.contexts.romaji.contains(next) { return false }
        }
        return true
    }

    /// ア、ホ、タ: single letters in a row with the same sign between.
    func isInList(_ candidate: Candidate) -> Bool {
        guard let sign = candidate.parts.first(where: { $0.step == .sign }) else { return false }
        let scalar = letters[sign.letters.lowerBound].scalar
        let lower = candidate.letters.lowerBound
        let upper = candidate.letters.upperBound
        func isSign(_ at: Int) -> Bool { letters.indices.contains(at) && letters[at].scalar == scalar }
        func isLetter(_ at: Int) -> Bool { letters.indices.contains(at) && letters[at].unit != 0 }
        if isSign(upper), isLetter(upper + 1), !isLetter(upper + 2) || letters[upper + 2].scalar == 0x306E { return true }
        if isSign(lower - 1), isLetter(lower - 2), !isLetter(lower - 3) { return true }
        return false
    }
}
