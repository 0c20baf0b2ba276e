/// When comments are shown.
public enum QueueMode: String, Sendable, Codable, CaseIterable {
    /// Nothing is shown before somebody looked at it.
    case approveFirst = "approve-first"
    /// What the rules do not hold is shown at once.
    case publishFirst = "publish-first"
    /// As publish first, but who never had a comment shown waits.
    case holdNewPeople = "hold-new-people"
    /// Only people who are trusted or known for long are shown at once.
    case shieldsUp = "shields-up"
}

/// What is known of who wrote a comment. It says what an account did here, never who is behind it.
public struct CommenterStanding: Sendable, Hashable, Codable {
    /// She said that she trusts the account.
    public var isTrusted: Bool
    /// How many comments of the account are shown.
    public var shownCount: Int
    /// How many were rejected.
    public var rejectedCount: Int
    /// Days since the first comment that was shown; 0 for none.
    public var knownDays: Int

    /// Takes the parts.
    public init(isTrusted: Bool = false, shownCount: Int = 0, rejectedCount: Int = 0, knownDays: Int = 0) {
        self.isTrusted = isTrusted
        self.shownCount = shownCount
        self.rejectedCount = rejectedCount
        self.knownDays = knownDays
    }
}

/// Where a comment goes, and why.
public struct QueuePlacement: Sendable, Hashable, Codable {
    /// Why a comment waits or is marked.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        /// A rule holds it.
        case rule
        /// A rule marks it.
        case ruleNotes = "rule-notes"
        /// Everything waits.
        case approveFirst = "approve-first"
        /// The account never had a comment shown.
        case newPerson = "new-person"
        /// Comments of the account were rejected before.
        case rejectedBefore = "rejected-before"
        /// Shields are up, and the account is not known for long.
        case shields
        /// The account writes faster than people do.
        case tooFast = "too-fast"
        /// A raid goes on, and the account is part of it or new.
        case raid
    }

    /// Whether it is shown now.
    public let isShown: Bool
    /// In order of weight; empty where nothing speaks against it.
    public let reasons: [Reason]

    /// Takes the parts.
    public init(isShown: Bool, reasons: [Reason]) {
        self.isShown = isShown
        self.reasons = reasons
    }
}

/// Where comments go. Pure: the same comment in the same standing goes to the same place.
public struct QueuePolicy: Sendable, Hashable, Codable {
    /// When comments are shown.
    public var mode: QueueMode
    /// Days after which an account counts as known for long.
    public var knownAfterDays = 30

    /// Takes a mode.
    public init(mode: QueueMode) { self.mode = mode }

    /// Where a comment goes.
    ///
    /// - Parameters:
    ///   - isThreat: whether one of the rules that hold it is about threats; trust does not reach that far.
    ///   - isTooFast: whether the account is over its rate (``CommentRate``).
    ///   - isRaid: whether ``RaidWatch`` names a raid now.
    public func place(
        _ action: Action, isThreat: Bool, _ standing: CommenterStanding, isTooFast: Bool = false, isRaid: Bool = false
    ) -> QueuePlacement {
        var reasons: [QueuePlacement.Reason] = []
        if action == .hold { reasons.append(.rule) }
        if isTooFast { reasons.append(.tooFast) }
        let isNew = standing.shownCount == 0
        let isKnown = standing.isTrusted || standing.shownCount > 0 && standing.knownDays >= knownAfterDays
        if isRaid, !isKnown { reasons.append(.raid) }
        if standing.rejectedCount > standing.shownCount { reasons.append(.rejectedBefore) }
        switch mode {
        case .approveFirst: reasons.append(.approveFirst)
        case .publishFirst: break
        case .holdNewPeople: if isNew { reasons.append(.newPerson) }
        case .shieldsUp: if !isKnown { reasons.append(.shields) }
        }
        if standing.isTrusted, !(action == .hold && isThreat) { reasons.removeAll { $0 != .tooFast } }
        let isShown = reasons.isEmpty
        if action == .note { reasons.append(.ruleNotes) }
        return QueuePlacement(isShown: isShown, reasons: reasons)
    }
}

/// Whether accounts write faster than people do: a bucket for each account, and one for all.
///
/// Comments must come in order of time.
public struct CommentRate: Sendable {
    /// How many at once, and how many an hour after that.
    public struct Limit: Sendable, Hashable {
        /// How many at once.
        public let burst: Double
        /// How many an hour.
        public let perHour: Double

        /// Takes the parts.
        public init(burst: Double, perHour: Double) {
            self.burst = burst
            self.perHour = perHour
        }
    }

    private struct Bucket: Sendable {
        var level: Double
        var at: Int64
    }

    private let limit: Limit
    private var buckets: [String: Bucket] = [:]
    private var sinceSweep = 0

    /// Five at once and twenty an hour, where nothing else is asked.
    public init(_ limit: Limit = Limit(burst: 5, perHour: 20)) { self.limit = limit }

    /// Counts a comment, and says whether it is one too many.
    ///
    /// - Parameter at: milliseconds since 1970.
    public mutating func isTooFast(_ account: String, at: Int64) -> Bool {
        sinceSweep += 1
        if sinceSweep >= 10_000 {
            let empty = Int64(limit.burst / limit.perHour * 3_600_000)
            buckets = buckets.filter { at - $0.value.at < empty }
            sinceSweep = 0
        }
        var bucket = buckets[account] ?? Bucket(level: 0, at: at)
        bucket.level = max(0, bucket.level - Double(max(0, at - bucket.at)) / 3_600_000 * limit.perHour)
        bucket.at = max(at, bucket.at)
        // What is too much does not pile up for ever.
        bucket.level = min(bucket.level + 1, 2 * limit.burst)
        buckets[account] = bucket
        return bucket.level > limit.burst
    }
}
