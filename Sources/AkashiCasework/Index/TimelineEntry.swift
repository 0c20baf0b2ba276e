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
    /// What she or a helper sorted it as; nil if nobody has.
    public let sorted: SortedRecord?

    /// The same line without its words.
    public var covered: TimelineEntry {
        var entry = self
        entry.coveredText = nil
        return entry
    }
}

/// Which part of a timeline to show.
public struct TimelineFilter: Sendable {
    /// A place in the timeline: the time of a line and its record.
    public struct Place: Sendable, Equatable {
        /// When the line is said to have happened; nil among those without a time, at the end.
        public let claimedAt: Instant?
        /// The record.
        public let position: LogPosition

        /// Takes the parts.
        public init(claimedAt: Instant?, position: LogPosition) {
            self.claimedAt = claimedAt
            self.position = position
        }
    }

    /// Which records.
    public var records = RecordFilter()
    /// Of this case's incidents only.
    public var caseID: CaseID?
    /// After this place only. Unlike an offset it costs the same anywhere.
    public var after: Place?
    /// Whether the newest come first.
    public var isNewestFirst = false
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
