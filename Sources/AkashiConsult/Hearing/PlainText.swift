import AkashiText

/// Text as cues see it: folded, katakana as hiragana, without blanks and marks.
enum PlainText {
    static func fold(_ text: String) -> [Unicode.Scalar] {
        FoldedText(text).scalars.compactMap { scalar in
            switch scalar.value {
            case 0x30A1...0x30F6: return Unicode.Scalar(scalar.value - 0x60)
            default: return scalar.properties.isWhitespace || marks.contains(scalar) ? nil : scalar
            }
        }
    }

    private static let marks = Set("、。.,…・!！♪~〜".unicodeScalars)

    /// What the person says, and what the person quotes: between quotation marks, and behind a `>`.
    static func parts(_ text: String) -> (own: String, quoted: String) {
        var own = ""
        var quoted = ""
        var depth = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(">") || line.hasPrefix("＞") {
                quoted += line.dropFirst() + "\n"
                continue
            }
            for character in line {
                switch character {
                case "「", "『", "“", "【", "〈", "《": depth += 1
                case "」", "』", "”", "】", "〉", "》": depth = max(0, depth - 1)
                case "\"": depth = depth > 0 ? depth - 1 : 1
                default: if depth > 0 { quoted.append(character) } else { own.append(character) }
                }
            }
            own += "\n"
            if depth > 0 { quoted += "\n" }
        }
        return (own, quoted)
    }
}
