public import Foundation

/// A dictionary of Japanese words as MeCab keeps it compiled (`sys.dic`, `unk.dic`, `matrix.bin`, `char.bin`, UTF-8): which words
/// begin at a place, what each costs, and what two beside each other cost. Costs: lower is likelier, 0 to about 20,000.
///
/// Source of the format: MeCab 0.996, dictionary.cpp, char_property.h, connector.cpp; the index is a Darts double array.
public struct WordDictionary: Sendable {
    /// A word at a place.
    public struct Word: Sendable, Hashable {
        /// Which words may stand before it.
        public let left: UInt16
        /// Which words may stand behind it.
        public let right: UInt16
        /// What it costs by itself.
        public let cost: Int32
        /// Where its description begins; negative for a word that is not in the dictionary.
        let feature: Int32
    }

    /// One of the two compiled lists.
    struct Lexicon: Sendable {
        static let magic: UInt32 = 0xEF71_8F77
        let file: MappedFile
        let unitCount: Int
        let units: Int
        let tokens: Int
        let features: Int

        init?(_ url: URL) {
            guard let file = MappedFile(url), file.bytes.count > 72 else { return nil }
            func number(_ place: Int) -> Int { Int(file.bytes.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self)) }
            guard UInt32(truncatingIfNeeded: number(0)) ^ Self.magic == UInt32(truncatingIfNeeded: file.bytes.count) else {
                return nil
            }
            let sizes = (index: number(6), tokens: number(7), features: number(8))
            guard 72 + sizes.index + sizes.tokens + sizes.features == file.bytes.count else { return nil }
            self.file = file
            units = 72
            unitCount = sizes.index / 8
            tokens = 72 + sizes.index
            features = tokens + sizes.tokens
        }

        /// Calls back for each entry that begins at the first byte: its length in bytes, its first token, how many it has.
        @inline(__always)
        func prefixes(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ found: (Int, Int, Int) -> Void) {
            let bytes = file.bytes
            let first = units
            @inline(__always) func unit(_ place: Int) -> (base: Int32, check: UInt32)? {
                guard place >= 0, place < unitCount else { return nil }
                return (
                    bytes.loadUnaligned(fromByteOffset: first + place * 8, as: Int32.self),
                    bytes.loadUnaligned(fromByteOffset: first + place * 8 + 4, as: UInt32.self)
                )
            }
            guard let root = unit(0) else { return }
            var at = root.base
            var place = start
            while true {
                if let leaf = unit(Int(at)), leaf.check == UInt32(bitPattern: at), leaf.base < 0, place > start {
                    let value = Int(-leaf.base - 1)
                    found(place - start, value >> 8, value & 0xFF)
                }
                guard place < text.count, let next = unit(Int(at) + Int(text[place]) + 1), next.check == UInt32(bitPattern: at)
                else {
                    return
                }
                at = next.base
                place += 1
            }
        }

        @inline(__always)
        func token(_ number: Int) -> Word {
            let bytes = file.bytes
            let place = tokens + number * 16
            return Word(
                left: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self),
                right: bytes.loadUnaligned(fromByteOffset: place + 2, as: UInt16.self),
                cost: Int32(bytes.loadUnaligned(fromByteOffset: place + 6, as: Int16.self)),
                feature: bytes.loadUnaligned(fromByteOffset: place + 8, as: Int32.self))
        }

        /// The eighth field of a description: katakana, three bytes each.
        func reading(_ offset: Int32) -> [UInt32] {
            guard offset >= 0 else { return [] }
            var place = features + Int(offset)
            var commas = 0
            while commas < 7, place < file.bytes.count, file.bytes[place] != 0 {
                if file.bytes[place] == UInt8(ascii: ",") { commas += 1 }
                place += 1
            }
            var scalars: [UInt32] = []
            while place + 2 < file.bytes.count, file.bytes[place] == 0xE3 {
                scalars.append(0x3000 | UInt32(file.bytes[place + 1] & 0x3F) << 6 | UInt32(file.bytes[place + 2] & 0x3F))
                place += 3
            }
            return scalars
        }

        func feature(_ offset: Int32) -> String {
            guard offset >= 0, features + Int(offset) < file.bytes.count else { return "" }
            return String(decoding: file.bytes[(features + Int(offset))...].prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// What kind of letter one is, for words that are not in the dictionary.
    struct LetterKind: Sendable {
        let bits: UInt32
        /// Number of its main category.
        var category: Int { Int(bits >> 18 & 0xFF) }
        /// How many letters such a word may have.
        var length: Int { Int(bits >> 26 & 0xF) }
        /// Whether a run of them may be one word.
        var isGrouped: Bool { bits >> 30 & 1 == 1 }
        /// Whether such words are thought of even where the dictionary has some.
        var isAlways: Bool { bits >> 31 == 1 }
        /// The categories it may be counted to.
        var categories: UInt32 { bits & 0x3FFFF }
    }

    /// How many bytes its files have, by name: tells one version from another.
    public let sizes: [String: Int]
    let lexicon: Lexicon
    private let unknown: [[Word]]
    private let matrix: MappedFile
    private let leftSize: Int
    private let letters: MappedFile
    private let lettersAt: Int

    /// Opens the dictionary in a folder.
    ///
    /// - Returns: nil if one of its files is missing or is not what it should be.
    public init?(folder: URL) {
        guard let lexicon = Lexicon(folder.appending(path: "sys.dic")), let unknown = Lexicon(folder.appending(path: "unk.dic")),
            let matrix = MappedFile(folder.appending(path: "matrix.bin")),
            let letters = MappedFile(folder.appending(path: "char.bin"))
        else { return nil }
        self.lexicon = lexicon
        sizes = [
            "sys.dic": lexicon.file.bytes.count, "unk.dic": unknown.file.bytes.count, "matrix.bin": matrix.bytes.count,
            "char.bin": letters.bytes.count,
        ]
        self.matrix = matrix
        self.letters = letters
        leftSize = Int(matrix.bytes.loadUnaligned(as: UInt16.self))
        let rightSize = Int(matrix.bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        guard matrix.bytes.count == 4 + 2 * leftSize * rightSize else { return nil }
        let count = Int(letters.bytes.loadUnaligned(as: UInt32.self))
        lettersAt = 4 + 32 * count
        guard letters.bytes.count == lettersAt + 4 * 0xFFFF else { return nil }
        var words: [[Word]] = []
        for category in 0..<count {
            let name = Array(letters.bytes[(4 + 32 * category)...].prefix(32).prefix { $0 != 0 })
            var found: [Word] = []
            name.withUnsafeBufferPointer { text in
                unknown.prefixes(text, 0) { length, first, size in
                    guard length == text.count else { return }
                    found = (first..<first + size).map { number in
                        let token = unknown.token(number)
                        return Word(left: token.left, right: token.right, cost: token.cost, feature: -1)
                    }
                }
            }
            words.append(found)
        }
        self.unknown = words
    }

    /// Where Debian's package `mecab-ipadic-utf8` puts it.
    public static let ipadic = URL(filePath: "/var/lib/mecab/dic/ipadic-utf8")

    /// What two words beside each other cost.
    @inline(__always)
    public func connection(_ right: UInt16, _ left: UInt16) -> Int32 {
        Int32(matrix.bytes.loadUnaligned(fromByteOffset: 4 + 2 * (Int(right) + leftSize * Int(left)), as: Int16.self))
    }

    @inline(__always)
    func kind(_ scalar: UInt32) -> LetterKind {
        let place = scalar < 0xFFFF ? Int(scalar) : 0
        return LetterKind(bits: letters.bytes.loadUnaligned(fromByteOffset: lettersAt + 4 * place, as: UInt32.self))
    }

    func unknownWords(_ category: Int) -> [Word] { category < unknown.count ? unknown[category] : [] }

    /// The dictionary's description of a word: class, forms, base form, reading, separated by commas; empty for an unknown one.
    public func description(_ word: Word) -> String { word.feature < 0 ? "" : lexicon.feature(word.feature) }

    /// The words that a text begins with: their lengths in bytes, and how they are read, in katakana.
    public func readings(of text: [UInt8]) -> [(length: Int, reading: [UInt32])] {
        var found: [(length: Int, reading: [UInt32])] = []
        text.withUnsafeBufferPointer { bytes in
            lexicon.prefixes(bytes, 0) { length, first, count in
                for number in first..<first + count {
                    let reading = lexicon.reading(lexicon.token(number).feature)
                    if !reading.isEmpty, !found.contains(where: { $0.length == length && $0.reading == reading }) {
                        found.append((length, reading))
                    }
                }
            }
        }
        return found
    }

    /// The words that a text is as a whole.
    public func words(_ text: String) -> [Word] {
        var found: [Word] = []
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            lexicon.prefixes(bytes, 0) { length, first, count in
                if length == bytes.count { found = (first..<first + count).map(lexicon.token) }
            }
        }
        return found
    }
}
