/// Text that was decoded by what its source says of it, or in spite of that.
public struct CharsetText: Equatable, Sendable {
    /// The text.
    public let text: String
    /// Whether some bytes did not fit and stand as U+FFFD.
    public let isLossy: Bool
    /// Whether the source named another encoding than the bytes are in.
    public let isMislabelled: Bool
}

/// Decodes bytes that come with the name of an encoding, as mail and web pages do. Names and bytes often disagree.
public enum CharsetDecoder {
    /// The names that mail programs use, and iconv's. Without an entry the name itself is tried.
    private static let names: [String: String] = [
        "shift_jis": "CP932", "shift-jis": "CP932", "sjis": "CP932", "x-sjis": "CP932", "ms_kanji": "CP932",
        "csshiftjis": "CP932",
        "windows-31j": "CP932", "ms932": "CP932", "cp932": "CP932", "cp943": "CP932", "cp943c": "CP932",
        "euc-jp": "EUCJP-MS", "x-euc-jp": "EUCJP-MS", "eucjp": "EUCJP-MS", "ujis": "EUCJP-MS", "cseucpkdfmtjapanese": "EUCJP-MS",
        "cp51932": "EUCJP-MS", "euc-jp-ms": "EUCJP-MS",
        "iso-8859-1": "CP1252", "latin1": "CP1252", "windows-1252": "CP1252", "iso_8859-1": "CP1252",
        "gb2312": "GB18030", "gbk": "GB18030", "gb18030": "GB18030", "x-gbk": "GB18030", "big5": "BIG5-HKSCS",
        "ks_c_5601-1987": "UHC", "euc-kr": "UHC", "utf-16": "UTF-16", "utf-16le": "UTF-16LE", "utf-16be": "UTF-16BE",
        "utf-7": "UTF-7", "unicode-1-1-utf-7": "UTF-7",
    ]

    private static let iso2022JP: Set<String> = [
        "iso-2022-jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3", "iso-2022-jp-ms", "csiso2022jp", "cp50220", "cp50221",
        "cp50222", "jis",
    ]

    private static let unstated: Set<String> = [
        "", "us-ascii", "ascii", "unknown-8bit", "8bit", "x-unknown", "default", "ansi_x3.4-1968",
    ]

    /// Decodes; never fails. A wrong name is noticed where the bytes contradict it.
    public static func decode(_ bytes: [UInt8], label: String?) -> CharsetText {
        let label = (label ?? "").lowercased().filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
        if let text = strictly(bytes, label: label) { return CharsetText(text: text, isLossy: false, isMislabelled: false) }
        let isSilent = unstated.contains(label)
        if let text = guess(bytes) { return CharsetText(text: text, isLossy: false, isMislabelled: !isSilent) }
        let encoding = iso2022JP.contains(label) ? "CP932" : names[label] ?? "UTF-8"
        let lossy = IconvDecoder.decodeLossy(bytes, from: encoding)?.text ?? String(decoding: bytes, as: UTF8.self)
        return CharsetText(text: lossy, isLossy: true, isMislabelled: false)
    }

    /// The text if the bytes are what the name says; nil if not, or if it says nothing of bytes above ASCII.
    static func strictly(_ bytes: [UInt8], label: String) -> String? {
        if unstated.contains(label) || label == "utf-8" || label == "utf8" {
            let isASCII = bytes.allSatisfy { $0 < 0x80 }
            if isASCII, bytes.contains(0x1B), let text = ISO2022JP.decode(bytes) { return text }
            return isASCII || label.hasPrefix("utf") ? String(validating: bytes, as: UTF8.self) : nil
        }
        if iso2022JP.contains(label) { return ISO2022JP.decode(bytes) }
        // Western letters in UTF-8 under a western name: the commonest wrong label of all.
        if names[label] == "CP1252", bytes.contains(where: { $0 >= 0x80 }), let text = String(validating: bytes, as: UTF8.self) {
            return text
        }
        if let name = names[label] { return IconvDecoder.decode(bytes, from: name) }
        guard label.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.:".contains($0)) }) else { return nil }
        return IconvDecoder.decode(bytes, from: label)
    }

    private static func guess(_ bytes: [UInt8]) -> String? {
        if bytes.contains(0x1B), let text = ISO2022JP.decode(bytes) { return text }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let cp932 = IconvDecoder.decode(bytes, from: "CP932")
        // iconv lets bytes through as control characters that EUC-JP text never has.
        let eucJP = IconvDecoder.decode(bytes, from: "EUCJP-MS").flatMap { text in
            text.unicodeScalars.contains { (0x80..<0xA0).contains($0.value) } ? nil : text
        }
        // Valid as both happens; half-width kana, which CP932 sees in EUC-JP, are rare in real text.
        if let eucJP, halfWidthKana(cp932 ?? "ｱ") > halfWidthKana(eucJP) { return eucJP }
        return cp932
    }

    private static func halfWidthKana(_ text: String) -> Int {
        text.unicodeScalars.count { (0xFF61...0xFF9F).contains($0.value) }
    }
}

/// ISO-2022-JP with everything that Japanese mail puts into it: half-width kana, NEC's row 13, NEC's and IBM's letters.
///
/// glibc knows only the pure form, so each stretch is turned into CP932, which has them all.
enum ISO2022JP {
    private enum Set0 { case ascii, kana, jis0208, jis0212 }

    /// Nil if a byte does not fit.
    static func decode(_ bytes: [UInt8]) -> String? {
        var text = ""
        var state = Set0.ascii
        var position = 0
        var stretch: [UInt8] = []
        while position < bytes.count {
            if bytes[position] == 0x1B, let (next, length) = escape(bytes[position...]) {
                guard flush(&stretch, state, &text) else { return nil }
                state = next
                position += length
                continue
            }
            // A line end always goes back to ASCII, whether or not the escape for it is there.
            if bytes[position] == 10 || bytes[position] == 13 {
                guard flush(&stretch, state, &text) else { return nil }
                state = .ascii
            }
            stretch.append(bytes[position])
            position += 1
        }
        return flush(&stretch, state, &text) ? text : nil
    }

    private static func escape(_ bytes: ArraySlice<UInt8>) -> (Set0, Int)? {
        let rest = Array(bytes.prefix(4))
        if rest.starts(with: [0x1B, 0x28, 0x42]) || rest.starts(with: [0x1B, 0x28, 0x4A])
            || rest.starts(with: [0x1B, 0x28, 0x48])
        {
            return (.ascii, 3)
        }
        if rest.starts(with: [0x1B, 0x28, 0x49]) { return (.kana, 3) }
        if rest.starts(with: [0x1B, 0x24, 0x42]) || rest.starts(with: [0x1B, 0x24, 0x40]) { return (.jis0208, 3) }
        if rest.starts(with: [0x1B, 0x24, 0x28, 0x42]) || rest.starts(with: [0x1B, 0x24, 0x28, 0x40]) { return (.jis0208, 4) }
        if rest.starts(with: [0x1B, 0x24, 0x28, 0x44]) { return (.jis0212, 4) }
        return nil
    }

    private static func flush(_ stretch: inout [UInt8], _ state: Set0, _ text: inout String) -> Bool {
        defer { stretch.removeAll(keepingCapacity: true) }
        guard !stretch.isEmpty else { return true }
        switch state {
        case .ascii:
            if let plain = String(validating: stretch, as: UTF8.self) {
                text += plain
                return true
            }
            guard let old = IconvDecoder.decode(stretch, from: "CP932") else { return false }
            text += old
        case .kana:
            guard let kana = IconvDecoder.decode(stretch.map { $0 < 0x80 ? $0 | 0x80 : $0 }, from: "CP932") else { return false }
            text += kana
        case .jis0208:
            guard let shifted = shiftJIS(stretch), let kanji = IconvDecoder.decode(shifted, from: "CP932") else { return false }
            text += kanji
        case .jis0212:
            guard stretch.count.isMultiple(of: 2) else { return false }
            let pairs = stride(from: 0, to: stretch.count, by: 2)
            let euc: [UInt8] = pairs.flatMap { index -> [UInt8] in [0x8F, stretch[index] | 0x80, stretch[index + 1] | 0x80] }
            guard let kanji = IconvDecoder.decode(euc, from: "EUCJP-MS") else { return false }
            text += kanji
        }
        return true
    }

    /// Rows and cells of JIS X 0208 as Shift_JIS writes them.
    private static func shiftJIS(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        var result: [UInt8] = []
        for index in stride(from: 0, to: bytes.count, by: 2) {
            let row = Int(bytes[index] & 0x7F) - 0x20
            let cell = Int(bytes[index + 1] & 0x7F) - 0x20
            guard (1...94).contains(row), (1...94).contains(cell) else { return nil }
            let lead = (row - 1) / 2 + (row <= 62 ? 0x81 : 0xC1)
            let trail = row.isMultiple(of: 2) ? cell + 0x9E : cell + (cell <= 63 ? 0x3F : 0x40)
            result += [UInt8(lead), UInt8(trail)]
        }
        return result
    }
}
