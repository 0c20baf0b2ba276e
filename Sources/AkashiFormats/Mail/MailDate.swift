/// The date of a mail (RFC 5322 section 3.3 and the obsolete forms of section 4.3).
public struct MailDate: Equatable, Sendable {
    /// Year, month, day, hour, minute, second.
    public let parts: [Int]
    /// Minutes ahead of UTC; nil if none is written.
    public let offsetMinutes: Int?

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let zones: [String: Int] = [
        "ut": 0, "utc": 0, "gmt": 0, "z": 0, "jst": 540, "kst": 540, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
        "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "bst": 60, "cet": 60, "cest": 120, "msk": 180,
    ]

    /// Nil unless day, month, year and time of day are all plain.
    public init?(_ text: String) {
        guard text.utf8.count <= 120 else { return nil }
        // Comments such as (JST) say nothing that the number before them does not.
        let bare = text.prefix { $0 != "(" }
        var words = bare.split { $0 == " " || $0 == "\t" || $0 == "," }.map { $0.lowercased() }
        if let first = words.first, Int(first) == nil, first.count >= 3, !first.contains("-") { words.removeFirst() }
        if words.count == 4 || words.count == 5, words[0].split(separator: "-").count == 3 {
            words = words[0].split(separator: "-").map(String.init) + words.dropFirst()
        }
        guard words.count >= 4, let day = Int(words[0]), let month = Self.months.firstIndex(of: String(words[1].prefix(3))),
            var year = Int(words[2])
        else { return nil }
        if words[2].count == 2 { year += year < 50 ? 2000 : 1900 } else if words[2].count == 3 { year += 1900 }
        let clock = words[3].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
        guard (2...3).contains(clock.count), (1...31).contains(day), (1900...2200).contains(year), (0...23).contains(clock[0]),
            (0...59).contains(clock[1]), clock.count == 2 || (0...60).contains(clock[2])
        else { return nil }
        parts = [year, month + 1, day, clock[0], clock[1], clock.count == 3 ? clock[2] : 0]
        offsetMinutes = words.count > 4 ? Self.offset(words[4]) : nil
    }

    private static func offset(_ text: String) -> Int? {
        if let known = zones[text] { return known }
        guard let sign = text.first, sign == "+" || sign == "-", let number = Int(text.dropFirst()), text.count == 5 else {
            return nil
        }
        let minutes = number / 100 * 60 + number % 100
        guard number % 100 < 60, minutes <= 1080 else { return nil }
        return sign == "-" ? -minutes : minutes
    }
}
