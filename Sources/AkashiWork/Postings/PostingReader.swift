import AkashiFormats
public import AkashiKnowledge
import AkashiText
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
        for place in found.indices {
            complete(&found[place])
            found[place].plainText = PlainReading.plain(found[place].text)
            found[place].folded = (FoldedText(found[place].title?.value ?? ""), FoldedText(found[place].text))
        }
        let isEmpty = found.allSatisfy { $0.title == nil && $0.named.isEmpty && $0.pay == nil }
        return (found, isEmpty ? [PostingProblem(file: file, code: found.isEmpty ? "empty" : "unknown")] : [])
    }

    private func isTable(_ text: String) -> Bool {
        guard let line = text.split(whereSeparator: \.isNewline).first else { return false }
        let cells = line.split { ",\t".contains($0) }
        guard cells.count >= 4, cells.allSatisfy({ $0.count <= 20 }) else { return false }
        return cells.count { labels.kind(of: String($0)) != nil } >= 3
    }

    /// Words of lines that name another sum than the pay.
    private static let otherMoney = ["手当", "交通費", "固定残業", "賞与", "昇給", "登録料", "祝い金", "駐車場"]

    /// What stands in the words though no field names it.
    private func complete(_ posting: inout Posting) {
        let text = posting.text
        if posting.corporateNumber == nil { posting.corporateNumber = plain.corporateNumber(text) }
        if posting.remote == nil { posting.remote = plain.remote(text) }
        if posting.pay == nil {
            let lines = text.split(whereSeparator: { "\n。".contains($0) || $0.isNewline }).prefix(300).map(String.init).filter {
                line in
                line.contains("円")
                    && (["時給", "月給", "日給", "時間給"].contains { line.contains($0) }
                        || !Self.otherMoney.contains { line.contains($0) })
            }
            let named = lines.filter { line in
                ["時給", "時間給", "月給", "月額", "日給", "年俸", "年収", "週給", "給与", "賃金"].contains { line.contains($0) }
            }
            posting.pay = (named + lines).lazy.compactMap { plain.pay($0) }.first
        }
        if posting.pay == nil {
            for (label, value) in posting.named.sorted(by: { $0.key < $1.key }) where labels.kind(of: label) == .basePay {
                posting.pay = plain.pay(label + value)
                if posting.pay != nil { break }
            }
        }
        if posting.employment == nil { posting.employment = plain.employment(text) }
        if posting.prefecture == nil, posting.named["home"] == nil,
            let place = text.firstMatch(of: /(?:勤務地|就業場所|勤務先|作業場所|勤務場所)[：:は]\s?([^\n。<]{3,60})/)
        {
            fill(.place, "", String(place.1), in: &posting)
        }
        if let title = posting.title?.value, let cut = ["｜", " | ", " - ", "／"].compactMap({ title.firstRange(of: $0) }).first {
            // What stands behind is the employer or the place, as in lists.
            let tail = title[cut.upperBound...]
            let isKnown = posting.employer.map { tail.contains($0.value) } ?? false
            if isKnown || plain.prefecture(String(tail)) != nil {
                posting.title = Stated(String(title[..<cut.lowerBound]), title)
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
        let isLong = kind == .other || kind == .pay
        let short = isLong ? value : value.split(whereSeparator: \.isNewline).first.map(String.init) ?? value
        fill(kind, label, short, in: &posting)
    }

    private func fill(_ kind: LabelTable.Kind, _ label: String, _ value: String, in posting: inout Posting) {
        switch kind {
        case .title: if posting.title == nil { posting.title = Stated(value, value) }
        case .employer: if posting.employer == nil { posting.employer = Stated(value, value) }
        case .place where value.contains("同じ"): break
        case .place where value.contains("自宅") || value.hasPrefix("在宅"):
            // Her own home: no place of the posting.
            (posting.address, posting.prefecture, posting.city) = (nil, nil, nil)
            posting.remote = posting.remote ?? Stated(.full, value)
            posting.named["home"] = value
        case .office where posting.named["home"] != nil: break
        case .place, .office:
            if posting.address == nil || kind == .place {
                posting.address = Stated(value, value)
                if let prefecture = plain.prefecture(value) { posting.prefecture = prefecture }
                if let city = plain.city(value) { posting.city = city }
            }
        case .basePay: break
        case .pay:
            let form = posting.named["賃金形態"].map { PlainReading.plain($0) }
            if posting.pay == nil {
                posting.pay = plain.pay(value) ?? plain.pay(label + value) ?? form.flatMap { plain.pay($0 + value) }
            }
        case .employment: if posting.employment == nil { posting.employment = plain.employment(value) }
        case .remote: posting.remote = plain.remoteField(value) ?? posting.remote
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
        case title, employer, place, office, pay, basePay, employment, remote, posted, corporateNumber, contact, url, other
    }

    private let kinds: [String: Kind]
    /// All labels, the longest first.
    let all: [String]

    private struct Lists: Decodable {
        let title: [String]
        let employer: [String]
        let place: [String]
        let office: [String]
        let pay: [String]
        let basePay: [String]
        let employment: [String]
        let remote: [String]
        let posted: [String]
        let corporateNumber: [String]
        let contact: [String]
        let url: [String]
        let other: [String]
        let fragments: [Fragment]
    }

    private struct Fragment: Decodable {
        let piece: String
        let kind: String
    }

    /// Letters of a label that may be told by a piece of it.
    private static let mostLetters = 14
    private let fragments: [(piece: String, kind: Kind)]

    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        let lists: Lists = try knowledge.yaml("work/labels.yaml")
        let byKind: [(Kind, [String])] = [
            (.title, lists.title), (.employer, lists.employer), (.place, lists.place), (.office, lists.office), (.pay, lists.pay),
            (.basePay, lists.basePay), (.employment, lists.employment), (.remote, lists.remote), (.posted, lists.posted),
            (.corporateNumber, lists.corporateNumber), (.contact, lists.contact), (.url, lists.url), (.other, lists.other),
        ]
        var kinds: [String: Kind] = [:]
        for (kind, labels) in byKind { for label in labels { kinds[Self.key(label)] = kind } }
        self.kinds = kinds
        fragments = lists.fragments.compactMap { row in Kind(rawValue: row.kind).map { (row.piece, $0) } }
        all = byKind.flatMap(\.1).sorted { ($1.count, $0) < ($0.count, $1) }
    }

    /// What a label means; one that is in no list is told by a piece of it.
    func kind(of label: String) -> Kind? {
        let key = Self.key(label)
        if let kind = kinds[key] { return kind }
        guard key.count <= Self.mostLetters, !key.contains(where: { "。、".contains($0) }) else { return nil }
        return fragments.first { key.contains($0.piece) }?.kind
    }

    /// Whether a label is in a list.
    func isListed(_ label: String) -> Bool { kinds[Self.key(label)] != nil }

    /// A label without blanks, brackets and signs around it.
    static func key(_ label: String) -> String {
        PlainReading.plain(label).lowercased().filter { !$0.isWhitespace && !"【】[]■●◆◇□○・:*\u{feff}".contains($0) }
    }
}
