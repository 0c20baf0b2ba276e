/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Kept as an integer, so that no time is ever changed by rounding.
public struct Instant: Hashable, Sendable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z; negative before.
    public let milliseconds: Int64

    /// Takes milliseconds since 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Takes whole seconds since 1970-01-01T00:00:00Z.
    public init(seconds: Int64) { self.init(milliseconds: seconds * 1000) }

    /// Orders by time.
    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    /// The instant some milliseconds later (earlier if negative).
    public func advanced(milliseconds delta: Int64) -> Self { Self(milliseconds: milliseconds + delta) }
}

extension Instant {
    /// `2026-11-24T01:03:22.123Z`, always with milliseconds (RFC 3339).
    public var utcText: String { CivilTime(self, offsetMinutes: 0).text + "Z" }

    /// `2026-11-24 10:03:22`, Japan Standard Time (UTC+9, no summer time since 1952).
    public var japanText: String { japan.spacedText(seconds: true) }

    /// `2026-11-24 10:03`, Japan Standard Time.
    public var japanMinuteText: String { japan.spacedText(seconds: false) }

    /// The civil date and time in Japan.
    public var japan: CivilTime { CivilTime(self, offsetMinutes: CivilTime.japanOffsetMinutes) }

    /// Reads RFC 3339 text with a zone, with or without a fraction (at most milliseconds are kept); nil for anything else.
    public init?(rfc3339 text: some StringProtocol) {
        guard let (civil, offset) = CivilTime.parseRFC3339(text), let offset else { return nil }
        self = civil.instant(offsetMinutes: offset)
    }
}

extension Instant: Codable {
    /// Reads RFC 3339 text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let instant = Self(rfc3339: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 time")
        }
        self = instant
    }

    /// Writes RFC 3339 text in UTC.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(utcText)
    }
}
