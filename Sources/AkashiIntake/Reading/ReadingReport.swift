public import AkashiModel

/// Something that could not be read, and where. A person can look at the place with any other tool.
public struct ReadingProblem: Hashable, Sendable, Codable {
    /// Stable text such as `json.truncated`; its sentence stands in `Knowledge/strings/problems`.
    public let code: String
    /// The path of the member.
    public let member: String?
    /// The byte in the member where it was noticed.
    public let offset: UInt64?
    /// The line, from 1, where lines count.
    public let line: Int?

    /// Takes the parts.
    public init(_ code: String, member: String? = nil, offset: UInt64? = nil, line: Int? = nil) {
        self.code = code
        self.member = member
        self.offset = offset
        self.line = line
    }
}

/// What an importer says about one stream of records in what it read.
public struct ScopeReport: Hashable, Sendable, Codable {
    /// The stream, as in ``ParsedRecord/scope``.
    public let scope: String
    /// When the source says it was exported; what was read later replaces nothing, but shows what is missing by then.
    public let exportedAt: ClaimedTime?
    /// Whether the source holds all of the stream, so that a record missing from it is gone from it.
    public let isComplete: Bool
    /// Number of records read.
    public var count: Int

    /// Takes the parts.
    public init(scope: String, exportedAt: ClaimedTime?, isComplete: Bool, count: Int) {
        self.scope = scope
        self.exportedAt = exportedAt
        self.isComplete = isComplete
        self.count = count
    }
}

/// What came of reading one source: how much, and every problem.
public struct ReadingReport: Hashable, Sendable, Codable {
    /// Problems that are kept one by one. Further ones are counted.
    public static let maximumProblems = 1000

    /// The streams that were read.
    public var scopes: [ScopeReport] = []
    /// Problems, in the order they were met.
    public private(set) var problems: [ReadingProblem] = []
    /// Number of problems, those that were not kept too.
    public private(set) var problemCount = 0

    /// An empty report.
    public init() {}

    /// Adds a problem.
    public mutating func add(_ problem: ReadingProblem) {
        problemCount += 1
        if problems.count < Self.maximumProblems { problems.append(problem) }
    }
}
