import AkashiActions
import AkashiCasework
import AkashiKnowledge
import AkashiModel
import AkashiVault
public import AkashiWork
import Foundation

extension Desk {
    /// What she wants of work.
    ///
    /// - Throws: ``WorkErrorCode/wishesUnreadable``.
    public func wishes() throws -> Wishes {
        guard let text = try index.workPart(.wishes) else { return Wishes() }
        return try Wishes.all(Array(text.utf8)).first ?? Wishes()
    }

    /// Keeps what she wants of work.
    public func keepWishes(_ wishes: Wishes) throws { try keep(wishes, as: .wishes) }

    /// What a sentence changes of her wishes. Nothing is changed yet.
    public func wishChanges(in sentence: String) throws -> [WishChange] { try workReaders().wishes.changes(in: sentence) }

    /// Her month in figures.
    public func monthPlan() throws -> MonthPlan {
        guard let text = try index.workPart(.month) else { return MonthPlan() }
        return (try? JSONDecoder().decode(MonthPlan.self, from: Data(text.utf8))) ?? MonthPlan()
    }

    /// Keeps her month in figures.
    public func keepMonthPlan(_ plan: MonthPlan) throws { try keep(plan, as: .month) }

    /// Her career.
    ///
    /// - Throws: ``WorkErrorCode/resumeUnreadable``.
    public func resume() throws -> Resume {
        guard let text = try index.workPart(.resume) else { return Resume() }
        return try Resume(kept: Array(text.utf8))
    }

    /// Keeps her career.
    public func keepResume(_ resume: Resume) throws { try keep(resume, as: .resume) }

    /// What the orders that were taken in say of her shop as a career; nil without orders.
    public func shopCareer() throws -> (orders: Int, cancelled: Int, firstMonth: String)? {
        let log = try shopLog(around: nil)
        let orders = log.weeks.reduce(0) { $0 + $1.orders }
        guard orders > 0, let first = log.weeks.first(where: { $0.orders > 0 })?.monday else { return nil }
        let cancelled = log.weeks.reduce(0) { $0 + $1.cancelled }
        return (orders, cancelled, String(first.description.prefix(7)))
    }

    /// Puts her shop among her jobs, with what the orders say. What she wrote is not touched.
    public func addShopToResume() throws {
        var resume = try resume()
        guard let shop = try shopCareer(), !resume.jobs.contains(where: \.isShop) else { return }
        let words = try japanese().table("papers")
        var job = Resume.Job()
        job.employer = try index.shopNames().first ?? words("career.shop-name")
        job.isShop = true
        job.business = words("career.business")
        job.role = words("career.role")
        job.from = shop.firstMonth
        job.duties = ["career.duty.make", "career.duty.shop", "career.duty.customers"].map { words($0) }
        job.results = [words("career.result.orders", ["count": String(shop.orders)])]
        resume.jobs.append(job)
        resume.jobs.sort { ($0.from.isEmpty ? "9999" : $0.from) < ($1.from.isEmpty ? "9999" : $1.from) }
        try keepResume(resume)
    }

    /// Letters about work.
    public func careerLetters() throws -> CareerLetters { try CareerLetters(environment.knowledge) }

    private func keep(_ value: some Encodable, as part: WorkPart) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = String(decoding: try encoder.encode(value), as: UTF8.self)
        guard try index.workPart(part) != body else { return }
        try append([try EntryDraft(.decision, Decision.keepWork(part, body: body))])
    }
}
