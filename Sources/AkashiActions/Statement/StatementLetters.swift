/// A word or a part of a sentence: Unicode scalars, since a character may hold marks that the rules have to see.
typealias Letters = ArraySlice<Unicode.Scalar>

extension Unicode.Scalar {
    /// The Han characters of ordinary text.
    var isKanji: Bool { ("一"..."龥").contains(self) || self == "々" }
    var isHiragana: Bool { ("ぁ"..."ゖ").contains(self) || self == "ゝ" || self == "ゞ" }
    var isKatakana: Bool { ("ァ"..."ヺ").contains(self) || self == "ー" }
    var isLatinLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
    var isLatinCapital: Bool { ("A"..."Z").contains(self) }
    var isDigit: Bool { ("0"..."9").contains(self) }

    /// Blank, by the reckoning of the prototype: separators of records count too.
    var isBlank: Bool { properties.isWhitespace || ("\u{1C}"..."\u{1F}").contains(self) }

    func isOne(of marks: String) -> Bool { marks.unicodeScalars.contains(self) }

    /// Hiragana for katakana; anything else stays.
    var hiragana: Unicode.Scalar { ("ァ"..."ヶ").contains(self) ? Unicode.Scalar(value - 0x60) ?? self : self }
}

extension Collection<Unicode.Scalar> {
    func isOnly(_ isMember: (Unicode.Scalar) -> Bool) -> Bool { allSatisfy(isMember) }

    /// Whether the letters are these.
    func spells(_ text: String) -> Bool { elementsEqual(text.unicodeScalars) }

    /// Whether the letters begin with one of these.
    func begins(with texts: [String]) -> Bool { texts.contains { starts(with: $0.unicodeScalars) } }
}

extension String {
    /// The words between blanks.
    var blankSeparated: [[Unicode.Scalar]] { unicodeScalars.split { $0.isBlank }.map(Array.init) }

    init(letters: some Sequence<Unicode.Scalar>) {
        var scalars = UnicodeScalarView()
        scalars.append(contentsOf: letters)
        self.init(scalars)
    }
}

/// Words to look up.
struct WordSet: Sendable {
    /// Letters of the longest word.
    let longest: Int
    private let words: Set<[Unicode.Scalar]>

    init(_ words: some Sequence<[Unicode.Scalar]>) {
        self.words = Set(words)
        longest = self.words.reduce(0) { max($0, $1.count) }
    }

    /// The letters that words begin with.
    var firstLetters: Set<Unicode.Scalar> { Set(words.compactMap(\.first)) }

    func contains(_ word: Letters) -> Bool { word.count <= longest && words.contains(Array(word)) }

    /// Whether a text ends in one of the words that have at least so many letters.
    func hasEnd(of text: Letters, from shortest: Int = 1) -> Bool {
        let limit = min(longest, text.count)
        return shortest <= limit && (shortest...limit).contains { contains(text.suffix($0)) }
    }

    /// Whether a text begins with one of the words.
    func hasBeginning(of text: Letters) -> Bool {
        let limit = min(longest, text.count)
        return limit > 0 && (1...limit).contains { contains(text.prefix($0)) }
    }

    func mapped(_ change: ([Unicode.Scalar]) -> [Unicode.Scalar]) -> WordSet { WordSet(words.map(change)) }
}
