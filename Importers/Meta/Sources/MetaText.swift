/// Meta writes each byte of UTF-8 as a letter of its own.
enum MetaText {
    /// The text put right, once; what is right already stays as it is.
    static func repaired(_ text: String) -> String {
        var bytes: [UInt8] = []
        var isPlain = true
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) else { return text }
            if byte >= 0x80 { isPlain = false }
            bytes.append(byte)
        }
        return isPlain ? text : String(validating: bytes, as: UTF8.self) ?? text
    }
}
