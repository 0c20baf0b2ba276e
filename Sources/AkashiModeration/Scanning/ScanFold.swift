public import AkashiKnowledge
public import AkashiModel

/// The fold of ``CommentScanner``: one pass over UTF-8, one code for each letter, nothing kept.
///
/// Undone: width, kana script, small kana, voicing marks apart, long marks and repeated letters, signs, blanks and what draws nothing
/// between letters, old and foreign forms of kanji, letters in dress, Latin letters in Cyrillic and Greek, romaji (as kana). Words
/// and comments go through the same fold, so that what is dropped is dropped in both.
public struct ScanFold: Sendable {
    /// What a scalar is, in 32 bits: 16 of its code (0 for what is dropped; Latin letters are their ASCII, kana 1 to 96), 15 of the
    /// vowel that would only draw it out, and one for what is more than a letter: Latin, voicing marks.
    typealias Entry = UInt32
    private static let special: Entry = 1 << 31
    private static let voicing: UInt16 = 0xFFF0
    private static let halfVoicing: UInt16 = 0xFFF1
    /// No code of a letter: ぁ is あ.
    private static let nothing: UInt16 = 1

    /// By scalar of the basic plane, with a margin on both sides for bytes that are no UTF-8.
    private let entries: FixedTable<Entry>
    /// How far such bytes can lead away: `FF FF` and `00 00` behind the first.
    private static let margin = 0x80 << 6 | 0x80
    /// The entry of scalar 0.
    private var plane: UnsafeMutablePointer<Entry> { entries.first + Self.margin }
    /// What the marks of three bytes add to their index: `E0 80 80`.
    private static let marks = 0xE0 << 12 + 0x80 << 6 + 0x80
    /// By code of a kana.
    private let kana: [Entry]
    private let astral: [UInt32: Entry]

    /// Loads the tables of letters.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) { self.init(try LetterTables(knowledge)) }

    init(_ tables: LetterTables) {
        var entries = Array(repeating: Entry(0), count: Self.margin + 0x10000 + Self.margin)
        for scalar in 0..<UInt32(0x10000) { entries[Self.margin + Int(scalar)] = Self.entry(Self.code(scalar, tables)) }
        var astral: [UInt32: Entry] = [:]
        for scalar in tables.astral.keys { astral[scalar] = Self.entry(Self.code(scalar, tables)) }
        self.entries = FixedTable(entries)
        kana = (0..<0x61).map { Self.entry($0) }
        self.astral = astral
    }

    private static func entry(_ code: UInt16) -> Entry {
        let isSpecial = code >= 0x61 && code < 0x80 || code >= voicing
        let vowel = code < 0x61 && Kana.vowels[Int(code)] != 0 ? Kana.vowels[Int(code)] : nothing
        return Entry(code) | Entry(vowel) << 16 | (isSpecial ? special : 0)
    }

    private static func code(_ scalar: UInt32, _ tables: LetterTables) -> UInt16 {
        let entry = tables.entry(scalar)
        if entry.traits.contains(.voicing) { return voicing }
        if entry.traits.contains(.halfVoicing) { return halfVoicing }
        switch entry.sort {
        // っ only stops the sound: it is dropped with what draws out.
        case .kana: return entry.unit == 0x3064 && entry.traits.contains(.small) ? 0 : entry.unit - 0x3040
        case .kanji, .latin: return entry.unit
        // Kana have the low codes.
        case .digit: return entry.unit - 0x30 + 0xFF10
        case .other:
            if let latin = tables.latin[entry.shape]?.first(where: { $0.1 == .homoglyph }), latin.0 < 0x80, entry.traits.isEmpty {
                return UInt16(latin.0)
            }
            // Letters of other scripts stay letters; signs are dropped.
            return entry.traits.isEmpty && scalar >= 0x80 && scalar < 0xD800 ? UInt16(scalar) : 0
        }
    }

    /// Folds a text.
    ///
    /// - Parameters:
    ///   - folded: room for twice as many codes as the text has bytes, and four; what stands before it is 0.
    ///   - sink: is told of each letter.
    /// - Returns: how many codes there are.
    @inline(__always)
    func fold<Sink: FoldSink>(
        _ text: UnsafeBufferPointer<UInt8>, into folded: UnsafeMutablePointer<UInt16>, _ sink: inout Sink
    ) -> Int {
        guard let bytes = text.baseAddress else { return 0 }
        let plane = plane
        let marked = plane - Self.marks
        var state = State(place: 0, out: folded, last: Entry(Self.nothing) << 16)
        while state.place < text.count {
            // What nearly every letter is, in a loop that calls nobody, so that all it needs stays in registers.
            var (place, out, last, own) = (state.place, state.out, state.last, sink)
            while place < text.count &- 2 {
                let byte = bytes[place]
                if byte &- 0xE0 < 0x10 {
                    let entry = marked[Self.index(byte, bytes[place &+ 1], bytes[place &+ 2])]
                    if entry & Self.special != 0 { break }
                    Self.put(entry, place, place &+ 3, &out, &last, &own)
                    place &+= 3
                } else if byte < 0x80 {
                    let entry = plane[Int(byte)]
                    if entry & Self.special != 0 { break }
                    Self.put(entry, place, place &+ 1, &out, &last, &own)
                    place &+= 1
                } else {
                    break
                }
            }
            (state.place, state.out, state.last, sink) = (place, out, last, own)
            if place < text.count { rest(text, folded, &state, &sink) }
        }
        return state.out - folded
    }

    /// A text's codes; where each stands is in the room then.
    func codes(_ text: [UInt8], _ room: inout ScanRoom) -> [UInt16] {
        room.reserve(text.count)
        var sink = PlaceSink(first: room.codes, places: room.places)
        let count = text.withUnsafeBufferPointer { fold($0, into: room.codes, &sink) }
        return Array(UnsafeBufferPointer(start: room.codes, count: count))
    }

    private struct State {
        var place: Int
        var out: UnsafeMutablePointer<UInt16>
        var last: Entry
    }

    /// Without branches: what is nothing, said again or only drawn out is written over by what comes next.
    @inline(__always)
    private static func put<Sink: FoldSink>(
        _ entry: Entry, _ start: Int, _ end: Int, _ out: inout UnsafeMutablePointer<UInt16>, _ last: inout Entry,
        _ sink: inout Sink
    ) {
        let code = UInt16(truncatingIfNeeded: entry)
        out.pointee = code
        let isLetter: UInt8 = code != 0 ? 1 : 0
        let isNew: UInt8 = code != UInt16(truncatingIfNeeded: last) ? 1 : 0
        let isSound: UInt8 = code != UInt16(truncatingIfNeeded: last >> 16) ? 1 : 0
        let kept = Int(isLetter & isNew & isSound)
        sink.letter(out, code, start, end, kept)
        out += kept
        last = code != 0 ? entry : last
    }

    /// One letter of any kind.
    @inline(never)
    private func rest<Sink: FoldSink>(
        _ text: UnsafeBufferPointer<UInt8>, _ folded: UnsafeMutablePointer<UInt16>, _ state: inout State, _ sink: inout Sink
    ) {
        let (entry, end) = letter(text, state.place)
        let count = state.out - folded
        let code = UInt16(truncatingIfNeeded: entry)
        if entry & Self.special == 0 {
            Self.put(entry, state.place, end, &state.out, &state.last, &sink)
        } else if code < 0x80 {
            let run = romaji(text, state.place, code, end, folded, count, state.last, &sink)
            state = State(place: run.end, out: folded + run.count, last: run.last)
            return
        } else if count > 0, let voiced = voiced(state.last, code), folded[count - 1] == UInt16(truncatingIfNeeded: state.last) {
            state.last = voiced
            folded[count - 1] = UInt16(truncatingIfNeeded: voiced)
            sink.changed(folded + (count - 1))
        }
        state.place = end
    }

    /// A kana with a mark behind it.
    private func voiced(_ last: Entry, _ mark: UInt16) -> Entry? {
        let code = UInt16(truncatingIfNeeded: last)
        guard code > 0, code < 0x61, let voiced = LetterReader.voiced(code &+ 0x3040, mark == Self.voicing) else { return nil }
        return kana[Int(voiced &- 0x3040)]
    }

    private func entry(ofCode code: UInt16) -> Entry { code < 0x61 ? kana[Int(code)] : Self.entry(code) & ~Self.special }

    /// A run of Latin letters: romaji becomes kana. Signs between letters are dropped as everywhere.
    ///
    /// - Returns: where the run ends, how many codes there are then, and the last of them.
    @inline(never)
    private func romaji<Sink: FoldSink>(
        _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ first: UInt16, _ next: Int, _ folded: UnsafeMutablePointer<UInt16>,
        _ countBefore: Int, _ lastBefore: Entry, _ sink: inout Sink
    ) -> (end: Int, count: Int, last: Entry) {
        var count = countBefore
        var last = lastBefore
        var romaji = Romaji()
        var place = next
        var syllable = start
        var end = next
        var code = first
        func put() {
            while let sound = romaji.next() {
                let isKept = sound != UInt16(truncatingIfNeeded: last) && sound != UInt16(truncatingIfNeeded: last >> 16)
                last = entry(ofCode: sound)
                guard isKept else { continue }
                folded[count] = sound
                sink.letter(folded + count, sound, syllable, end, 1)
                count += 1
            }
        }
        while true {
            if code != 0 {
                end = place
                romaji.take(code)
                put()
            }
            guard place < text.count else { break }
            let (entry, after) = letter(text, place)
            let coming = UInt16(truncatingIfNeeded: entry)
            guard coming == 0 || coming >= 0x61 && coming < 0x80 else { break }
            code = coming
            if coming != 0, !romaji.isPending { syllable = place }
            place = after
        }
        romaji.flush()
        put()
        return (place, count, last)
    }

    /// Where three bytes lead in the table, with their marks, which are taken away for all at once. What is no UTF-8 leads to another
    /// letter, or into the margin.
    @inline(__always)
    private static func index(_ one: UInt8, _ two: UInt8, _ three: UInt8) -> Int { Int(one) << 12 &+ Int(two) << 6 &+ Int(three) }

    private func letter(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> (entry: Entry, end: Int) {
        let byte = text[place]
        if byte < 0x80 { return (plane[Int(byte)], place + 1) }
        guard byte & 0xF0 == 0xE0, place + 2 < text.count else { return rare(text, place) }
        return ((plane - Self.marks)[Self.index(byte, text[place + 1], text[place + 2])], place + 3)
    }

    /// Two and four bytes, and what is no UTF-8.
    private func rare(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> (Entry, Int) {
        let byte = text[place]
        if byte >= 0xC2, byte < 0xE0, place + 1 < text.count {
            return (plane[Int(byte & 0x1F) << 6 | Int(text[place + 1] & 0x3F)], place + 2)
        }
        guard byte >= 0xF0, byte < 0xF5, place + 3 < text.count else { return (0, place + 1) }
        var scalar = UInt32(byte & 7) << 18 | UInt32(text[place + 1] & 0x3F) << 12
        scalar |= UInt32(text[place + 2] & 0x3F) << 6 | UInt32(text[place + 3] & 0x3F)
        return (astral[scalar] ?? 0, place + 4)
    }
}

/// Is told of each letter while a text is folded.
protocol FoldSink {
    /// A code was written; where its letter stands in the text; 1 if the code stays, 0 if the next is written over it.
    mutating func letter(_ place: UnsafeMutablePointer<UInt16>, _ code: UInt16, _ start: Int, _ end: Int, _ kept: Int)
    /// The last code that stayed is another now.
    mutating func changed(_ code: UnsafeMutablePointer<UInt16>)
}

/// Where each code's letter stands.
struct PlaceSink: FoldSink {
    let first: UnsafeMutablePointer<UInt16>
    let places: UnsafeMutablePointer<Range<Int32>>

    @inline(__always)
    mutating func letter(_ place: UnsafeMutablePointer<UInt16>, _ code: UInt16, _ start: Int, _ end: Int, _ kept: Int) {
        places[place - first] = Int32(truncatingIfNeeded: start)..<Int32(truncatingIfNeeded: end)
    }

    mutating func changed(_ code: UnsafeMutablePointer<UInt16>) {}
}
