import AkashiGuide
public import AkashiKnowledge
import Foundation

/// What an answer must hold to, whoever worded it (docs/akari.md). A model's words that breach it are not shown.
public struct Contract: Sendable {
    /// Letters of the sentence that takes in.
    public static let mostReceiveLetters = 40
    /// Letters of the question or step.
    public static let mostNextLetters = 60
    /// The same in English, where a word takes more letters.
    static let englishFactor = 3

    /// A way in which words do not hold.
    public enum Breach: String, Sendable, CaseIterable {
        /// Nothing is said.
        case empty
        /// More letters than a turn may have.
        case tooLong
        /// More than one question.
        case secondQuestion
        /// A digit, in whatever script, or a numeral of several kanji.
        case digit
        /// An address, a link, a picture, a tag.
        case link
        /// Letters that steer or hide: controls, invisible ones, ones that turn the direction.
        case hidden
        /// A name, or a word that neither the guide nor she used.
        case unknownWord
        /// A judgement on law, on who did it, on health; a promise; blame; a reason given for harm to herself.
        case verdict
        /// A source that was not given.
        case citation
    }

    private struct Lists: Decodable {
        let verdicts: [String]
        let titles: [String]
        let harmless: [String]
    }

    private let vocabulary: Set<[Unicode.Scalar]>
    private let verdicts: CueList
    private let titles: [String]
    private let harmless: [String]

    /// Reads the words that are not said, and the vocabulary: the guide's and the program's own.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) {
        let lists: Lists = try knowledge.yaml("consult/contract.yaml")
        verdicts = CueList(lists.verdicts)
        titles = lists.titles.map { String(String.UnicodeScalarView(PlainText.fold($0))) }
        harmless = lists.harmless.map { String(String.UnicodeScalarView(PlainText.fold($0))) }
        var texts = [try ReplyWords(knowledge).all]
        for language in Language.allCases {
            texts += try Guide(knowledge, language).parts.flatMap(\.sections).flatMap { [$0.title, $0.text] }
        }
        vocabulary = texts.reduce(into: Set()) { $0.formUnion(Self.pieces($1)) }
    }

    /// Every way in which words do not hold.
    ///
    /// - Parameters:
    ///   - said: what she wrote herself. Its words may be used, its names and digits not.
    ///   - cited: sources that the answer names, and those that it was given.
    public func breaches(
        receive: String, next: String, said: [String] = [], cited: [String] = [], given: [String] = [],
        in language: Language = .ja
    ) -> Set<Breach> {
        var found: Set<Breach> = []
        let whole = receive + "\n" + next
        if receive.allSatisfy(\.isWhitespace) { found.insert(.empty) }
        let factor = language == .ja ? 1 : Self.englishFactor
        if receive.count > Self.mostReceiveLetters * factor || next.count > Self.mostNextLetters * factor
            || whole.unicodeScalars.count > 2 * factor * (Self.mostReceiveLetters + Self.mostNextLetters)
        {
            found.insert(.tooLong)
        }
        if whole.count(where: { "?？؟⁇⁈".contains($0) }) + Self.endings(whole) > 1 { found.insert(.secondQuestion) }
        if Self.hasDigit(whole) { found.insert(.digit) }
        if Self.hasLink(whole) { found.insert(.link) }
        if receive.contains(where: \.isNewline) || next.contains(where: \.isNewline)
            || whole.unicodeScalars.contains(where: { Self.isHidden($0) && $0 != "\n" })
        {
            found.insert(.hidden)
        }
        if verdicts.isIn(PlainText.fold(whole)) { found.insert(.verdict) }
        if hasUnknownWord(whole, said) { found.insert(.unknownWord) }
        if !Set(cited).isSubset(of: Set(given)) { found.insert(.citation) }
        return found
    }

    /// Questions that end without their mark.
    private static func endings(_ text: String) -> Int {
        text.split { "。\n".contains($0) }.count { $0.hasSuffix("ですか") || $0.hasSuffix("ますか") || $0.hasSuffix("せんか") }
    }

    private static func hasDigit(_ text: String) -> Bool {
        var run = 0
        for scalar in text.unicodeScalars {
            let isKanji = scalar.properties.isIdeographic || scalar == "〇"
            if scalar.properties.numericType != nil || scalar == "〇" {
                // One kanji is part of a word (一緒, 三日月); two in a row are a number.
                run += 1
                if !isKanji || run > 1 { return true }
            } else {
                run = 0
            }
        }
        return false
    }

    private static func hasLink(_ text: String) -> Bool {
        text.contains { "<>[]{}|\\@#＠＃`*_~^/＜＞［］".contains($0) }
            || text.lowercased().firstMatch(of: /http|www|\.(com|net|org|jp|io|me)|:\/|ドット/) != nil
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned: true
        case .lineSeparator, .paragraphSeparator: true
        default: scalar.properties.isVariationSelector || scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// Kanji, katakana and Latin letters must be known from the guide, from the program's own sentences, or from what she wrote. Nobody is
    /// called by a name, not even by one that she wrote.
    private func hasUnknownWord(_ text: String, _ said: [String]) -> Bool {
        let own = said.reduce(into: Set<[Unicode.Scalar]>()) { $0.formUnion(Self.pieces($1)) }
        if Self.pieces(text).contains(where: { !vocabulary.contains($0) && !own.contains($0) }) { return true }
        var folded = String(String.UnicodeScalarView(PlainText.fold(text)))
        for word in harmless { folded = folded.replacing(word, with: "\u{3000}") }
        return titles.contains { folded.contains($0) }
    }

    /// Pairs of kanji and of katakana, whole Latin words, and what stands alone.
    private static func pieces(_ text: String) -> Set<[Unicode.Scalar]> {
        var pieces: Set<[Unicode.Scalar]> = []
        var run: [Unicode.Scalar] = []
        func close() {
            defer { run = [] }
            guard let first = run.first else { return }
            if first.isASCII {
                pieces.insert(run)
            } else if run.count == 1 {
                pieces.insert(run)
            } else {
                for pair in zip(run, run.dropFirst()) { pieces.insert([pair.0, pair.1]) }
            }
        }
        // Katakana stays katakana: names are written in it.
        let plain = text.precomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping.lowercased()
        for scalar in plain.unicodeScalars {
            guard let kind = kind(scalar) else {
                close()
                continue
            }
            if let last = run.last, Self.kind(last) != kind { close() }
            run.append(scalar)
        }
        close()
        return pieces
    }

    private enum Kind { case kanji, katakana, latin, other }

    /// Hiragana builds sentences and is left out.
    private static func kind(_ scalar: Unicode.Scalar) -> Kind? {
        switch scalar.value {
        case 0x3041...0x309F: nil
        case 0x30A1...0x30FF: .katakana
        default:
            scalar.properties.isIdeographic
                ? .kanji
                : scalar.isASCII && scalar.properties.isAlphabetic
                    ? .latin
                    : scalar.properties.isAlphabetic ? .other : nil
        }
    }
}
