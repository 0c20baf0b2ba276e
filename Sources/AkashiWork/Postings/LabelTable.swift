import AkashiKnowledge
import AkashiModel

/// What the labels of sheets, tables and feeds mean: `Knowledge/work/labels.yaml`.
struct LabelTable: Sendable {
    /// A field that has a place of its own.
    enum Kind: String, CaseIterable, Sendable {
        case title, employer, place, office, pay, basePay, employment, remote, posted, corporateNumber, contact, url, other
        /// Parts of an address and of what is paid, in columns of their own; an employer that is only the author.
        case region, locality, street, payUnit, payLeast, payMost, weakEmployer, weakPosted
    }

    private let kinds: [String: Kind]
    /// All labels, the longest first.
    let all: [String]

    private struct File: Decodable {
        let lists: [String: [String]]
        let fragments: [Fragment]
    }

    private struct Fragment: Decodable {
        let piece: String
        let kind: String
    }

    /// Letters of a label that may be told by a piece of it.
    private static let mostLetters = 11
    private let fragments: [(piece: String, kind: Kind)]

    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        let file: File = try knowledge.yaml("work/labels.yaml")
        var kinds: [String: Kind] = [:]
        for (name, labels) in file.lists {
            guard let kind = Kind(rawValue: name) else { throw KnowledgeError(.damaged, ["file": "work/labels.yaml"]) }
            for label in labels {
                let before = kinds.updateValue(kind, forKey: Self.key(label))
                guard before ?? kind == kind else { throw KnowledgeError(.damaged, ["file": "work/labels.yaml"]) }
            }
        }
        self.kinds = kinds
        fragments = file.fragments.compactMap { row in Kind(rawValue: row.kind).map { (row.piece, $0) } }
        all = file.lists.values.flatMap(\.self).sorted { ($1.count, $0) < ($0.count, $1) }
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
