import AkashiActions
public import AkashiCasework
public import AkashiModel
import AkashiVault

extension Desk {
    /// Her requests to platforms.
    public func platformRequests(_ caseID: CaseID) throws -> [PlatformRequest] { try index.platformRequests(caseID) }

    /// Begins a request to a platform.
    public func beginRequest(_ caseID: CaseID, platform: String, kind: RequestKind, records: [LogPosition] = []) throws
        -> PlatformRequest
    {
        _ = try index.caseFile(caseID)
        for record in records { try requireRecord(record) }
        let request = PlatformRequest(id: newHandle("request"), caseID: caseID, platform: platform, kind: kind, records: records)
        try append([try EntryDraft(.decision, Decision.trackRequest(request))])
        return request
    }

    /// Writes down how a request stands now.
    ///
    /// - Throws: ``DeskErrorCode/guideUnknown`` for a request that was not begun, ``CaseworkErrorCode/timeUnclear``.
    public func keepRequest(_ request: PlatformRequest) throws {
        guard let before = try index.platformRequests(request.caseID).first(where: { $0.id == request.id }) else {
            throw DeskError(.guideUnknown, ["name": request.id.text])
        }
        for day in [request.sentOn, request.receivedOn, request.answeredOn, request.nextBy].compactMap({ $0 })
        where CivilDate(day) == nil {
            throw CaseworkError(.timeUnclear)
        }
        guard before != request else { return }
        try append([try EntryDraft(.decision, Decision.trackRequest(request))])
    }

    /// The day by which an answer is due: seven days after a removal request at a designated company's published desk, or what she noted.
    public func answerDue(_ request: PlatformRequest) throws -> CivilDate? {
        guard request.answeredOn == nil else { return nil }
        if let noted = request.nextBy.flatMap(CivilDate.init) { return noted }
        let library = try library()
        guard request.kind == .removal, library.reporting(for: request.platform)?.designated == .yes,
            let day = (request.receivedOn ?? request.sentOn).flatMap(CivilDate.init), let rule = library.deadline("D-PF7")
        else { return nil }
        return CountedDeadline(rule, from: day, holidays: library.holidays).lastDay
    }
}
