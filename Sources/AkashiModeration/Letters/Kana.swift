/// Sounds of kana.
enum Kana {
    private static let rows: [(UInt16, String)] = [
        (0x3042, "あかがさざただなはばぱまやらわぁゃ"), (0x3044, "いきぎしじちぢにひびぴみりゐぃ"), (0x3046, "うくぐすずつづぬふぶぷむゆるぅゅゔ"),
        (0x3048, "えけげせぜてでねへべぺめれゑぇ"), (0x304A, "おこごそぞとどのほぼぽもよろをぉょ"),
    ]
    private static let table: [UInt16] = {
        var table = Array(repeating: UInt16(0), count: 0x60)
        for (vowel, kana) in rows { for scalar in kana.unicodeScalars { table[Int(scalar.value) - 0x3040] = vowel } }
        return table
    }()

    /// What a long mark behind a kana may stand for.
    static func longVowels(_ unit: UInt16) -> [UInt16] {
        switch vowel(unit) {
        case 0: []
        case 0x304A: [0x3046, 0x304A]
        case 0x3048: [0x3044, 0x3048]
        case let vowel: [vowel]
        }
    }

    /// By a kana's place behind U+3040: its vowel's place; 0 for none.
    static let vowels: [UInt16] = table.map { $0 == 0 ? 0 : $0 - 0x3040 } + Array(repeating: 0, count: 0x20)

    /// Signs that are put behind a kana as its voicing mark.
    static let voicingSigns = Set("゛ﾞ\u{3099}\"'`´˝″′“”‘’〃〝〞〟＂＇｀¨ˮʺʹˊˋ＊*:：‶‴ヾゞ".unicodeScalars.map(\.value))
    static let halfVoicingSigns = Set("゜ﾟ\u{309A}°º˚○oOo。｡◦∘⚬ᵒ˳₀⁰".unicodeScalars.map(\.value))

    /// What a katakana is compared as.
    static func unit(katakana scalar: UInt32) -> UInt16 { LetterTables.entry(scalar).unit }

    /// The vowel of a kana in hiragana; 0 for none.
    @inline(__always)
    static func vowel(_ unit: UInt16) -> UInt16 { unit >= 0x3040 && unit < 0x30A0 ? table[Int(unit) - 0x3040] : 0 }
}
