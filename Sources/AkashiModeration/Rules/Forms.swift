import AkashiText

/// The spellings of a term: as it stands, as it is read, half of both, in kanji, with other endings.
struct FormMaker {
    let tables: LetterTables
    let dictionary: WordDictionary?
    let writings: [String: [String]]
    let homophones: [String: [String]]
    let endings: Endings

    /// A spelling and what it is.
    struct Spelling {
        let units: [UInt16]
        var form: Form
        /// What it is in writing, if that is not the term.
        var text: String?
    }

    func spellings(_ term: Term) -> [Spelling] {
        var made: [Spelling] = []
        // Long marks have no unit, but who says ニート has said three letters.
        let longs = [term.text, term.reading ?? ""].map {
            $0.unicodeScalars.count { tables.entry($0.value).traits.contains(.long) }
        }.max()
        func add(_ units: [UInt16], _ origin: Form.Origin, _ text: String? = nil, isLoose: Bool = false) {
            guard !units.isEmpty, !made.contains(where: { $0.units == units && !$0.form.isRomajiOnly }) else { return }
            var form = Form(origin: origin, isLoose: isLoose, count: UInt8(min(units.count, 255)))
            if [.surface, .reading].contains(origin) { form.longCount = UInt8(min(longs ?? 0, 255)) }
            made.append(Spelling(units: units, form: form, text: text))
        }
        let surface = tables.units(term.text)
        add(surface, .surface)
        let segments = self.segments(term)
        let kanji = segments.indices.filter { segments[$0].isKanji && !segments[$0].reading.isEmpty }
        if !kanji.isEmpty, kanji.count <= 4 {
            for mix in 1..<(1 << kanji.count) {
                var units: [UInt16] = []
                for (number, segment) in segments.enumerated() {
                    let bit = kanji.firstIndex(of: number)
                    units += bit.map { mix >> $0 & 1 == 1 } ?? false ? segment.reading : segment.units
                }
                add(units, mix == (1 << kanji.count) - 1 ? .reading : .mixed)
            }
        }
        for writing in writings[term.text] ?? [] { add(tables.units(writing), .writing, writing) }
        for homophone in homophones[term.text] ?? [] { add(tables.units(homophone), .homophone) }
        let reading = segments.flatMap { $0.isKanji && !$0.reading.isEmpty ? $0.reading : $0.units }
        for short in Self.shortened(reading) where short.count >= 2 {
            made.append(
                Spelling(units: short, form: Form(origin: .reading, isRomajiOnly: true, count: UInt8(min(short.count, 255)))))
        }
        for ending in endings.texts(term, dictionary) {
            add(tables.units(ending.text), .ending, ending.text, isLoose: ending.isLoose)
            if let read = ending.reading { add(tables.units(read), .endingReading, ending.text, isLoose: ending.isLoose) }
        }
        for spelling in made
        where spelling.form.origin != .ending && !spelling.form.isRomajiOnly && spelling.units.count >= 2
            && spelling.form.origin != .endingReading
        {
            let back = Array(spelling.units.reversed())
            guard back != spelling.units else { continue }
            var form = spelling.form
            form.isReversed = true
            made.append(Spelling(units: back, form: form, text: spelling.text))
        }
        for number in made.indices { made[number].form.number = UInt16(number) }
        return made
    }

    /// Without the second half of long sounds, as romaji often is.
    private static func shortened(_ units: [UInt16]) -> [[UInt16]] {
        var short: [UInt16] = []
        for unit in units {
            if let last = short.last, Kana.vowel(last) == 0x304A, unit == 0x3046 || unit == 0x304A { continue }
            if let last = short.last, Kana.vowel(last) == 0x3046, unit == 0x3046 { continue }
            short.append(unit)
        }
        return short == units ? [] : [short]
    }

    struct Segment {
        let units: [UInt16]
        let reading: [UInt16]
        let isKanji: Bool
    }

    /// The term cut where it is known which part is read how.
    func segments(_ term: Term) -> [Segment] {
        let letters = Array(term.text.unicodeScalars).filter { tables.entry($0.value).unit != 0 }
        let units = letters.map { tables.entry($0.value).unit }
        let isKanji = letters.map { tables.entry($0.value).sort == .kanji }
        guard isKanji.contains(true) else { return [Segment(units: units, reading: units, isKanji: false)] }
        guard let read = term.reading ?? dictionary.flatMap({ reading(term.text, $0) }) else {
            return [Segment(units: units, reading: [], isKanji: true)]
        }
        let sounds = tables.units(read)
        return align(units, isKanji, 0, sounds, 0) ?? [Segment(units: units, reading: sounds, isKanji: true)]
    }

    /// Cuts a reading at the kana, then at kanji whose sounds are known.
    private func align(_ units: [UInt16], _ isKanji: [Bool], _ at: Int, _ sounds: [UInt16], _ place: Int) -> [Segment]? {
        if at == units.count { return place == sounds.count ? [] : nil }
        if !isKanji[at] {
            guard place < sounds.count, sounds[place] == units[at], let rest = align(units, isKanji, at + 1, sounds, place + 1)
            else { return nil }
            return [Segment(units: [units[at]], reading: [units[at]], isKanji: false)] + rest
        }
        for sound in tables.sounds(units[at]).flatMap({ Self.inCompounds($0, isFirst: at == 0) })
        where sounds[place...].starts(with: sound) {
            if let rest = align(units, isKanji, at + 1, sounds, place + sound.count) {
                return [Segment(units: [units[at]], reading: sound, isKanji: true)] + rest
            }
        }
        // A whole run whose parts are not known.
        var end = at + 1
        while end < units.count, isKanji[end] { end += 1 }
        for length in stride(from: sounds.count - place, through: 1, by: -1) where place + length <= sounds.count {
            if let rest = align(units, isKanji, end, sounds, place + length) {
                return [Segment(units: Array(units[at..<end]), reading: Array(sounds[place..<place + length]), isKanji: true)]
                    + rest
            }
        }
        return nil
    }

    /// A sound as it is and as it is in words of several kanji: voiced behind another (がみ), or cut short before one (がっ).
    private static func inCompounds(_ sound: [UInt16], isFirst: Bool) -> [[UInt16]] {
        var made = [sound]
        for isFull in [true, false] where !isFirst {
            guard let first = sound.first, let voiced = LetterReader.voiced(first, isFull) else { continue }
            made.append([voiced] + sound.dropFirst())
        }
        if sound.count > 1 { made.append(sound.dropLast() + [0x3064]) }
        return made
    }

    /// How the dictionary reads a text.
    private func reading(_ text: String, _ dictionary: WordDictionary) -> String? {
        func read(_ word: WordDictionary.Word) -> String? {
            let fields = dictionary.description(word).split(separator: ",", omittingEmptySubsequences: false)
            return fields.count > 7 ? String(fields[7]) : nil
        }
        if let word = dictionary.words(text).min(by: { $0.cost < $1.cost }) { return read(word) }
        let bytes = Array(text.utf8)
        var whole = ""
        for node in WordLattice(bytes, dictionary).best {
            let part = String(decoding: bytes[node.start..<node.end], as: UTF8.self)
            if node.isKnown, let one = read(node.word) {
                whole += one
            } else if part.unicodeScalars.allSatisfy({ tables.entry($0.value).sort == .kana }) {
                whole += part
            } else {
                return nil
            }
        }
        return whole
    }
}
