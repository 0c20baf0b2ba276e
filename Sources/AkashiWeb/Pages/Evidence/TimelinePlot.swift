import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel

/// From times to places on a line, in bins that a finger can hit.
struct TimeScale {
    private static let day: Int64 = 86_400_000
    private static let steps: [Int64] = [
        3_600_000, 3 * 3_600_000, 6 * 3_600_000, 12 * 3_600_000, day, 2 * day, 7 * day, 14 * day, 28 * day, 91 * day, 364 * day,
        3_640 * day,
    ]
    private static let margin = 14

    /// The first midnight in Japan.
    let origin: Instant
    /// Milliseconds of one bin.
    let binWidth: Int64
    let width: Int
    private let end: Instant

    init(_ span: ClosedRange<Instant>, from: Instant?, to: Instant?, width: Int) {
        let first = from ?? span.lowerBound
        let last = max(to ?? span.upperBound, first.advanced(milliseconds: 3_600_000))
        let local = first.milliseconds + Int64(CivilTime.japanOffsetMinutes) * 60_000
        let midnight = local - ((local % Self.day) + Self.day) % Self.day
        origin = Instant(milliseconds: midnight - Int64(CivilTime.japanOffsetMinutes) * 60_000)
        self.width = width
        let length = last.milliseconds - origin.milliseconds
        let most = Int64((width - 2 * Self.margin) / (width > 500 ? 24 : 17))
        binWidth = Self.steps.first { length / $0 < most } ?? max(length / most, 1)
        end = origin.advanced(milliseconds: (length / binWidth + 1) * binWidth)
    }

    func x(_ instant: Instant) -> Int {
        let length = Double(end.milliseconds - origin.milliseconds)
        let share = Double(instant.milliseconds - origin.milliseconds) / max(length, 1)
        return Self.margin + Int(share * Double(width - 2 * Self.margin))
    }

    /// Whether a time is on the line.
    func holds(_ instant: Instant) -> Bool { origin <= instant && instant < end }

    /// The middle of a bin.
    func middle(_ start: Instant) -> Int { x(start.advanced(milliseconds: binWidth / 2)) }

    /// Marks below the line: years, months or days, as many as there is room for.
    func ticks() -> [(x: Int, label: String)] {
        let days = (end.milliseconds - origin.milliseconds) / Self.day
        let room = max(2, width / 70)
        var marks: [(x: Int, label: String)] = []
        if days <= Int64(room) * 3 {
            let step = max(1, days / Int64(room))
            var time = origin
            while time < end {
                let civil = time.japan
                marks.append((x(time), "\(civil.month)/\(civil.day)"))
                time = time.advanced(milliseconds: step * Self.day)
            }
            return marks
        }
        let months = max(1, Int(days / 30) / room + 1)
        let step = [1, 2, 3, 6, 12, 24, 60, 120].first { $0 >= months } ?? 120
        var (year, month) = (origin.japan.year, origin.japan.month)
        while let civil = CivilTime(year: year, month: month, day: 1) {
            let time = civil.instant(offsetMinutes: CivilTime.japanOffsetMinutes)
            if time >= end { break }
            if time >= origin, (month - 1) % min(step, 12) == 0, step <= 12 || year % (step / 12) == 0 {
                marks.append((x(time), month == 1 || marks.isEmpty ? "\(year)/\(month)" : "\(month)月"))
            }
            month += 1
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        return marks
    }
}

/// Who has a line of his or her own in the picture.
struct Lanes {
    static let maximumCount = 6
    private var laneOfAccount: [AccountKey: Int] = [:]
    private(set) var names: [String] = []
    private let other: String

    init(people: [Person], accounts: [AccountSummary], visit: Visit) {
        other = visit.words("timeline.others")
        for person in people.prefix(Self.maximumCount - 1) {
            for member in person.members { laneOfAccount[member.account] = names.count }
            names.append(person.name)
        }
        // One line for one shown name: that two accounts show it is told on the page of people.
        var laneOfName: [String: Int] = [:]
        for account in accounts where laneOfAccount[account.key] == nil {
            let name = account.shownName(visit)
            if let lane = laneOfName[name] {
                laneOfAccount[account.key] = lane
            } else if names.count < Self.maximumCount - 1 {
                laneOfName[name] = names.count
                laneOfAccount[account.key] = names.count
                names.append(name)
            }
        }
        names.append(other)
    }

    func lane(_ account: AccountKey?) -> Int { account.flatMap { laneOfAccount[$0] } ?? names.count - 1 }
}

/// The picture: a line for each person, a dot for each stretch of time in which something happened.
struct TimelinePlot: Sendable {
    struct Dot: Sendable {
        let x: Int
        let y: Int
        let r: Int
        let path: String
        let label: String
        let isHarm: Bool
    }

    struct Lane: Sendable {
        let y: Int
        let labelY: Int
        let name: String
    }

    struct Tick: Sendable {
        let x: Int
        let label: String
    }

    /// Days on which she said no, or blocked.
    let refusals: [Tick]
    let width: Int
    let height: Int
    let axisY: Int
    let tickY: Int
    let dots: [Dot]
    let lanes: [Lane]
    let ticks: [Tick]
    let isNarrow: Bool

    private static let laneHeight = 46

    init(
        _ bins: [TimelineBin], _ scale: TimeScale, _ lanes: Lanes, _ question: TimelineQuestion, refusals: [Instant],
        isNarrow: Bool
    ) {
        var sums: [Int: [Instant: (count: Int, harms: Int)]] = [:]
        for bin in bins {
            let lane = lanes.lane(bin.account)
            let sum = sums[lane]?[bin.start] ?? (0, 0)
            sums[lane, default: [:]][bin.start] = (sum.count + bin.count, sum.harms + bin.harmCount)
        }
        let used = sums.keys.sorted()
        let most = sums.values.flatMap { $0.values.map(\.count) }.max() ?? 1
        var dots: [Dot] = []
        var lines: [Lane] = []
        for (row, lane) in used.enumerated() {
            let y = row * Self.laneHeight + 32
            lines.append(Lane(y: y, labelY: y - 17, name: lanes.names[lane]))
            for (start, sum) in (sums[lane] ?? [:]).sorted(by: { $0.key < $1.key }) {
                let end = start.advanced(milliseconds: scale.binWidth - 1)
                let days = [start.japan.dateText, end.japan.dateText]
                let share = (Double(sum.count) / Double(most)).squareRoot()
                let shown = days[0] == days[1] ? start.japanMinuteText : "\(days[0])〜\(days[1])"
                dots.append(
                    Dot(
                        x: scale.middle(start), y: y, r: 4 + Int(share * 8),
                        path: question.address(["from": days[0], "to": days[1]]),
                        label: question.visit.words(
                            sum.harms > 0 ? "timeline.dot.harm" : "timeline.dot",
                            ["when": shown, "who": lanes.names[lane], "count": String(sum.count), "harms": String(sum.harms)]),
                        isHarm: sum.harms > 0))
            }
        }
        self.isNarrow = isNarrow
        self.dots = dots
        self.lanes = lines
        width = scale.width
        axisY = used.count * Self.laneHeight + 18
        tickY = axisY + 20
        height = axisY + 30
        self.refusals = Set(refusals.map(\.japan.dateText)).sorted().compactMap { day in
            guard let time = try? Desk.time(day).instant, scale.holds(time) else { return nil }
            return Tick(x: scale.x(time), label: question.visit.words("timeline.refusal", ["day": day]))
        }
        ticks = scale.ticks().map { Tick(x: $0.x, label: $0.label) }
    }
}
