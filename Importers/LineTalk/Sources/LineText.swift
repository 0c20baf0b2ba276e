/// Decodes stretches of a talk file, which is UTF-8.
enum LineText {
    /// The text, with U+FFFD for what does not fit, and the place of the first byte that does not.
    static func decode(_ bytes: ArraySlice<UInt8>) -> (text: String, firstBad: Int?) {
        if let text = String(validating: bytes, as: UTF8.self) { return (text, nil) }
        return (String(decoding: bytes, as: UTF8.self), firstBad(in: bytes))
    }

    /// The bytes with each doubled quotation mark as one.
    static func unescaped(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard bytes.contains(LineBytes.quote) else { return bytes }
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var at = bytes.startIndex
        while at < bytes.endIndex {
            plain.append(bytes[at])
            let isPair = bytes[at] == LineBytes.quote && at + 1 < bytes.endIndex && bytes[at + 1] == LineBytes.quote
            at += isPair ? 2 : 1
        }
        return plain[...]
    }

    /// At most `count` bytes, not ending inside a letter.
    static func cut(_ bytes: ArraySlice<UInt8>, to count: Int) -> ArraySlice<UInt8> {
        guard bytes.count > count else { return bytes }
        var end = bytes.startIndex + count
        while end > bytes.startIndex, bytes[end] & 0xc0 == 0x80 { end -= 1 }
        return bytes[..<end]
    }

    private static func firstBad(in bytes: ArraySlice<UInt8>) -> Int {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var at = bytes.startIndex
        while case .valid(let scalar) = parser.parseScalar(from: &iterator) { at += scalar.count }
        return at
    }
}
