/// One record of a WARC file (WARC 1.1, ISO 28500).
public struct WarcRecord: Sendable {
    /// Its named fields, in order, as they are written.
    public var fields: [(name: String, value: String)]
    /// Its block.
    public var block: [UInt8]

    /// Takes the parts.
    public init(fields: [(name: String, value: String)], block: [UInt8]) {
        self.fields = fields
        self.block = block
    }

    /// The first field of a name, whatever its case.
    public subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name.lowercased() == wanted }?.value
    }

    /// `response`, `request`, `resource`, `warcinfo`, `metadata`, `revisit`, `conversion`, `continuation`.
    public var type: String { (self["WARC-Type"] ?? "").lowercased() }

    /// What it is about; old wget writes it between `<` and `>`.
    public var target: String? {
        guard let uri = self["WARC-Target-URI"] else { return nil }
        return uri.hasPrefix("<") && uri.hasSuffix(">") ? String(uri.dropFirst().dropLast()) : uri
    }

    /// The record as it stands in a file, not compressed.
    ///
    /// The length is written last, so that nobody gives a wrong one.
    public func encoded() -> [UInt8] {
        var head = "WARC/1.1\r\n"
        for field in fields where field.name.lowercased() != "content-length" { head += "\(field.name): \(field.value)\r\n" }
        head += "Content-Length: \(block.count)\r\n\r\n"
        return Array(head.utf8) + block + [13, 10, 13, 10]
    }
}

/// A digest as WARC files write it: an algorithm and, mostly, base32 or hexadecimal digits.
public struct WarcDigest: Equatable, Sendable {
    /// `sha1`, `sha256`, `sha512`, `md5` and so on, in small letters without a hyphen.
    public let algorithm: String
    /// The digest.
    public let bytes: [UInt8]

    /// Reads `sha256:…`; nil if the form is not known.
    public init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        algorithm = text[..<colon].lowercased().filter { $0 != "-" }
        let value = text[text.index(after: colon)...]
        guard let lengths = ["sha1": 20, "sha256": 32, "sha512": 64, "md5": 16][algorithm] else { return nil }
        guard let found = Self.hex(value, lengths) ?? Self.base32(value, lengths) else { return nil }
        bytes = found
    }

    private static func hex(_ text: Substring, _ count: Int) -> [UInt8]? {
        let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == count * 2, !digits.contains(nil) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8((digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0)) }
    }

    private static func base32(_ text: Substring, _ count: Int) -> [UInt8]? {
        var bits: UInt64 = 0
        var width = 0
        var result: [UInt8] = []
        for letter in text.uppercased().utf8 where letter != UInt8(ascii: "=") {
            switch letter {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): bits = bits << 5 | UInt64(letter - 65)
            case UInt8(ascii: "2")...UInt8(ascii: "7"): bits = bits << 5 | UInt64(letter - 24)
            default: return nil
            }
            width += 5
            if width >= 8 {
                width -= 8
                result.append(UInt8(truncatingIfNeeded: bits >> UInt64(width)))
            }
        }
        return result.count == count ? result : nil
    }
}
