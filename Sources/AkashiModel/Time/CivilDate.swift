/// A day of the proleptic Gregorian calendar, with no zone of its own. Law counts in days, so deadlines are made of these.
public struct CivilDate: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before.
    public let daysSinceEpoch: Int

    /// Takes days since 1970-01-01.
    public init(daysSinceEpoch: Int) { self.daysSinceEpoch = daysSinceEpoch }

    /// Takes the parts; nil if they name no real day.
    public init?(year: Int, month: Int, day: Int) {
        guard CivilTime(year: year, month: month, day: day) != nil else { return nil }
        self.init(daysSinceEpoch: CivilTime.daysSinceEpoch(year: year, month: month, day: day))
    }

    /// The day on which an instant falls in Japan.
    public init(japan instant: Instant) {
        let time = instant.japan
        self.init(daysSinceEpoch: CivilTime.daysSinceEpoch(year: time.year, month: time.month, day: time.day))
    }

    /// Reads `2026-11-24`, and nothing else.
    public init?(_ text: some StringProtocol) {
        var digits = DigitReader(text)
        guard let year = digits.number(4), digits.skip("-"), let month = digits.number(2), digits.skip("-"),
            let day = digits.number(2), digits.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    private var parts: (year: Int, month: Int, day: Int) { CivilTime.civil(daysSinceEpoch: daysSinceEpoch) }

    /// The year, such as 2026.
    public var year: Int { parts.year }
    /// 1…12.
    public var month: Int { parts.month }
    /// 1…31.
    public var day: Int { parts.day }
    /// 0 for Sunday … 6 for Saturday.
    public var weekday: Int { ((daysSinceEpoch + 4) % 7 + 7) % 7 }

    /// The first instant of the day in Japan.
    public var japanStart: Instant {
        Instant(seconds: Int64(daysSinceEpoch) * 86_400 - Int64(CivilTime.japanOffsetMinutes) * 60)
    }

    /// `2026-11-24`
    public var description: String {
        let (year, month, day) = parts
        func pad(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
    }

    /// Orders by time.
    public static func < (left: Self, right: Self) -> Bool { left.daysSinceEpoch < right.daysSinceEpoch }

    /// Some days later (earlier if negative).
    public func adding(days: Int) -> Self { Self(daysSinceEpoch: daysSinceEpoch + days) }

    /// The same day of the month, some months later; nil where that month has no such day.
    public func sameDay(monthsLater months: Int) -> Self? {
        let (year, month) = month(after: months)
        return Self(year: year, month: month, day: day)
    }

    /// The last day of the month that is some months later.
    public func endOfMonth(monthsLater months: Int) -> Self {
        let (year, month) = month(after: months)
        let day = CivilTime.daysInMonth(year: year, month: month)
        return Self(daysSinceEpoch: CivilTime.daysSinceEpoch(year: year, month: month, day: day))
    }

    private func month(after months: Int) -> (year: Int, month: Int) {
        let index = year * 12 + month - 1 + months
        return (index / 12, index % 12 + 1)
    }
}

extension CivilDate: Codable {
    /// Reads `2026-11-24`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day")
        }
        self = date
    }

    /// Writes `2026-11-24`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension CivilDate {
    /// `2026年11月24日`
    public var japaneseText: String { "\(year)年\(month)月\(day)日" }

    /// `令和8年11月24日`; before Reiwa (2019-05-01) the year alone.
    public var eraText: String {
        guard let reiwa = Self(year: 2019, month: 5, day: 1), self >= reiwa else { return japaneseText }
        let number = year - 2018
        return "令和\(number == 1 ? "元" : String(number))年\(month)月\(day)日"
    }
}
