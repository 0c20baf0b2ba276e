import AkashiCasework
import AkashiDesk
import AkashiIntake
import AkashiKnowledge
import AkashiModel
import ArgumentParser
import Foundation

/// `akashi timeline`
struct TimelineCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline", abstract: "What happened when, oldest first. Words stay covered.")
    @Option(help: "Only this case's incidents.")
    var `case`: String?
    @Option(help: "From this day or time in Japan on, such as 2026-09-01.")
    var from: String?
    @Option(help: "Up to this day or time in Japan, without it.")
    var to: String?
    @Option(help: "Only this account, such as x:id:123 (see `akashi accounts`).")
    var account: String?
    @Option(help: "Lines at the most.")
    var limit = 200
    @Option(help: "Lines to pass over.")
    var offset = 0
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    func perform(_ console: Console) async throws {
        var filter = TimelineFilter(limit: limit, offset: offset)
        filter.records.from = try from.map { try Desk.time($0).instant }
        filter.records.to = try to.map { try Desk.time($0).instant }
        filter.caseID = try `case`.map { try CaseArgument.id($0) }
        if let account {
            guard let key = AccountKey(account) else { throw CommandError(.badArgument, ["argument": "--account"]) }
            filter.records.accounts = [key]
        }
        let entries = try await options.openDesk(console).timeline(filter)
        let kinds = console.strings.table("kinds")
        if entries.isEmpty { console.say("timeline-empty") }
        for entry in entries {
            let time = entry.claimedText.map { entry.isZoneAssumed ? $0 + "*" : $0 } ?? console.words("time-unknown")
            var parts = ["#\(entry.position)", time, kinds(entry.kind.name)]
            if let who = entry.accountName ?? entry.account?.value { parts.append(who) }
            if let name = entry.name { parts.append(name) }
            if entry.attachmentCount > 0 { parts.append(console.words("attachments", ["count": String(entry.attachmentCount)])) }
            if !entry.harms.isEmpty { parts.append(entry.harms.map { kinds("harm.\($0.rawValue)") }.joined(separator: "・")) }
            if entry.revises != nil { parts.append(console.words("revised")) }
            if entry.absentSince != nil { parts.append(console.words("absent")) }
            console.line(parts.joined(separator: "  "))
        }
        if entries.contains(where: \.isZoneAssumed) { console.say("zone-assumed-note") }
        try console.json(entries.map(TimelineOutput.init))
    }
}

/// `akashi timeline --json`: without words, like the screen.
struct TimelineOutput: Encodable {
    let position: UInt64
    let kind: String
    let claimedAt: String?
    let claimedJapan: String?
    let isZoneAssumed: Bool
    let observedAt: String
    let account: String?
    let accountName: String?
    let url: String?
    let attachments: Int
    let remarks: [String]
    let object: String
    let name: String?
    let revises: UInt64?
    let isAbsent: Bool
    let harms: [String]

    init(_ entry: TimelineEntry) {
        position = entry.position.index
        kind = entry.kind.name
        claimedAt = entry.claimedAt?.utcText
        claimedJapan = entry.claimedText
        isZoneAssumed = entry.isZoneAssumed
        observedAt = entry.observedAt.instant.utcText
        account = entry.account?.description
        accountName = entry.accountName
        url = entry.url
        attachments = entry.attachmentCount
        remarks = entry.remarks.map(\.code)
        object = entry.object.hex
        name = entry.name
        revises = entry.revises?.index
        isAbsent = entry.absentSince != nil
        harms = entry.harms.map(\.rawValue)
    }
}

/// `akashi show ID`
struct ShowCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One record. Its words only with --reveal, and that is written down.")
    @Argument(help: "The number of the record, as the timeline shows it.")
    var id: String
    @Flag(help: "Show the words.")
    var reveal = false
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    func perform(_ console: Console) async throws {
        let position = try PositionArgument.position(id)
        let detail = try await options.openDesk(console).record(at: position, reveal: reveal)
        let remarks = console.strings.table("remarks")
        console.line("#\(position)  \(console.strings.table("kinds")(detail.entry.kind.name))")
        console.say("show-claimed", ["time": detail.entry.claimedText ?? console.words("time-unknown")])
        console.say("show-observed", ["time": detail.entry.observedAt.instant.japanText])
        if let account = detail.entry.account {
            console.say("show-account", ["account": detail.entry.accountName ?? account.value, "key": "\(account)"])
        }
        if let url = detail.entry.url { console.line(url) }
        console.say(
            "show-source",
            [
                "path": [detail.path, detail.source.member].compactMap { $0 }.joined(separator: " › "),
                "offset": String(detail.source.offset), "length": String(detail.source.length),
            ])
        console.line("SHA-256 \(detail.source.digest)")
        for remark in detail.entry.remarks { console.line("※ " + remarks(remark.code)) }
        for note in detail.notes { console.say("show-note", ["note": note]) }
        if let record = detail.record {
            console.line("")
            console.line(record.text.map { $0.trimmingCharacters(in: .newlines) } ?? console.words("no-words"))
        } else {
            console.say("show-covered")
        }
        try console.json(ShowOutput(detail))
    }
}

/// `akashi show --json`
struct ShowOutput: Encodable {
    let entry: TimelineOutput
    let leaf: String
    let object: String
    let member: String?
    let offset: UInt64
    let length: UInt64
    let digest: String
    let path: String?
    let notes: [String]
    let text: String?
    let details: [String: String]?
    let claimedLiteral: String?

    init(_ detail: RecordDetail) {
        entry = TimelineOutput(detail.entry)
        leaf = detail.leaf
        object = detail.source.object.hex
        member = detail.source.member
        offset = detail.source.offset
        length = detail.source.length
        digest = detail.source.digest.hex
        path = detail.path
        notes = detail.notes
        text = detail.record?.text
        details = detail.record?.details
        claimedLiteral = detail.record?.claimedTime?.literal
    }
}

/// `akashi accounts`
struct AccountsCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts", abstract: "The accounts that records are said to be from.")
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    private struct Output: Encodable {
        let key: String
        let names: [String]
        let records: Int
    }

    func perform(_ console: Console) async throws {
        let accounts = try await options.openDesk(console).accounts()
        for account in accounts {
            console.line("\(account.key)  \(account.names.joined(separator: " / "))  \(account.recordCount)")
        }
        try console.json(accounts.map { Output(key: "\($0.key)", names: $0.names, records: $0.recordCount) })
    }
}

/// Record numbers on the command line.
enum PositionArgument {
    static func position(_ text: String) throws -> LogPosition {
        let digits = text.hasPrefix("#") ? String(text.dropFirst()) : text
        guard let index = UInt64(digits) else { throw CommandError(.badArgument, ["argument": "ID"]) }
        return LogPosition(index)
    }

    /// `12,15-18`
    static func positions(_ text: String) throws -> [LogPosition] {
        try text.split(separator: ",").flatMap { part in
            let ends = try part.split(separator: "-").map { try position(String($0)).index }
            guard let first = ends.first, let last = ends.last, ends.count <= 2, first <= last, last - first < 100_000 else {
                throw CommandError(.badArgument, ["argument": "records"])
            }
            return (first...last).map(LogPosition.init)
        }
    }
}

/// Case ids on the command line.
enum CaseArgument {
    /// The case that is named, or the first one.
    static func chosen(_ text: String?, _ desk: Desk) async throws -> CaseID {
        if let text { return try id(text) }
        guard let first = try await desk.cases().first else { throw CaseworkError(.unknownCase, ["case": "—"]) }
        return first.id
    }

    static func id(_ text: String) throws -> CaseID {
        guard let id = CaseID(text) else { throw CommandError(.badArgument, ["argument": "--case"]) }
        return id
    }
}
