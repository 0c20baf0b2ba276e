/// A header's value with parameters, such as `text/plain; charset=utf-8` (RFC 2045 section 5.1, RFC 2231).
struct MailParameters {
    /// What stands before the first semicolon, lower-case.
    let value: String
    /// The parameters by lower-case name, decoded: pieces joined, percent escapes and encoded words undone.
    let parameters: [String: String]

    init(_ bytes: [UInt8]) {
        let parts = Self.split(bytes)
        value = String(decoding: parts.first ?? [], as: UTF8.self).lowercased().filter { !$0.isWhitespace }
        var plain: [String: String] = [:]
        var pieces: [String: [(number: Int, isEscaped: Bool, bytes: [UInt8])]] = [:]
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
            var name = String(decoding: part[..<equals], as: UTF8.self).lowercased().filter { !$0.isWhitespace }
            let bytes = Self.unquoted(Array(part[(equals + 1)...]))
            let isEscaped = name.hasSuffix("*")
            if isEscaped { name.removeLast() }
            if let star = name.firstIndex(of: "*"), let number = Int(name[name.index(after: star)...]) {
                pieces[String(name[..<star]), default: []].append((number, isEscaped, bytes))
            } else if isEscaped {
                pieces[name, default: []].append((0, true, bytes))
            } else if plain[name] == nil {
                plain[name] = EncodedWord.decode(bytes)
            }
        }
        for (name, list) in pieces { plain[name] = Self.joined(list.sorted { $0.number < $1.number }) }
        parameters = plain
    }

    /// `charset'language'text%20text`, in one piece or several.
    private static func joined(_ pieces: [(number: Int, isEscaped: Bool, bytes: [UInt8])]) -> String {
        var charset: String?
        var all: [UInt8] = []
        for (index, piece) in pieces.enumerated() {
            var bytes = piece.bytes
            if index == 0, piece.isEscaped, let first = bytes.firstIndex(of: 39),
                let second = bytes[(first + 1)...].firstIndex(of: 39)
            {
                charset = String(decoding: bytes[..<first], as: UTF8.self)
                bytes = Array(bytes[(second + 1)...])
            }
            all += piece.isEscaped ? percentDecoded(bytes) : bytes
        }
        return CharsetDecoder.decode(all, label: charset).text
    }

    private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
        TransferDecoding.quotedPrintable(bytes.map { $0 == UInt8(ascii: "%") ? UInt8(ascii: "=") : $0 })
    }

    private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var isQuoted = false
        var isEscaped = false
        for byte in bytes {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\"), isQuoted {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == UInt8(ascii: ";"), !isQuoted {
                parts.append([])
                continue
            }
            parts[parts.count - 1].append(byte)
        }
        return parts
    }

    private static func unquoted(_ bytes: [UInt8]) -> [UInt8] {
        var rest = bytes[...]
        while let first = rest.first, first == 32 || first == 9 { rest = rest.dropFirst() }
        while let last = rest.last, last == 32 || last == 9 { rest = rest.dropLast() }
        guard rest.first == UInt8(ascii: "\"") else { return Array(rest) }
        rest = rest.dropFirst()
        if rest.last == UInt8(ascii: "\"") { rest = rest.dropLast() }
        // CP932 letters may hold a backslash as their second byte: it is an escape only before a quote or another one.
        var result: [UInt8] = []
        var index = rest.startIndex
        while index < rest.endIndex {
            if rest[index] == UInt8(ascii: "\\"), index + 1 < rest.endIndex, [34, 92].contains(rest[index + 1]) { index += 1 }
            result.append(rest[index])
            index += 1
        }
        return result
    }
}
