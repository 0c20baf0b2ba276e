public import AkashiActions
import AkashiCasework
import AkashiDocuments
import AkashiKnowledge
public import AkashiModel
import AkashiVault

/// A question that matters, with what is known.
public struct FactState: Sendable {
    /// The question.
    public let definition: FactDefinition
    /// What is known; nil if nothing is.
    public let value: FactValue?
    /// What the evidence says, where she answered otherwise.
    public let evidence: FactValue?
}

extension Desk {
    /// Law, reporting and plans, read once.
    public func library() throws -> LawLibrary {
        if let loaded = lawLibrary { return loaded }
        let loaded = try LawLibrary(environment.knowledge)
        lawLibrary = loaded
        return loaded
    }

    /// Accounts that are hers, or of somebody she trusts.
    public func friendlyAccounts() throws -> Set<AccountKey> { try index.friendlyAccounts() }

    /// How many records she uncovered today.
    public func openedToday() throws -> Int { try index.openedCount(since: today().japanStart) }

    /// Today, in Japan.
    public func today() -> CivilDate { CivilDate(japan: environment.vault.now()) }

    /// The questions that matter, with what is known.
    public func facts(_ caseID: CaseID) throws -> [FactState] {
        let caseFile = try index.caseFile(caseID)
        let answers = try index.answers(caseID)
        let readings = try remembered("readings/\(caseID.text)") {
            try evidenceReadings(caseFile, try materialRecords(caseFile))
        }
        return try library().facts.map { definition in
            let read = definition.reads.flatMap { readings[$0] }
            let answer = answers[definition.id].map { FactValue(text: $0.value, origin: .answered(at: $0.observedAt)) }
            return FactState(definition: definition, value: answer ?? read, evidence: answer == nil ? nil : read)
        }
    }

    /// Writes an answer down; nil takes it back.
    ///
    /// - Throws: ``DeskErrorCode/factUnknown`` or ``DeskErrorCode/factUnclear``.
    public func answer(_ caseID: CaseID, fact id: String, value: String?) throws {
        _ = try index.caseFile(caseID)
        guard let definition = try factDefinition(id) else { throw DeskError(.factUnknown, ["fact": id]) }
        if let value, !definition.accepts(value) { throw DeskError(.factUnclear, ["fact": id]) }
        guard try index.answers(caseID)[id]?.value != value else { return }
        try append([try EntryDraft(.decision, Decision.answer(caseID: caseID, fact: id, value: value))])
    }

    /// A question by its name: one of the law's, or a paper's own (`paper.<paper>.<field>`, with `@<platform>` behind it for one platform).
    func factDefinition(_ id: String) throws -> FactDefinition? {
        if let fact = try library().fact(id) { return fact }
        // What is asked for each platform ends in `@` and the platform.
        let parts = id.prefix { $0 != "@" }.split(separator: ".", maxSplits: 2).map(String.init)
        guard parts.count == 3, parts[0] == "paper" else { return nil }
        return try paperDefinitions().first { $0.id == parts[1] }?.own?.first { $0.id == parts[2] }
    }

    /// Everything that deadlines and options look at.
    public func material(_ caseID: CaseID) throws -> CaseMaterial {
        try remembered("material/\(caseID.text)") { try workedOutMaterial(caseID) }
    }

    private func workedOutMaterial(_ caseID: CaseID) throws -> CaseMaterial {
        let caseFile = try index.caseFile(caseID)
        let facts = try facts(caseID).reduce(into: [String: FactValue]()) { $0[$1.definition.id] = $1.value }
        // Only a request at the desk that the company has published starts its seven days (articles 22, 23, 25).
        let requests = try index.platformRequests(caseID).filter { $0.kind == .removal }.compactMap { request in
            (request.receivedOn ?? request.sentOn).flatMap(CivilDate.init).map {
                CaseMaterial.OpenRequest(
                    id: request.id.text, platform: request.platform, receivedOn: $0, isAnswered: request.answeredOn != nil)
            }
        }
        return CaseMaterial(records: try materialRecords(caseFile), facts: facts, requests: requests)
    }

    /// What runs out, and what waits for a day.
    public func deadlineBoard(_ caseID: CaseID) throws -> DeadlineBoard {
        try remembered("deadlines/\(caseID.text)") { DeadlineBoard(try library(), try material(caseID)) }
    }

    /// What the law asks for beside what is there, and what can be done.
    public func optionMap(_ caseID: CaseID) throws -> (board: DeadlineBoard, map: OptionMap) {
        let board = try deadlineBoard(caseID)
        let today = today()
        let map = try remembered("options/\(caseID.text)/\(today)") {
            OptionMap(try library(), try material(caseID), board, today: today)
        }
        return (board, map)
    }

    private func materialRecords(_ caseFile: CaseFile) throws -> [MaterialRecord] {
        try remembered("records/\(caseFile.id.text)") { try workedOutRecords(caseFile) }
    }

    private func workedOutRecords(_ caseFile: CaseFile) throws -> [MaterialRecord] {
        let friendly = try index.friendlyAccounts()
        let refused = try index.recordsAfterRefusal()
        let states = try index.orderStates()
        let privateWords = try index.privateFacts().map(\.words)
        let redaction = Redaction(privateWords)
        return try index.consideredPositions(caseFile.id).compactMap { position in
            guard let line = try index.timelineEntry(at: position) else { return nil }
            let isPrivate = !privateWords.isEmpty && (line.coveredText.map { redaction.apply($0).count > 0 } ?? false)
            return MaterialRecord(
                position: position, kind: line.kind, claimedAt: line.claimedAt, observedAt: line.observedAt,
                account: line.account,
                url: line.url, harms: Set(line.harms + (line.sorted?.harms ?? [])),
                isFriendly: line.account.map { friendly.contains($0) } ?? false, isAfterRefusal: refused.contains(position),
                hasPrivateWords: isPrivate, status: states[position])
        }
    }

    /// What the evidence, the talks and the settings say, by the names that `reads` has in `Knowledge/law/facts.yaml`.
    private func evidenceReadings(_ caseFile: CaseFile, _ records: [MaterialRecord]) throws -> [String: FactValue] {
        var readings: [String: FactValue] = [:]
        let troubling = records.filter { !$0.harms.isEmpty && !$0.isFriendly }
        func first(_ some: [MaterialRecord], by time: (MaterialRecord) -> Instant?) -> FactValue? {
            guard
                let record = some.filter({ time($0) != nil }).min(by: {
                    (time($0)?.milliseconds ?? 0) < (time($1)?.milliseconds ?? 0)
                }),
                let instant = time(record)
            else { return nil }
            return FactValue(text: CivilDate(japan: instant).description, origin: .evidence([record.position]))
        }
        readings["posts.first"] = first(troubling, by: \.claimedAt)
        // A friend's message about it may be the newest record of an incident; what others could see is not by a friend.
        let seen = troubling.filter(\.isPublic)
        let newest = (seen.isEmpty ? troubling : seen).max {
            ($0.claimedAt?.milliseconds ?? .min) < ($1.claimedAt?.milliseconds ?? .min)
        }
        readings["posts.last"] = first([newest].compactMap { $0 }, by: \.claimedAt)
        readings["posts.earliest"] = first(troubling.filter(\.isPublic), by: \.claimedAt)
        if let absent = try records.compactMap({ try index.timelineEntry(at: $0.position) }).filter({ $0.absentSince != nil })
            .first,
            let reading = absent.absentSince, let seen = try vault.entry(at: reading).envelope?.observedAt
        {
            readings["absent.first"] = FactValue(
                text: CivilDate(japan: seen.instant).description, origin: .evidence([absent.position]))
        }
        if let refusal = try index.refusals().values.min() {
            readings["refusal.first"] = FactValue(text: CivilDate(japan: refusal).description, origin: .noted)
        }
        for role in [Consultation.Role.police, .lawyer] {
            guard let talk = caseFile.consultations.first(where: { $0.role == role }) else { continue }
            let day = CivilDate(japan: talk.heldAt.instant)
            readings["talk.\(role.rawValue)"] = FactValue(text: day.description, origin: .noted)
            readings["talk.\(role.rawValue).with"] = FactValue(text: talk.with, origin: .noted)
        }
        if let shop = try index.shopNames().first { readings["shop.name"] = FactValue(text: shop, origin: .noted) }
        return readings
    }
}
