import AkashiCasework
public import AkashiWork
import AkashiVault
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
