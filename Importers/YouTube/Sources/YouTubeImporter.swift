import AkashiFormats
public import AkashiIntake
public import AkashiModel
import Foundation

/// Reads the comments of a YouTube account, as described in README.md.
public struct YouTubeImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "youtube", version: 1)

    /// An importer.
    public init() {}

    /// A table whose rows hold a comment's id, a channel's id and a text in JSON.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { member in
            guard member.name.lowercased().hasSuffix(".csv"), let head = try? tree.head(member, count: 16_384) else {
                return false
            }
            let text = String(decoding: head, as: UTF8.self)
            return text.contains("{\"\"text\"\":") && text.firstMatch(of: /\bUC[A-Za-z0-9_-]{22}\b/) != nil
        }.map { Claim(root: "", members: [$0]) }
    }

    /// Reads every comment.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var report = ReadingReport()
        var counter = ScopeCounter()
        for member in claim.members {
            try CSVSource(member, tree, &report)?.each(&report) { row in
                guard let made = make(row) else { return false }
                counter.add(made.scope)
                try record(made)
                return true
            }
        }
        report.scopes = counter.scopes()
        return report
    }

    private func make(_ row: CSVSource.Row) -> ParsedRecord? {
        let cells = row.cells
        guard let id = cells.first?.replacing("\u{feff}", with: ""), id.wholeMatch(of: /[A-Za-z0-9_.\-]{10,60}/) != nil,
            let text = cells.lazy.compactMap(Self.words).first
        else { return nil }
        let channel = cells.first { $0.wholeMatch(of: /UC[A-Za-z0-9_\-]{22}/) != nil }
        let video = cells.dropFirst().first { $0.wholeMatch(of: /[A-Za-z0-9_\-]{11}/) != nil }
        let time = cells.first { $0.wholeMatch(of: /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}.*/) != nil }
        var made = ParsedRecord(
            kind: .comment, scope: "youtube/comments/\(channel ?? "unknown")", key: id,
            account: channel.map { ClaimedAccount(platform: Platform("youtube"), id: $0) }, text: text, source: row.place,
            parser: parser,
            remarks: [Remark("youtube.own-only")])
        if let time {
            let plain = time.replacing(" ", with: "T")
            if let instant = Instant(rfc3339: plain) ?? Instant(rfc3339: plain + "Z") {
                made.claimedTime = ClaimedTime(
                    literal: time, instant: instant, precision: .second, zone: .stated(offsetMinutes: 0))
            }
        }
        if let video {
            made.url = "https://www.youtube.com/watch?v=\(video)&lc=\(id)"
            made.details["video"] = video
        }
        let parent = cells.dropFirst().first { $0 != id && $0.hasPrefix("Ug") && $0.count > 20 }
        if let parent { made.details["replyTo"] = parent }
        return made
    }

    private struct Piece: Decodable { let text: String? }

    /// `{"text":"…"}`, or several of them with commas between; nil if a cell is not that.
    private static func words(_ cell: String) -> String? {
        guard cell.hasPrefix("{\"") else { return nil }
        guard let pieces = try? JSONDecoder().decode([Piece].self, from: Data("[\(cell)]".utf8)) else { return nil }
        return pieces.compactMap(\.text).joined()
    }
}
