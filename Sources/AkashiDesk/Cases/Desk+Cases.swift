public import AkashiCasework
public import AkashiIntake
public import AkashiModel
import AkashiVault

/// A record with everything that is known about it. Its words are there only if they were asked for.
public struct RecordDetail: Sendable {
    /// Its line in the timeline, words taken out unless they were asked for.
    public let entry: TimelineEntry
    /// All of it; nil unless it was asked for.
    public let record: ParsedRecord?
    /// Where it stands in the bytes.
    public let source: Locator
    /// When its bytes were sealed.
    public let sealedAt: ObservedTime?
    /// The path under which they came in.
    public let path: String?
    /// Her notes.
    public let notes: [String]
    /// The hash of its entry.
    public let leaf: String
}

extension Desk {
    /// The timeline, oldest first.
    public func timeline(_ filter: TimelineFilter = TimelineFilter()) throws -> [TimelineEntry] {
        try index.timeline(filter)
    }

    /// The accounts, those with most records first.
    public func accounts() throws -> [AccountSummary] { try index.accounts() }

    /// The cases.
    public func cases() throws -> [CaseFile] { try index.cases() }

    /// One case.
    public func caseFile(_ id: CaseID) throws -> CaseFile { try index.caseFile(id) }

    /// A record. To uncover its words is written down.
    ///
    /// - Throws: ``CaseworkErrorCode/unknownRecord``.
    ///
    /// - Parameter helper: who uncovers it, if it is not she.
    public func record(at position: LogPosition, reveal: Bool, by helper: String? = nil) throws -> RecordDetail {
        guard let entry = try index.timelineEntry(at: position) else {
            throw CaseworkError(.unknownRecord, ["index": "\(position)"])
        }
        let ledgerEntry = try vault.entry(at: position)
        guard let envelope = ledgerEntry.envelope else { throw CaseworkError(.recordRemoved, ["index": "\(position)"]) }
        let record = try envelope.decode(ParsedRecord.self)
        if reveal { try append([try EntryDraft(.opened, OpenedBody(record: position, by: helper))]) }
        let evidence = try index.evidence(record.source.object)
        return RecordDetail(
            entry: reveal ? entry : entry.covered, record: reveal ? record : nil, source: record.source,
            sealedAt: evidence?.observedAt, path: evidence?.path, notes: try index.notes(on: position),
            leaf: "\(ledgerEntry.leaf)")
    }

    /// Some records for a list, without their words; those that were taken away are left out.
    public func lines(of positions: [LogPosition]) throws -> [TimelineEntry] {
        try positions.compactMap { try index.timelineEntry(at: $0)?.covered }
    }

    /// Opens a case.
    public func openCase(title: String) throws -> CaseID {
        let id: CaseID = newHandle("case")
        try append([try EntryDraft(.decision, Decision.openCase(id: id, title: title))])
        return id
    }

    /// Gives some accounts a letter for papers.
    public func nameParty(_ caseID: CaseID, letter: String, role: String, accounts: [AccountKey]) throws {
        _ = try index.caseFile(caseID)
        let decision = Decision.nameParty(caseID: caseID, letter: letter, role: role, accounts: accounts)
        try append([try EntryDraft(.decision, decision)])
    }

    /// Describes an incident, or describes it anew.
    public func describeIncident(
        _ caseID: CaseID, id: IncidentID? = nil, title: String, summary: String, harms: [Harm], records: [LogPosition] = []
    ) throws -> IncidentID {
        _ = try index.caseFile(caseID)
        for record in records { try requireRecord(record) }
        let id = id ?? newHandle("incident")
        var drafts = [
            try EntryDraft(
                .decision,
                Decision.describeIncident(id: id, caseID: caseID, title: title, summary: summary, harms: harms))
        ]
        if !records.isEmpty { drafts.append(try EntryDraft(.decision, Decision.link(incident: id, records: records))) }
        try append(drafts)
        return id
    }

    /// Puts records to an incident, or takes them away.
    public func link(_ incident: IncidentID, records: [LogPosition], isLinked: Bool = true) throws {
        guard try index.cases().contains(where: { $0.incidents.contains { $0.id == incident } }) else {
            throw CaseworkError(.unknownIncident, ["incident": incident.text])
        }
        for record in records { try requireRecord(record) }
        let decision: Decision =
            isLinked ? .link(incident: incident, records: records) : .unlink(incident: incident, records: records)
        try append([try EntryDraft(.decision, decision)])
    }

    /// Writes a talk down.
    public func addConsultation(
        _ caseID: CaseID, heldAt: ClaimedTime, with: String, role: Consultation.Role, said: String, advised: String,
        next: String? = nil, nextBy: String? = nil
    ) throws -> ConsultationID {
        _ = try index.caseFile(caseID)
        let id: ConsultationID = newHandle("talk")
        let consultation = Consultation(
            id: id, caseID: caseID, heldAt: heldAt, with: with, role: role, said: said, advised: advised, next: next,
            nextBy: nextBy)
        try append([try EntryDraft(.note, Note.consultation(consultation))])
        return id
    }

    /// Writes a note about a record.
    public func addNote(on record: LogPosition, text: String, by helper: String? = nil) throws {
        try requireRecord(record)
        try append([try EntryDraft(.note, helper.map { Note.helper(record, text: text, by: $0) } ?? .record(record, text: text))])
    }

    func requireRecord(_ position: LogPosition) throws {
        guard try index.timelineEntry(at: position) != nil else {
            throw CaseworkError(.unknownRecord, ["index": "\(position)"])
        }
    }

    /// A time as she writes it, such as `2026-11-24 14:00`, in Japan.
    ///
    /// - Throws: ``CaseworkErrorCode/timeUnclear``.
    public static func time(_ text: String) throws -> ClaimedTime {
        if let day = CivilTime.parseRFC3339(text + "T00:00"), text.count == 10 {
            return ClaimedTime(
                literal: text, instant: day.0.instant(offsetMinutes: CivilTime.japanOffsetMinutes), precision: .day,
                zone: .assumedJapan)
        }
        guard let (civil, offset) = CivilTime.parseRFC3339(text) else { throw CaseworkError(.timeUnclear) }
        let hasSeconds = text.split(separator: ":").count > 2
        return ClaimedTime(
            literal: text, instant: civil.instant(offsetMinutes: offset ?? CivilTime.japanOffsetMinutes),
            precision: hasSeconds ? .second : .minute, zone: offset.map { .stated(offsetMinutes: $0) } ?? .assumedJapan)
    }
}

extension Desk {
    /// The records by their key in their source: an id, a digest.
    func positionsByKey() throws -> [String: [LogPosition]] { try index.positionsByKey() }

    /// The records that were read from an object, in the order they stand in it.
    func positions(readFrom object: ContentDigest) throws -> [LogPosition] { try index.records(readFrom: object) }

    /// SHA-256.
    static func digest(of bytes: [UInt8]) -> ContentDigest { SliceDigest.of(bytes) }
}
