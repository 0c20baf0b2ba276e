import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiModeration
import HTTPTypes

/// Comments and reviews with what became of them. None of their words are on the page.
struct CommentsPage: Page {
    static let template = "comments"
    static let title = "comments.title"
    static let room = Room.comments

    struct Card: Sendable {
        let line: RecordLine
        let outcome: String
        let decider: String
        let reasons: [String]
        let hasReasons: Bool
        let findings: [String]
        let hasFindings: Bool
        let isShown: Bool
        let isHeld: Bool
        let isRejected: Bool
    }

    struct Choice: Sendable {
        let path: String
        let label: String
        let count: Int
        let isHere: Bool
    }

    /// A rule that holds comments by itself.
    struct Holder: Sendable {
        let rule: String
        let name: String
        let held: Int
    }

    let choices: [Choice]
    let cards: [Card]
    let hasMore: Bool
    let fresh: Int
    let hasFresh: Bool
    let mode: String
    let hasGateway: Bool
    let holders: [Holder]
    let hasHolders: Bool
    let notices: [String]
    let isHelper: Bool
    let show: String
}

/// One comment: why it is where it is, and what she can do with it.
struct CommentPage: Page {
    static let template = "comment"
    static let title = "comments.one"
    static let room = Room.comments

    let card: CommentsPage.Card
    let undone: [String]
    let hasUndone: Bool
    let replayed: String?
    let canReplay: Bool
    let isFromSite: Bool
    let answer: String
    let isSaved: Bool
    let isHelper: Bool
}

extension Rooms {
    private static let shownCards = 30

    func addComments(_ register: Register) {
        register(.get, "comments", .everybody) { visit in .page(try await comments(visit)) }
        register(.post, "comments/place", .owner) { visit in
            let report = try await visit.desk.placeComments(QueuePolicy(mode: try await visit.desk.queueSettings().mode))
            return .go("/comments?placed=\(report.placedCount)&held=\(report.heldCount)&raids=\(report.raids.count)")
        }
        register(.post, "comments/visit", .owner) { visit in
            let done = try await visit.desk.visitGateway()
            return .go(
                "/comments?placed=\(done.placement.placedCount)&held=\(done.placement.heldCount)&raids=\(done.placement.raids.count)"
                    + "&came=\(done.collectedCount)&gone=\(done.withdrawnCount)&open=\(done.shownCount)")
        }
        register(.post, "comments/take-back", .owner) { visit in
            let count = try await visit.desk.takeBack(rule: visit.form.text("rule"))
            return .go("/comments?back=\(count)")
        }
        register(.get, "comments/:record", .everybody) { visit in .page(try await comment(visit, replayed: nil)) }
        register(.post, "comments/:record/decide", .everybody) { visit in
            guard let outcome = CommentOutcome(rawValue: visit.form.text("outcome")) else { throw RefusedRequest() }
            let record = try visit.record()
            try await visit.desk.decideComment(record, outcome, reason: visit.form.optional("reason"), helper: visit.helper)
            return .go(
                visit.form.text("back") == "list" ? "/comments?show=\(visit.form.text("show"))" : "/comments/\(record)?saved=1")
        }
        register(.post, "comments/:record/answer", .owner) { visit in
            let record = try visit.record()
            try await visit.desk.answerComment(record, visit.form.optional("text"))
            return .go("/comments/\(record)?saved=1")
        }
        register(.post, "comments/:record/replay", .owner) { visit in
            guard let found = try await queued(visit), let result = try await visit.desk.replay(found) else {
                return .page(try await comment(visit, replayed: nil))
            }
            let key = result.isSame ? "same" : result.differences.isEmpty ? "other" : "other-version"
            return .page(try await comment(visit, replayed: visit.words("comments.replay.\(key)")))
        }
        addCommentSettings(register)
    }

    private func comments(_ visit: Visit) async throws -> CommentsPage {
        let show = visit.asked("show").flatMap(CommentOutcome.init(rawValue:)) ?? .held
        var all = try await visit.desk.queue(show, limit: 2_000)
        if case .helper(_, let records) = visit.session.role { all = all.filter { records.contains($0.record) } }
        var cards: [CommentsPage.Card] = []
        for comment in all.prefix(Self.shownCards) { cards.append(try await card(comment, visit)) }
        let counts = try await visit.desk.commentCounts()
        let fresh = try await visit.desk.unplacedCount()
        let holders = visit.helper == nil ? try await holders(visit) : []
        return CommentsPage(
            choices: [CommentOutcome.held, .shown, .rejected].map { outcome in
                CommentsPage.Choice(
                    path: "\(visit.site.base)/comments?show=\(outcome.rawValue)",
                    label: visit.words("queue.outcome.\(outcome.rawValue)"),
                    count: counts[outcome] ?? 0, isHere: outcome == show)
            },
            cards: cards, hasMore: all.count > Self.shownCards, fresh: fresh, hasFresh: fresh > 0,
            mode: visit.words("queue.mode.\(try await visit.desk.queueSettings().mode.rawValue)"),
            hasGateway: try await visit.desk.gatewayAddress() != nil,
            holders: holders, hasHolders: !holders.isEmpty, notices: notices(visit), isHelper: visit.helper != nil,
            show: show.rawValue)
    }

    /// What just happened, in sentences.
    private func notices(_ visit: Visit) -> [String] {
        func number(_ name: String) -> Int? { visit.asked(name).flatMap(Int.init) }
        var notices: [String] = []
        if let placed = number("placed") {
            notices.append(visit.words("comments.placed", ["placed": String(placed), "held": String(number("held") ?? 0)]))
        }
        if let raids = number("raids"), raids > 0 { notices.append(visit.words("comments.raid", ["count": String(raids)])) }
        if let came = number("came") {
            notices.append(
                visit.words(
                    "comments.visited",
                    ["came": String(came), "open": String(number("open") ?? 0), "gone": String(number("gone") ?? 0)]))
        }
        if let back = number("back") { notices.append(visit.words("comments.back", ["count": String(back)])) }
        return notices
    }

    /// Rules that alone hold comments now.
    private func holders(_ visit: Visit) async throws -> [CommentsPage.Holder] {
        var counts: [String: Int] = [:]
        for comment in try await visit.desk.queue(.held, limit: 2_000) where comment.decidedBy == .rules && !comment.isTakenBack {
            guard let placed = comment.placed else { continue }
            for rule in Set(placed.verdict.findings.map(\.rule)) where placed.isHeld(only: rule) { counts[rule, default: 0] += 1 }
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            CommentsPage.Holder(rule: $0.key, name: visit.site.ruleName($0.key, visit.language), held: $0.value)
        }
    }

    private func card(_ comment: QueuedComment, _ visit: Visit) async throws -> CommentsPage.Card {
        let findings = comment.placed?.verdict.findings ?? []
        var seen: Set<String> = []
        let rules = findings.map(\.rule).filter { seen.insert($0).inserted }
        let reasons = (comment.placed?.placement.reasons ?? []).map { visit.words("queue.reason.\($0.rawValue)") }
        return CommentsPage.Card(
            line: RecordLine(try await visit.desk.record(at: comment.record, reveal: false).entry, visit),
            outcome: visit.words("queue.outcome.\(comment.outcome.rawValue)"),
            decider: visit.words("queue.decider.\(comment.decidedBy.rawValue)"),
            reasons: reasons, hasReasons: !reasons.isEmpty, findings: rules.map { visit.site.ruleName($0, visit.language) },
            hasFindings: !rules.isEmpty, isShown: comment.outcome == .shown,
            isHeld: comment.outcome == .held, isRejected: comment.outcome == .rejected)
    }

    private func queued(_ visit: Visit) async throws -> QueuedComment? {
        let record = try visit.record()
        return try await visit.desk.queue(nil, limit: .max).first { $0.record == record }
    }

    private func comment(_ visit: Visit, replayed: String?) async throws -> CommentPage {
        guard let found = try await queued(visit) else {
            throw CaseworkError(.unknownRecord, ["index": visit.parameters["record"].map { String($0.prefix(20)) } ?? ""])
        }
        var seen: Set<String> = []
        let steps = (found.placed?.verdict.findings ?? []).flatMap(\.undone).map(\.step).filter { seen.insert($0).inserted }
        let table = visit.kinds
        return CommentPage(
            card: try await card(found, visit), undone: steps.map { table("step.\($0)", ["raw": "…"]) },
            hasUndone: !steps.isEmpty, replayed: replayed,
            canReplay: found.book != nil && visit.helper == nil, isFromSite: try await visit.desk.isFromSite(found.record),
            answer: try await visit.desk.answer(to: found.record) ?? "", isSaved: visit.asked("saved") != nil,
            isHelper: visit.helper != nil)
    }
}
