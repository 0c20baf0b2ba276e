public import AkashiActions
import AkashiCasework
import AkashiKnowledge
public import AkashiModel
import AkashiText

extension Desk {
    /// Orders, cancellations and low ratings by week.
    ///
    /// - Parameter day: the day to compare around.
    public func shopLog(around day: CivilDate?) throws -> ShopLog {
        var filter = TimelineFilter(limit: 1_000_000)
        filter.records.kinds = [.order, .review]
        let states = try index.orderStates()
        let stars = try index.stars()
        let events = try index.timeline(filter).compactMap { line -> ShopEvent? in
            guard let time = line.claimedAt else { return nil }
            let isOrder = line.kind == .order
            let state = states[line.position] ?? ""
            return ShopEvent(
                day: CivilDate(japan: time), isOrder: isOrder, isCancelled: isOrder && Self.isGivenBack(state),
                stars: stars[line.position],
                foldedText: String(String.UnicodeScalarView(FoldedText(line.coveredText ?? "").scalars)))
        }
        return ShopLog(events, around: day)
    }

    /// Whether an order came to nothing: cancelled, not paid, sent back.
    private static func isGivenBack(_ state: String) -> Bool {
        let state = state.lowercased()
        return ["キャンセル", "取消", "取り消し", "未入金", "未払", "返品", "cancel", "unpaid", "refund"].contains { state.contains($0) }
    }

    /// Answers to customers.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public func replies() throws -> [ReplyPack] {
        (try environment.knowledge.yamls("replies") as [ReplyPack]).sorted { $0.order < $1.order }
    }

    /// Statements to customers.
    public func statementTemplates() throws -> StatementTemplates { try environment.knowledge.yaml("statement/templates.yaml") }

    /// The shop's page of rules.
    public func rulesText() throws -> RulesText { try environment.knowledge.yaml("statement/rules-page.yaml") }
}

extension Desk {
    /// Looks a text for the public over.
    public func lint(_ text: String) throws -> [StatementFinding] {
        if statementLint == nil { statementLint = try StatementLint(environment.knowledge) }
        return statementLint?.findings(in: text, known: try knownNames()) ?? []
    }

    /// Names that stand in the case, which a text for the public must not hold; and her own, which it may.
    public func knownNames() throws -> KnownNames {
        let friendly = try index.friendlyAccounts()
        let others = try index.accounts().filter { !friendly.contains($0.key) && $0.key.platform != .mail }
        let told = try index.cases().flatMap { try facts($0.id) }.filter { $0.definition.hides != nil }.compactMap(\.value?.text)
        return KnownNames(
            others: others.flatMap(\.names) + told + (try index.privateFacts().map(\.words)), own: try index.shopNames())
    }
}
