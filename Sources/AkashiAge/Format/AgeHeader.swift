import Crypto
import Foundation

/// One recipient's part of a header: a type, its arguments, a body.
struct Stanza: Equatable, Sendable {
    let type: String
    let arguments: [String]
    let body: [UInt8]
}

/// The textual header of an age file (age.md, "File format").
struct AgeHeader: Sendable {
    static let versionLine = "age-encryption.org/v1"
    /// Bytes of header that are read before giving up: room for hundreds of recipients.
    static let maximumByteCount = 1 << 20
    private static let columns = 64

    let stanzas: [Stanza]
    /// The 32 bytes at the end of the header.
    let mac: [UInt8]
    /// What the MAC is over: everything up to and with `---`.
    let macInput: [UInt8]
    /// Length of the whole header in bytes, with the line end after the MAC.
    let byteCount: Int

    /// Writes the header for some stanzas.
    static func encode(_ stanzas: [Stanza], fileKey: [UInt8]) -> [UInt8] {
        var text = versionLine + "\n"
        for stanza in stanzas {
            text += (["->", stanza.type] + stanza.arguments).joined(separator: " ") + "\n"
            let body = Array(RawBase64.encode(stanza.body).utf8)
            var start = 0
            while body.count - start >= columns {
                text += String(decoding: body[start..<start + columns], as: UTF8.self) + "\n"
                start += columns
            }
            // The last line is always short, so that the end of the body is plain: empty if need be.
            text += String(decoding: body[start...], as: UTF8.self) + "\n"
        }
        text += "---"
        let mac = mac(of: Array(text.utf8), fileKey: fileKey)
        return Array((text + " " + RawBase64.encode(mac) + "\n").utf8)
    }

    /// HMAC-SHA256 over the header with a key drawn from the file key.
    static func mac(of bytes: [UInt8], fileKey: [UInt8]) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: fileKey), info: Array("header".utf8), outputByteCount: 32)
        return Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
    }

    /// Whether the MAC was made with this file key. Compared in constant time.
    func isAuthentic(fileKey: [UInt8]) -> Bool {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: fileKey), info: Array("header".utf8), outputByteCount: 32)
        return HMAC<SHA256>.isValidAuthenticationCode(mac, authenticating: macInput, using: key)
    }

    /// Reads a header from the beginning of some bytes; nil if the bytes end before the header does.
    static func parse(_ bytes: [UInt8]) throws(AgeError) -> AgeHeader? {
        var lines = LineReader(bytes: bytes)
        guard let version = try lines.next() else { return nil }
        guard version == versionLine else { throw .header("not an age v1 file") }
        var stanzas: [Stanza] = []
        while true {
            let start = lines.position
            guard let line = try lines.next() else { return nil }
            if line.hasPrefix("---") {
                let parts = line.split(separator: " ", omittingEmptySubsequences: false)
                guard parts.count == 2, parts[0] == "---", let mac = RawBase64.decode(parts[1]), mac.count == 32 else {
                    throw .header("malformed MAC line")
                }
                guard !stanzas.isEmpty else { throw .header("no recipients") }
                let macInput = Array(bytes[..<(start + 3)])
                return AgeHeader(stanzas: stanzas, mac: mac, macInput: macInput, byteCount: lines.position)
            }
            guard let stanza = try stanza(startingWith: line, lines: &lines) else { return nil }
            stanzas.append(stanza)
        }
    }

    private static func stanza(startingWith line: String, lines: inout LineReader) throws(AgeError) -> Stanza? {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, parts[0] == "->" else { throw .header("malformed stanza") }
        for part in parts[1...] {
            guard !part.isEmpty, part.utf8.allSatisfy({ (33...126).contains($0) }) else {
                throw .header("malformed stanza argument")
            }
        }
        var body: [UInt8] = []
        while true {
            guard let line = try lines.next() else { return nil }
            guard line.utf8.count <= columns, let part = RawBase64.decode(line) else {
                throw .header("malformed stanza body")
            }
            body += part
            if line.utf8.count < columns { break }
        }
        return Stanza(type: parts[1], arguments: Array(parts[2...]), body: body)
    }
}

/// Lines ended by LF, in ASCII. A carriage return or any other control byte makes the header malformed.
private struct LineReader {
    let bytes: [UInt8]
    var position = 0

    /// The next line without its end; nil if the bytes end first.
    mutating func next() throws(AgeError) -> String? {
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
            guard bytes.count < AgeHeader.maximumByteCount else { throw .header("too long") }
            // What is there of the line must already be well formed, or a damaged file would be read to its end.
            guard bytes[position...].allSatisfy({ (32...126).contains($0) }) else { throw .header("not ASCII") }
            return nil
        }
        let line = bytes[position..<end]
        guard line.allSatisfy({ (32...126).contains($0) }) else { throw .header("not ASCII") }
        position = end + 1
        return String(decoding: line, as: UTF8.self)
    }
}
