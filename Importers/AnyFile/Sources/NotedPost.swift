import AkashiIntake
import AkashiModel

/// A post that somebody copied by hand into a text file: its address on the first line, its time on the second.
///
/// This is how people keep what they see before they know better ways, so the two lines are taken for what they say.
struct NotedPost {
    let address: String?
    let time: ClaimedTime?
    let handle: String?
    /// Who is said to have written it, from a line such as `投稿者：さんかく定規（…）`.
    let writer: String?
    /// Stars, from a line such as `評価：星1つ`.
    let stars: Int?

    /// Lines after the first two that may say who wrote it, or how many stars it has.
    private static let labelledLines = 6

    /// Nil unless the first line is a web address and nothing else, or a date and nothing else.
    init?(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline).prefix(2 + Self.labelledLines).map { String($0).trimmed }
        (writer, stars) = Self.labels(in: lines)
        if let first = lines.first, first.allSatisfy({ "0123456789年月日時分秒午前後/-.:：·TZ+ ".contains($0) }),
            let time = NotedTime.parse(first)
        {
            (address, self.time, handle) = (nil, time, nil)
            return
        }
        guard let first = lines.first, first.hasPrefix("https://") || first.hasPrefix("http://"),
            !first.contains(where: \.isWhitespace), first.utf8.count <= 2048
        else { return nil }
        address = first
        time = lines.count > 1 ? NotedTime.parse(lines[1]) : nil
        handle = Self.handle(in: first)
    }

    func apply(to record: inout ParsedRecord) {
        if let address {
            record.kind = RecordKind("noted-post")
            record.url = address
        }
        record.remarks.append(Remark("file.copied-by-hand"))
        if let time { record.claimedTime = time }
        if let handle { record.account = ClaimedAccount(platform: .x, handle: handle) }
        if let writer, handle == nil { record.account = ClaimedAccount(platform: Platform("shop"), displayName: writer) }
        if let stars {
            record.kind = .review
            record.details["stars"] = String(stars)
        }
    }

    /// The name before a bracket or the end of the line, and a number of stars from 1 to 5.
    private static func labels(in lines: [String]) -> (writer: String?, stars: Int?) {
        var writer: String?
        var stars: Int?
        for line in lines {
            if let match = line.wholeMatch(of: /(?:投稿者|書いた人|レビューした人|購入者(?:の表示名)?)[：:]\s*([^（(／]{1,40}).*/), writer == nil {
                writer = String(match.1).trimmed
            }
            if let match = line.firstMatch(of: /^評価[：:]\s*(?:星|★)?\s*([1-5１-５])/), stars == nil {
                stars = match.1.first?.wholeNumberValue
            }
        }
        return (writer, stars)
    }

    /// The handle in the address of a post on X.
    private static func handle(in address: String) -> String? {
        let parts = address.split(separator: "/").map(String.init)
        guard parts.count >= 5, parts[3] == "status" else { return nil }
        let host = parts[1].lowercased()
        let isX = ["x.com", "twitter.com", "www.x.com", "www.twitter.com", "mobile.x.com", "mobile.twitter.com"].contains(host)
        return isX && parts[2] != "i" ? parts[2] : nil
    }
}
