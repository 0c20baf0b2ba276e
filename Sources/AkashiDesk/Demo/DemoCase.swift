import AkashiCasework
public import AkashiKnowledge
public import AkashiModel
public import Foundation

/// The demo case: its sources built into the formats that real people hold, then taken through the whole job.
public struct DemoCase: Sendable {
    /// A talk's file name, and which references its lines have, in order.
    private struct TalkReferences: Sendable {
        let fileName: String
        let references: [String]
    }

    let knowledge: Knowledge
    private let casework: DemoCasework
    private let people: [String: DemoArchive.Person]
    private let files: [DemoFile]
    private let talks: [TalkReferences]
    private let archive: [UInt8]
    private let archiveKeys: [String: String]
    private let talkBytes: [String: [UInt8]]
    /// Mails, a table, a screenshot, a PDF: path, bytes, reference.
    private let others: [(path: String, bytes: [UInt8], ref: String)]

    /// Reads the sources.
    ///
    /// - Throws: ``DeskErrorCode/demoDamaged`` or a ``KnowledgeError``.
    public init(_ knowledge: Knowledge) throws {
        self.knowledge = knowledge
        let source: DemoArchive = try knowledge.yaml("demo/x-archive.yaml")
        var maker = DemoArchiveMaker(source)
        archive = try maker.zip()
        archiveKeys = maker.keys
        people = source.people
        casework = try knowledge.yaml("demo/casework.yaml")
        files = try knowledge.yaml("demo/files.yaml")
        var talks: [TalkReferences] = []
        var bytes: [String: [UInt8]] = [:]
        for name in ["line-friend", "line-makers"] {
            let maker = DemoTalkMaker(talk: try knowledge.yaml("demo/\(name).yaml"))
            talks.append(TalkReferences(fileName: maker.fileName, references: maker.talk.messages.map(\.ref)))
            bytes[maker.fileName] = try maker.text()
        }
        self.talks = talks
        talkBytes = bytes
        let mails: [DemoMail] = try knowledge.yaml("demo/mails.yaml")
        let orders: DemoOrders = try knowledge.yaml("demo/orders.yaml")
        others =
            try mails.map { ("メール/\($0.file)", try $0.bytes(), $0.ref) } + [(orders.file, try orders.bytes(), orders.ref)]
            + [("s001", "Screenshot_20261116-080210.png"), ("p001", "てのはこ市場_回答_2026-11-20.pdf")].map { ref, name in
                (name, try knowledge.bytes("demo/files/\(name)"), ref)
            }
    }

    /// Writes what the person in the story has on her computer: an X archive, LINE talks, text files.
    public func writeSources(to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(archive).write(to: folder.appending(path: "twitter-2026-11-20.zip"))
        for (name, bytes) in talkBytes { try Data(bytes).write(to: folder.appending(path: name)) }
        for (path, bytes, _) in others {
            let url = folder.appending(path: path)
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: url)
        }
        let notes = folder.appending(path: "メモ")
        try FileManager.default.createDirectory(at: notes, withIntermediateDirectories: true)
        for file in files {
            try Data(try knowledge.text("demo/files/\(file.file)").utf8).write(to: notes.appending(path: file.file))
        }
    }

    /// Puts what she decided and noted into the desk.
    public func enterCasework(into desk: Desk) async throws -> CaseID {
        let positions = try await self.positions(in: desk)
        func find(_ references: [String]) throws -> [LogPosition] {
            try references.map { reference in
                guard let position = positions[reference] else { throw DeskError(.demoDamaged, ["file": reference]) }
                return position
            }
        }
        let caseID = try await desk.openCase(title: casework.case.title)
        for party in casework.parties {
            try await desk.nameParty(
                caseID, letter: party.letter, role: party.role, accounts: party.accounts.flatMap(accountKeys))
        }
        for incident in casework.incidents {
            _ = try await desk.describeIncident(
                caseID, title: incident.title, summary: incident.summary,
                harms: incident.harms.compactMap(Harm.init(rawValue:)), records: try find(incident.records))
        }
        for talk in casework.consultations {
            _ = try await desk.addConsultation(
                caseID, heldAt: try Desk.time(talk.at), with: talk.with,
                role: Consultation.Role(rawValue: talk.role) ?? .friend, said: talk.said, advised: talk.advised,
                next: talk.next, nextBy: talk.nextBy)
        }
        let known = Set(try await desk.accounts().map(\.key))
        for standing in casework.standings {
            // Of an account that is named by number and by handle, the records know one.
            for account in standing.accounts.flatMap(accountKeys) where known.contains(account) {
                try await desk.setStanding(standing.standing, of: [account])
            }
        }
        for answer in casework.facts { try await desk.answer(caseID, fact: answer.fact, value: answer.value) }
        for request in casework.requests {
            let begun = try await desk.beginRequest(
                caseID, platform: request.platform, kind: RequestKind(rawValue: request.kind) ?? .report,
                records: try find(request.records))
            try await desk.keepRequest(
                PlatformRequest(
                    id: begun.id, caseID: caseID, platform: begun.platform, kind: begun.kind, records: begun.records,
                    sentOn: request.sentOn, receivedOn: request.receivedOn, receipt: request.receipt,
                    answeredOn: request.answeredOn,
                    answer: request.answer, outcome: PlatformRequest.Outcome(rawValue: request.outcome ?? "") ?? .waiting,
                    next: request.next, nextBy: request.nextBy))
        }
        for note in casework.notes { try await desk.addNote(on: try find([note.on])[0], text: note.text) }
        return caseID
    }

    /// Number of items in the story.
    public var itemCount: Int { archiveKeys.count + talks.reduce(0) { $0 + $1.references.count } + files.count + others.count }

    private func positions(in desk: Desk) async throws -> [String: LogPosition] {
        var positions: [String: LogPosition] = [:]
        let byKey = try await desk.positionsByKey()
        for (reference, key) in archiveKeys { positions[reference] = byKey[key]?.first }
        for file in files {
            let bytes = Array(try knowledge.text("demo/files/\(file.file)").utf8)
            positions[file.ref] = byKey[Desk.digest(of: bytes).hex]?.first
        }
        for other in others { positions[other.ref] = try await desk.positions(readFrom: Desk.digest(of: other.bytes)).first }
        for talk in talks {
            let lines = try await desk.positions(readFrom: Desk.digest(of: talkBytes[talk.fileName] ?? []))
            guard lines.count == talk.references.count else { throw DeskError(.demoDamaged, ["file": talk.fileName]) }
            for (reference, position) in zip(talk.references, lines) { positions[reference] = position }
        }
        return positions
    }

    /// `x:person:a` is one account with two names; the others are written as they are.
    private func accountKeys(_ text: String) -> [AccountKey] {
        let parts = text.split(separator: ":", maxSplits: 2).map(String.init)
        guard parts.count == 3 else { return [] }
        guard parts[1] == "person", let person = people[parts[2]] else { return [AccountKey(text)].compactMap { $0 } }
        return [
            AccountKey(platform: .x, form: .id, value: person.accountId),
            AccountKey(platform: .x, form: .handle, value: person.userName.lowercased()),
        ]
    }
}
