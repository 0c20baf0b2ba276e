import AkashiIntake
import AkashiModel

/// Makes records of what was read, with keys that are the same in every export of a talk.
struct LineRecordBuilder {
    private struct Place: Hashable {
        /// Minutes since 1970, or nil without a date.
        let minute: Int64?
        let hash: String
    }

    private let member: SealedMember
    private let scope: String
    private let parser: ParserVersion
    private let lines: LineLines
    private var seen: [Place: Int] = [:]
    /// Number of records so far.
    private(set) var count = 0

    /// Takes what all records of a file have in common.
    init(_ member: SealedMember, lines: LineLines, scope: String, parser: ParserVersion) {
        self.member = member
        self.lines = lines
        self.scope = scope
        self.parser = parser
    }

    /// The record of the next message.
    mutating func record(_ draft: LineDraft) -> ParsedRecord {
        count += 1
        let event = draft.notice?.event ?? LinePhrases.event(by: draft.text)
        let kind: RecordKind = event == nil ? .message : .event
        let civil = civilTime(draft)
        let bytes = lines.bytes[draft.line.start..<draft.end]
        var record = ParsedRecord(
            kind: kind, scope: scope, key: key(kind, civil, words: draft.notice?.phrase ?? draft.text),
            claimedTime: civil.map { claimedTime($0, draft) }, text: draft.text,
            source: Locator(
                object: member.object, member: member.member, offset: UInt64(draft.line.start),
                length: UInt64(bytes.count), digest: SliceDigest.of(bytes)),
            parser: parser, details: ["ordinal": String(count)])
        let isNamed = !draft.remarks.contains("line.author-unsure")
        if isNamed, let name = draft.author ?? draft.notice?.name {
            record.account = ClaimedAccount(platform: .line, displayName: name)
        }
        if let event { record.details["event"] = event }
        if civil == nil { record.details["date"] = literal(draft) }
        if event == nil, let media = LinePhrases.media(draft.text) {
            record.details["media"] = media
            record.remarks.append(Remark("line.media-not-in-export"))
        }
        record.remarks += timeRemarks(draft).map { Remark($0) } + draft.remarks.map { Remark($0) }
        return record
    }

    private func timeRemarks(_ draft: LineDraft) -> [String] {
        var codes: [String] = []
        if draft.time.isPast24 { codes.append("line.hour-past-24") }
        guard let day = draft.day else { return codes + ["line.no-date"] }
        if day.date == nil { codes.append("line.date-ambiguous") }
        if day.isWeekdayWrong { codes.append("line.weekday-mismatch") }
        return codes
    }

    private func civilTime(_ draft: LineDraft) -> CivilTime? {
        draft.day?.date.flatMap {
            CivilTime(year: $0.year, month: $0.month, day: $0.day, hour: draft.time.hour, minute: draft.time.minute)
        }
    }

    private func claimedTime(_ civil: CivilTime, _ draft: LineDraft) -> ClaimedTime {
        ClaimedTime(
            literal: literal(draft), instant: civil.instant(offsetMinutes: CivilTime.japanOffsetMinutes),
            precision: .minute, zone: .assumedJapan)
    }

    private func literal(_ draft: LineDraft) -> String {
        draft.day.map { $0.literal + " " + draft.time.literal } ?? draft.time.literal
    }

    /// `2026-11-24T10:03/0123456789abcdef/1`: minute, words, and the how-manieth of its like. Names are not in it,
    /// because the exporter can change what she calls somebody.
    private mutating func key(_ kind: RecordKind, _ civil: CivilTime?, words: String) -> String {
        var bytes = Array((kind.name + "\n" + words).utf8)
        // The form of computers does not show how many empty lines a text ends with.
        while bytes.last == LineBytes.lineFeed { bytes.removeLast() }
        let hash = String(SliceDigest.of(bytes).hex.prefix(16))
        let place = Place(minute: civil.map { $0.instant(offsetMinutes: 0).milliseconds / 60_000 }, hash: hash)
        seen[place, default: 0] += 1
        let start = civil.map { String($0.text.prefix(16)) } ?? "undated"
        return "\(start)/\(hash)/\(seen[place, default: 1])"
    }
}
