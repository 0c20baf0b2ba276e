import Foundation

/// A comment as ``RaidWatch`` sees it.
public struct WatchedComment: Sendable {
    /// Its name.
    public let id: String
    /// The account that wrote it.
    public let account: String
    /// Whether the account never had a comment shown.
    public let isNewAccount: Bool
    /// Milliseconds since 1970.
    public let at: Int64
    /// In UTF-8.
    public let text: [UInt8]
    /// What the rules suggest.
    public let action: Action
    /// 1 to 5, where it is a review.
    public let stars: Int?

    /// Takes the parts.
    public init(id: String, account: String, isNewAccount: Bool, at: Int64, text: [UInt8], action: Action, stars: Int? = nil) {
        self.id = id
        self.account = account
        self.isNewAccount = isNewAccount
        self.at = at
        self.text = text
        self.action = action
        self.stars = stars
    }
}

/// A raid, and what speaks for it.
public struct RaidAlarm: Sendable, Hashable, Codable {
    /// What a raid is seen by.
    public enum Sign: String, Sendable, Codable, CaseIterable {
        /// More at once than this shop is used to.
        case burst
        /// Accounts that were never seen.
        case newAccounts = "new-accounts"
        /// Near copies of one another.
        case copies
        /// One link in many hands.
        case link
        /// What the rules found, or the lowest stars.
        case hostile
    }

    /// The comments, in order of time.
    public let comments: [String]
    /// When it was named: milliseconds since 1970.
    public let at: Int64
    /// How much each sign speaks for it, in natural logarithms.
    public let evidence: [Sign: Double]
    /// Their sum.
    public var sum: Double { evidence.values.reduce(0, +) }
}

/// Watches comments in order of time and names a raid while it begins.
///
/// Each sign is a logarithm of how much likelier the window is in a raid than in this shop's quiet year; the sum is held against one
/// threshold. Being fast alone is not enough, whatever the number: a new collection makes people write too.
public struct RaidWatch: Sendable {
    /// Milliseconds that are looked at together.
    public static let window: Int64 = 15 * 60_000
    /// Milliseconds for which a raid goes on after its last comment.
    public static let calm: Int64 = 60 * 60_000
    private static let threshold = 11.0
    private static let most = 12
    private static let leastAuthors = 3
    private static let rememberedCount = 400
    /// Days after which what was learnt counts half.
    private static let halfLife = 14.0

    private struct Seen: Sendable {
        let comment: WatchedComment
        let pairs: Set<UInt32>
        let links: Set<String>
        /// Said before in quiet times: thanks, congratulations.
        let isCommon: Bool
    }

    private let fold: ScanFold
    private var recent: [Seen] = []
    /// Pairs and links of comments in quiet times.
    private var remembered: [(pairs: Set<UInt32>, links: Set<String>)] = []
    /// Comments, and those of new accounts, each counting less with time; since when.
    private var learnt = (count: 0.0, fresh: 0.0, days: 0.0, at: Int64.min)
    private var lastOfRaid: Int64?

    /// Knows nothing of the shop yet.
    public init(_ fold: ScanFold) { self.fold = fold }

    /// Whether a raid was named and is not over.
    public func isRaid(at: Int64) -> Bool { lastOfRaid.map { at - $0 < Self.calm } ?? false }

    /// Looks at a comment.
    ///
    /// - Returns: an alarm when a raid is named with this comment; nil before, and while it goes on.
    public mutating func see(_ comment: WatchedComment) -> RaidAlarm? {
        let seen = read(comment)
        let isGoingOn = isRaid(at: comment.at)
        while let first = recent.first, comment.at - first.comment.at > Self.window || recent.count >= Self.most {
            if !isGoingOn { learn(first) }
            recent.removeFirst()
        }
        recent.append(seen)
        if isGoingOn {
            if isOfRaid(seen) { lastOfRaid = comment.at }
            return nil
        }
        // Any of the last comments may be the first of the raid.
        var best: RaidAlarm?
        for start in recent.indices.dropLast(Self.leastAuthors - 1) {
            let part = Array(recent[start...])
            guard Set(part.map(\.comment.account)).count >= Self.leastAuthors else { continue }
            let evidence = evidence(part)
            let alarm = RaidAlarm(comments: part.map(\.comment.id), at: comment.at, evidence: evidence)
            if alarm.sum >= Self.threshold, alarm.sum > best?.sum ?? 0 { best = alarm }
        }
        if best != nil { lastOfRaid = comment.at }
        return best
    }

    private mutating func read(_ comment: WatchedComment) -> Seen {
        var room = ScanRoom()
        let codes = fold.codes(comment.text, &room)
        let pairs = Set(zip(codes, codes.dropFirst()).map { UInt32($0) << 16 | UInt32($1) })
        let links = Self.links(comment.text)
        let isCommon = pairs.count < 6 || remembered.contains { Self.isAlike($0.pairs, pairs) }
        let known = remembered.flatMap { $0.links }
        return Seen(comment: comment, pairs: pairs, links: links.subtracting(known), isCommon: isCommon)
    }

    /// Hosts and paths of a text's links.
    static func links(_ text: [UInt8]) -> Set<String> {
        let words = String(decoding: text, as: UTF8.self).split { $0.isWhitespace || $0 == "　" || $0 == "「" || $0 == "」" }
        var found: Set<String> = []
        for word in words {
            guard let start = word.range(of: "http://") ?? word.range(of: "https://") else { continue }
            let rest = word[start.upperBound...].prefix { $0.isASCII && $0 != "?" && $0 != "#" }
            if rest.contains(".") { found.insert(rest.lowercased()) }
        }
        return found
    }

    /// Half of the pairs in common (Jaccard).
    private static func isAlike(_ one: Set<UInt32>, _ other: Set<UInt32>) -> Bool {
        let least = min(one.count, other.count)
        guard least > 0, least * 2 >= max(one.count, other.count) else { return false }
        let shared = one.intersection(other).count
        return shared * 2 >= one.count + other.count - shared
    }

    private func isOfRaid(_ seen: Seen) -> Bool {
        seen.comment.isNewAccount || seen.comment.action == .hold
            || recent.contains { $0.comment.account != seen.comment.account && Self.isAlike($0.pairs, seen.pairs) }
    }

    // MARK: signs

    private func evidence(_ part: [Seen]) -> [RaidAlarm.Sign: Double] {
        var evidence: [RaidAlarm.Sign: Double] = [:]
        evidence[.burst] = min(6, max(0, burst(part)))
        // How many of a quiet day's comments are of new accounts, with what every shop may expect.
        let share = (learnt.fresh + 3) / (learnt.count + 10)
        let fresh = part.reduce(0) { $0 + ($1.comment.isNewAccount ? log(0.9 / share) : log(0.1 / (1 - share))) }
        evidence[.newAccounts] = min(6, max(-8, fresh))
        evidence[.copies] = min(8, copies(part))
        evidence[.link] = min(8, link(part))
        let hostile = part.reduce(0.0) { sum, seen in
            let isLowest = seen.comment.stars == 1
            switch seen.comment.action {
            case .hold: return sum + 2.5
            case .note: return sum + (isLowest ? 1.5 : 1)
            case .pass: return sum + (isLowest ? 1.2 : seen.comment.stars ?? 0 >= 4 ? -2.5 : -0.3)
            }
        }
        evidence[.hostile] = min(9, max(-6, hostile))
        return evidence
    }

    /// How unlikely so many are in so short a time, at the rate that was learnt.
    private func burst(_ part: [Seen]) -> Double {
        let perDay = max((learnt.count + 2) / (max(learnt.days, 1) + 2), 0.5)
        let span = Double(max((part.last?.comment.at ?? 0) - (part.first?.comment.at ?? 0), 120_000)) / 86_400_000
        // Comments come by day, and one brings another: a few times more than the clock says.
        let expected = perDay * span * 6
        let further = Double(part.count - 1)
        guard further > expected else { return 0 }
        return further * log(further / expected) - further + expected
    }

    /// Near copies by other accounts, that are no phrase everybody says here.
    private func copies(_ part: [Seen]) -> Double {
        let copied = part.filter { seen in
            !seen.isCommon
                && part.contains { $0.comment.account != seen.comment.account && Self.isAlike($0.pairs, seen.pairs) }
        }
        return copied.count < 2 ? 0 : Double(Set(copied.map(\.comment.account)).count - 1) * 2.5
    }

    private func link(_ part: [Seen]) -> Double {
        var hands: [String: Set<String>] = [:]
        for seen in part { for link in seen.links { hands[link, default: []].insert(seen.comment.account) } }
        let most = hands.values.map(\.count).max() ?? 0
        return most < 2 ? 0 : Double(most - 1) * 3
    }

    // MARK: what is usual

    private mutating func learn(_ seen: Seen) {
        if learnt.at != .min, seen.comment.at > learnt.at {
            let days = Double(seen.comment.at - learnt.at) / 86_400_000
            let kept = pow(0.5, days / Self.halfLife)
            learnt.count *= kept
            learnt.fresh *= kept
            learnt.days = learnt.days * kept + days
        }
        learnt.at = max(learnt.at, seen.comment.at)
        learnt.count += 1
        learnt.fresh += seen.comment.isNewAccount ? 1 : 0
        remembered.append((seen.pairs, seen.links))
        if remembered.count > Self.rememberedCount { remembered.removeFirst(remembered.count - Self.rememberedCount) }
    }
}
