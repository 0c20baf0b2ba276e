public import AkashiModel

/// One line of the timeline. Its words are apart, so that a screen can leave them covered.
public struct TimelineEntry: Hashable, Sendable {
    /// The record.
    public let position: LogPosition
    /// What it is.
    public let kind: RecordKind
    /// When it is said to have happened; nil if the source does not say.
    public let claimedAt: Instant?
    /// The same in Japan, as exact as the source is.
    public let claimedText: String?
    /// Whether the source states no zone and Japan is assumed.
    public let isZoneAssumed: Bool
    /// When this computer read it.
    public let observedAt: ObservedTime
    /// The account it is said to be from.
    public let account: AccountKey?
    /// That account's name at the last export.
    public let accountName: String?
    /// Its words.
    public private(set) var coveredText: String?
    /// Where it is said to be.
    public let url: String?
    /// Number of pictures and files.
    public let attachmentCount: Int
    /// What a reader should know.
    public let remarks: [Remark]
    /// The sealed object it was read from.
    public let object: ContentDigest
    /// A file's name.
    public let name: String?
    /// The record of which it is a later state.
    public let revises: LogPosition?
    /// The reading in which it was missing for the first time.
    public let absentSince: LogPosition?
    /// Harms of the incidents it belongs to.
    public let harms: [Harm]

    /// The same line without its words.
    public var covered: TimelineEntry {
        var entry = self
        entry.coveredText = nil
        return entry
    }
}

/// What to leave out of a timeline.
public struct TimelineFilter: Sendable {
    /// From this time on.
    public var from: Instant?
    /// Up to this time, without it.
    public var to: Instant?
    /// Of this account only.
    public var account: AccountKey?
    /// Of these kinds only; nil for all.
    public var kinds: [RecordKind]?
    /// Of this case's incidents only.
    public var caseID: CaseID?
    /// Entries at the most.
    public var limit: Int
    /// Entries to pass over.
    public var offset: Int

    /// Everything, 1,000 entries at a time.
    public init(limit: Int = 1000, offset: Int = 0) {
        self.limit = limit
        self.offset = offset
    }
}
