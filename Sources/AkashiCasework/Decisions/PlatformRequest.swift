public import AkashiModel

/// What she asked of a platform, what came back, what comes next.
public struct PlatformRequest: Codable, Hashable, Sendable {
    /// How it ended.
    public enum Outcome: String, Codable, Sendable, CaseIterable {
        /// Nothing came yet.
        case waiting
        /// It was done.
        case accepted
        /// Part of it was done.
        case partly
        /// It was refused.
        case refused
    }

    /// The request.
    public let id: RequestID
    /// The case.
    public let caseID: CaseID
    /// The platform, as in `Knowledge/reporting`, or in her words.
    public let platform: String
    /// What was asked.
    public let kind: RequestKind
    /// The posts it is about.
    public let records: [LogPosition]
    /// The day it was sent, as `2026-11-24`; nil while it is a draft.
    public let sentOn: String?
    /// The day the platform says that it received it.
    public let receivedOn: String?
    /// The number that the platform gave.
    public let receipt: String?
    /// The day of the answer.
    public let answeredOn: String?
    /// What was answered, in her words.
    public let answer: String?
    /// How it ended.
    public let outcome: Outcome
    /// What comes next.
    public let next: String?
    /// By when.
    public let nextBy: String?

    /// Takes the parts.
    public init(
        id: RequestID, caseID: CaseID, platform: String, kind: RequestKind, records: [LogPosition] = [], sentOn: String? = nil,
        receivedOn: String? = nil, receipt: String? = nil, answeredOn: String? = nil, answer: String? = nil,
        outcome: Outcome = .waiting, next: String? = nil, nextBy: String? = nil
    ) {
        self.id = id
        self.caseID = caseID
        self.platform = platform
        self.kind = kind
        self.records = records
        self.sentOn = sentOn
        self.receivedOn = receivedOn
        self.receipt = receipt
        self.answeredOn = answeredOn
        self.answer = answer
        self.outcome = outcome
        self.next = next
        self.nextBy = nextBy
    }
}
