import AkashiCasework
import AkashiKnowledge
import AkashiModel

/// A record in a list: what it is, when, from where. Never its words.
struct RecordLine: Sendable {
    let position: String
    let kind: String
    let platform: String?
    let time: String?
    /// For machines that read pages aloud.
    let isZoneAssumed: Bool
    let who: String?
    let name: String?
    let attachments: Int?
    let harms: [String]
    let isLawful: Bool
    let isUnsorted: Bool
    let isRevised: Bool
    let isAbsent: Bool
    let isTicked: Bool

    init(_ entry: TimelineEntry, _ visit: Visit, isTicked: Bool = false) {
        position = String(entry.position.index)
        kind = visit.kinds(entry.kind.name)
        let source = entry.account?.platform.name
        platform = source.map { visit.kinds("platform." + $0) }
        time = entry.claimedText
        isZoneAssumed = entry.isZoneAssumed
        who = (entry.accountName ?? entry.account?.value).map(Visible.text)
        name = entry.name.map(Visible.text)
        attachments = entry.attachmentCount > 0 ? entry.attachmentCount : nil
        let all = Set(entry.harms + (entry.sorted?.harms ?? []))
        harms = Harm.allCases.filter(all.contains).map { visit.kinds("harm." + $0.rawValue) }
        isLawful = entry.sorted?.isLawfulCriticism ?? false
        isUnsorted = entry.sorted == nil && harms.isEmpty
        isRevised = entry.revises != nil
        isAbsent = entry.absentSince != nil
        self.isTicked = isTicked
    }
}

/// Words of others, shown so that nothing hides in them: marks of direction and letters without width become visible.
enum Visible {
    private static let hidden: Set<UInt32> = [
        0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C,
        0x202D, 0x202E, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x3164, 0xFEFF, 0xFFA0,
    ]

    /// The same words, with `⟦U+202E⟧` in the place of what cannot be seen.
    static func text(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isHidden(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "⟦U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)⟧"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        hidden.contains(scalar.value) || (0xE0000...0xE007F).contains(scalar.value)
            || (scalar.value < 32 && scalar.value != 9 && scalar.value != 10) || scalar.value == 127
    }

    /// A web address with a note where its name holds letters that look like others.
    static func isOddAddress(_ address: String) -> Bool {
        guard let start = address.firstRange(of: "://") else { return true }
        let host = address[start.upperBound...].prefix { !"/?#".contains($0) }
        return host.contains("@") || host.lowercased().contains("xn--") || !host.allSatisfy(\.isASCII)
    }
}
