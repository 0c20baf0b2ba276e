import AkashiModel

/// The forms in which an archive writes times. Never read with the machine's zone or calendar.
enum XTime {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    /// Ids were given in order of time from 2010-11-04 on.
    private static let epochMilliseconds: Int64 = 1_288_834_974_657
    private static let firstTimedID: Int64 = 30_000_000_000

    /// `Wed Nov 25 01:02:03 +0000 2026`
    static func twitter(_ literal: String) -> ClaimedTime? {
        let parts = literal.split(separator: " ")
        guard parts.count == 6, let month = months.firstIndex(of: String(parts[1])), let day = Int(parts[2]),
            let year = Int(parts[5])
        else { return nil }
        var clock = DigitReader(parts[3])
        guard let hour = clock.number(2), clock.skip(":"), let minute = clock.number(2), clock.skip(":"),
            let second = clock.number(2), clock.isAtEnd,
            let civil = CivilTime(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        var zone = DigitReader(parts[4])
        guard let offset = zone.zone(), zone.isAtEnd else { return nil }
        return ClaimedTime(
            literal: literal, instant: civil.instant(offsetMinutes: offset), precision: .second,
            zone: .stated(offsetMinutes: offset))
    }

    /// `2026-11-25T01:02:03.456Z`, and the old archive's `2014-01-31 23:59:59 +0000`.
    static func iso(_ literal: String) -> ClaimedTime? {
        guard let (civil, offset) = CivilTime.parseRFC3339(literal.replacing(" +", with: "+")) else { return nil }
        return ClaimedTime(
            literal: literal, instant: civil.instant(offsetMinutes: offset ?? 0),
            precision: literal.contains(".") ? .millisecond : .second, zone: .stated(offsetMinutes: offset ?? 0))
    }

    /// The time that an id carries; nil for ids from before they did.
    static func instant(ofID id: String) -> Instant? {
        guard let number = Int64(id), number >= firstTimedID else { return nil }
        return Instant(milliseconds: number >> 22 + epochMilliseconds)
    }
}
