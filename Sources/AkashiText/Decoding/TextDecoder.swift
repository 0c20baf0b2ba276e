/// Text whose encoding was told from its bytes.
public struct DecodedText: Equatable, Sendable {
    /// How the bytes were read.
    public enum Encoding: String, Sendable {
        /// UTF-8, with or without a mark at the beginning.
        case utf8 = "UTF-8"
        /// UTF-16, told by its mark.
        case utf16 = "UTF-16"
        /// Japanese Windows.
        case cp932 = "CP932"
        /// Old Japanese Unix.
        case eucJP = "EUC-JP"
        /// Old Japanese mail.
        case iso2022JP = "ISO-2022-JP"
    }

    /// The text without a byte order mark.
    public let text: String
    /// How the bytes were read.
    public let encoding: Encoding
    /// Whether some bytes did not fit and stand as U+FFFD.
    public let isLossy: Bool
}

/// Tells and decodes the encodings that Japanese text files come in.
public struct TextDecoder: Sendable {
    /// Decodes from a named encoding; nil if a byte does not fit.
    public typealias Legacy = @Sendable (_ bytes: [UInt8], _ encoding: String) -> String?

    private let legacy: Legacy

    /// Takes the decoder for old encodings. This target is pure; the C library's is in AkashiFormats.
    public init(legacy: @escaping Legacy) { self.legacy = legacy }

    /// The text of a file; nil if it does not look like text at all.
    public func decode(_ bytes: [UInt8]) -> DecodedText? {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { return utf8(Array(bytes.dropFirst(3)), lossy: true) }
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) { return utf16(bytes) }
        guard !Self.looksBinary(bytes) else { return nil }
        if bytes.contains(0x1b), let text = legacy(bytes, "ISO-2022-JP") {
            return DecodedText(text: text, encoding: .iso2022JP, isLossy: false)
        }
        if let text = utf8(bytes, lossy: false) { return text }
        // Valid in both old encodings happens; half-width kana, which CP932 sees in EUC-JP, are rare in real text.
        let cp932 = legacy(bytes, "CP932")
        let eucJP = legacy(bytes, "EUCJP-MS")
        if let eucJP, cp932.map({ Self.halfWidthKana($0) > Self.halfWidthKana(eucJP) }) ?? true {
            return DecodedText(text: eucJP, encoding: .eucJP, isLossy: false)
        }
        if let cp932 { return DecodedText(text: cp932, encoding: .cp932, isLossy: false) }
        return utf8(bytes, lossy: true)
    }

    private func utf8(_ bytes: [UInt8], lossy: Bool) -> DecodedText? {
        if let text = String(validating: bytes, as: UTF8.self) {
            return DecodedText(text: text, encoding: .utf8, isLossy: false)
        }
        return lossy ? DecodedText(text: String(decoding: bytes, as: UTF8.self), encoding: .utf8, isLossy: true) : nil
    }

    private func utf16(_ bytes: [UInt8]) -> DecodedText {
        let isLittle = bytes[0] == 0xff
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
            isLittle
                ? UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8 : UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
        }
        let text = String(decoding: units, as: UTF16.self)
        return DecodedText(
            text: text, encoding: .utf16, isLossy: !bytes.count.isMultiple(of: 2) || text.unicodeScalars.contains("\u{fffd}"))
    }

    private static func halfWidthKana(_ text: String) -> Int {
        text.unicodeScalars.count { (0xff61...0xff9f).contains($0.value) }
    }

    /// A NUL, or many control bytes, at the beginning of a file.
    private static func looksBinary(_ bytes: [UInt8]) -> Bool {
        let head = bytes.prefix(4096)
        if head.contains(0) { return true }
        let controls = head.count { $0 < 32 && ![9, 10, 12, 13, 27].contains($0) }
        return controls * 50 > head.count
    }
}
