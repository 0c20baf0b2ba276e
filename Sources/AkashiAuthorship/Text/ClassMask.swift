/// Takes the subject matter out of a text and leaves how it is written, without a dictionary (after the idea of POSNoise).
///
/// Runs of kanji, of katakana and of Latin letters become one sign each. Hiragana, marks and some kanji stay: those that writers choose
/// between (事 or こと), pronouns, laughter. So that shared subjects are not counted as shared habits.
package enum ClassMask {
    static let kanji: UInt32 = 0x6F22  // 漢
    static let katakana: UInt32 = 0x30AB  // カ
    static let latin: UInt32 = 0xFF41  // ａ
    /// Before the first letter and behind the last.
    package static let start: UInt32 = 2
    package static let end: UInt32 = 3

    static func apply(_ letters: [UInt32]) -> [UInt32] {
        var masked: [UInt32] = []
        masked.reserveCapacity(letters.count)
        var last: UInt32 = 0
        for letter in letters {
            let sign = sign(of: letter, after: last)
            if !(isRun(sign) && sign == last) { masked.append(sign) }
            last = sign
        }
        return masked
    }

    /// Whether a sign stands for a run of content letters.
    static func isRun(_ sign: UInt32) -> Bool { sign == kanji || sign == katakana || sign == latin }

    private static func sign(of letter: UInt32, after last: UInt32) -> UInt32 {
        switch letter {
        case 0x4E00...0x9FFF: chosen.contains(letter) ? letter : kanji
        case 0x3005, 0x3006, 0x30F6: chosen.contains(letter) ? letter : kanji  // 々 〆 ヶ
        case 0x30A1...0x30FA: katakana
        case 0x30FC: last == katakana ? katakana : letter
        case 0x41...0x5A, 0x61...0x7A: letter == 0x77 || letter == 0x57 ? 0x77 : latin
        default: letter
        }
    }

    /// Kanji that stay.
    private static let chosen = Set(
        "事時物所方為様訳私僕俺自分彼思言良凄頂下出来是非何今笑草汗涙色々達頃中上気人無有難御全然本当結構多少一番沢山"
            .unicodeScalars.map(\.value))
}
