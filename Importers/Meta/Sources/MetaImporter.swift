import AkashiFormats
public import AkashiIntake
public import AkashiModel

/// Reads the JSON exports of Facebook and Instagram, as described in README.md.
public struct MetaImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "meta", version: 1)

    static let folders: Set<String> = ["inbox", "archived_threads", "message_requests", "filtered_threads", "e2ee_cutover"]

    /// An importer.
    public init() {}

    /// All talks and comments of one export together: their order and their pictures belong to each other.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        var found: [String: [SealedMember]] = [:]
        for member in unclaimed where member.path.hasSuffix(".json") {
            let name = member.name
            let isTalk = name.hasPrefix("message_") && Int(name.dropFirst(8).dropLast(5)) != nil
            let isComments = name.hasPrefix("post_comments") || name.hasPrefix("reels_comments") || name == "comments.json"
            guard isTalk || isComments, let head = try? tree.head(member, count: 4_096) else { continue }
            let text = String(decoding: head, as: UTF8.self)
            let looksRight =
                isTalk
                ? text.contains("\"participants\"") || text.contains("\"sender_name\"") || text.contains("\"messages\"")
                : text.contains("string_map_data") || text.contains("comments_media_comments") || text.contains("comments_v2")
            if looksRight { found[Self.root(of: member.path), default: []].append(member) }
        }
        return found.keys.sorted().map { root in
            let media = unclaimed.filter { member in
                member.path.hasPrefix(root)
                    && ["photos", "videos", "audio", "gifs", "files"].contains { member.path.contains("/\($0)/") }
                    && member.path.contains("messages/")
            }
            return Claim(root: root, members: (found[root] ?? []) + media)
        }
    }

    /// The folder of the export: what stands before the first known folder.
    private static func root(of path: String) -> String {
        for mark in ["your_facebook_activity/", "your_instagram_activity/", "messages/", "comments/"] {
            if path.hasPrefix(mark) { return "" }
            if let place = path.firstRange(of: "/" + mark) { return String(path[..<place.lowerBound]) + "/" }
        }
        return String(path.dropLast(path.split(separator: "/").last?.count ?? 0))
    }

    /// Reads every talk and every comment.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var reading = MetaReading(claim: claim, tree: tree, parser: parser)
        try reading.run(record)
        return reading.report
    }
}
