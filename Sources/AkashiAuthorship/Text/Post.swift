import Foundation

/// One message, or one sentence of a longer text, as the comparison sees it.
public struct Post: Sendable, Hashable {
    /// The letters after neutral ones took the place of what tells of content or of people.
    package let letters: [UInt32]
    /// The same with runs of content letters drawn together.
    package let masked: [UInt32]

    /// Takes a message. Composed letters stay as they were typed: widths are habits, so nothing is folded.
    public init(_ text: String) {
        letters = Neutral.letters(
            text.unicodeScalars.allSatisfy(Self.isComposed) ? text : text.precomposedStringWithCanonicalMapping)
        masked = ClassMask.apply(letters)
    }

    /// Whether a letter is the same before and after composition, whatever stands around it; not all such letters are known here.
    private static func isComposed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x300, 0x3000..<0x3099, 0x309B..<0xA000, 0xFF00..<0xFFF0: true
        default: false
        }
    }

    /// Letters that were typed.
    public var letterCount: Int { letters.count }
}

/// One writer's posts.
public struct Writing: Sendable {
    /// In the order in which they came.
    public let posts: [Post]
    /// Letters in all of them.
    public let letterCount: Int

    /// Takes messages as they are, or cut into sentences where they are of a kind in which one message has many, such as reviews.
    public init(_ texts: [String], bySentence: Bool = false) {
        let pieces = bySentence ? texts.flatMap(Sentences.split) : texts
        posts = pieces.map(Post.init).filter { !$0.letters.isEmpty }
        letterCount = posts.reduce(0) { $0 + $1.letters.count }
    }

    /// Takes posts.
    package init(posts: [Post]) {
        self.posts = posts
        letterCount = posts.reduce(0) { $0 + $1.letters.count }
    }
}

/// Addresses, accounts and numbers say something about people and content, nothing about habits: they become one sign each.
enum Neutral {
    static func letters(_ text: String) -> [UInt32] {
        let marked = text.utf8.contains { $0 == 0x40 || $0 == 0x3A } ? text.replacing(address, with: "○") : text
        return marked.unicodeScalars.map { scalar in
            switch scalar.value {
            case 0x30...0x39: 0x30
            case 0xFF10...0xFF19: 0xFF10
            default: scalar.value
            }
        }
    }

    // SAFETY: written once and only read; `Regex` is not marked Sendable.
    nonisolated(unsafe) private static let address =
        /https?:\/\/[!-~]+|[A-Za-z0-9._+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+|@[A-Za-z0-9_.]+/
}

/// Cuts a text where sentences end.
enum Sentences {
    private static let ends = Set("。！？!?\n".unicodeScalars)
    private static let followers = Set("。！？!?…）)」』笑wｗ♪☆★〜～ー".unicodeScalars)

    /// Whether "(笑" begins here.
    private static func isLaughter(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        let two = rest.prefix(2)
        return two.count == 2 && "(（".unicodeScalars.contains(rest[rest.startIndex])
            && "笑wｗ".unicodeScalars.contains(two[rest.startIndex + 1])
    }

    /// Sentences with the marks that end them.
    static func split(_ text: String) -> [String] {
        var sentences: [String] = []
        var current = String.UnicodeScalarView()
        var isEnding = false
        func close() {
            let sentence = String(current).trimmingCharacters(in: .whitespacesAndNewlines)
            if !sentence.isEmpty { sentences.append(sentence) }
            current = String.UnicodeScalarView()
        }
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            if isEnding, !followers.contains(scalar), !isLaughter(scalars[index...]) {
                close()
                isEnding = false
            }
            current.append(scalar)
            if ends.contains(scalar) { isEnding = true }
        }
        close()
        return sentences
    }
}
