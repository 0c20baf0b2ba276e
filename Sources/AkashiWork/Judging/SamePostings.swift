import AkashiText

/// Finds postings that are one and the same, seen at several places.
public enum SamePostings {
    /// For each posting that was seen before, the place of the first one like it.
    ///
    /// Alike: the same employer, the same title, and nothing that differs among place, least pay and form. Where no employer is named, the
    /// words themselves have to be the same.
    public static func find(_ postings: [Posting]) -> [Int: Int] {
        var seen: [String: [Int]] = [:]
        var same: [Int: Int] = [:]
        for (place, posting) in postings.enumerated() {
            let key = key(posting)
            if let first = seen[key]?.first(where: { !differ(postings[$0], posting) }) {
                same[place] = first
            } else {
                seen[key, default: []].append(place)
            }
        }
        return same
    }

    private static func key(_ posting: Posting) -> String {
        guard let employer = posting.employer?.value, let title = posting.title?.value else {
            return "\u{1}" + folded(posting.text)
        }
        return folded(employer) + "\u{1}" + folded(title)
    }

    private static func folded(_ text: String) -> String {
        let bare = ["株式会社", "有限会社", "合同会社", "(株)", "（株）", "㈱", "(有)", "（有）"].reduce(text) { $0.replacing($1, with: "") }
        return String(String.UnicodeScalarView(FoldedText(bare).scalars.filter { !$0.properties.isWhitespace }))
    }

    private static func differ(_ one: Posting, _ other: Posting) -> Bool {
        func differ<Value: Equatable>(_ left: Value?, _ right: Value?) -> Bool {
            if let left, let right { left != right } else { false }
        }
        return differ(one.city?.value, other.city?.value) || differ(one.prefecture?.value, other.prefecture?.value)
            || differ(one.pay?.value.least, other.pay?.value.least) || differ(one.pay?.value.unit, other.pay?.value.unit)
            || differ(one.employment?.value, other.employment?.value)
            || differ(one.corporateNumber?.value, other.corporateNumber?.value)
    }
}
