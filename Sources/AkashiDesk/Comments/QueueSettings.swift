public import AkashiModeration
import Foundation

/// A word that she does not want to see.
public struct OwnWord: Codable, Hashable, Sendable {
    /// As it is written.
    public let text: String
    /// How it is read, in kana; nil where that is to be found out.
    public let reading: String?
    /// Whether it holds nothing for now: it would hold very much, and she did not say yes to that.
    public var isPaused: Bool

    /// Takes the parts.
    public init(text: String, reading: String? = nil, isPaused: Bool = false) {
        self.text = text
        self.reading = reading
        self.isPaused = isPaused
    }

    /// The word as the matcher takes it.
    public var term: Term { Term(text, reading: reading) }
}

/// What she chose for comments. It is kept with her other choices.
public struct QueueSettings: Hashable, Sendable {
    /// When comments are shown.
    public var mode = QueueMode.approveFirst
    /// Words that she does not want to see.
    public var ownWords: [OwnWord] = []
    /// Packs of rules that are switched off, by name.
    public var packsOff: Set<String> = []

    enum Name: String {
        case mode = "queue.mode"
        case words = "queue.words"
        case packsOff = "queue.packs-off"
        case gatewayAddress = "gateway.address"
        case gatewayToken = "gateway.token"
    }

    /// Reads what she chose.
    init(_ settings: [String: String]) {
        mode = settings[Name.mode.rawValue].flatMap(QueueMode.init(rawValue:)) ?? .approveFirst
        if let text = settings[Name.words.rawValue] {
            ownWords = (try? JSONDecoder().decode([OwnWord].self, from: Data(text.utf8))) ?? []
        }
        packsOff = Set((settings[Name.packsOff.rawValue] ?? "").split(separator: " ").map(String.init))
    }

    static func text(_ words: [OwnWord]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(words), as: UTF8.self)
    }

    /// Her words that hold something, a line each, as the rules take them.
    var ownLines: String {
        let words = ownWords.filter { !$0.isPaused }
        return words.map { word in [word.text, word.reading].compactMap(\.self).joined(separator: "\t") }.joined(separator: "\n")
    }
}
