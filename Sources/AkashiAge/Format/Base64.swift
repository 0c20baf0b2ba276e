import Foundation

/// Standard base64 without padding, canonical only, as age uses it (RFC 4648 section 4, age.md "Conventions").
enum RawBase64 {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let padded = Data(Array(bytes)).base64EncodedString()
        return String(padded.prefix { $0 != "=" })
    }

    /// Nil for padding, foreign characters and non-canonical trailing bits.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let text = String(text)
        guard !text.contains("="), text.utf8.count % 4 != 1 else { return nil }
        let padded = text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded), encode(data) == text else { return nil }
        return Array(data)
    }
}
