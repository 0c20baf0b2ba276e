/// Her month in figures: what she needs, what the shop brings, what is missing, and what an hour of work has to pay.
public struct MonthPlan: Sendable, Hashable, Codable {
    /// Yen that she needs in a month.
    public var needed = 0
    /// Yen that the shop leaves in a month, after material and fees.
    public var shopIncome = 0
    /// Other income in a month.
    public var otherIncome = 0
    /// Hours a week that she can work elsewhere.
    public var hoursPerWeek = 0
    /// What is taken off pay for tax and insurance, in hundredths.
    public var withheld = 0
    /// Yen that an order brings on average.
    public var averageOrder = 0

    /// An empty one.
    public init() {}

    /// Weeks of a month: 52 of 12.
    private static let weeks = 52.0 / 12

    /// Yen that are missing in a month; none if there is enough.
    public var gap: Int { max(0, needed - shopIncome - otherIncome) }

    /// Hours that she can work in a month, rounded down.
    public var hoursPerMonth: Int { Int(Double(max(0, hoursPerWeek)) * Self.weeks) }

    /// Yen that an hour has to pay before anything is taken off, rounded up to ten; nil without hours.
    public var hourlyPay: Int? {
        let hours = Double(max(0, hoursPerWeek)) * Self.weeks
        let share = 1 - Double(min(90, max(0, withheld))) / 100
        guard hours > 0 else { return nil }
        return Int((Double(gap) / share / hours / 10).rounded(.up)) * 10
    }

    /// Orders and yen that came less in a month since a day.
    ///
    /// - Parameters:
    ///   - before: orders a week before it, the middle one.
    ///   - after: orders a week since.
    public func lost(before: Double, after: Double) -> (orders: Int, yen: Int) {
        let orders = max(0, before - after) * Self.weeks
        return (Int(orders.rounded()), Int((orders * Double(max(0, averageOrder))).rounded()))
    }
}
