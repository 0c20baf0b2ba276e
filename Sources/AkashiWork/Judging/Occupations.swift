public import AkashiKnowledge

/// Kinds of work by the Japan Standard Occupational Classification (日本標準職業分類, 2009): `Knowledge/work/occupations.yaml`.
public struct Occupations: Sendable {
    /// A medium group.
    public struct Group: Sendable, Decodable {
        /// Its code, two digits.
        public let code: String
        /// Its name.
        public let name: Bilingual
        let words: [String]
    }

    private struct File: Decodable {
        let groups: [Group]
    }

    /// All medium groups.
    public let groups: [Group]
    /// Words of titles, the longest first.
    private let words: [(word: String, group: Int)]

    /// Reads them.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) {
        let file: File = try knowledge.yaml("work/occupations.yaml")
        groups = file.groups
        words = file.groups.enumerated().flatMap { number, group in
            group.words.map { (word: PlainReading.plain($0).lowercased(), group: number) }
        }.sorted { ($1.word.count, $0.word) < ($0.word.count, $1.word) }
    }

    /// The group that a title means, by the longest of its words that stands in it, of two as long the first; nil where none does.
    public func group(ofTitle title: String) -> Group? {
        let plain = PlainReading.plain(title).lowercased()
        var best: (length: Int, place: String.Index, group: Int)?
        for (word, group) in words {
            if let best, word.count < best.length { break }
            guard let place = plain.firstRange(of: word)?.lowerBound else { continue }
            if best.map({ place < $0.place }) ?? true { best = (word.count, place, group) }
        }
        return best.map { groups[$0.group] }
    }
}
