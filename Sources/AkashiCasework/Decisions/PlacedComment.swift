public import AkashiModel
public import AkashiModeration

/// What becomes of a comment. Rejecting is a decision too: the record stays as it was sealed.
public enum CommentOutcome: String, Codable, Sendable, CaseIterable {
    /// It may be shown.
    case shown
    /// It waits for somebody to look.
    case held
    /// It is not shown.
    case rejected
}

/// Where the rules of a day put a comment, and why.
public struct PlacedComment: Codable, Hashable, Sendable {
    /// The comment.
    public let record: LogPosition
    /// Where it goes: shown or held. Rules reject nothing.
    public let placement: QueuePlacement
    /// What the rules found.
    public let verdict: CommentVerdict

    /// Takes the parts.
    public init(record: LogPosition, placement: QueuePlacement, verdict: CommentVerdict) {
        self.record = record
        self.placement = placement
        self.verdict = verdict
    }

    /// Where it goes.
    public var outcome: CommentOutcome { placement.isShown ? .shown : .held }

    /// Whether a rule, and nothing else, holds it: no other rule, no mode, no raid.
    public func isHeld(only rule: String) -> Bool {
        !placement.isShown && placement.reasons.allSatisfy { $0 == .rule || $0 == .ruleNotes }
            && verdict.findings.allSatisfy { $0.action < .hold || $0.rule == rule }
    }
}
