public import AkashiKnowledge
public import AkashiModel

/// The fold of ``CommentScanner``: one pass over UTF-8, one code for each letter, nothing kept.
///
/// Undone: width, kana script, small kana, voicing marks apart, long marks and repeated letters, signs, blanks and what draws nothing
/// between letters, old and foreign forms of kanji, letters in dress, Latin letters in Cyrillic and Greek, romaji (as kana). Words
/// and comments go through the same fold, so that what is dropped is dropped in both.
public struct ScanFold: Sendable {
    /// What a scalar does instead of being a letter.
    private enum Special {
        static let first: UInt16 = 0xFFF0
        static let voicing: UInt16 = 0xFFF0
        static let halfVoicing: UInt16 = 0xFFF1
    }

    /// By scalar of the basic plane: its code; 0 for what is dropped. Latin letters are their ASCII, kana 1 to 96.
    private let codes: FixedTable<UInt16>
    /// No code of a letter.
    private static let nothing: UInt16 = 0xFFFF
    /// By a kana's code: the vowel that only draws it out.
    private let vowels: FixedTable<UInt16>
    private let astral: [UInt32: UInt16]

    /// Loads the tables of letters.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) { self.init(try LetterTables(knowledge)) }

    init(_ tables: LetterTables) {
        var codes = Array(repeating: UInt16(0), count: 0x10000)
        for scalar in 0..<UInt32(0x10000) { codes[Int(scalar)] = Self.code(scalar, tables) }
        var astral: [UInt32: UInt16] = [:]
        for scalar in tables.astral.keys { astral[scalar] = Self.code(scalar, tables) }
        self.codes = FixedTable(codes)
        vowels = FixedTable((0..<0x80).map { $0 < 0x61 && Kana.vowels[$0] != 0 ? Kana.vowels[$0] : Self.nothing })
        self.astral = astral
    }

    private static func code(_ scalar: UInt32, _ tables: LetterTables) -> UInt16 {
        let entry = tables.entry(scalar)
        if entry.traits.contains(.voicing) { return Special.voicing }
        if entry.traits.contains(.halfVoicing) { return Special.halfVoicing }
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
    ///   - folded: room for as many codes as the text has bytes.
    ///   - places: the same room for where each code's letter begins, or nil.
    /// - Returns: how many codes there are.
    @inline(__always)
    func fold(
        _ text: UnsafeBufferPointer<UInt8>, into folded: UnsafeMutablePointer<UInt16>, places: UnsafeMutablePointer<Range<Int32>>?
    ) -> Int {
        guard let text = text.baseAddress.map({ UnsafeBufferPointer(start: $0, count: text.count) }), let bytes = text.baseAddress
        else { return 0 }
        let codes = codes.first
        let vowels = vowels.first
        let end = text.count
        var count = 0
        var last: UInt16 = 0
        // The vowel that would only draw the last kana out.
        var drawn = Self.nothing
        var place = 0
        while place < end {
            let byte = bytes[place]
            let start = place
            var code: UInt16
            if byte & 0xF0 == 0xE0, place &+ 2 < end {
                let scalar = Int(byte & 0xF) << 12 | Int(bytes[place &+ 1] & 0x3F) << 6 | Int(bytes[place &+ 2] & 0x3F)
                code = codes[scalar]
                place &+= 3
            } else if byte < 0x80 {
                code = codes[Int(byte)]
                place &+= 1
            } else {
                (code, place) = rare(text, place)
            }
            if code >= 0x61, code < 0x80 || code >= Special.first {
                if code < 0x80 {
                    let run = romaji(text, start, code, place, folded, places, count, last)
                    (place, count, last) = (run.end, run.count, run.last)
                } else if count > 0, last < 0x61, folded[count &- 1] == last {
                    last = Self.voiced(last, code)
                    folded[count &- 1] = last
                }
                drawn = vowels[Int(min(last, 0x7F))]
                continue
            }
            // Without branches: what is nothing, said again or only drawn out is written over by what comes next.
            folded[count] = code
            if let places { places[count] = Int32(truncatingIfNeeded: start)..<Int32(truncatingIfNeeded: place) }
            count &+= Int(truncatingIfNeeded: (code != 0 ? 1 : 0) & (code != last ? 1 : 0) & (code != drawn ? 1 : 0) as UInt8)
            last = code != 0 ? code : last
            drawn = vowels[Int(min(last, 0x7F))]
        }
        return count
    }

    @inline(never)
    private static func voiced(_ code: UInt16, _ mark: UInt16) -> UInt16 {
        LetterReader.voiced(code &+ 0x3040, mark == Special.voicing).map { $0 &- 0x3040 } ?? code
    }

    /// A run of Latin letters: romaji becomes kana. Signs between letters are dropped as everywhere.
    ///
    /// - Returns: where the run ends, how many codes there are then, and the last of them.
    @inline(never)
    private func romaji(
        _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ first: UInt16, _ next: Int, _ folded: UnsafeMutablePointer<UInt16>,
        _ places: UnsafeMutablePointer<Range<Int32>>?, _ countBefore: Int, _ lastBefore: UInt16
    ) -> (end: Int, count: Int, last: UInt16) {
        var count = countBefore
        var last = lastBefore
        var romaji = Romaji()
        var place = next
        var syllable = start
        var end = next
        var code = first
        func put() {
            while let kana = romaji.next() {
                if kana == last || last < 0x61 && kana < 0x61 && kana == vowels.first[Int(min(last, 0x7F))] {
                    last = kana
                    continue
                }
                folded[count] = kana
                if let places { places[count] = Int32(truncatingIfNeeded: syllable)..<Int32(truncatingIfNeeded: end) }
                count += 1
                last = kana
            }
        }
        while true {
            if code != 0 {
                end = place
                romaji.take(code)
                put()
            }
            guard place < text.count else { break }
            let (coming, after) = letter(text, place)
            guard coming == 0 || coming >= 0x61 && coming < 0x80 else { break }
            code = coming
            if coming != 0, !romaji.isPending { syllable = place }
            place = after
        }
        romaji.flush()
        put()
        return (place, count, last)
    }

    private func letter(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> (UInt16, Int) {
        let byte = text[place]
        if byte < 0x80 { return (codes.first[Int(byte)], place + 1) }
        guard byte & 0xF0 == 0xE0, place + 2 < text.count else { return rare(text, place) }
        return (codes.first[Int(byte & 0xF) << 12 | Int(text[place + 1] & 0x3F) << 6 | Int(text[place + 2] & 0x3F)], place + 3)
    }

    /// Two and four bytes, and what is no UTF-8.
    @inline(never)
    private func rare(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> (UInt16, Int) {
        let byte = text[place]
        if byte >= 0xC2, byte < 0xE0, place + 1 < text.count {
            return (codes.first[Int(byte & 0x1F) << 6 | Int(text[place + 1] & 0x3F)], place + 2)
        }
        guard byte >= 0xF0, byte < 0xF5, place + 3 < text.count else { return (0, place + 1) }
        var scalar = UInt32(byte & 7) << 18 | UInt32(text[place + 1] & 0x3F) << 12
        scalar |= UInt32(text[place + 2] & 0x3F) << 6 | UInt32(text[place + 3] & 0x3F)
        return (astral[scalar] ?? 0, place + 4)
    }
}
