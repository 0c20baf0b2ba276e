public import AkashiModel

/// What was compared, and under which circumstances; not what came out: that is worked out anew, the same each time.
public struct WritingComparison: Codable, Hashable, Sendable {
    /// The questioned text: records of one writer.
    public let questioned: [LogPosition]
    /// The account whose posts are known.
    public let account: AccountKey
    /// The prefecture that both are shown as from; nil where none is shown.
    public let prefecture: String?
    /// How many texts by strangers she looked through.
    public let seenCount: Int
    /// How likely it seemed before looking: one in so many, from the likeliest to the least likely.
    public let oneIn: [Double]

    /// The day on which she made her own account private, as `2026-11-12`.
    public let lockedOn: String?

    /// Takes the parts.
    public init(
        questioned: [LogPosition], account: AccountKey, prefecture: String?, seenCount: Int, oneIn: [Double],
        lockedOn: String? = nil
    ) {
        self.lockedOn = lockedOn
        self.questioned = questioned
        self.account = account
        self.prefecture = prefecture
        self.seenCount = seenCount
        self.oneIn = oneIn
    }
}
