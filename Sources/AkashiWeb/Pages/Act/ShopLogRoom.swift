import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import HTTPTypes

/// Orders, cancellations and low ratings by week, beside the weeks before.
struct ShopLogPage: Page {
    static let template = "shop-log"
    static let title = "shop-log.title"
    static let room = Room.shop

    struct Bar: Sendable {
        let x: Int
        let y: Int
        let width: Int
        let height: Int
        let isCancelled: Bool
        let label: String
    }

    struct Mark: Sendable {
        let x: Int
        let label: String
    }

    struct Week: Sendable {
        let monday: String
        let orders: String
        let cancelled: String
        let reviews: String
        let lowStars: String
    }

    let bars: [Bar]
    let stars: [Mark]
    let ticks: [Mark]
    let width: Int
    let height: Int
    let axisY: Int
    let tickY: Int
    let starY: Int
    let lineX: Int?
    let baseY: Int?
    let weeks: [Week]
    let hasWeeks: Bool
    let comparison: [String]
    let hasComparison: Bool
    let repeated: String?
    /// Whether no review at all is in what was taken in: then a nought says nothing.
    let hasNoReviews: Bool
    let period: String
    let day: String
    let printed: String
}

/// Lays weeks out as bars.
private struct BarPlot {
    static let width = 640
    static let height = 200
    static let axisY = 160
    static let top = 24
    private static let margin = 8

    let weeks: [ShopLog.Week]
    let most: Int

    init(_ weeks: [ShopLog.Week]) {
        self.weeks = weeks
        most = max(1, weeks.map(\.orders).max() ?? 1)
    }

    /// A few weeks do not fill the picture.
    private var step: Double { min(36, Double(Self.width - 2 * Self.margin) / Double(max(1, weeks.count))) }

    func x(_ number: Int) -> Int { Self.margin + Int(Double(number) * step) }

    func y(_ count: Double) -> Int { Self.axisY - Int(count / Double(most) * Double(Self.axisY - Self.top)) }

    var barWidth: Int { max(2, Int(step) - 2) }

    /// Months below the line, as many as there is room for.
    func ticks() -> [ShopLogPage.Mark] {
        var marks: [ShopLogPage.Mark] = []
        var lastX = -100
        for (number, week) in weeks.enumerated() where week.monday.day <= 7 {
            guard x(number) - lastX >= 56 else { continue }
            lastX = x(number)
            marks.append(ShopLogPage.Mark(x: lastX, label: "\(week.monday.year)/\(week.monday.month)"))
        }
        if marks.isEmpty, let first = weeks.first {
            marks.append(ShopLogPage.Mark(x: x(0), label: "\(first.monday.month)/\(first.monday.day)"))
        }
        return marks
    }
}

extension Rooms {
    private static let shownWeeks = 104

    func addShopLog(_ register: Register) {
        register(.get, "shop/log", .owner) { visit in .page(try await shopLog(visit)) }
    }

    private func shopLog(_ visit: Visit) async throws -> ShopLogPage {
        let caseID = try await visit.currentCase().id
        let facts = try await visit.desk.facts(caseID)
        let known = facts.first { $0.definition.id == "firstPost" }?.value?.day
        var day = visit.asked("day").flatMap(CivilDate.init) ?? known
        var log = try await visit.desk.shopLog(around: day)
        // A day outside of the table compares nothing.
        if visit.asked("day") == nil, let asked = day, let first = log.weeks.first, let last = log.weeks.last,
            asked < first.monday || asked > last.monday.adding(days: 6)
        {
            day = nil
            log = try await visit.desk.shopLog(around: nil)
        }
        let weeks = Array(log.weeks.suffix(Self.shownWeeks))
        let plot = BarPlot(weeks)
        var bars: [ShopLogPage.Bar] = []
        var stars: [ShopLogPage.Mark] = []
        for (number, week) in weeks.enumerated() {
            let label = visit.words(
                "shop-log.week",
                [
                    "day": week.monday.description, "orders": String(week.orders), "cancelled": String(week.cancelled),
                    "low": String(week.lowStars),
                ])
            func bar(_ count: Int, isCancelled: Bool) -> ShopLogPage.Bar {
                let y = plot.y(Double(count))
                return ShopLogPage.Bar(
                    x: plot.x(number), y: y, width: plot.barWidth, height: BarPlot.axisY - y, isCancelled: isCancelled,
                    label: label)
            }
            if week.orders > 0 { bars.append(bar(week.orders, isCancelled: false)) }
            if week.cancelled > 0 { bars.append(bar(week.cancelled, isCancelled: true)) }
            if week.lowStars > 0 { stars.append(ShopLogPage.Mark(x: plot.x(number) + plot.barWidth / 2, label: label)) }
        }
        let line = day.flatMap { day in weeks.firstIndex { $0.monday.adding(days: 6) >= day } }.map(plot.x)
        return ShopLogPage(
            bars: bars, stars: stars, ticks: plot.ticks(), width: BarPlot.width, height: BarPlot.height, axisY: BarPlot.axisY,
            tickY: BarPlot.axisY + 20, starY: 12, lineX: line, baseY: log.comparison.map { plot.y($0.ordersBefore) },
            weeks: weeks.reversed().map {
                ShopLogPage.Week(
                    monday: visit.dayText($0.monday), orders: String($0.orders), cancelled: String($0.cancelled),
                    reviews: String($0.reviews), lowStars: String($0.lowStars))
            }, hasWeeks: !weeks.isEmpty, comparison: comparison(log, visit), hasComparison: log.comparison != nil,
            repeated: log.repeatedTexts > 0 ? visit.words("shop-log.repeated", ["count": String(log.repeatedTexts)]) : nil,
            hasNoReviews: log.weeks.allSatisfy { $0.reviews == 0 },
            period: log.weeks.isEmpty
                ? ""
                : "\(visit.dayText(log.weeks[0].monday))〜\(visit.dayText(log.weeks[log.weeks.count - 1].monday.adding(days: 6)))",
            day: day?.description ?? "", printed: visit.dayText(await visit.desk.today()))
    }

    private func comparison(_ log: ShopLog, _ visit: Visit) -> [String] {
        guard let comparison = log.comparison else { return [] }
        func number(_ value: Double) -> String {
            value == value.rounded() ? String(Int(value)) : "\(Int(value)).5"
        }
        return [
            visit.words(
                "shop-log.orders",
                [
                    "before": number(comparison.ordersBefore), "after": number(comparison.ordersAfter),
                    "weeks": String(comparison.weeksBefore), "later": String(comparison.weeksAfter),
                ]),
            visit.words(
                "shop-log.cancelled",
                ["before": number(comparison.cancelledBefore), "after": number(comparison.cancelledAfter)]),
        ]
    }
}
