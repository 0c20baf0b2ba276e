public import AkashiKnowledge
public import AkashiModel
public import AkashiWork

/// A paper about her career.
public enum CareerPaper: String, Sendable, CaseIterable {
    /// 履歴書, in the layout of the Ministry's example of 2021.
    case resume
    /// 職務経歴書, the newest first.
    case history = "work-history"
    /// 職務経歴書, by what she can do.
    case skills = "work-skills"
}

/// What the papers are made of besides her own words: `Knowledge/documents/career/career.yaml`.
public struct CareerWords: Sendable, Decodable {
    /// Names of the papers, as `resume`.
    public let titles: [String: String]
    /// What stands in the place of what a level leaves out.
    public let substitutes: ResumeSheet.Substitutes
    /// Words before the mark of a copy.
    public let mark: String
    /// What a page says that is no copy yet.
    public let draft: String
    /// Where the layout was read.
    public let sources: [Source]

    /// Where something was read.
    public struct Source: Sendable, Decodable {
        /// What.
        public let text: String
        /// Where.
        public let url: String
    }

    /// Reads them.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) { self = try knowledge.yaml("documents/career/career.yaml") }
}

/// A paper about her career, ready to be printed or changed.
public struct RenderedCareer: Sendable {
    /// What it is.
    public let paper: CareerPaper
    /// The name of its file, without an ending.
    public let fileName: String
    /// The whole page.
    public let html: String
    /// The same in simple markup, for a Word file.
    let body: String
    let foot: String
}
