import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiWork
import Foundation
import HTTPTypes

/// Her month in figures.
struct MonthPage: Page {
    static let template = "month"
    static let title = "month.title"
    static let room = Room.work

    let needed: String
    let shopIncome: String
    let otherIncome: String
    let hoursPerWeek: String
    let withheld: String
    let averageOrder: String
    let result: [String]
    let hasResult: Bool
    let hourly: String?
    let lost: String?
    let isSaved: Bool
}

extension Rooms {
    func addMonth(_ register: Register) {
        register(.get, "work/month", .owner) { visit in .page(try await month(visit)) }
        register(.post, "work/month", .owner) { visit in
            try await visit.desk.keepMonthPlan(Self.plan(visit.form))
            return .go("/work/month?saved=1")
        }
        register(.post, "work/month/floor", .owner) { visit in
            guard let pay = try await visit.desk.monthPlan().hourlyPay, pay > 0 else { return .go("/work/month") }
            var wishes = try await visit.desk.wishes()
            wishes.limits.payFloor = Wishes.Limits.Floor(.hour, pay)
            try await visit.desk.keepWishes(wishes)
            return .go("/work/wishes?saved=1")
        }
    }

    private static func plan(_ form: Form) -> MonthPlan {
        func number(_ name: String, most: Int = 100_000_000) -> Int {
            let digits = form.text(name).applyingTransform(.fullwidthToHalfwidth, reverse: false)?.filter(\.isNumber) ?? ""
            return min(most, Int(digits) ?? 0)
        }
        var plan = MonthPlan()
        (plan.needed, plan.shopIncome, plan.otherIncome) = (number("needed"), number("shopIncome"), number("otherIncome"))
        (plan.hoursPerWeek, plan.withheld) = (number("hoursPerWeek", most: 100), number("withheld", most: 60))
        plan.averageOrder = number("averageOrder")
        return plan
    }

    private func month(_ visit: Visit) async throws -> MonthPage {
        let plan = try await visit.desk.monthPlan()
        func shown(_ number: Int) -> String { number == 0 ? "" : String(number) }
        var result: [String] = []
        if plan.needed > 0 {
            result.append(
                visit.words(plan.gap > 0 ? "month.gap" : "month.enough", ["yen": PayText(visit).plain(plan.gap)]))
            if plan.gap > 0, plan.hoursPerWeek > 0, let pay = plan.hourlyPay {
                result.append(
                    visit.words("month.hourly", ["hours": String(plan.hoursPerMonth), "yen": PayText(visit).plain(pay)]))
            }
        }
        return MonthPage(
            needed: shown(plan.needed), shopIncome: shown(plan.shopIncome), otherIncome: shown(plan.otherIncome),
            hoursPerWeek: shown(plan.hoursPerWeek), withheld: shown(plan.withheld), averageOrder: shown(plan.averageOrder),
            result: result, hasResult: !result.isEmpty,
            hourly: plan.gap > 0 ? plan.hourlyPay.map { PayText(visit).plain($0) } : nil, lost: try await lost(plan, visit),
            isSaved: visit.asked("saved") != nil)
    }

    /// What came less since the day of the first attack, from the orders that were taken in.
    private func lost(_ plan: MonthPlan, _ visit: Visit) async throws -> String? {
        let facts = try await visit.desk.facts(try await visit.currentCase().id)
        guard let day = facts.first(where: { $0.definition.id == "firstPost" })?.value?.day,
            let comparison = try await visit.desk.shopLog(around: day).comparison
        else { return nil }
        let lost = plan.lost(before: comparison.ordersBefore, after: comparison.ordersAfter)
        guard lost.orders > 0 else { return visit.words("month.no-loss", ["day": visit.dayText(day)]) }
        let yen = plan.averageOrder > 0 ? visit.words("month.lost-yen", ["yen": PayText(visit).plain(lost.yen)]) : ""
        return visit.words("month.lost", ["day": visit.dayText(day), "orders": String(lost.orders)]) + yen
    }
}
