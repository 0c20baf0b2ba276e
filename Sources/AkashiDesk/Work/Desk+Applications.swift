public import AkashiCasework
import AkashiModel
import AkashiVault

extension Desk {
    /// Her applications, in the order in which she began them.
    public func applications() throws -> [JobApplication] { try index.jobApplications() }

    /// Begins an application.
    ///
    /// - Parameter source: the posting that it came from; nil for what she writes in herself.
    public func beginApplication(title: String, employer: String, source: JobApplication.Source? = nil) throws -> JobApplication {
        // The same posting is not begun twice.
        if let source, let before = try index.jobApplications().first(where: { $0.source == source }) { return before }
        let application = JobApplication(
            id: newHandle("work"), title: String(title.prefix(200)), employer: String(employer.prefix(200)), source: source)
        try append([try EntryDraft(.decision, Decision.trackApplication(application))])
        return application
    }

    /// Writes down how an application stands now.
    ///
    /// - Throws: ``DeskErrorCode/guideUnknown`` for one that was not begun, ``CaseworkErrorCode/timeUnclear``.
    public func keepApplication(_ application: JobApplication) throws {
        guard let before = try index.jobApplications().first(where: { $0.id == application.id }) else {
            throw DeskError(.guideUnknown, ["name": application.id.text])
        }
        for day in [application.appliedOn, application.nextBy].compactMap({ $0 }) where CivilDate(day) == nil {
            throw CaseworkError(.timeUnclear)
        }
        guard before != application else { return }
        try append([try EntryDraft(.decision, Decision.trackApplication(application))])
    }

    /// Copies of her papers that went out, the newest first.
    public func sentCopies() throws -> [KeptCopy] { try index.sentCopies() }
}
