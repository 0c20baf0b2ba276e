import AkashiFormats
public import AkashiKnowledge
import Foundation

/// Reads postings out of what she saved: pages, feeds, tables, and the sheets of Hello Work as text. It fetches nothing.
public struct PostingReader: Sendable {
    let plain: PlainReading
    let labels: LabelTable

    /// Reads the words and labels.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) {
        plain = try PlainReading(knowledge)
        labels = try LabelTable(knowledge)
    }

    /// The postings of a file, and what could not be read.
    ///
    /// - Parameter file: its name, by whose ending nothing is decided.
    public func read(_ bytes: [UInt8], file: String) -> (postings: [Posting], problems: [PostingProblem]) {
        let text = CharsetDecoder.decode(bytes, label: nil).text
        let head = text.prefix(2_000).lowercased()
        var found: [Posting]
        if head.contains("<rss") || head.contains("<source") || head.contains("<jobs")
            || (head.hasPrefix("<?xml") && head.contains("<job"))
        {
            found = feed(text, file)
        } else if head.contains("<html") || head.contains("<!doctype html") || head.contains("itemscope")
            || text.contains("application/ld+json")
        {
            found = page(text, file)
        } else if isTable(text) {
            found = table(bytes, text, file)
        } else {
            found = [sheet(text, file, 0)]
        }
        for place in found.indices { complete(&found[place]) }
        let isEmpty = found.allSatisfy { $0.title == nil && $0.named.isEmpty && $0.pay == nil }
        return (found, isEmpty ? [PostingProblem(file: file, code: found.isEmpty ? "empty" : "unknown")] : [])
    }

    private func isTable(_ text: String) -> Bool {
        guard let line = text.split(whereSeparator: \.isNewline).first else { return false }
        let cells = line.split { ",\t".contains($0) }
        return cells.count >= 4 && cells.count { labels.kind(of: String($0)) != nil } >= 3
    }

    /// What stands in the words though no field names it.
    private func complete(_ posting: inout Posting) {
        let text = posting.text
        if posting.corporateNumber == nil { posting.corporateNumber = plain.corporateNumber(text) }
        if posting.remote == nil { posting.remote = plain.remote(text) }
        if posting.pay == nil {
            for line in text.split(whereSeparator: \.isNewline).prefix(200) {
                let line = String(line)
                guard line.contains("円"), let pay = plain.pay(line) else { continue }
                posting.pay = pay
                break
            }
        }
        if posting.prefecture == nil, let address = posting.address { posting.prefecture = plain.prefecture(address.words) }
        if posting.city == nil, let address = posting.address { posting.city = plain.city(address.words) }
    }

    /// Puts a field where it belongs; what has no place of its own is kept by its name.
    func set(_ label: String, _ value: String, in posting: inout Posting) {
        let value = value.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !value.isEmpty else { return }
        posting.named[label, default: ""] += (posting.named[label] == nil ? "" : "\n") + value
        guard let kind = labels.kind(of: label) else { return }
        switch kind {
        case .title: if posting.title == nil { posting.title = Stated(value, value) }
        case .employer: if posting.employer == nil { posting.employer = Stated(value, value) }
        case .place, .office:
            if posting.address == nil || kind == .place {
                posting.address = Stated(value, value)
                if let prefecture = plain.prefecture(value) { posting.prefecture = prefecture }
                if let city = plain.city(value) { posting.city = city }
            }
        case .pay: if posting.pay == nil { posting.pay = plain.pay(value) ?? plain.pay(label + value) }
        case .employment: if posting.employment == nil { posting.employment = plain.employment(value) }
        case .remote: posting.remote = plain.remote(value) ?? plain.remote(label + "：" + value) ?? posting.remote
        case .posted: if posting.posted == nil { posting.posted = plain.day(value) }
        case .corporateNumber:
            let digits = PlainReading.plain(value).filter(\.isNumber)
            if !digits.isEmpty { posting.corporateNumber = Stated(digits, value) }
        case .contact: if posting.contact == nil { posting.contact = Stated(value, value) }
        case .url: posting.url = value
        case .other: break
        }
    }
}

/// What the labels of sheets, tables and feeds mean: `Knowledge/work/labels.yaml`.
struct LabelTable: Sendable {
    /// A field that has a place of its own.
    enum Kind: String, CaseIterable, Sendable {
        case title, employer, place, office, pay, employment, remote, posted, corporateNumber, contact, url, other
    }

    private let kinds: [String: Kind]
    /// All labels, the longest first.
    let all: [String]

    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        let lists: [String: [String]] = try knowledge.yaml("work/labels.yaml")
        var kinds: [String: Kind] = [:]
        for kind in Kind.allCases { for label in lists[kind.rawValue] ?? [] { kinds[Self.key(label)] = kind } }
        self.kinds = kinds
        all = lists.values.flatMap { $0 }.sorted { ($1.count, $0) < ($0.count, $1) }
    }

    func kind(of label: String) -> Kind? { kinds[Self.key(label)] }

    /// A label without blanks, brackets and signs around it.
    static func key(_ label: String) -> String {
        PlainReading.plain(label).lowercased().filter { !$0.isWhitespace && !"【】[]■●◆◇□○・:*\u{feff}".contains($0) }
    }
}
