import Foundation

/// What a talk is called, from the first line of a telephone's export or from the file's name.
struct LineTitle {
    /// The other person or the group, as the exporter sees the name.
    let text: String
    /// Whether it is a talk of two, so that the title is a person's name.
    let isPair: Bool

    /// Reads the first line, `[LINE] Aとのトーク履歴` and its other forms; nil for anything else.
    init?(head: String) {
        guard let rest = head.trimmed.dropping(prefix: "[LINE]"), let found = Self.unwrapped(rest.trimmed) else {
            return nil
        }
        self.init(text: found.text, isPair: found.isPair)
    }

    /// Takes what a file's name says: `[LINE] Aとのトーク.txt`. If nothing is left, the file's name.
    init(fileName: String) {
        // A computer may write the name in pieces (か and a mark for が), and the same talk must have one name.
        let name = fileName.precomposedStringWithCanonicalMapping
        var rest = name.trimmed
        if rest.utf8.suffix(4).elementsEqual(".txt".utf8, by: { $0 | 0x20 == $1 }) {
            rest = String(decoding: rest.utf8.dropLast(4), as: UTF8.self)
        }
        rest = rest.dropping(prefix: "[LINE]") ?? rest
        let found = Self.unwrapped(rest.trimmed) ?? Self.unwrapped(Self.withoutCopyNumber(rest.trimmed))
        let text = (found?.text ?? rest).trimmed
        self.init(text: text.isEmpty ? name : text, isPair: found?.isPair ?? false)
    }

    private init(text: String, isPair: Bool) {
        self.text = text
        self.isPair = isPair
    }

    private static func unwrapped(_ text: String) -> (text: String, isPair: Bool)? {
        for (ending, isPair) in endings {
            if let title = text.dropping(suffix: ending) { return (title, isPair) }
        }
        for (beginning, isPair) in beginnings {
            if let title = text.dropping(prefix: beginning) { return (title, isPair) }
        }
        return nil
    }

    /// `…のトーク (2)` is what a browser or a computer calls a second file of one name.
    private static func withoutCopyNumber(_ text: String) -> String {
        guard text.utf8.last == UInt8(ascii: ")"), let open = text.utf8.lastIndex(of: UInt8(ascii: "(")) else {
            return text
        }
        let number = text.utf8[open...].dropFirst().dropLast()
        guard (1...3).contains(number.count), number.allSatisfy({ (48...57).contains($0) }) else { return text }
        return String(decoding: text.utf8[..<open], as: UTF8.self).trimmed
    }

    // The longest first: と belongs to the form, not to the name.
    private static let endings = [("とのトーク履歴", true), ("のトーク履歴", false), ("とのトーク", true), ("のトーク", false)]
    private static let beginnings = [
        ("Chat history with ", true), ("Chat history in ", false), ("Chat with ", true), ("Chat in ", false),
    ]
}
