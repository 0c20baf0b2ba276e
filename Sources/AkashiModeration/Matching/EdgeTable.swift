import AkashiText

/// What each place of a comment can be read as, once for the whole comment: a letter as itself, a kanji by its sounds, several
/// letters as one. ``Walk`` follows these through the trie.
struct EdgeTable {
    /// From a letter to the one behind what was read.
    struct Edge {
        let end: Int32
        /// Where its units stand in ``units``.
        let first: Int32
        let count: Int16
        let step: Step
    }

    let letters: [Letter]
    let tables: LetterTables
    private let rules: RuleSet
    private(set) var edges: [Edge] = []
    private(set) var units: [UInt16] = []
    /// Where each letter's edges begin; one more for the end.
    private(set) var starts: [Int32] = []

    init(_ letters: [Letter], _ rules: RuleSet) {
        self.letters = letters
        tables = rules.tables
        self.rules = rules
        edges.reserveCapacity(letters.count * 6)
        units.reserveCapacity(letters.count * 10)
        starts.reserveCapacity(letters.count + 1)
        let composed = Composition(letters, tables)
        for at in letters.indices {
            starts.append(Int32(edges.count))
            if !letters[at].isInvisible { addAll(at) }
            for item in composed.kanji(at) {
                let unit = tables.entry(item.part).unit
                guard unit != 0 else { continue }
                add(CollectionOfOne(unit), Int(item.end), .splitKanji)
                // By its sound only where a kanji is among its parts: シ and ス are letters of words.
                guard letters[at..<Int(item.end)].contains(where: { $0.sort == .kanji }) else { continue }
                for sound in tables.sounds(unit) { add(sound, Int(item.end), .otherKanji) }
            }
        }
        starts.append(Int32(edges.count))
    }

    /// The edges of a letter.
    @inline(__always)
    func range(_ at: Int) -> Range<Int> { Int(starts[at])..<Int(starts[at + 1]) }

    private mutating func add(_ units: some Collection<UInt16>, _ end: Int, _ step: Step) {
        edges.append(Edge(end: Int32(end), first: Int32(self.units.count), count: Int16(units.count), step: step))
        self.units.append(contentsOf: units)
    }

    private mutating func addAll(_ at: Int) {
        let letter = letters[at]
        if letter.unit != 0 {
            add(CollectionOfOne(letter.unit), at + 1, Self.step(letter.traits))
            if letter.sort == .kanji {
                for other in tables.similar[letter.unit] ?? [] where rules.kanji.contains(other) {
                    add(CollectionOfOne(other), at + 1, .lookalike)
                }
                for sound in tables.sounds(letter.unit) {
                    addVoiced(sound, at + 1, .otherKanji)
                    // 汁れ for しれ: the net writes the sound of a stem with a word that goes on otherwise.
                    if sound.count > 1, let last = sound.last, Self.goingOn.contains(last), at + 1 < letters.count,
                        letters[at + 1].sort == .kana
                    {
                        add(sound.dropLast(), at + 1, .otherKanji)
                    }
                }
                if at + 1 < letters.count, letters[at + 1].sort == .kanji { addWords(at) }
            }
        }
        if letter.sort == .kana { addVoicedBeside(at) }
        if tables.beginsSequence(letter) { walkSequence(SequenceTrie.root, at, at, .plain, 0) }
    }

    private static let goingOn = Set("るりいうくすつむ".utf16)

    /// The words of kanji that begin at a letter, as they are read.
    private mutating func addWords(_ start: Int) {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        var end = start
        while end < letters.count, end - start < 5, letters[end].sort == .kanji,
            let scalar = Unicode.Scalar(UInt32(letters[end].unit))
        {
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            ends.append(bytes.count)
            end += 1
        }
        for (length, reading) in rules.dictionary.readings(of: bytes) where length > ends[0] {
            guard let letterCount = ends.firstIndex(of: length) else { continue }
            add(reading.map { Kana.unit(katakana: $0) }, start + letterCount + 1, .otherKanji)
        }
    }

    /// Units, and again with a voicing mark that stands behind.
    private mutating func addVoiced(_ units: some Collection<UInt16>, _ end: Int, _ step: Step) {
        add(units, end, step)
        guard end < letters.count,
            !letters[end].traits.isDisjoint(with: [.voicing, .halfVoicing, .sign]) || letters[end].sort == .latin
        else { return }
        let mark = letters[end]
        let all = Array(units)
        for (marks, trait, isFull) in [
            (Kana.voicingSigns, Letter.Traits.voicing, true), (Kana.halfVoicingSigns, .halfVoicing, false),
        ]
        where mark.traits.contains(trait) || marks.contains(mark.scalar) {
            guard let last = all.last, let voiced = LetterReader.voiced(last, isFull) else { continue }
            let isTwice = end + 1 < letters.count && letters[end + 1].scalar == mark.scalar
            add(all.dropLast() + [voiced], isTwice ? end + 2 : end + 1, step)
        }
    }

    /// A kana whose voicing mark is another sign behind it: か".
    private mutating func addVoicedBeside(_ at: Int) {
        var end = at + 1
        while end < letters.count, letters[end].isInvisible || letters[end].traits.contains(.space), end - at < 4 { end += 1 }
        guard end < letters.count, letters[end].isSkippable || letters[end].sort == .latin else { return }
        for (marks, isFull) in [(Kana.voicingSigns, true), (Kana.halfVoicingSigns, false)]
        where marks.contains(letters[end].scalar) {
            guard let voiced = LetterReader.voiced(letters[at].unit, isFull) else { continue }
            add(CollectionOfOne(voiced), end + 1, .apart)
            if end + 1 < letters.count, letters[end + 1].scalar == letters[end].scalar {
                add(CollectionOfOne(voiced), end + 2, .apart)
            }
        }
    }

    /// How a letter was written that stands there as itself.
    static func step(_ traits: Letter.Traits) -> Step {
        if traits.contains(.turned) { return .turned }
        if traits.contains(.encoded) { return .encoded }
        if traits.contains(.dressed) { return .dress }
        if traits.contains(.composed) { return .apart }
        if traits.contains(.variant) { return .variantKanji }
        if traits.contains(.width) { return .width }
        return .plain
    }

    // MARK: several letters that are read as others: ﾚよ, タヒ, shi, 5ro

    private mutating func walkSequence(_ node: Int32, _ first: Int, _ at: Int, _ via: Step, _ gap: Int) {
        guard at < letters.count, at - first < 12 else { return }
        let letter = letters[at]
        tryLetter(letter.shape, node, first, at, via)
        if letter.shape != letter.scalar, letter.scalar < 0x10000, !letter.traits.contains(.composed), letter.sort != .latin {
            tryLetter(letter.scalar, node, first, at, via)
        }
        if let others = tables.latin[letter.shape] {
            for (other, step) in others where step == .homoglyph || isAmongLatin(at) { tryLetter(other, node, first, at, step) }
        }
        if let drawings = tables.latinDrawn[letter.shape] {
            for drawn in drawings where isDrawn(drawn.letters, at) && isAmongLatin(at) {
                tryLetter(drawn.target, node, first, at + drawn.letters.count - 1, .leet)
            }
        }
        guard at > first else { return }
        if letter.isSkippable, gap < 3 || letter.isInvisible {
            walkSequence(node, first, at + 1, via, gap + 1)
        } else if letter.sort == .latin, letters[at - 1].shape == letter.shape, gap < 6 {
            // Latin letters written again: baaaka.
            walkSequence(node, first, at + 1, via, gap + 1)
        }
    }

    private mutating func tryLetter(_ shape: UInt32, _ node: Int32, _ first: Int, _ at: Int, _ via: Step) {
        guard let next = tables.sequences.step(node, shape) else { return }
        for other in tables.sequences.others(next) {
            let isDress = other.step == .romaji && letters[at].traits.contains(.dressed)
            addVoiced(other.units, at + 1, via == .plain ? (isDress ? .dress : other.step) : via)
        }
        walkSequence(next, first, at + 1, via, 0)
    }

    private func isDrawn(_ shapes: [UInt32], _ at: Int) -> Bool {
        guard at + shapes.count <= letters.count else { return false }
        return shapes.indices.allSatisfy { letters[at + $0].shape == shapes[$0] }
    }

    /// Digits and signs are Latin letters only in a run with one, or in a run of four or more with a sign that is drawn for one.
    private func isAmongLatin(_ at: Int) -> Bool {
        func isRun(_ letter: Letter) -> Bool {
            letter.sort == .latin || letter.sort == .digit || letter.shape < 0x7F && letter.shape > 0x20
                || tables.latin[letter.shape] != nil
                || tables.latinDrawn[letter.shape] != nil
        }
        func isLatin(_ letter: Letter) -> Bool {
            letter.sort == .latin || tables.latin[letter.shape]?.contains { $0.1 == .homoglyph } ?? false
        }
        var count = 1
        var hasSign = letters[at].sort != .digit
        for step in [-1, 1] {
            var place = at + step
            while letters.indices.contains(place), abs(place - at) < 24, isRun(letters[place]) {
                if isLatin(letters[place]) { return true }
                if letters[place].sort != .digit, Self.drawn.contains(letters[place].shape) { hasSign = true }
                count += 1
                place += step
            }
        }
        return isLatin(letters[at]) || hasSign && count >= 4
    }

    /// Signs that hardly ever stand in a row with digits but for letters: no money, no sums, no times.
    private static let drawn = Set("@#$€¥|{}()[]<>^&".unicodeScalars.map(\.value))
}
