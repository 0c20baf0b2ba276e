/// The grids that the post takes for a content-certified letter (内容証明郵便).
public enum CertifiedLetterForm: String, Sendable, CaseIterable {
    /// Vertical: 20 letters in a line, 26 lines on a sheet.
    case verticalTwentyByTwentySix = "vertical-20x26"
    /// Horizontal: 20 and 26.
    case horizontalTwentyByTwentySix = "horizontal-20x26"
    /// Horizontal: 13 and 40.
    case horizontalThirteenByForty = "horizontal-13x40"
    /// Horizontal: 26 and 20.
    case horizontalTwentySixByTwenty = "horizontal-26x20"

    /// Letters in a line.
    public var columns: Int {
        switch self {
        case .verticalTwentyByTwentySix, .horizontalTwentyByTwentySix: 20
        case .horizontalThirteenByForty: 13
        case .horizontalTwentySixByTwenty: 26
        }
    }

    /// Lines on a sheet.
    public var rows: Int {
        switch self {
        case .verticalTwentyByTwentySix, .horizontalTwentyByTwentySix: 26
        case .horizontalThirteenByForty: 40
        case .horizontalTwentySixByTwenty: 20
        }
    }
}

/// A letter on the post's grid, with what its rules do not allow.
///
/// Every letter, mark and bracket takes one place. The post counts a pair of brackets as one letter, so a line here never holds more
/// than is allowed; marks that it counts as two or more (①, ㎏, ℃) are refused instead. Source: Japan Post, "内容証明 ご利用の条件等".
public struct CertifiedLetterSheet: Sendable {
    /// What is not allowed.
    public struct Problem: Sendable, Hashable {
        /// What kind.
        public enum Code: String, Sendable, CaseIterable {
            /// Latin letters, which are for proper nouns only.
            case latin
            /// Something that is no letter and no common mark.
            case mark
            /// A field is not filled in yet.
            case gap
        }

        /// What kind.
        public let code: Code
        /// The letters.
        public let text: String
    }

    /// Lines by sheets.
    public let pages: [[String]]
    /// Letters and marks, blanks not counted.
    public let characterCount: Int
    /// What is not allowed.
    public let problems: [Problem]

    /// Lines on all sheets.
    public var lineCount: Int { pages.reduce(0) { $0 + $1.count } }

    /// Lays a text out.
    public init(_ text: String, form: CertifiedLetterForm) {
        var lines: [String] = []
        let trimmed = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let last = trimmed.lastIndex { !$0.isEmpty } ?? -1
        for paragraph in trimmed.prefix(last + 1) {
            var rest = paragraph[...]
            repeat {
                lines.append(String(rest.prefix(form.columns)))
                rest = rest.dropFirst(form.columns)
            } while !rest.isEmpty
        }
        pages = stride(from: 0, to: lines.count, by: form.rows).map { Array(lines[$0..<min($0 + form.rows, lines.count)]) }
        characterCount = lines.reduce(0) { $0 + $1.count { !$0.isWhitespace } }
        var problems: [Problem] = []
        func add(_ code: Problem.Code, _ text: some StringProtocol) {
            let problem = Problem(code: code, text: String(text))
            if !problems.contains(problem) { problems.append(problem) }
        }
        for match in text.matches(of: /（未記入：(?:[^（）]|（[^）]*）)*）/) { add(.gap, match.0) }
        for match in text.matches(of: /[A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ0-9.:\/_?=&%#@\-]*/) { add(.latin, match.0) }
        for character in text where !Self.isAllowed(character) { add(.mark, String(character)) }
        self.problems = problems
    }

    /// Kana, kanji, digits, Latin letters, brackets, punctuation and common marks.
    private static func isAllowed(_ character: Character) -> Bool {
        if character.isNewline || character == " " || character == "\u{3000}" { return true }
        guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first else { return false }
        switch scalar.value {
        case 0x21...0x7E, 0x3001...0x3003, 0x3005...0x3017, 0x301C, 0x3041...0x3096, 0x309B...0x309E, 0x30A1...0x30FE,
            0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0xFF01...0xFF9F, 0xFFE5, 0x2010...0x2015,
            0x2025, 0x2026, 0x203B, 0x00A5, 0x00D7, 0x00F7, 0x2212, 0x25CB, 0x25CE, 0x25CF, 0x3007, 0x2192:
            return true
        default: return false
        }
    }
}
