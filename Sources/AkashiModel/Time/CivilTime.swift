/// A date and time of day in the proleptic Gregorian calendar, with no zone of its own.
///
/// Own arithmetic and not `Calendar`: the calendar, locale and zone of the machine must never touch a time
/// (a telephone set to the Japanese era calendar shifts years).
public struct CivilTime: Hashable, Sendable {
    /// Minutes that Japan Standard Time is ahead of UTC.
    public static let japanOffsetMinutes = 540

    /// The year, such as 2026.
    public let year: Int
    /// 1…12.
    public let month: Int
    /// 1…31.
    public let day: Int
    /// 0…23.
    public let hour: Int
    /// 0…59.
    public let minute: Int
    /// 0…59 (a leap second is read as 59).
    public let second: Int
    /// 0…999.
    public let millisecond: Int

    /// Takes the parts; nil if they name no real date and time (30 February, 24:00).
    public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.daysInMonth(year: year, month: month)).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second),
            (0...999).contains(millisecond)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = min(second, 59)
        self.millisecond = millisecond
    }

    /// The civil time that clocks show at an instant, in a zone `offsetMinutes` ahead of UTC (-1080…1080).
    public init(_ instant: Instant, offsetMinutes: Int) {
        let local = instant.milliseconds + Int64(offsetMinutes) * 60_000
        let days = Self.floorDivide(local, 86_400_000)
        let rest = Int(local - days * 86_400_000)
        let date = Self.civil(daysSinceEpoch: Int(days))
        year = date.year
        month = date.month
        day = date.day
        hour = rest / 3_600_000
        minute = rest / 60_000 % 60
        second = rest / 1000 % 60
        millisecond = rest % 1000
    }

    /// The instant at which clocks in a zone `offsetMinutes` ahead of UTC show this time.
    public func instant(offsetMinutes: Int) -> Instant {
        let days = Int64(Self.daysSinceEpoch(year: year, month: month, day: day))
        let ofDay = Int64(hour) * 3_600_000 + Int64(minute) * 60_000 + Int64(second) * 1000 + Int64(millisecond)
        return Instant(milliseconds: days * 86_400_000 + ofDay - Int64(offsetMinutes) * 60_000)
    }

    /// 0 for Sunday … 6 for Saturday.
    public var weekday: Int {
        let days = Self.daysSinceEpoch(year: year, month: month, day: day)
        return ((days + 4) % 7 + 7) % 7
    }

    /// `2026-11-24T10:03:22.123`
    public var text: String {
        "\(dateText)T\(Self.pad(hour, 2)):\(Self.pad(minute, 2)):\(Self.pad(second, 2)).\(Self.pad(millisecond, 3))"
    }

    /// `2026-11-24`
    public var dateText: String { "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(day, 2))" }

    /// `2026-11-24 10:03` or with seconds `2026-11-24 10:03:22`.
    public func spacedText(seconds: Bool) -> String {
        let short = "\(dateText) \(Self.pad(hour, 2)):\(Self.pad(minute, 2))"
        return seconds ? short + ":" + Self.pad(second, 2) : short
    }

    /// The days of a month, 28…31.
    public static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: (year.isMultiple(of: 4) && !year.isMultiple(of: 100)) || year.isMultiple(of: 400) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Days from and to a civil date: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = Int(floorDivide(Int64(shifted), 400))
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func civil(daysSinceEpoch days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = Int(floorDivide(Int64(shifted), 146_097))
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }

    private static func pad(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension CivilTime {
    /// Reads RFC 3339 text (`T` or a space between date and time); the zone's offset in minutes is nil where none stands.
    public static func parseRFC3339(_ text: some StringProtocol) -> (CivilTime, offsetMinutes: Int?)? {
        var digits = DigitReader(text)
        guard let year = digits.number(4), digits.skip("-"), let month = digits.number(2), digits.skip("-"),
            let day = digits.number(2), digits.skip("T") || digits.skip(" ") || digits.skip("t"),
            let hour = digits.number(2), digits.skip(":"), let minute = digits.number(2)
        else { return nil }
        var second = 0
        var millisecond = 0
        if digits.skip(":") {
            guard let value = digits.number(2) else { return nil }
            second = value
            if digits.skip(".") {
                guard let value = digits.fraction() else { return nil }
                millisecond = value
            }
        }
        guard
            let civil = CivilTime(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond)
        else { return nil }
        if digits.isAtEnd { return (civil, nil) }
        guard let offset = digits.zone(), digits.isAtEnd else { return nil }
        return (civil, offset)
    }
}
