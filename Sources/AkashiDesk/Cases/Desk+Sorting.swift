public import AkashiCasework
public import AkashiKnowledge
public import AkashiModel
public import AkashiSorting
import AkashiVault
import Foundation

/// A proposal for a record. Its words are covered until she asks for them.
public struct RecordProposal: Sendable {
    /// The record's line, without its words.
    public let entry: TimelineEntry
    /// What may be in it. The reasons quote its words and are as private as they are.
    public let proposal: SortingProposal
}

/// What a harm still lacks, as far as the records show.
public struct MissingPiece: Sendable, Equatable {
    /// The harm.
    public let harm: Harm
    /// What is missing, as a code with words in `Knowledge/strings/kinds`.
    public let code: String
    /// The records it concerns; empty where it concerns the whole.
    public let records: [LogPosition]
}

extension Desk {
    /// The rules, made ready.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    ///
    /// - Parameter isWide: with the model too, which finds more and is wrong more often. It learnt from texts of which most are harms,
    ///   so among ordinary messages it sees too many.
    public static func sorter(_ knowledge: Knowledge, isWide: Bool) throws -> Sorter {
        var rules: [SortingRule] = []
        for file in try knowledge.list("sorting", ending: ".yaml") { rules += try knowledge.yaml(file) as [SortingRule] }
        guard isWide else { return try Sorter(rules) }
        return try Sorter(
            rules, model: JSONDecoder().decode(SortingModel.self, from: Data(knowledge.bytes("sorting/model.json"))))
    }

    private static let publicKinds: Set = ["post", "reply", "repost", "review", "comment", "page"]

    /// Proposals for records that she has not sorted, only those with something to propose.
    ///
    /// - Parameter isWide: with the model too, see ``sorter(_:isWide:)``.
    public func proposals(limit: Int, isWide: Bool = false) throws -> [RecordProposal] {
        try remembered("proposals/\(limit)/\(isWide)") { try workedOutProposals(limit: limit, isWide: isWide) }
    }

    private func workedOutProposals(limit: Int, isWide: Bool) throws -> [RecordProposal] {
        let sorter = try Self.sorter(environment.knowledge, isWide: isWide)
        let facts = try index.privateFacts().map(\.words)
        let shop = try index.shopNames()
        return try index.unsorted(limit: limit).compactMap { circumstances in
            var context = SortingContext()
            context.kind = circumstances.entry.kind.name == "noted-post" ? "post" : circumstances.entry.kind.name
            context.stars = circumstances.stars
            context.isAfterBlock = circumstances.refusedAt != nil
            context.isOtherAccount = circumstances.isOtherAccount
            // Many messages a week are what friends send too; after a refusal they are not.
            context.contactsThisWeek = circumstances.refusedAt == nil ? 0 : circumstances.contactsThisWeek
            context.privateFacts = facts
            context.shopNames = shop
            let proposal = sorter.propose(circumstances.entry.coveredText ?? "", context)
            // Criticism is what is said in front of others; a message or an order that shows no harm is neither.
            let isSaidInPublic = context.kind.map(Self.publicKinds.contains) ?? false || circumstances.stars != nil
            guard !proposal.harms.isEmpty || proposal.isLawfulCriticism && isSaidInPublic else { return nil }
            return RecordProposal(entry: circumstances.entry.covered, proposal: proposal)
        }
    }

    /// Writes down what she sees in a record.
    ///
    /// - Throws: ``CaseworkErrorCode/unknownRecord``.
    public func sort(
        _ record: LogPosition, harms: [Harm], isLawfulCriticism: Bool, reason: String?, by helper: String? = nil
    ) throws {
        try requireRecord(record)
        let decision = Decision.sort(record: record, harms: harms, isLawfulCriticism: isLawfulCriticism, reason: reason)
        try append([try EntryDraft(.decision, helper.map { Decision.helped(by: $0, act: decision) } ?? decision)])
    }

    /// Writes down from when on she did not want contact by an account.
    public func refuse(_ account: AccountKey, at time: ClaimedTime) throws {
        guard try index.accounts().contains(where: { $0.key == account }) else {
            throw CaseworkError(.unknownAccount, ["account": "\(account)"])
        }
        try append([try EntryDraft(.decision, Decision.refuse(account: account, at: time))])
    }

    /// When somebody made contact, and what their orders and reviews show.
    public func pattern(of accounts: [AccountKey]) throws -> ContactPattern { try index.pattern(of: accounts) }

    /// For each harm that she sees in some record, what the records do not show yet. What a lawyer or the police will ask for.
    public func missing() throws -> [MissingPiece] { try remembered("missing") { try workedOutMissing() } }

    private func workedOutMissing() throws -> [MissingPiece] {
        let sorted = try index.sortedRecords()
        let incidents = try index.cases().flatMap(\.incidents)
        let stamped = try index.lastStampedSize() ?? 0
        let refused = try index.hasRefusal()
        var pieces: [MissingPiece] = []
        for harm in Harm.allCases {
            let linked = incidents.filter { $0.harms.contains(harm) }.flatMap(\.records)
            let positions = Set(sorted.filter { $0.value.harms.contains(harm) }.map(\.key) + linked).sorted()
            guard !positions.isEmpty else { continue }
            let lines = try positions.compactMap { try index.timelineEntry(at: $0) }
            func add(_ code: String, _ records: [TimelineEntry]) {
                if !records.isEmpty { pieces.append(MissingPiece(harm: harm, code: code, records: records.map(\.position))) }
            }
            add("missing.time", lines.filter { $0.claimedAt == nil })
            add("missing.account", lines.filter { $0.account == nil })
            let isPublic: (TimelineEntry) -> Bool = {
                ["post", "noted-post", "review", "comment", "picture"].contains($0.kind.name)
            }
            add("missing.address", lines.filter { isPublic($0) && $0.url == nil })
            add("missing.picture", lines.filter { isPublic($0) && $0.attachmentCount == 0 })
            add("missing.stamp", lines.filter { $0.position.index >= stamped })
            if harm == .stalking {
                if lines.count < 2 { pieces.append(MissingPiece(harm: harm, code: "missing.repetition", records: positions)) }
                if !refused { pieces.append(MissingPiece(harm: harm, code: "missing.refusal", records: [])) }
            }
            if harm == .obstruction { pieces.append(MissingPiece(harm: harm, code: "missing.loss", records: [])) }
            if harm == .defamation || harm == .obstruction {
                pieces.append(MissingPiece(harm: harm, code: "missing.truth", records: []))
            }
        }
        return pieces
    }
}
