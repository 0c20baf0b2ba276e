public import AkashiKnowledge

/// How many of the people of Japan live in each prefecture.
public struct PlaceShares: Sendable, Decodable {
    /// Where the figures come from.
    public struct Source: Sendable, Decodable {
        /// The publication.
        public let text: String
        /// Its address.
        public let url: String
        /// Whether the publication itself was read or a copy.
        public let mark: String
    }

    /// Where the figures come from.
    public let source: Source
    /// The day on which that was read.
    public let checked: String
    /// People by prefecture, from north to south.
    public let people: [Place]

    /// A prefecture.
    public struct Place: Sendable, Decodable {
        /// Its name.
        public let name: String
        /// People who live there.
        public let count: Int
    }

    /// Reads the table.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public static func read(_ knowledge: Knowledge) throws -> PlaceShares { try knowledge.yaml("authorship/prefectures.yaml") }

    /// A prefecture's share; nil where there is none of that name.
    public func share(of prefecture: String) -> Double? {
        people.first { $0.name == prefecture }.map { Double($0.count) / Double(max(1, people.reduce(0) { $0 + $1.count })) }
    }
}
