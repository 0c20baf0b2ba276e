import AkashiText

/// Weighs each candidate: does the comment read more likely with the word than as it stands? The scale is the cost of Japanese text
/// by its dictionary (``WordLattice``): if the letters are part of ordinary words, they are not the word.
struct Judge {
    private let letters: [Letter]
    private let rules: RuleSet
    private let visible: [UInt8]
    /// Where each letter begins in `visible`; one more for the end.
    private let offsets: [Int]
    private let lattice: WordLattice
    private var known: [String: [Token]] = [:]

    init(_ letters: [Letter], _ rules: RuleSet) {
        self.letters = letters
        self.rules = rules
        var visible: [UInt8] = []
        var offsets: [Int] = []
        for letter in letters {
            offsets.append(visible.count)
            guard !letter.isInvisible, let scalar = Unicode.Scalar(Self.shown(letter)) else { continue }
            visible.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        offsets.append(visible.count)
        self.visible = visible
        self.offsets = offsets
        lattice = WordLattice(visible, rules.dictionary)
    }

    private static func shown(_ letter: Letter) -> UInt32 {
        switch letter.sort {
        case .kanji: letter.traits.contains(.dressed) ? letter.scalar : UInt32(letter.unit)
        case .kana, .latin, .digit: letter.traits.contains(.dressed) ? letter.scalar : letter.shape
        case .other: letter.traits.contains(.lineBreak) ? 0x3002 : letter.scalar
        }
    }

    /// What one candidate is worth; nil if it is not the word.
    mutating func judge(_ candidate: Candidate) -> Finding? {
        let term = rules.terms[candidate.term]
        let text = rules.text(of: candidate)
        let range = offsets[candidate.letters.lowerBound]..<offsets[candidate.letters.upperBound]
        guard !range.isEmpty else { return nil }
        let shown = String(decoding: visible[range], as: UTF8.self)
        let isExact = shown == text
        guard isAllowed(candidate, shown, text, isExact) else { return nil }
        guard !isSpared(term.text, range) else { return nil }
        let penalty = isExact ? StepCost.of(candidate) : StepCost.of(candidate) + spellingCost(candidate, shown, term)
        guard isPlausible(candidate, range, text, isExact) else { return nil }
        guard let gain = gain(range, text, penalty), gain >= threshold(candidate, isExact, range) else { return nil }
        return Finding(candidate: candidate, gain: gain, isNote: isNote(candidate))
    }

    // TEMPORARY
    mutating func describe(_ candidate: Candidate) -> String {
        let term = rules.terms[candidate.term]
        let text = rules.text(of: candidate)
        let range = offsets[candidate.letters.lowerBound]..<offsets[candidate.letters.upperBound]
        let shown = String(decoding: visible[range], as: UTF8.self)
        let isExact = shown == text
        let penalty = isExact ? StepCost.of(candidate) : StepCost.of(candidate) + spellingCost(candidate, shown, term)
        return "\(term.text) [\(shown)] \(candidate.form.origin)\(candidate.form.isReversed ? "R" : "") ok=\(isAllowed(candidate, shown, text, isExact)) pen=\(penalty) gain=\(gain(range, text, penalty) ?? -99999) \(candidate.parts.map { $0.step.name })"
    }

    private func threshold(_ candidate: Candidate, _ isExact: Bool, _ range: Range<Int>) -> Int32 {
        let isCovered = lattice.isCovered(range)
        if isExact { return isCovered ? 1500 : candidate.form.origin == .surface ? -1500 : -700 }
        let isWeak = candidate.has([.otherKanji, .number, .lookalike]) || candidate.form.origin == .homophone
        if isWeak, isCovered || lattice.isWord(range) { return 4000 }
        return isCovered ? 1500 : 0
    }

    /// A phrase in which the term is another word.
    private func isSpared(_ term: String, _ range: Range<Int>) -> Bool {
        guard let phrases = rules.allowed[term] else { return false }
        let before = String(decoding: visible[..<range.lowerBound].suffix(30), as: UTF8.self).hiragana
        let after = String(decoding: visible[range.upperBound...].prefix(30), as: UTF8.self).hiragana
        return phrases.contains { before.hasSuffix($0.before.hiragana) && after.hasPrefix($0.after.hiragana) }
    }

    /// What the steps are, taken together.
    private mutating func isPlausible(_ candidate: Candidate, _ range: Range<Int>, _ text: String, _ isExact: Bool) -> Bool {
        let count = Int(candidate.form.count)
        let kanji = candidate.count(.otherKanji)
        let numbers = candidate.count(.number)
        // Guesses of several kinds ask for letters that are none.
        let kinds = [kanji > 0, numbers > 0, candidate.masks > 0].count { $0 }
        let guesses = kanji + numbers + candidate.masks
        if kinds > 1, candidate.real - kanji - numbers < guesses { return false }
        if kanji > 0 {
            if candidate.form.origin == .ending { return false }
            if count <= 2, kanji < candidate.real { return false }
            if candidate.has([.sign]), candidate.real - kanji < 2, count < 4 { return false }
        }
        if count <= 2, candidate.has([.repeated]) { return false }
        if numbers > 0, isBesideNumber(candidate) { return false }
        if candidate.has([.sign]), lattice.isCoveredAtBothEnds(range) { return false }
        // A short word in hiragana stands alone, or it is part of others.
        let isHiragana = letters[candidate.letters].allSatisfy { $0.sort == .kana && $0.traits.isDisjoint(with: [.katakana, .composed, .encoded, .dressed]) }
        if isHiragana, count <= 3, candidate.parts.allSatisfy({ $0.step == .plain }), !isExact { return isAlone(range, text) }
        return true
    }

    /// Digits that go on, or that count something.
    private func isBesideNumber(_ candidate: Candidate) -> Bool {
        for part in candidate.parts where part.step == .number {
            let after = part.letters.upperBound
            if after == candidate.letters.upperBound, letters.indices.contains(after), [.digit, .latin, .kanji].contains(letters[after].sort) { return true }
            let before = part.letters.lowerBound - 1
            if before < candidate.letters.lowerBound, letters.indices.contains(before), letters[before].sort == .digit || letters[before].unit == 0x7B2C { return true }
        }
        return false
    }

    private mutating func isAlone(_ range: Range<Int>, _ text: String) -> Bool {
        guard let token = tokens(text).first else { return false }
        let beside = lattice.neighbours(range, left: token.left, right: token.right)
        func kind(_ word: WordDictionary.Word?) -> Substring { word.map { rules.dictionary.description($0).prefix { $0 != "," } } ?? "" }
        if range.lowerBound > 0, beside.before != nil {
            let before = kind(beside.before)
            guard before.isEmpty || ["助詞", "記号", "連体詞", "副詞", "接続詞", "感動詞", "フィラー", "形容詞"].contains(String(before)) else { return false }
        }
        if range.upperBound < visible.count, beside.after != nil {
            let after = kind(beside.after)
            guard after.isEmpty || ["助詞", "助動詞", "記号"].contains(String(after)) else { return false }
        }
        return true
    }

    /// What the change of script says: a kanji read out, kana in the other script, both in one word.
    private func spellingCost(_ candidate: Candidate, _ shown: String, _ term: Term) -> Int32 {
        var cost: Int32 = 0
        switch candidate.form.origin {
        case .surface: break
        case .mixed: cost -= 300
        case .reading: cost += 500
        case .writing: cost += 300
        case .homophone: cost += 1200
        case .ending: cost += 300
        case .endingReading: cost += 800
        }
        if candidate.form.isReversed { cost += StepCost.of(.reversed) }
        if candidate.masks > 0 || candidate.has([.emoji]), hasThreat(candidate.letters) { cost -= 2500 }
        // Katakana and hiragana in one word.
        var scripts: Set<Bool> = []
        for letter in letters[candidate.letters] where letter.sort == .kana && letter.shape != 0x30FC { scripts.insert(letter.traits.contains(.katakana)) }
        if scripts.count > 1 { cost -= 800 }
        return cost
    }

    // MARK: what is never the word

    private func isAllowed(_ candidate: Candidate, _ shown: String, _ text: String, _ isExact: Bool) -> Bool {
        let count = Int(candidate.form.count)
        if candidate.masks > 0 {
            // At least one letter stands; where only one does, in a word of three or more, or of two that is no threat, it takes a threat.
            guard count - candidate.masks >= 1 else { return false }
            if candidate.masks > 1, !hasThreat(candidate.letters) { return false }
        }
        // Letters of other scripts that nobody knows stand for any letter, but for half of the word at most.
        if candidate.parts.count(where: { $0.step == .foreign && $0.isGuess }) * 2 > count { return false }
        let isNumberOnly = letters[candidate.letters].allSatisfy { $0.sort == .digit || $0.isSkippable && !$0.traits.contains(.emoji) }
        if isNumberOnly { return false }
        if candidate.parts.allSatisfy({ $0.step == .emoji || $0.step == .invisible }), !hasThreat(candidate.letters) { return false }
        if candidate.form.isReversed {
            guard count > 2 || hasHint, candidate.parts.allSatisfy({ Self.plainSteps.contains($0.step) }) else { return false }
        }
        if candidate.form.isRomajiOnly, !candidate.has([.romaji, .homoglyph, .leet, .dress]) { return false }
        if !isLatinAlone(candidate) { return false }
        if isInList(candidate) { return false }
        return true
    }

    private static let plainSteps: Set<Step> = [.plain, .width, .apart, .invisible, .encoded, .variantKanji]

    private func hasThreat(_ range: Range<Int>) -> Bool {
        let before = String(decoding: visible[offsets[max(0, range.lowerBound - 14)]..<offsets[range.lowerBound]], as: UTF8.self)
        let after = String(decoding: visible[offsets[range.upperBound]..<offsets[min(letters.count, range.upperBound + 14)]], as: UTF8.self)
        return rules.contexts.threats.contains { before.contains($0) || after.contains($0) }
    }

    private var hasHint: Bool {
        let text = String(decoding: visible, as: UTF8.self)
        return rules.contexts.hints.contains { text.contains($0) }
    }

    /// Latin letters are the word only as a whole run, not in the middle of another word.
    private func isLatinAlone(_ candidate: Candidate) -> Bool {
        func isLatin(_ at: Int) -> Bool {
            letters.indices.contains(at) && (letters[at].sort == .latin || rules.tables.latin[letters[at].shape]?.contains { $0.1 == .homoglyph } ?? false)
        }
        let romaji: Set<Step> = [.romaji, .homoglyph, .leet, .dress]
        guard candidate.parts.contains(where: { romaji.contains($0.step) && $0.letters.contains { isLatin($0) } }) else { return true }
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
            if !beside.text.isEmpty, !rules.contexts.romaji.contains(beside.text) { return false }
            // Another Latin word over a space: English.
            guard letters.indices.contains(beside.end), letters[beside.end].traits.contains(.space) else { continue }
            let next = run(beside.end + step, step).text
            if next.count > 1, !rules.contexts.romaji.contains(next) { return false }
        }
        return true
    }

    /// ア、ホ、タ: single letters in a row with the same sign between.
    private func isInList(_ candidate: Candidate) -> Bool {
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

    private func isNote(_ candidate: Candidate) -> Bool {
        let after = String(
            decoding: visible[offsets[candidate.letters.upperBound]..<offsets[min(letters.count, candidate.letters.upperBound + 12)]], as: UTF8.self)
        let trimmed = after.drop { "」』）)”\"'".contains($0) }
        if rules.contexts.after.contains(where: { trimmed.hasPrefix($0) }) { return true }
        let isAdjective = rules.terms[candidate.term].text.hasSuffix("い") && !candidate.form.isReversed
        if isAdjective, rules.contexts.things.contains(where: { trimmed.hasPrefix($0) }) { return true }
        let before = String(
            decoding: visible[offsets[max(0, candidate.letters.lowerBound - 8)]..<offsets[candidate.letters.lowerBound]], as: UTF8.self)
        return rules.contexts.before.contains { before.hasSuffix($0) }
    }

    /// What a term is in the dictionary: its words there, or the classes that a word of its shape may have.
    private mutating func tokens(_ text: String) -> [Token] {
        if let known = known[text] { return known }
        let usual = 3800 + 500 * Int32(min(text.unicodeScalars.count, 16))
        var words = rules.dictionary.words(text)
        // An order is an order, not the stem of 帰れる.
        for form in [",命令", ",基本形,"] {
            let those = words.filter { rules.dictionary.description($0).contains(form) }
            if !those.isEmpty {
                words = those
                break
            }
        }
        var tokens = words.map { Token(left: $0.left, right: $0.right, cost: min($0.cost, usual)) }
        let best = WordLattice(Array(text.utf8), rules.dictionary)
        if tokens.isEmpty, let first = best.best.first, let last = best.best.last {
            let edges = rules.dictionary.connection(0, first.word.left) + rules.dictionary.connection(last.word.right, 0)
            tokens.append(Token(left: first.word.left, right: last.word.right, cost: min(best.cost - edges, usual)))
        }
        if rules.dictionary.words(text).isEmpty {
            let likes = text.hasSuffix("い") ? ["寒い"] : ["机", "馬鹿"]
            for like in likes {
                if let word = rules.dictionary.words(like).min(by: { $0.cost < $1.cost }) {
                    tokens.append(Token(left: word.left, right: word.right, cost: usual))
                }
            }
        }
        known[text] = tokens
        return tokens
    }

    private struct Token {
        let left: UInt16
        let right: UInt16
        let cost: Int32
    }

    /// How much likelier the comment is with the word in a place.
    private mutating func gain(_ range: Range<Int>, _ text: String, _ penalty: Int32) -> Int32? {
        let costs = tokens(text).compactMap { lattice.cost(range, left: $0.left, right: $0.right, inner: $0.cost + penalty) }
        return costs.min().map { lattice.cost - $0 }
    }
}

/// A candidate that holds.
struct Finding {
    let candidate: Candidate
    /// How much likelier the comment is with the word, in the dictionary's costs.
    let gain: Int32
    /// Shown and marked rather than held.
    let isNote: Bool
}
