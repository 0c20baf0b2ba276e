/// Reads a comment's bytes into letters. What is written as an entity, in per cent or with a backslash is decoded once; tags and
/// what draws nothing are invisible letters; addresses of pages are closed to the search.
struct LetterReader {
    private let bytes: [UInt8]
    private let tables: LetterTables
    private var place = 0
    private(set) var letters: [Letter] = []

    static func letters(_ bytes: [UInt8], _ tables: LetterTables) -> [Letter] {
        var reader = LetterReader(bytes: bytes, tables: tables)
        reader.read()
        return reader.letters
    }

    private init(bytes: [UInt8], tables: LetterTables) {
        self.bytes = bytes
        self.tables = tables
        letters.reserveCapacity(bytes.count / 2)
    }

    private mutating func read() {
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "&"): if readEntity() { continue }
            case UInt8(ascii: "%"): if readPercent() { continue }
            case UInt8(ascii: "\\"): if readBackslash() { continue }
            case UInt8(ascii: "<"): if readTag() { continue }
            case UInt8(ascii: "h"), UInt8(ascii: "H"): if readAddress() { continue }
            default: break
            }
            let (scalar, length) = Self.scalar(bytes, place)
            add(scalar, place, place + length, [])
            place += length
        }
        turn()
    }

    private mutating func add(_ scalar: UInt32, _ start: Int, _ end: Int, _ more: Letter.Traits) {
        let entry = tables.entry(scalar)
        if !entry.traits.isDisjoint(with: [.voicing, .halfVoicing]), voice(entry.traits.contains(.voicing), end) { return }
        if let several = tables.several[scalar] {
            for unit in several {
                let part = tables.entry(UInt32(unit))
                letters.append(
                    Letter(
                        scalar: scalar, shape: UInt32(unit), unit: unit, sort: part.sort, traits: entry.traits.union(more),
                        start: Int32(start), end: Int32(end)))
            }
            return
        }
        letters.append(
            Letter(
                scalar: scalar, shape: entry.shape, unit: entry.unit, sort: entry.sort, traits: entry.traits.union(more),
                start: Int32(start), end: Int32(end)))
    }

    /// Puts a voicing mark on the kana before it, over anything that draws nothing.
    private mutating func voice(_ isFull: Bool, _ end: Int) -> Bool {
        var at = letters.count - 1
        while at >= 0, letters[at].isInvisible { at -= 1 }
        guard at >= 0, letters[at].sort == .kana, let voiced = Self.voiced(letters[at].unit, isFull) else { return false }
        let isHalf = letters[at].traits.contains(.width) && at == letters.count - 1
        letters[at].shape = UInt32(voiced) + (letters[at].traits.contains(.katakana) ? 0x60 : 0)
        letters[at].unit = voiced
        letters[at].end = Int32(end)
        if !isHalf { letters[at].traits.insert(.composed) }
        letters.removeSubrange((at + 1)...)
        return true
    }

    /// The voiced form of a kana in hiragana.
    static func voiced(_ unit: UInt16, _ isFull: Bool) -> UInt16? {
        switch unit {
        case 0x304B...0x3061 where unit % 2 == 1, 0x3064, 0x3066, 0x3068:
            return isFull ? (unit == 0x3061 ? 0x3058 : unit == 0x3064 ? 0x305A : unit + 1) : nil
        case 0x306F, 0x3072, 0x3075, 0x3078, 0x307B: return isFull ? unit + 1 : unit + 2
        case 0x3046: return isFull ? 0x3076 : nil
        default: return nil
        }
    }

    // MARK: written in other ways

    private func matches(_ text: StaticString, at start: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard start + count <= bytes.count else { return false }
        return text.withUTF8Buffer { wanted in (0..<count).allSatisfy { (bytes[start + $0] | 0x20) == (wanted[$0] | 0x20) } }
    }

    private static let names: [String: UInt32] = [
        "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0xA0, "zwnj": 0x200C, "zwj": 0x200D, "shy": 0xAD,
        "ensp": 0x2002, "emsp": 0x2003, "thinsp": 0x2009, "hellip": 0x2026, "middot": 0xB7, "bull": 0x2022, "lrm": 0x200E,
        "rlm": 0x200F,
        "times": 0xD7, "star": 0x2606, "starf": 0x2605, "hearts": 0x2665, "NoBreak": 0x2060, "ZeroWidthSpace": 0x200B,
        "minus": 0x2212, "ndash": 0x2013, "mdash": 0x2014, "num": 0x23, "ast": 0x2A, "excl": 0x21, "period": 0x2E, "comma": 0x2C,
    ]

    private mutating func readEntity() -> Bool {
        var end = place + 1
        while end < bytes.count, end - place < 16, bytes[end] != UInt8(ascii: ";") { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: ";"), end > place + 1 else { return false }
        let inner = String(decoding: bytes[(place + 1)..<end], as: UTF8.self)
        let scalar: UInt32?
        if inner.hasPrefix("#x") || inner.hasPrefix("#X") {
            scalar = UInt32(inner.dropFirst(2), radix: 16)
        } else if inner.hasPrefix("#") {
            scalar = UInt32(inner.dropFirst())
        } else {
            scalar = Self.names[inner]
        }
        guard let scalar, let valid = Unicode.Scalar(scalar) else { return false }
        let start = place
        place = end + 1
        // An ampersand written so may begin another.
        if valid == "&", let again = nested(end + 1) {
            place = again.end
            add(again.scalar, start, again.end, .encoded)
        } else {
            add(valid.value, start, end + 1, .encoded)
        }
        return true
    }

    private func nested(_ start: Int) -> (scalar: UInt32, end: Int)? {
        guard start < bytes.count, bytes[start] == UInt8(ascii: "#"),
            let end = bytes[start...].prefix(16).firstIndex(of: UInt8(ascii: ";"))
        else { return nil }
        let inner = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
        let scalar = inner.lowercased().hasPrefix("x") ? UInt32(inner.dropFirst(), radix: 16) : UInt32(inner)
        guard let scalar, Unicode.Scalar(scalar) != nil else { return nil }
        return (scalar, end + 1)
    }

    private func hex(_ start: Int, _ count: Int) -> UInt32? {
        guard start + count <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[start..<start + count] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private mutating func readPercent() -> Bool {
        var raw: [UInt8] = []
        var end = place
        while end < bytes.count, bytes[end] == UInt8(ascii: "%"), let byte = hex(end + 1, 2) {
            raw.append(UInt8(byte))
            end += 3
        }
        guard let first = raw.first else { return false }
        let width = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard raw.count >= width, first >= 0x80 || raw.count > 1 || first >= 0x41 else { return false }
        let (scalar, length) = Self.scalar(raw, 0)
        guard scalar != 0xFFFD, length == width else { return false }
        add(scalar, place, place + 3 * width, .encoded)
        place += 3 * width
        return true
    }

    private mutating func readBackslash() -> Bool {
        guard place + 2 < bytes.count, bytes[place + 1] | 0x20 == UInt8(ascii: "u") else {
            guard place + 3 < bytes.count, bytes[place + 1] == UInt8(ascii: "x"), let value = hex(place + 2, 2), value >= 0x20
            else { return false }
            add(value, place, place + 4, .encoded)
            place += 4
            return true
        }
        if bytes[place + 2] == UInt8(ascii: "{") {
            guard let close = bytes[place...].prefix(12).firstIndex(of: UInt8(ascii: "}")),
                let value = UInt32(String(decoding: bytes[(place + 3)..<close], as: UTF8.self), radix: 16),
                Unicode.Scalar(value) != nil
            else { return false }
            add(value, place, close + 1, .encoded)
            place = close + 1
            return true
        }
        guard var value = hex(place + 2, 4) else { return false }
        var end = place + 6
        if (0xD800...0xDBFF).contains(value), end + 1 < bytes.count, bytes[end] == UInt8(ascii: "\\"), let low = hex(end + 2, 4),
            (0xDC00...0xDFFF).contains(low)
        {
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
            end += 6
        }
        guard Unicode.Scalar(value) != nil else { return false }
        add(value, place, end, .encoded)
        place = end
        return true
    }

    private mutating func readTag() -> Bool {
        guard place + 2 < bytes.count else { return false }
        let next = bytes[place + 1]
        let isTag =
            (next | 0x20) >= UInt8(ascii: "a") && (next | 0x20) <= UInt8(ascii: "z") || next == UInt8(ascii: "/")
            || next == UInt8(ascii: "!")
        guard isTag, let close = bytes[place...].prefix(80).firstIndex(of: UInt8(ascii: ">")),
            bytes[(place + 1)..<close].allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "<") })
        else { return false }
        letters.append(
            Letter(
                scalar: 0x3C, shape: 0x3C, unit: 0, sort: .other, traits: [.invisible, .encoded], start: Int32(place),
                end: Int32(close + 1)))
        place = close + 1
        return true
    }

    private mutating func readAddress() -> Bool {
        guard matches("http://", at: place) || matches("https://", at: place) else { return false }
        let end = bytes[place...].firstIndex { $0 <= 0x20 || $0 >= 0x80 } ?? bytes.count
        letters.append(
            Letter(scalar: 0x2F, shape: 0xFFFC, unit: 0, sort: .other, traits: [], start: Int32(place), end: Int32(end)))
        place = end
        return true
    }

    /// Letters that an override shows the other way round, in the order in which they are seen.
    private mutating func turn() {
        guard letters.contains(where: { $0.scalar == 0x202E }) else { return }
        var at = 0
        while at < letters.count {
            guard letters[at].scalar == 0x202E else {
                at += 1
                continue
            }
            let end = letters[(at + 1)...].firstIndex { $0.scalar == 0x202C || $0.traits.contains(.lineBreak) } ?? letters.count
            letters[(at + 1)..<end].reverse()
            for place in (at + 1)..<end { letters[place].traits.insert(.turned) }
            at = end
        }
    }

    /// The scalar at a place, and its length; U+FFFD and one byte where the bytes are not UTF-8.
    @inline(__always)
    static func scalar(_ bytes: [UInt8], _ place: Int) -> (UInt32, Int) {
        let first = UInt32(bytes[place])
        if first < 0x80 { return (first, 1) }
        let width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard first >= 0xC2, first < 0xF5, place + width <= bytes.count else { return (0xFFFD, 1) }
        var value = first & (width == 2 ? 0x1F : width == 3 ? 0x0F : 0x07)
        for number in 1..<width {
            let byte = UInt32(bytes[place + number])
            guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            value = value << 6 | byte & 0x3F
        }
        guard Unicode.Scalar(value) != nil, value >= (width == 2 ? 0x80 : width == 3 ? 0x800 : 0x10000) else {
            return (0xFFFD, 1)
        }
        return (value, width)
    }
}
