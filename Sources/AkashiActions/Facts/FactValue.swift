public import AkashiModel

/// A fact of the case, and where it comes from.
public struct FactValue: Sendable, Hashable {
    /// Where it comes from.
    public enum Origin: Sendable, Hashable {
        /// She said so.
        case answered(at: ObservedTime)
        /// The evidence says so.
        case evidence([LogPosition])
        /// She noted a talk, named her shop, or refused a contact.
        case noted
    }

    /// The answer.
    public let text: String
    /// Where it comes from.
    public let origin: Origin

    /// Takes the parts.
    public init(text: String, origin: Origin) {
        self.text = text
        self.origin = origin
    }

    /// The answer as a day, if it is one.
    public var day: CivilDate? { Self.day(text)?.earliest }

    /// A day, or a month of which the day is not known: `2026-09` is counted from its first day, the earliest that it can be.
    public static func day(_ text: String) -> (earliest: CivilDate, isExact: Bool)? {
        if let day = CivilDate(text) { return (day, true) }
        if text.utf8.count == 7, let day = CivilDate(text + "-01") { return (day, false) }
        // A point in time with its zone: the day in Japan.
        if let instant = Instant(rfc3339: text) { return (CivilDate(japan: instant), true) }
        guard let time = CivilTime.parseRFC3339(text), time.offsetMinutes == nil else { return nil }
        return CivilDate(time.0.dateText).map { ($0, true) }
    }
}
