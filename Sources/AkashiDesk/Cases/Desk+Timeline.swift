public import AkashiCasework
public import AkashiModel

extension Desk {
    /// How many records a timeline has.
    public func timelineCount(_ filter: TimelineFilter) throws -> Int { try index.timelineCount(filter) }

    /// From the first to the last time that a timeline's records claim.
    public func timelineSpan(_ filter: TimelineFilter) throws -> ClosedRange<Instant>? { try index.timelineSpan(filter) }

    /// A timeline's records, counted by stretches of time and account.
    public func histogram(_ filter: TimelineFilter, origin: Instant, width: Int64) throws -> [TimelineBin] {
        try remembered("bins/\(filter)/\(origin)/\(width)") { try index.histogram(filter, origin: origin, width: width) }
    }
}
