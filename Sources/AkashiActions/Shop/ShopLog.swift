public import AkashiModel

/// Something that happened in her shop.
public struct ShopEvent: Sendable, Hashable {
    /// The day in Japan.
    public let day: CivilDate
    /// Whether it is an order; otherwise a review.
    public let isOrder: Bool
    /// Whether the order was given back or not paid.
    public let isCancelled: Bool
    /// Stars, for a review.
    public let stars: Int?
    /// The words, folded, for finding the same ones again.
    public let foldedText: String

    /// Takes the parts.
    public init(day: CivilDate, isOrder: Bool, isCancelled: Bool, stars: Int?, foldedText: String) {
        self.day = day
        self.isOrder = isOrder
        self.isCancelled = isCancelled
        self.stars = stars
        self.foldedText = foldedText
    }
}

/// Orders, cancellations and low ratings by week, beside the weeks before. It shows counts; it does not say why.
public struct ShopLog: Sendable {
    /// One week.
    public struct Week: Sendable, Hashable {
        /// Its Monday.
        public let monday: CivilDate
        /// Orders.
        public fileprivate(set) var orders = 0
        /// Orders that were given back or not paid.
        public fileprivate(set) var cancelled = 0
        /// Reviews.
        public fileprivate(set) var reviews = 0
        /// Reviews with one or two stars.
        public fileprivate(set) var lowStars = 0
    }

    /// Medians of the weeks before a day and from it on; nil where there are too few weeks to say.
    public struct Comparison: Sendable, Hashable {
        /// The day.
        public let day: CivilDate
        /// Weeks before it.
        public let weeksBefore: Int
        /// Whole weeks from it on.
        public let weeksAfter: Int
        /// Orders a week before, the middle one.
        public let ordersBefore: Double
        /// Orders a week after.
        public let ordersAfter: Double
        /// Cancelled orders a week before.
        public let cancelledBefore: Double
        /// Cancelled orders a week after.
        public let cancelledAfter: Double
    }

    private static let fewestWeeks = 4

    /// Every week from the first to the last, empty ones too.
    public let weeks: [Week]
    /// Texts that came more than once, with how often.
    public let repeatedTexts: Int
    /// What changed; nil without a day, or with too few weeks on a side.
    public let comparison: Comparison?

    /// Counts events.
    ///
    /// - Parameter day: the day to compare around, such as that of the first attack.
    public init(_ events: [ShopEvent], around day: CivilDate?) {
        func monday(_ day: CivilDate) -> CivilDate { day.adding(days: -((day.weekday + 6) % 7)) }
        var weeks: [Week] = []
        if let first = events.map(\.day).min(), let last = events.map(\.day).max() {
            var start = monday(first)
            while start <= last {
                weeks.append(Week(monday: start))
                start = start.adding(days: 7)
            }
            for event in events {
                let number = (event.day.daysSinceEpoch - weeks[0].monday.daysSinceEpoch) / 7
                if event.isOrder {
                    weeks[number].orders += 1
                    if event.isCancelled { weeks[number].cancelled += 1 }
                } else {
                    weeks[number].reviews += 1
                    if let stars = event.stars, stars <= 2 { weeks[number].lowStars += 1 }
                }
            }
        }
        self.weeks = weeks
        var seen: [String: Int] = [:]
        for event in events where event.foldedText.count >= 10 { seen[event.foldedText, default: 0] += 1 }
        repeatedTexts = seen.values.reduce(0) { $0 + ($1 > 1 ? $1 : 0) }
        comparison = day.flatMap { day in
            let before = weeks.filter { $0.monday.adding(days: 6) < day }
            let after = weeks.filter { $0.monday >= day }
            guard before.count >= Self.fewestWeeks, after.count >= Self.fewestWeeks else { return nil }
            return Comparison(
                day: day, weeksBefore: before.count, weeksAfter: after.count, ordersBefore: Self.median(before.map(\.orders)),
                ordersAfter: Self.median(after.map(\.orders)), cancelledBefore: Self.median(before.map(\.cancelled)),
                cancelledAfter: Self.median(after.map(\.cancelled)))
        }
    }

    /// The middle value; of two middle ones their mean.
    static func median(_ values: [Int]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? Double(sorted[middle - 1] + sorted[middle]) / 2 : Double(sorted[middle])
    }
}
