import AkashiIntake
import AkashiModel

/// A post that somebody copied by hand into a text file: its address on the first line, its time on the second.
///
/// This is how people keep what they see before they know better ways, so the two lines are taken for what they say.
struct NotedPost {
    let address: String?
    let time: ClaimedTime?
    let handle: String?

    /// Nil unless the first line is a web address and nothing else, or a date and nothing else.
    init?(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline).prefix(2).map { String($0).trimmed }
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
