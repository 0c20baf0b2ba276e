import Foundation

/// Names of members: bytes in UTF-8, or in the writer's old code page without a word about which.
enum ZipName {
    /// UTF-8 if it is that, else Japanese Windows (CP932), else the bytes as percent escapes.
    static func decode(_ bytes: [UInt8]) -> String {
        // Decoded before anything splits the path: the second byte of 表 is a backslash.
        let escaped = bytes.map { $0 < 0x80 ? String(UnicodeScalar($0)) : "%" + String($0, radix: 16) }.joined()
        let text = String(validating: bytes, as: UTF8.self) ?? IconvDecoder.decode(bytes, from: "CP932") ?? escaped
        return text.replacing("\\", with: "/")
    }

    /// Whether a path would leave the folder it is unpacked in, or hides what it is.
    static func isHostile(_ path: String) -> Bool {
        if path.isEmpty || path.hasPrefix("/") || path.utf8.count > 4096 { return true }
        if path.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) { return true }
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        if parts.contains("..") { return true }
        // A drive letter; a colon elsewhere is only unusual.
        let scalars = Array(path.unicodeScalars.prefix(2))
        return scalars.count == 2 && scalars[1] == ":" && scalars[0].properties.isAlphabetic
    }
}
