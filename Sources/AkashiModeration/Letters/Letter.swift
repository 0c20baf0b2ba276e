/// A letter of a comment, made comparable, with its place in the comment as it was sent.
struct Letter: Sendable {
    /// What sort of letter it is.
    enum Sort: UInt8, Sendable { case kana, kanji, latin, digit, other }

    /// What there is to know of how it was written.
    struct Traits: OptionSet, Sendable {
        let rawValue: UInt32
        static let katakana = Traits(rawValue: 1 << 0)
        static let small = Traits(rawValue: 1 << 1)
        /// Half or full width instead of the usual.
        static let width = Traits(rawValue: 1 << 2)
        /// Circled, squared, mathematical, accented.
        static let dressed = Traits(rawValue: 1 << 3)
        /// An old or foreign form of a kanji.
        static let variant = Traits(rawValue: 1 << 4)
        /// Written as an entity, in per cent or with a backslash.
        static let encoded = Traits(rawValue: 1 << 5)
        /// Draws nothing.
        static let invisible = Traits(rawValue: 1 << 6)
        /// A sign, a space: no letter.
        static let sign = Traits(rawValue: 1 << 7)
        static let long = Traits(rawValue: 1 << 8)
        /// A voicing mark that stands by itself.
        static let voicing = Traits(rawValue: 1 << 9)
        static let halfVoicing = Traits(rawValue: 1 << 10)
        static let lineBreak = Traits(rawValue: 1 << 11)
        static let space = Traits(rawValue: 1 << 12)
        /// Says that the letter before it comes again.
        static let iteration = Traits(rawValue: 1 << 13)
        /// May stand for a letter left out.
        static let mask = Traits(rawValue: 1 << 14)
        /// Its voicing mark was apart from it.
        static let composed = Traits(rawValue: 1 << 15)
        static let emoji = Traits(rawValue: 1 << 16)
        /// Shown the other way round.
        static let turned = Traits(rawValue: 1 << 17)
    }

    /// The scalar, decoded.
    var scalar: UInt32
    /// The same in its usual width; Latin letters small.
    var shape: UInt32
    /// What it is compared as: hiragana, kanji, small Latin letter, digit; 0 for none.
    var unit: UInt16
    var sort: Sort
    var traits: Traits
    /// Its place in the comment, in UTF-8 bytes.
    var start: Int32
    var end: Int32

    /// Whether a sentence ends with it.
    var isSentenceEnd: Bool { traits.contains(.lineBreak) || Self.sentenceEnds.contains(scalar) }
    private static let sentenceEnds = Set("。．!！?？".unicodeScalars.map(\.value))

    var isInvisible: Bool { traits.contains(.invisible) }
    var isSkippable: Bool { !traits.isDisjoint(with: [.invisible, .sign, .long, .space, .lineBreak, .voicing, .halfVoicing]) }
}

/// What was undone to find a word.
public enum Step: UInt8, Sendable, CaseIterable {
    /// As it stands.
    case plain
    case width, dress, variantKanji, encoded, invisible, sign, repeated, drawnOut, masked, apart
    case otherKanji, reading, romaji, homoglyph, leet, lookalike, foreign, gyaru, gyaruBeside, splitKanji, number, emoji, ending,
        homophone
    case reversed, lineHeads, twoComments, turned
    /// Its name in data.
    public var name: String { String(describing: self) }
}
