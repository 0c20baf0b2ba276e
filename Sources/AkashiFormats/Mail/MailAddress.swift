/// One address of a mail, as it is written; old carrier addresses break every grammar and are taken as they are.
public struct MailAddress: Hashable, Sendable {
    /// The name beside it; nil if there is none.
    public let name: String?
    /// The address, lower-case.
    public let address: String

    /// The addresses in a header's value.
    public static func list(_ value: [UInt8]) -> [MailAddress] {
        split(value).compactMap { part in
            let text = EncodedWord.decode(part)
            if let open = text.lastIndex(of: "<"), let close = text[open...].firstIndex(of: ">") {
                let address = text[text.index(after: open)..<close].filter { !$0.isWhitespace }
                return MailAddress(name: name(text[..<open]), address: address.lowercased())
            }
            // address (name), or the address alone
            let bare = text.prefix { $0 != "(" }.filter { !$0.isWhitespace }
            guard bare.contains("@") else { return nil }
            let comment = text.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
            return MailAddress(name: name(comment), address: bare.lowercased())
        }
    }

    private static func name(_ text: Substring) -> String? {
        var text = text
        while let first = text.first, first.isWhitespace || first == "\"" { text.removeFirst() }
        while let last = text.last, last.isWhitespace || last == "\"" { text.removeLast() }
        return text.isEmpty ? nil : String(text).replacing("\\\"", with: "\"")
    }

    /// At commas that stand outside quotes, comments and angle brackets.
    private static func split(_ value: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var isQuoted = false
        var depth = 0
        for byte in value {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "("), UInt8(ascii: "<"): if !isQuoted { depth += 1 }
            case UInt8(ascii: ")"), UInt8(ascii: ">"): if !isQuoted { depth = max(0, depth - 1) }
            case UInt8(ascii: ":"):
                // What stands before it is the name of a group.
                if !isQuoted, depth == 0 {
                    parts[parts.count - 1] = []
                    continue
                }
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                if !isQuoted, depth == 0 {
                    parts.append([])
                    continue
                }
            default: break
            }
            parts[parts.count - 1].append(byte)
        }
        return parts
    }
}
