public import AkashiKnowledge

/// Everything that looks at postings, made ready once.
public struct WorkReaders: Sendable {
    /// Reads postings.
    public let reader: PostingReader
    /// Puts them in order.
    public let ranker: PostingRanker
    /// Looks them over.
    public let checker: PostingChecker
    /// Reads what a sentence changes of her wishes.
    public let wishes: WishReader
    /// What kind of work a title means.
    public let occupations: Occupations

    /// Reads words, labels, checks.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) {
        reader = try PostingReader(knowledge)
        ranker = try PostingRanker(knowledge)
        checker = try PostingChecker(knowledge)
        wishes = try WishReader(knowledge)
        occupations = try Occupations(knowledge)
    }
}
