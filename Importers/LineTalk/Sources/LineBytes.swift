/// Bytes that have a meaning in a talk file.
enum LineBytes {
    static let tab: UInt8 = 9
    static let lineFeed: UInt8 = 10
    static let carriageReturn: UInt8 = 13
    static let space: UInt8 = 32
    static let quote: UInt8 = 34
}

// Names and words are compared as bytes: String takes か followed by a combining mark for が, and one Character may
// reach over the end of a name.
extension String {
    /// What follows `prefix`; nil if the text does not begin with it, byte for byte.
    func dropping(prefix: String) -> String? {
        utf8.starts(with: prefix.utf8) ? String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self) : nil
    }

    /// What comes before `suffix`; nil if the text does not end with it, byte for byte.
    func dropping(suffix: String) -> String? {
        guard utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) else { return nil }
        return String(decoding: utf8.dropLast(suffix.utf8.count), as: UTF8.self)
    }

    /// Whether both are the same bytes.
    func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

    /// Without spaces and tabs at both ends.
    var trimmed: String {
        let isInk: (UInt8) -> Bool = { $0 != LineBytes.space && $0 != LineBytes.tab }
        guard let first = utf8.firstIndex(where: isInk), let last = utf8.lastIndex(where: isInk) else { return "" }
        return String(decoding: utf8[first...last], as: UTF8.self)
    }
}
