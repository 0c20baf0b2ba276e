public import AkashiModel

/// The last day of a period, and how it was found.
public struct CountedDeadline: Sendable, Hashable {
    /// Days of work that are left between the day to act on and the last day.
    private static let safetyDays = 3

    /// The day from which it was counted.
    public let from: CivilDate
    /// The last day before days of rest were looked at.
    public let plainLastDay: CivilDate
    /// The last day.
    public let lastDay: CivilDate
    /// The day to be ready by: three days of work before.
    public let safeDay: CivilDate
    /// Whether days of rest moved it.
    public var isExtended: Bool { lastDay != plainLastDay }
    /// Whether it could be later, because that year's holidays are not announced yet. It is never earlier.
    public let isBeyondHolidayList: Bool

    /// Counts a rule from a day.
    ///
    /// Months and years end on the day before the same day of the month, or at the end of a month that has no such day
    /// (Civil Code 143(2)).
    public init(_ rule: DeadlineRule, from: CivilDate, holidays: HolidayTable) {
        self.from = from
        let start = rule.firstDay == .included ? from : from.adding(days: 1)
        var last: CivilDate
        switch rule.length {
        case .days(let days): last = start.adding(days: days - 1)
        case .months(let months):
            last = start.sameDay(monthsLater: months)?.adding(days: -1) ?? start.endOfMonth(monthsLater: months)
        }
        plainLastDay = last
        if rule.lastDay != .kept { while holidays.isOff(last) { last = last.adding(days: 1) } }
        lastDay = last
        isBeyondHolidayList = rule.lastDay != .kept && !(holidays.isListed(plainLastDay) && holidays.isListed(last))
        safeDay = holidays.workday(Self.safetyDays, before: last)
    }
}
