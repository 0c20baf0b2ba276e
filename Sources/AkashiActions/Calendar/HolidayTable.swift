public import AkashiModel

/// The days on which Japanese offices rest: the Cabinet Office's list, as data with its day.
///
/// Years that the list does not reach yet are worked out from the days that the Act itself fixes (Act on National Holidays,
/// articles 2 and 3). Equinoxes are announced each February and are not guessed: a result that falls there says so.
public struct HolidayTable: Sendable, Decodable {
    struct Day: Sendable, Decodable {
        let day: CivilDate
        let name: String
    }

    /// A day that the Act fixes: a day of a month, or the n-th Monday of a month.
    struct ActDay: Sendable, Decodable {
        let name: String
        let month: Int
        let day: Int?
        let monday: Int?

        func date(in year: Int) -> CivilDate? {
            if let day { return CivilDate(year: year, month: month, day: day) }
            guard let monday, let first = CivilDate(year: year, month: month, day: 1) else { return nil }
            return first.adding(days: (8 - first.weekday) % 7 + 7 * (monday - 1))
        }
    }

    /// Where the list was read.
    public let source: LawSource
    /// The day on which it was read.
    public let checked: CivilDate
    /// First and last year of the list.
    public let years: ClosedRange<Int>
    private let listed: [CivilDate: String]
    private let act: [ActDay]

    private enum CodingKeys: String, CodingKey { case source, checked, from, to, days, act }

    /// Reads the list.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        source = try container.decode(LawSource.self, forKey: .source)
        checked = try container.decode(CivilDate.self, forKey: .checked)
        let from = try container.decode(Int.self, forKey: .from)
        let to = try container.decode(Int.self, forKey: .to)
        guard from <= to else {
            throw DecodingError.dataCorruptedError(forKey: .to, in: container, debugDescription: "ends before it begins")
        }
        years = from...to
        let days = try container.decode([Day].self, forKey: .days)
        listed = Dictionary(days.map { ($0.day, $0.name) }, uniquingKeysWith: { first, _ in first })
        act = try container.decode([ActDay].self, forKey: .act)
    }

    /// Whether the list covers a day.
    public func isListed(_ date: CivilDate) -> Bool { years.contains(date.year) }

    /// The holiday's name; nil on other days, and on days of which nobody can know it yet.
    public func holiday(_ date: CivilDate) -> String? {
        isListed(date) ? listed[date] : fixedByAct(date)
    }

    /// A day that the Act fixes, or the day that stands in for one on a Sunday (article 3, paragraph 2).
    public func fixedByAct(_ date: CivilDate) -> String? {
        func named(_ date: CivilDate) -> String? { act.first { $0.date(in: date.year) == date }?.name }
        if let name = named(date) { return name }
        var before = date.adding(days: -1)
        while let name = named(before) {
            if before.weekday == 0 { return name }
            before = before.adding(days: -1)
        }
        return nil
    }

    /// Whether procedure law passes over a day as the last one: Saturday, Sunday, a holiday, 2 and 3 January,
    /// 29 to 31 December (Code of Criminal Procedure 55(3), Code of Civil Procedure 95(3)).
    public func isOff(_ date: CivilDate) -> Bool {
        if date.weekday == 0 || date.weekday == 6 { return true }
        if date.month == 1, date.day == 2 || date.day == 3 { return true }
        if date.month == 12, date.day >= 29 { return true }
        return holiday(date) != nil
    }

    /// The day that lies some days of work before a day.
    public func workday(_ count: Int, before date: CivilDate) -> CivilDate {
        var day = date
        var left = count
        while left > 0 {
            day = day.adding(days: -1)
            if !isOff(day) { left -= 1 }
        }
        return day
    }
}
