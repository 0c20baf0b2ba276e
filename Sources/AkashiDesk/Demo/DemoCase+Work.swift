import AkashiCasework
import AkashiKnowledge
import AkashiModel
import AkashiWork
import Foundation

extension DemoCase {
    /// Puts what she saved and wrote for finding work into the desk: postings, wishes, her career, an application.
    public func enterWork(into desk: Desk) async throws {
        func bytes(_ name: String) throws -> [UInt8] { Array(try knowledge.text("demo/work/\(name)").utf8) }
        for name in ["page-sewing.html", "kyujin-paper.txt", "post-home.txt", "post-lure.txt"] {
            _ = try await desk.keepPostings(try bytes(name), name: name)
        }
        if let wishes = try Wishes.all(try bytes("wishes.json")).first { try await desk.keepWishes(wishes) }
        try await desk.keepResume(try Resume(kept: try bytes("resume.json")))
        var month = MonthPlan()
        (month.needed, month.shopIncome, month.hoursPerWeek, month.averageOrder) = (170_000, 70_000, 18, 2_800)
        try await desk.keepMonthPlan(month)
        guard let first = try await desk.postings().first else { return }
        let begun = try await desk.beginApplication(
            title: first.posting.title?.value ?? "", employer: first.posting.employer?.value ?? "",
            source: .init(digest: first.digest, index: first.index))
        try await desk.keepApplication(
            .init(
                id: begun.id, title: begun.title, employer: begun.employer, source: begun.source, state: .applied,
                appliedOn: "2026-11-22", next: "返事を待つ。来なければ電話で聞く", nextBy: "2026-12-01"))
        _ = try await desk.beginApplication(title: "花の市の売り子（短期）", employer: "かざまち花市場")
    }
}
