/// The time that a source says of itself: when a post is said to have been written. Anybody could have put it there.
///
/// It never mixes with ``ObservedTime`` (this computer's clock) and ``AttestedTime`` (a time-stamp authority).
public struct ClaimedTime: Hashable, Sendable, Codable {
    /// How exact the source is.
    public enum Precision: String, Sendable, Codable, CaseIterable {
        /// To the millisecond.
        case millisecond
        /// To the second.
        case second
        /// To the minute.
        case minute
        /// To the day.
        case day
    }

    /// Where the zone comes from.
    public enum Zone: Hashable, Sendable {
        /// The source states it, as minutes ahead of UTC.
        case stated(offsetMinutes: Int)
        /// The source states none; Japan Standard Time is assumed, and every screen and paper says so.
        case assumedJapan
    }

    /// The time exactly as the source writes it.
    public let literal: String
    /// The point in time, or the beginning of the minute or day that the source names.
    public let instant: Instant
    /// How exact the source is.
    public let precision: Precision
    /// Where the zone comes from.
    public let zone: Zone

    /// Takes the four parts.
    public init(literal: String, instant: Instant, precision: Precision, zone: Zone) {
        self.literal = literal
        self.instant = instant
        self.precision = precision
        self.zone = zone
    }

    /// The time in Japan, as exact as the source is: `2026-11-24 10:03`.
    public var japanText: String {
        switch precision {
        case .day: instant.japan.dateText
        case .minute: instant.japanMinuteText
        case .second, .millisecond: instant.japanText
        }
    }
}

extension ClaimedTime.Zone: Codable {
    /// Reads `assumed:Asia/Tokyo` or minutes ahead of UTC such as `+540`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        if text == "assumed:Asia/Tokyo" {
            self = .assumedJapan
        } else if let minutes = Int(text) {
            self = .stated(offsetMinutes: minutes)
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "unknown zone")
        }
    }

    /// Writes `assumed:Asia/Tokyo` or minutes ahead of UTC.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .assumedJapan: try container.encode("assumed:Asia/Tokyo")
        case .stated(let minutes): try container.encode(minutes < 0 ? String(minutes) : "+\(minutes)")
        }
    }
}

/// The time at which this computer took something in, by its own clock. It can be wrong, and the person can set it.
public struct ObservedTime: Hashable, Sendable, Comparable, Codable {
    /// The point in time by this computer's clock.
    public let instant: Instant

    /// Takes the clock's reading.
    public init(_ instant: Instant) { self.instant = instant }

    /// Orders by time.
    public static func < (left: Self, right: Self) -> Bool { left.instant < right.instant }

    /// Reads the bare time.
    public init(from decoder: any Decoder) throws {
        instant = try decoder.singleValueContainer().decode(Instant.self)
    }

    /// Writes the bare time.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(instant)
    }
}

/// The time that a time-stamp authority vouches for (RFC 3161 genTime): what was stamped existed before it.
public struct AttestedTime: Hashable, Sendable, Comparable, Codable {
    /// The authority's genTime.
    public let instant: Instant

    /// Takes an authority's genTime.
    public init(_ instant: Instant) { self.instant = instant }

    /// Orders by time.
    public static func < (left: Self, right: Self) -> Bool { left.instant < right.instant }

    /// Reads the bare time.
    public init(from decoder: any Decoder) throws {
        instant = try decoder.singleValueContainer().decode(Instant.self)
    }

    /// Writes the bare time.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(instant)
    }
}
