public import AkashiKnowledge
import Foundation

/// Something about a posting that she should know before she answers it.
public struct PostingFinding: Sendable, Hashable {
    /// What it is.
    public enum Kind: String, Sendable {
        /// Something that the law wants said is not said.
        case missing
        /// A sign of a lure.
        case lure
        /// A corporate number that cannot be right.
        case number
    }

    /// What it is.
    public let kind: Kind
    /// Which, as in `Knowledge/work/checks.yaml`.
    public let id: String
    /// Why it matters.
    public let reason: Bilingual
    /// Words of the posting; empty for what is missing.
    public let words: String
    /// Whether it alone is a reason not to answer.
    public let isRed: Bool
}

/// Looks a posting over: the items that the law wants, the six of commissioned work, signs of lures, the corporate number. It does not say
/// that a posting is safe.
public struct PostingChecker: Sendable {
    private struct Item: Decodable {
        let id: String
        let name: Bilingual
        let words: [String]
        let commissioned: Bool?
        let employed: Bool?
    }

    private struct Lure: Decodable {
        let id: String
        let patterns: [String]
        let unless: [String]?
        let reason: Bilingual
    }

    private struct Checks: Decodable {
        let items: [Item]
        let lures: [Lure]
        let missing: Bilingual
        let missingMany: Bilingual
        let number: Bilingual
        let pay: Bilingual
        let unusualPay: Int
    }

    private let checks: Checks
    private let lures: [(lure: Lure, patterns: [Pattern])]

    /// A piece of words with gaps of up to twelve letters at `*`.
    private struct Pattern {
        let parts: [Substring]

        init(_ text: String) { parts = text.split(separator: "*") }

        func find(in text: Substring) -> Substring? {
            guard let first = parts.first else { return nil }
            var from = text
            while let range = from.firstRange(of: first) {
                var end = range.upperBound
                var isWhole = true
                for part in parts.dropFirst() {
                    let window = text[end...].prefix(12 + part.count)
                    guard let next = window.firstRange(of: part) else {
                        isWhole = false
                        break
                    }
                    end = next.upperBound
                }
                if isWhole { return text[range.lowerBound..<end] }
                from = text[range.upperBound...]
            }
            return nil
        }
    }

    /// Reads items and signs.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) {
        let checks: Checks = try knowledge.yaml("work/checks.yaml")
        self.checks = checks
        lures = checks.lures.map { ($0, $0.patterns.map(Pattern.init)) }
    }

    /// What is to be said of a posting.
    public func check(_ posting: Posting) -> [PostingFinding] {
        let text = PlainReading.plain(
            posting.text + "\n" + posting.named.map { $0.key + ":" + $0.value }.sorted().joined(separator: "\n"))
        var found: [PostingFinding] = []
        let tight = text.filter { !$0.isWhitespace || $0 == "\n" }
        for (lure, patterns) in lures {
            for line in tight.split(whereSeparator: { "\n。!！".contains($0) }) {
                guard !(lure.unless ?? []).contains(where: { line.contains($0) }),
                    let words = patterns.lazy.compactMap({ $0.find(in: line) }).first
                else { continue }
                found.append(PostingFinding(kind: .lure, id: lure.id, reason: lure.reason, words: String(words), isRed: true))
                break
            }
        }
        if let number = posting.corporateNumber, !Self.isCorporateNumber(number.value) {
            found.append(
                PostingFinding(kind: .number, id: "corporate-number", reason: checks.number, words: number.words, isRed: true))
        }
        if let pay = posting.pay, let hourly = pay.value.leastAnHour, hourly >= checks.unusualPay {
            found.append(PostingFinding(kind: .lure, id: "pay", reason: checks.pay, words: pay.words, isRed: true))
        }
        let isCommissioned = posting.employment?.value == .freelance
        let missing = checks.items.filter { item in
            (isCommissioned ? item.commissioned : item.employed) == true && !isThere(item, posting, text)
        }
        // Who it is, where, and how to reach them are what a lure leaves out.
        let core = missing.filter { ["employer", "address", "contact", "work", "pay", "place"].contains($0.id) }
        let isRed = isCommissioned ? core.count >= 1 : core.count >= 2
        for item in missing {
            found.append(
                PostingFinding(
                    kind: .missing, id: item.id,
                    reason: Bilingual(
                        ja: (isRed && core.contains { $0.id == item.id } ? checks.missingMany : checks.missing).ja.replacing(
                            "{name}", with: item.name.ja),
                        en: (isRed && core.contains { $0.id == item.id } ? checks.missingMany : checks.missing).en.replacing(
                            "{name}", with: item.name.en)),
                    words: "", isRed: isRed && core.contains { $0.id == item.id }))
        }
        return found
    }

    private func isThere(_ item: Item, _ posting: Posting, _ text: String) -> Bool {
        switch item.id {
        case "employer": if posting.employer != nil { return true }
        case "address": if posting.address != nil || Self.hasAddress(text) { return true }
        case "place": if posting.address != nil || posting.remote?.value == .full { return true }
        case "pay": return posting.pay != nil
        case "work": if posting.named["description"] != nil || (posting.title != nil && posting.text.count > 80) { return true }
        case "contact": if posting.contact != nil || posting.url != nil { return true }
        default: break
        }
        return item.words.contains { text.contains($0) }
    }

    /// Whether a prefecture stands there with a place behind it.
    private static func hasAddress(_ text: String) -> Bool {
        text.firstMatch(of: /[都道府県][^\s。、]{1,8}[市区町村][^\s。、]{0,12}[0-9]/) != nil
    }

    /// Whether thirteen digits can be a corporate number: the first is 9 less the weighted sum of the others modulo 9 (National Tax Agency,
    /// "法人番号の指定・検査用数字").
    public static func isCorporateNumber(_ text: String) -> Bool {
        let digits = text.compactMap(\.wholeNumberValue)
        guard digits.count == 13, text.count == 13 else { return false }
        let sum = digits.dropFirst().reversed().enumerated().reduce(0) { $0 + $1.element * ($1.offset.isMultiple(of: 2) ? 1 : 2) }
        return digits[0] == 9 - sum % 9
    }
}
