public import AkashiModel
import AkashiText
import Foundation

/// What one rule looks for. Data: `Knowledge/sorting`.
public struct SortingRule: Sendable, Decodable {
    /// What a rule speaks of.
    public enum Subject: Hashable, Sendable {
        /// One of the harms.
        case harm(Harm)
        /// Criticism that everybody may utter.
        case criticism
    }

    /// Its name.
    public let id: String
    /// What it speaks of.
    public let subject: Subject
    /// 0 (only a shield) to 4 (plain); below 0 it speaks against its subject.
    public let weight: Int
    /// Patterns, ICU regular expressions: one of them must be there.
    public let any: [String]
    /// Groups of patterns: of each group one must be there too, wherever it stands.
    public let all: [[String]]
    /// Patterns that take it back.
    public let unless: [String]
    /// Harms that it speaks against.
    public let shields: [Harm]
    /// How much it speaks against them.
    public let by: Int
    /// The reason in Japanese.
    public let ja: String
    /// The reason in English.
    public let en: String

    private enum CodingKeys: String, CodingKey {
        case id, harm, weight, any, all, unless, shields, by, ja, en
    }

    /// Reads a rule; an unknown harm is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        let name = try container.decode(String.self, forKey: .harm)
        if name == "criticism" {
            subject = .criticism
        } else if let harm = Harm(rawValue: name) {
            subject = .harm(harm)
        } else {
            throw DecodingError.dataCorruptedError(forKey: .harm, in: container, debugDescription: "unknown harm")
        }
        weight = try container.decode(Int.self, forKey: .weight)
        any = try container.decode([String].self, forKey: .any)
        all = try container.decodeIfPresent([[String]].self, forKey: .all) ?? []
        unless = try container.decodeIfPresent([String].self, forKey: .unless) ?? []
        shields = try container.decodeIfPresent([Harm].self, forKey: .shields) ?? []
        by = try container.decodeIfPresent(Int.self, forKey: .by) ?? 0
        ja = try container.decode(String.self, forKey: .ja)
        en = try container.decode(String.self, forKey: .en)
    }
}

/// Patterns made ready, folded in the same way as the texts.
struct PatternSet: Sendable {
    private let expressions: [NSRegularExpression]

    /// - Throws: if a pattern is not a regular expression.
    init(_ patterns: [String]) throws {
        expressions = try patterns.map { try NSRegularExpression(pattern: FoldedText($0).text) }
    }

    /// The first place in a folded text, in UTF-16 units.
    func firstMatch(in text: String) -> NSRange? {
        let whole = NSRange(location: 0, length: text.utf16.count)
        for expression in expressions {
            let range = expression.rangeOfFirstMatch(in: text, range: whole)
            if range.location != NSNotFound { return range }
        }
        return nil
    }
}
