/// Romaji, letter by letter, as kana (Hepburn and Kunrei alike); what is no romaji stays as it is. Small kana are large, a doubled
/// consonant is one, as in ``ScanFold``.
struct Romaji {
    private var first: UInt16 = 0
    private var second: UInt16 = 0
    private var waiting: (UInt16, UInt16, UInt16, UInt16) = (0, 0, 0, 0)
    private var count = 0
    private var taken = 0

    var isPending: Bool { first != 0 }

    /// The next kana, by its place behind U+3040, or Latin letter.
    @inline(__always)
    mutating func next() -> UInt16? {
        guard taken < count else {
            (count, taken) = (0, 0)
            return nil
        }
        taken += 1
        switch taken {
        case 1: return waiting.0
        case 2: return waiting.1
        case 3: return waiting.2
        default: return waiting.3
        }
    }

    private mutating func emit(_ code: UInt16) {
        switch count {
        case 0: waiting.0 = code
        case 1: waiting.1 = code
        case 2: waiting.2 = code
        default: waiting.3 = code
        }
        if count < 4 { count += 1 }
    }

    private static let a = UInt16(UInt8(ascii: "a"))
    private static let n = UInt16(UInt8(ascii: "n"))
    private static let m = UInt16(UInt8(ascii: "m"))
    private static let y = UInt16(UInt8(ascii: "y"))
    private static let h = UInt16(UInt8(ascii: "h"))
    private static let s = UInt16(UInt8(ascii: "s"))
    private static let nasal: UInt16 = 0x53

    /// Takes a small Latin letter.
    mutating func take(_ letter: UInt16) {
        if let vowel = Self.vowel(letter) { return finish(vowel) }
        if first == 0 {
            first = letter
        } else if second != 0 {
            emit(first)
            emit(second)
            (first, second) = (letter, 0)
        } else if first == letter {
            // こんな is konna; ん at an end may be nn, and is one when it is said again.
            if letter == Self.n { emit(Self.nasal) }
        } else if Self.isCluster(first, letter) {
            second = letter
        } else {
            emit(first == Self.n || first == Self.m && "bpm".utf8.contains(UInt8(letter)) ? Self.nasal : first)
            first = letter
        }
    }

    /// What is left at the end of Latin letters.
    mutating func flush() {
        if first == Self.n, second == 0 { emit(Self.nasal) } else if first != 0 { emit(first) }
        if second != 0 { emit(second) }
        (first, second) = (0, 0)
    }

    private static func vowel(_ letter: UInt16) -> Int? {
        switch UInt8(truncatingIfNeeded: letter) {
        case UInt8(ascii: "a"): 0
        case UInt8(ascii: "i"): 1
        case UInt8(ascii: "u"): 2
        case UInt8(ascii: "e"): 3
        case UInt8(ascii: "o"): 4
        default: nil
        }
    }

    private static func isCluster(_ one: UInt16, _ other: UInt16) -> Bool {
        if other == y { return "kgszjtcdnhbpmrl".utf8.contains(UInt8(one)) }
        if other == h { return one == s || one == UInt16(UInt8(ascii: "c")) }
        return other == s && one == UInt16(UInt8(ascii: "t"))
    }

    /// Kana of each consonant with a i u e o.
    private static let rows: [[UInt16]] = {
        var rows = Array(repeating: [UInt16](), count: 26)
        let table: [(Character, String)] = [
            ("k", "かきくけこ"), ("c", "かしくせこ"), ("q", "かきくけこ"), ("g", "がぎぐげご"), ("s", "さしすせそ"), ("z", "ざじずぜぞ"), ("j", "ざじずぜぞ"),
            ("t", "たちつてと"),
            ("d", "だじずでど"), ("n", "なにぬねの"), ("h", "はひふへほ"), ("f", "はひふへほ"), ("b", "ばびぶべぼ"), ("v", "ばびぶべぼ"), ("p", "ぱぴぷぺぽ"),
            ("m", "まみむめも"),
            ("y", "やいゆえよ"), ("r", "らりるれろ"), ("l", "らりるれろ"), ("w", "わいうえお"), ("x", "あいうえお"),
        ]
        for (letter, kana) in table {
            rows[Int(letter.asciiValue ?? 97) - 97] = kana.unicodeScalars.map { UInt16($0.value) - 0x3040 }
        }
        return rows
    }()
    private static let vowels: [UInt16] = "あいうえお".unicodeScalars.map { UInt16($0.value) - 0x3040 }
    private static let glides: [UInt16] = "やいゆえよ".unicodeScalars.map { UInt16($0.value) - 0x3040 }

    private mutating func finish(_ vowel: Int) {
        defer { (first, second) = (0, 0) }
        guard first != 0 else { return emit(Self.vowels[vowel]) }
        let row = Self.rows[Int(first - Self.a)]
        guard !row.isEmpty else {
            emit(first)
            return emit(Self.vowels[vowel])
        }
        if second == 0, first != UInt16(UInt8(ascii: "j")) { return emit(row[vowel]) }
        if second == Self.s {
            emit(row[2])
            if vowel != 2 { emit(Self.vowels[vowel]) }
            return
        }
        // きゃ, しゃ, ちゃ, じゃ.
        emit(first == UInt16(UInt8(ascii: "c")) ? 0x21 : row[1])
        if vowel != 1 { emit(Self.glides[vowel]) }
    }
}
