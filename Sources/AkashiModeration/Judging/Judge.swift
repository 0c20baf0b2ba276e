import AkashiText

/// Weighs each candidate: does the comment read more likely with the word than as it stands? The scale is the cost of Japanese text
/// by its dictionary (``WordLattice``): if the letters are part of ordinary words, they are not the word.
struct Judge {
    let letters: [Letter]

    let rules: RuleSet

    let visible: [UInt8]

    /// Where each letter begins in `visible`; one more for the end.
    let offsets: [Int]

    lazy var lattice = WordLattice(visible, rules.dictionary)

    private var known: [String: [Token]] = [:]

    private var tones: [Range<Int>: Tone.Score] = [:]

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
    }

    /// Where some bytes stand in others.
    static func places(of needle: [UInt8], in text: [UInt8], isFirst: Bool = false) -> [Range<Int>] {
        var found: [Range<Int>] = []
        guard let first = needle.first, text.count >= needle.count else { return [] }
        text.withUnsafeBufferPointer { text in
            for place in 0...(text.count - needle.count) where text[place] == first {
                guard needle.indices.allSatisfy({ text[place + $0] == needle[$0] }) else { continue }
                found.append(place..<place + needle.count)
                if isFirst { return }
            }
        }
        return found
    }

    private func raw(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(letters[range].compactMap { Unicode.Scalar($0.scalar) }))
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
        // The term may be written in an old form itself.
        let isExact = shown == text || raw(candidate.letters) == text
        guard isAllowed(candidate, shown, text, isExact) else { return nil }
        guard !isSpared(candidate.term, range) else { return nil }
        let penalty = isExact ? StepCost.of(candidate) : StepCost.of(candidate) + spellingCost(candidate, shown, term)
        guard isPlausible(candidate, range, text, isExact) else { return nil }
        guard let gain = gain(range, text, penalty) else { return nil }
        let threshold = threshold(candidate, isExact, range)
        guard gain + Self.mostFor >= threshold else { return nil }
        let score = tone(candidate.letters)
        // What a kind sentence says against a word that hurts, it does not say against one that she does not want there at all.
        let hurts = rules.rules[rules.ruleOfTerm[candidate.term]].kind.hurts
        // Nor what it says against one whose very letters are there in disguise (偽 as 僞): nobody does that by chance.
        let isOpen = isOpen(candidate, isExact)
        let against = isExact && (!hurts || !isOpen) ? 0 : Self.mostAgainst
        let shift = max(-against, min(Self.mostFor, Int32(score.attack * 700)))
        guard gain + shift >= threshold else {
            // What is said openly is at least marked.
            guard isExact, gain >= threshold else { return nil }
            return Finding(candidate: candidate, gain: gain, isOpen: isOpen, isNote: true)
        }
        if !isExact, score.attack < Self.kind, gain < certain(candidate), isOrdinary(candidate) { return nil }
        // Who gives the word another ending says it in a sentence of their own.
        let mild = candidate.form.origin == .ending ? 2 * Self.mild : Self.mild
        let isNote = isOpen && hurts && score.meant < mild || score.attack < Self.harsh && isNote(candidate, isExact)
        return Finding(candidate: candidate, gain: gain, isOpen: isOpen, isNote: isNote)
    }

    /// How the comment sounds around some letters.
    mutating func tone(_ range: Range<Int>) -> Tone.Score {
        if let known = tones[range] { return known }
        let score = rules.base.tone.score(letters, around: range)
        tones[range] = score
        return score
    }

    /// Whether somebody is plainly attacked around some letters: then what is only read alike is meant.
    mutating func isHarsh(_ candidate: Candidate) -> Bool { tone(candidate.letters).attack >= Self.harsh }

    /// Whether hardly anything else can be meant there: then an ordinary word may stand for one that is read alike.
    mutating func isFierce(_ candidate: Candidate) -> Bool { tone(candidate.letters).attack >= Self.fierce }

    /// The most that the rest of the comment says for the word or against it, in costs of the dictionary: 700 to a unit of the natural
    /// logarithm, as its costs were made.
    private static let mostFor: Int32 = 3500
    private static let mostAgainst: Int32 = 2500
    /// Below this a word that is said openly is only marked; above the other it is held whatever the sentence speaks of.
    private static let mild: Float = -1.2
    private static let harsh: Float = 0.5
    private static let fierce: Float = 1.8
    /// Below this, letters that ordinary text is full of are not the word, whatever the dictionary knows.
    private static let kind: Float = -1.9
    /// From this gain on the letters would be no Japanese at all without the word.
    private static let certain: Int32 = 10_000

    private func certain(_ candidate: Candidate) -> Int32 {
        guard candidate.has([.number]) else { return Self.certain }
        return candidate.real - candidate.count(.number) > 0 ? 2 * Self.certain : .max
    }

    private mutating func threshold(_ candidate: Candidate, _ isExact: Bool, _ range: Range<Int>) -> Int32 {
        let isCovered = lattice.isCovered(range)
        if isExact { return isCovered ? 1500 : isHiragana(candidate) ? 0 : candidate.form.origin == .surface ? -1500 : -700 }
        if candidate.has([.lookalike, .gyaru]), isCovered || lattice.isNatural(range) {
            return candidate.count(.gyaru) > 1 && candidate.form.count > 3 ? 1500 : 9000
        }
        let isWeak = candidate.has([.otherKanji, .number]) || candidate.form.origin == .homophone
        if isWeak, isCovered || lattice.isNatural(range) {
            if isMisused(candidate, range) { return -4000 }
            // The more of a word is said, the less it is chance; a kanji of its own beside others says most (泥坊 for 泥棒).
            if isCovered { return isFierce(candidate) || isUsual(candidate) && isHarsh(candidate) ? -1500 : 3500 }
            if isHarsh(candidate) { return -500 }
            if keepsKanji(candidate), !lattice.isWord(range) { return 0 }
            return candidate.form.count >= 6 ? 0 : candidate.form.count >= 5 ? 1500 : 3500
        }
        return isCovered ? 1500 : 0
    }

    /// Whether nothing was undone that nobody does by chance: words that are read alike, numbers, a letter said again, a comma.
    private func isOrdinary(_ candidate: Candidate) -> Bool {
        guard !candidate.form.isReversed, candidate.form.origin != .ending, !hasMixedKana(candidate) else { return false }
        guard candidate.count(.otherKanji) < 3, candidate.count(.repeated) + candidate.count(.drawnOut) < 2 else { return false }
        return candidate.parts.allSatisfy { part in
            switch part.step {
            case .plain: letters[part.letters.lowerBound].traits.isDisjoint(with: [.composed, .dressed, .width])
            case .otherKanji, .number, .repeated: true
            case .drawnOut: letters[part.letters.lowerBound].sort == .kana
            case .sign: Self.stops.contains(letters[part.letters.lowerBound].scalar)
            default: false
            }
        }
    }

    /// Whether the net is known to write the word so.
    private func isUsual(_ candidate: Candidate) -> Bool {
        candidate.form.origin == .homophone
            || candidate.letters.count == 1 && rules.isUsual(candidate.term, letters[candidate.letters.lowerBound].unit)
    }

    /// Whether a kanji of the word stands in its place beside one that is only read alike.
    private func keepsKanji(_ candidate: Candidate) -> Bool {
        candidate.parts.contains {
            [.plain, .variantKanji].contains($0.step) && letters[$0.letters.lowerBound].sort == .kanji
        } && candidate.has([.otherKanji])
    }

    /// What the change of script says: a kanji read out, kana in the other script, both in one word.
    private mutating func spellingCost(_ candidate: Candidate, _ shown: String, _ term: Term) -> Int32 {
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
        if candidate.form.isReversed { cost += hasHint ? -2500 : 6000 }
        if candidate.masks > 0 || candidate.has([.emoji]), hasThreat(candidate.letters) || isHarsh(candidate) { cost -= 2500 }
        if candidate.form.count > 1, candidate.repeatedRuns == Int(candidate.form.count) { cost -= 3000 }
        if candidate.parts.contains(where: { $0.step == .masked && Self.ends.contains(letters[$0.letters.lowerBound].scalar) }) {
            cost += 3000
        }
        if keepsKanji(candidate) { cost -= 3000 }
        let signs = candidate.parts.filter { $0.step == .sign }
        if signs.count == 1, Self.stops.contains(letters[signs[0].letters.lowerBound].scalar) { cost += 2500 }
        if hasMixedKana(candidate) { cost -= 800 }
        return cost
    }

    /// Katakana and hiragana in one word.
    private func hasMixedKana(_ candidate: Candidate) -> Bool {
        var scripts: Set<Bool> = []
        for letter in letters[candidate.letters] where letter.sort == .kana && letter.shape != 0x30FC {
            scripts.insert(letter.traits.contains(.katakana))
        }
        return scripts.count > 1
    }

    /// Signs that end a part of a sentence: one of them in a word is more likely the sentence's.
    static let stops = Set("、。，．,.!！?？」』）)\n\r".unicodeScalars.map(\.value))

    lazy var threatPlaces: [Range<Int>] = rules.base.threats.flatMap { Self.places(of: $0, in: visible) }

    /// What stands in the comment that tells of something rather than to somebody, and what speaks to somebody.
    lazy var topicPlaces: [Range<Int>] = {
        let words = lattice.best.filter { $0.isKnown && rules.base.contexts.topics.contains(text($0.start..<$0.end)) }
        return words.map { $0.start..<$0.end } + rules.base.reports.flatMap { Self.places(of: $0, in: visible) }
    }()
    lazy var addressPlaces: [Range<Int>] = rules.base.address.flatMap { Self.places(of: $0, in: visible) }

    lazy var hasHint: Bool = rules.base.hints.contains { !Self.places(of: $0, in: visible, isFirst: true).isEmpty }

    /// What a term is in the dictionary: its words there, or the classes that a word of its shape may have.
    mutating func tokens(_ text: String) -> [Token] {
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

    struct Token {
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
    /// Nobody hid it.
    let isOpen: Bool
    /// Shown and marked rather than held.
    let isNote: Bool
}
