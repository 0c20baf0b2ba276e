/// Something that two writings have in common, or not, beside how they are written.
public struct Finding: Sendable, Hashable {
    /// Which things are one thing seen twice. Within a group nothing is multiplied.
    public enum Group: String, Sendable, CaseIterable {
        /// How it is written, which words are shared, dialect.
        case style
        /// Where it comes from, as the platform or an order shows.
        case place
        /// When it was written.
        case time
    }

    /// What it is.
    public let kind: Kind
    /// With what it hangs together.
    public let group: Group
    /// Its likelihood ratio, from the least to the greatest that the facts allow; nil where it cannot be weighed.
    public let ratio: ClosedRange<Double>?

    /// What it is.
    public enum Kind: Sendable, Hashable {
        /// Habits of writing.
        case style
        /// A place is shown.
        case place(PlaceFinding)
        /// The hour of the day.
        case hours(HourFinding)
        /// It came soon after something.
        case soonAfter(SoonAfterFinding)
        /// The same rare words stand in both.
        case sharedWords(count: Int)
        /// Words that few can know stand in both.
        case privateWords(count: Int)
    }

    /// Takes what was found.
    public init(_ kind: Kind, _ group: Group, ratio: ClosedRange<Double>?) {
        (self.kind, self.group, self.ratio) = (kind, group, ratio)
    }
}

/// A questioned text is shown as coming from where the account is said to be.
public struct PlaceFinding: Sendable, Hashable {
    /// The prefecture.
    public let prefecture: String
    /// Its share of the people of Japan.
    public let shareOfJapan: Double
    /// Its share of the shop's own orders; nil where too few are known.
    public let shareOfShop: Double?
    /// How many reviews by strangers she saw: with so many, one from there is no wonder.
    public let seenCount: Int
    /// How sure it is that the account's writer is there and would show it.
    public static let certainty = 0.9

    /// Takes what is known.
    ///
    /// - Parameters:
    ///   - orders: the shop's orders that show a prefecture, and those that show this one. At least 30 are needed to count.
    public init(prefecture: String, shareOfJapan: Double, orders: (all: Int, here: Int), seenCount: Int) {
        self.prefecture = prefecture
        self.shareOfJapan = shareOfJapan
        // The upper end of what so few orders allow (Wilson 1927, 95 in 100): the larger the share, the less it says.
        shareOfShop = orders.all >= Self.leastOrders ? Self.upper(orders.here, of: orders.all) : nil
        self.seenCount = seenCount
    }

    private static let leastOrders = 30

    /// A shop whose customers live near: what has to be reckoned with where its orders are not known.
    private static let localShare = 0.3

    /// From what the shop's own customers allow to what all of Japan would.
    public var ratio: ClosedRange<Double> {
        let all = Self.certainty / shareOfJapan
        let own = Self.certainty / (shareOfShop ?? max(Self.localShare, shareOfJapan))
        return min(all, own)...max(all, own)
    }

    /// The chance that among so many reviews by strangers at least one comes from there.
    public var chanceAmongStrangers: Double {
        var none = 1.0
        for _ in 0..<seenCount { none *= 1 - (shareOfShop ?? shareOfJapan) }
        return 1 - none
    }

    private static func upper(_ count: Int, of all: Int) -> Double {
        let n = Double(all)
        let p = Double(count) / n
        let z = 1.96
        let middle = p + z * z / (2 * n)
        let spread = z * ((p * (1 - p) + z * z / (4 * n)) / n).squareRoot()
        return (middle + spread) / (1 + z * z / n)
    }
}

/// Hours of the day, in four parts of six hours.
public struct HourFinding: Sendable, Hashable {
    /// From midnight, six, noon, six in the evening.
    public let known: [Int]
    /// The same of everybody else on record.
    public let others: [Int]
    /// The part in which the questioned text was written.
    public let part: Int

    /// Takes times of the known posts and of everybody else's, as hours in Japan.
    public init(known: [Int], others: [Int], questioned: Int) {
        let parts = { (hours: [Int]) in (0..<4).map { part in hours.count { $0 / 6 == part } } }
        (self.known, self.others, part) = (parts(known), parts(others), questioned / 6)
    }

    private static let leastKnown = 30
    private static let leastOthers = 200

    /// How much likelier the hour is for the account than for everybody; nil where too few times are known. Never above 3.
    public var ratio: ClosedRange<Double>? {
        let mine = known.reduce(0, +)
        let all = others.reduce(0, +)
        guard mine >= Self.leastKnown, all >= Self.leastOthers else { return nil }
        let base = (Double(others[part]) + 1) / (Double(all) + 4)
        // The account's habit leans on everybody's with the weight of twenty posts.
        let own = (Double(known[part]) + 20 * base) / (Double(mine) + 20)
        let ratio = min(3, max(1 / 3, own / base))
        return ratio...ratio
    }
}

/// A text came so many hours after something she did.
public struct SoonAfterFinding: Sendable, Hashable {
    /// What she did.
    public enum Event: String, Sendable {
        /// She said no to the account, or blocked it.
        case refusal
        /// She made her own account private.
        case lock
    }

    /// What she did.
    public let event: Event
    /// Hours between.
    public let hours: Double
    /// How many such texts the place gets in a week.
    public let perWeek: Double

    /// Takes the parts.
    public init(_ event: Event, hours: Double, perWeek: Double) {
        (self.event, self.hours, self.perWeek) = (event, hours, perWeek)
    }
}
