import AkashiCasework
import AkashiIntake
import AkashiModel
import AkashiModeration

/// Looks comments over one after the other, in order of time; those without a time last, whose rate and raids nobody can know.
struct CommentPlacer {
    let policy: QueuePolicy
    let moderator: Moderator
    let standings: [AccountKey: AccountStanding]
    var commenters: [AccountKey: (shown: Int, rejected: Int, firstShownAt: Instant?)]
    var watch: RaidWatch
    private var rate = CommentRate()
    private var positions: [String: LogPosition] = [:]
    /// Raids that were named, with their comments.
    private(set) var raids: [[LogPosition]] = []

    init(
        policy: QueuePolicy, moderator: Moderator, standings: [AccountKey: AccountStanding],
        commenters: [AccountKey: (shown: Int, rejected: Int, firstShownAt: Instant?)], watch: RaidWatch
    ) {
        self.policy = policy
        self.moderator = moderator
        self.standings = standings
        self.commenters = commenters
        self.watch = watch
    }

    /// What came shortly before, so that a raid or a flood that goes on is seen going on.
    mutating func remember(_ record: ParsedRecord, _ position: LogPosition, _ action: Action) {
        guard let at = record.claimedTime?.instant.milliseconds else { return }
        let name = record.account?.key.description ?? "\(position)"
        positions["\(position)"] = position
        _ = rate.isTooFast(name, at: at)
        _ = watch.see(
            WatchedComment(
                id: "\(position)", account: name, isNewAccount: true, at: at, text: Array((record.text ?? "").utf8),
                action: action,
                stars: record.details["stars"].flatMap(Int.init)))
    }

    mutating func place(_ record: ParsedRecord, _ position: LogPosition) -> PlacedComment {
        let text = Array((record.text ?? "").utf8)
        let verdict = CommentVerdict(text, moderator)
        let account = record.account?.key
        let at = record.claimedTime?.instant.milliseconds
        let name = account?.description ?? "\(position)"
        let known = account.flatMap { commenters[$0] }
        if let at {
            positions["\(position)"] = position
            let alarm = watch.see(
                WatchedComment(
                    id: "\(position)", account: name, isNewAccount: (known?.shown ?? 0) == 0, at: at, text: text,
                    action: verdict.action, stars: record.details["stars"].flatMap(Int.init)))
            if let alarm { raids.append(alarm.comments.compactMap { positions[$0] }) }
        }
        let standing = CommenterStanding(
            isTrusted: account.flatMap { standings[$0] }.map { $0 != .other } ?? false, shownCount: known?.shown ?? 0,
            rejectedCount: known?.rejected ?? 0,
            knownDays: at.flatMap { at in known?.firstShownAt.map { Int(max(0, at - $0.milliseconds) / 86_400_000) } } ?? 0)
        let placement = policy.place(
            verdict.action, isThreat: verdict.isThreat, standing, isTooFast: at.map { rate.isTooFast(name, at: $0) } ?? false,
            isRaid: at.map { watch.isRaid(at: $0) } ?? false)
        if let account, placement.isShown {
            let before = known ?? (0, 0, nil)
            commenters[account] = (before.shown + 1, before.rejected, before.firstShownAt ?? at.map { Instant(milliseconds: $0) })
        }
        return PlacedComment(record: position, placement: placement, verdict: verdict)
    }
}
