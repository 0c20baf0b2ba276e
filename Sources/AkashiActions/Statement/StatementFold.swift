import Foundation

/// A text made alike, and where each of its letters stood before.
struct FoldedStatement: Sendable {
    var letters: [Unicode.Scalar] = []
    /// For each letter the scalars of the text that it came from.
    var origins: [Range<Int>] = []

    /// The scalars of the text that a part came from.
    func origin(_ part: Range<Int>) -> Range<Int> {
        origins[part.lowerBound].lowerBound..<origins[part.upperBound - 1].upperBound
    }
}

/// Makes texts alike: width, old kanji, dashes, letters that look like others, marks that nobody sees.
struct StatementFold: Sendable {
    /// The longest blank of a template, such as `{contact}`.
    private static let longestBlank = 24
    private static let separators = " ・./_*|-~"

    private let map: [Unicode.Scalar: Unicode.Scalar]
    private let dashes: Set<Unicode.Scalar>
    private let digitDashes: Set<Unicode.Scalar>
    private let drop: Set<Unicode.Scalar>
    private let lookalikes: [Unicode.Scalar: Unicode.Scalar]

    init(_ rules: StatementRules.Fold) {
        map = Self.pairs(rules.map)
        dashes = Set(rules.dashes.unicodeScalars)
        digitDashes = Set(rules.digitDashes.unicodeScalars)
        drop = Set(rules.drop.unicodeScalars)
        lookalikes = Self.pairs(rules.lookalikes)
    }

    private static func pairs(_ text: String) -> [Unicode.Scalar: Unicode.Scalar] {
        let pairs = text.blankSeparated.compactMap { $0.count > 1 ? ($0[0], $0[1]) : nil }
        return Dictionary(pairs) { $1 }
    }

    /// Words of a list, with old forms of kanji made new.
    func words(_ text: String) -> [[Unicode.Scalar]] { text.blankSeparated.map { $0.map { map[$0] ?? $0 } } }

    /// A text made alike.
    func fold(_ text: [Unicode.Scalar]) -> FoldedStatement {
        var folded = FoldedStatement()
        var index = 0
        while index < text.count {
            if let end = blankEnd(text, index) {
                folded.letters.append("◇")
                folded.origins.append(index..<end)
                index = end
                continue
            }
            let letter = text[index]
            index += 1
            if drop.contains(letter) || (0xE0100...0xE01EF).contains(letter.value) { continue }
            for part in Self.compatible(map[letter] ?? letter) { add(part, before: index, to: &folded) }
        }
        foldDigitDashes(&folded.letters)
        foldLookalikes(&folded.letters)
        return folded
    }

    /// Where a blank of a template ends that begins here.
    private func blankEnd(_ text: [Unicode.Scalar], _ start: Int) -> Int? {
        guard text[start] == "{" else { return nil }
        let rest = text[(start + 1)...].prefix(Self.longestBlank)
        guard let end = rest.firstIndex(of: "}"), rest[..<end].isOnly(\.isLatinLetter) else { return nil }
        return end + 1
    }

    private func add(_ letter: Unicode.Scalar, before end: Int, to folded: inout FoldedStatement) {
        var letter = map[letter] ?? letter
        if dashes.contains(letter) { letter = "-" }
        if letter.isOne(of: "\u{3099}\u{309A}\u{309B}\u{309C}゛゜"), let last = folded.letters.last {
            let mark: Unicode.Scalar = letter.isOne(of: "\u{3099}\u{309B}゛") ? "\u{3099}" : "\u{309A}"
            let joined = Array(String(letters: [last, mark]).precomposedStringWithCanonicalMapping.unicodeScalars)
            if joined.count == 1 {
                let start = folded.origins.removeLast().lowerBound
                folded.letters[folded.letters.count - 1] = joined[0]
                folded.origins.append(start..<end)
                return
            }
        }
        if letter == "\t" || letter == "\u{A0}" { letter = " " }
        folded.letters.append(letter)
        folded.origins.append((end - 1)..<end)
    }

    private func foldDigitDashes(_ letters: inout [Unicode.Scalar]) {
        guard letters.count > 2 else { return }
        for index in 1..<(letters.count - 1)
        where digitDashes.contains(letters[index]) && letters[index - 1].isDigit && letters[index + 1].isDigit {
            letters[index] = "-"
        }
    }

    private func foldLookalikes(_ letters: inout [Unicode.Scalar]) {
        for index in letters.indices.dropFirst() {
            guard let kanji = lookalikes[letters[index]], letters[index - 1].isKanji else { continue }
            if index + 1 < letters.count, letters[index + 1].isKatakana { continue }
            letters[index] = kanji
        }
    }

    /// The form of compatibility (NFKC) of one scalar.
    private static func compatible(_ letter: Unicode.Scalar) -> [Unicode.Scalar] {
        switch letter.value {
        // These stay as they are, and are nearly all of a text.
        case 0..<0xA0, 0x3041...0x3096, 0x30A1...0x30FE, 0x4E00...0x9FFF, 0x3001...0x3003: [letter]
        default: Array(String(letter).precomposedStringWithCompatibilityMapping.unicodeScalars)
        }
    }

    /// A second view, where letters set apart by one mark are joined (み や う ち さ ん), and where they stand in it;
    /// nil if there are none.
    func joined(_ text: FoldedStatement) -> (view: FoldedStatement, runs: [Range<Int>])? {
        let letters = text.letters
        var view = FoldedStatement()
        var runs: [Range<Int>] = []
        var index = 0
        while index < letters.count {
            let last = apartEnd(letters, index)
            if last - index < 4 {
                view.letters.append(letters[index])
                view.origins.append(text.origins[index])
                index += 1
                continue
            }
            let start = view.letters.count
            for place in stride(from: index, through: last, by: 2) {
                view.letters.append(letters[place])
                view.origins.append(text.origins[place])
            }
            runs.append(start..<view.letters.count)
            index = last + 1
        }
        return runs.isEmpty ? nil : (view, runs)
    }

    /// The last letter of those set apart that begin here.
    private func apartEnd(_ letters: [Unicode.Scalar], _ start: Int) -> Int {
        func isLetter(_ index: Int) -> Bool { letters[index].isKanji || letters[index].isHiragana || letters[index].isKatakana }
        guard start == 0 || !isLetter(start - 1) else { return start }
        var end = start
        while end + 2 < letters.count, isLetter(end), letters[end + 1].isOne(of: Self.separators), isLetter(end + 2),
            letters[end + 1] == letters[start + 1]
        { end += 2 }
        return end
    }
}
