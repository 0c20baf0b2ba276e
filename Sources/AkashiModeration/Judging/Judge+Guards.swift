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
        if numbers + candidate.masks > 0, goesOnAsNoun(candidate), !isHarsh(candidate) { return false }
        // Signs and Latin letters are kana only where another letter is in dress too.
        if candidate.has([.gyaruBeside]) {
            let dressed: Set<Step> = [.gyaru, .foreign, .apart, .dress, .lookalike, .width]
            if !candidate.has(dressed) { return false }
        }
        let isBetweenWords = isHiragana(candidate) && !isExact
        if candidate.has([.sign]) || isBetweenWords, lattice.isCoveredAtBothEnds(range) { return false }
        if isEndOfKatakana(candidate) { return false }
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
        // A short word in hiragana stands alone, or it is part of others.
        if isHiragana(candidate), count <= 3,
            candidate.parts.allSatisfy({ $0.step == .plain || $0.step == .drawnOut || $0.step == .repeated }), !isExact
        {
            if candidate.has([.drawnOut, .repeated]), lattice.isNatural(range) { return false }
            if isSameWord(range, text) { return isHarsh(candidate) || isAlone(range, text) }
            return !lattice.isCovered(range) && (isHarsh(candidate) || isAlone(range, text))
        }
        return true
    }

    /// 56すずらん, ○カード: what stands behind the number or the mask is the beginning of another word.
    private mutating func goesOnAsNoun(_ candidate: Candidate) -> Bool {
        guard let last = candidate.parts.last(where: { $0.step == .number || $0.step == .masked }) else { return false }
        let rest = offsets[last.letters.upperBound]
        let end = offsets[candidate.letters.upperBound]
        return rest < end
            && lattice.best.contains {
                $0.start == rest && $0.end > end && $0.isKnown && rules.dictionary.description($0.word).hasPrefix("名詞")
            }
    }

    /// Letters that are said again.
    private mutating func isPlausiblyRepeated(_ candidate: Candidate) -> Bool {
        let count = Int(candidate.form.count)
        // Of two letters one may be said twice by chance, hardly both: ババカカ.
        if count + Int(candidate.form.longCount) <= 2 {
            guard candidate.repeatedRuns == count && !isHiragana(candidate) || isHarsh(candidate) && isShouted(candidate) else {
                return false
            }
        }
        if isHiragana(candidate), count <= 3, candidate.parts.count > 1, candidate.parts[1].step == .repeated {
            // ここいい may be; all of three letters twice is not.
            guard count == 3, candidate.repeatedRuns >= 3 else { return false }
        }
        return true
    }

    /// Kanji that are only read like the word.
    private mutating func isPlausibleInKanji(_ candidate: Candidate, _ range: Range<Int>) -> Bool {
        let count = Int(candidate.form.count)
        let kanji = candidate.count(.otherKanji)
        let isFierce = isFierce(candidate)
        if [.ending, .endingReading].contains(candidate.form.origin), !isHarsh(candidate) { return false }
        let longs = candidate.has([.drawnOut]) ? Int(candidate.form.longCount) : 0
        if count + longs <= 2, kanji < candidate.real { return false }
        // One kanji that is read like the word is a word of its own, but for those that the net writes so.
        if candidate.letters.count == 1, !rules.isUsual(candidate.term, letters[candidate.letters.lowerBound].unit) {
            return false
        }
        if lattice.isCovered(range), !isFierce { return false }
        if candidate.has([.sign]), candidate.real - kanji < 2, count < 6 { return false }
        return count > 3 || kanji < candidate.real || isFierce || !lattice.isWord(range)
    }

    /// Whether a letter is said more than twice, or each of them twice: ハゲゲゲ.
    private func isShouted(_ candidate: Candidate) -> Bool {
        candidate.repeatedRuns == Int(candidate.form.count) || candidate.parts.count { $0.step == .repeated } > 1
    }

    /// Where a kanji is only drawn like one of the word, another letter of the word stands in its place.
    private func keepsLetter(_ candidate: Candidate) -> Bool {
        let drawn = candidate.parts.count { part in
            guard part.step == .lookalike, letters[part.letters.lowerBound].sort == .kanji else { return false }
            return rules.tables.similar[letters[part.letters.lowerBound].unit]?.contains(where: rules.kanji.contains) ?? false
        }
        return drawn == 0 || candidate.real > drawn
    }

    /// Whether what stands there is a word of the dictionary by itself, and is the term in kana.
    private mutating func isSameWord(_ range: Range<Int>, _ text: String) -> Bool {
        guard lattice.best.contains(where: { $0.start == range.lowerBound && $0.end == range.upperBound && $0.isKnown }) else {
            return false
        }
        return isNoun(self.text(range)) && isNoun(text)
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
        func isKatakana(_ at: Int) -> Bool {
            letters.indices.contains(at) && (letters[at].traits.contains(.katakana) || letters[at].shape == 0x30FC)
        }
        let own = candidate.letters
        guard isKatakana(own.lowerBound - 1), isKatakana(own.lowerBound) else { return false }
        return letters[own].contains { $0.sort == .kana && !$0.traits.contains(.katakana) }
            && candidate.parts.allSatisfy { [.plain, .drawnOut, .repeated].contains($0.step) }
    }

    func isHiragana(_ candidate: Candidate) -> Bool {
        letters[candidate.letters].allSatisfy {
            $0.sort == .kana && $0.traits.isDisjoint(with: [.katakana, .composed, .encoded, .dressed])
                || $0.traits.contains(.long)
        }
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
        if candidate.masks > 0 {
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
            }
            if candidate.has([.sign]), candidate.masks > 0, candidate.real < 3 { return false }
            if candidate.masks > 1, !hasThreat(candidate.letters), !isHarsh(candidate) { return false }
        }
        // Letters of other scripts that nobody knows stand for any letter, but for half of the word at most.
        let foreign = candidate.parts.count { $0.isGuess }
        if foreign * 2 > count || foreign > 0 && candidate.has([.sign]) { return false }
        let isNumberOnly = letters[candidate.letters].allSatisfy {
            $0.sort == .digit || $0.isSkippable && !$0.traits.contains(.emoji)
        }
        // 5@61 says sagi with a sign that is a letter; 5-61 says nothing.
        let hasDrawn = candidate.parts.contains { $0.step == .leet && $0.letters.contains { letters[$0].sort != .digit } }
        if isNumberOnly, !hasDrawn, !isHarsh(candidate) || isBesideNumber(candidate) { return false }
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

    private static let titles = ["さん", "様", "さま", "氏", "君", "くん", "ちゃん", "先生"]
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
