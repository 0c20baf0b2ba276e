/// A word that is looked for.
public struct Term: Sendable, Hashable {
    /// As it is written.
    public let text: String
    /// How it is read, in kana; nil where that is to be found out.
    public let reading: String?

    /// Takes a word.
    public init(_ text: String, reading: String? = nil) {
        self.text = text
        self.reading = reading
    }

    /// Words, one on each line, with a TAB and the reading where there is one. Empty lines and lines that begin with `#` and a
    /// space are left out.
    public static func list(_ text: String) -> [Term] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            guard !line.hasPrefix("# ") else { return nil }
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map { $0.trimmingSpaces }
            guard let word = parts.first, !word.isEmpty else { return nil }
            return Term(word, reading: parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil)
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
