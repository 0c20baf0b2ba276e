public import AkashiKnowledge

/// Tells how a turn is taken, by rules alone: the same text, the same route. Doubt is resolved upwards, towards help.
public struct Router: Sendable {
    private let cues: RouteCues
    private let classifier: LetterModel

    /// From which probability on help comes first. Chosen on the development items; the held-out ones are only measured.
    private static let wishFrom = 0.2
    private static let dangerFrom = 0.35
    private static let threatFrom = 0.2
    /// The same where the words say it by themselves.
    private static let toldFrom = 0.08

    /// Reads cues and weights.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) {
        cues = try RouteCues(knowledge)
        classifier = try LetterModel(knowledge, "consult/weights.tsv", names: Route.allCases.map(\.rawValue))
    }

    /// The route of a turn.
    ///
    /// - Parameter earlier: what the person said before, the oldest first. Only the last two turns count.
    public func route(_ text: String, earlier: [String] = []) -> Route {
        let route = single(text)
        guard PlainText.fold(text).count <= Self.shortTurn else { return route }
        // A short answer after such a turn belongs to it.
        let before = earlier.suffix(2).map(single)
        if before.contains(.ownWish) { return .ownWish }
        return before.contains(.presentDanger) && route != .ownWish ? .presentDanger : route
    }

    /// Letters of an answer that says little by itself.
    private static let shortTurn = 14

    private func single(_ text: String) -> Route {
        let parts = PlainText.parts(text)
        let own = PlainText.fold(parts.own)
        let quoted = PlainText.fold(parts.quoted)
        let whole = PlainText.fold(parts.own + parts.quoted)
        let chances = classifier.probabilities(PlainText.fold(text))
        func chance(_ route: Route) -> Double { chances[Route.allCases.firstIndex(of: route) ?? 0] }
        var wishChance = chance(.ownWish)
        if !quoted.isEmpty {
            // What is quoted is never the person's own wish.
            let alone = classifier.probabilities(own)[Route.allCases.firstIndex(of: .ownWish) ?? 0]
            wishChance = own.count < 4 ? 0 : min(wishChance, alone)
        }
        if chance(.presentDanger) >= Self.dangerFrom { return .presentDanger }
        if isPresentDanger(own, whole), chance(.presentDanger) >= Self.toldFrom { return .presentDanger }
        let told = wish(own)
        if wishChance >= Self.wishFrom, told != .denied || wishChance >= 0.5 { return .ownWish }
        if told == .told, wishChance >= Self.toldFrom { return .ownWish }
        if chance(.threat) >= Self.threatFrom { return .threat }
        if isThreatened(own, quoted, whole), chance(.threat) >= Self.toldFrom { return .threat }
        if told == .denied { return .gentleCheck }
        let best =
            zip(Route.allCases, chances).filter { $0.0 != .ownWish || quoted.isEmpty }
            .max { $0.1 < $1.1 }?.0 ?? .everyday
        return best
    }

    private enum Wish { case told, denied, none }

    private func wish(_ text: [Unicode.Scalar]) -> Wish {
        let idioms = cues.idiom.ranges(in: text)
        let denials = cues.denial.ranges(in: text)
        let wishes = cues.wish.ranges(in: text).filter { wish in !idioms.contains { $0.overlaps(wish) } }
        guard !wishes.isEmpty else { return denials.isEmpty ? .none : .denied }
        let open = wishes.filter { wish in !denials.contains { $0.overlaps(wish) } }
        if open.isEmpty { return .denied }
        if !denials.isEmpty, open.count == wishes.count, wishes.count == 1 { return .denied }
        if cues.thirdPerson.isIn(text), !isSelf(text) { return .denied }
        return .told
    }

    private static let selfWords = CueList(["わたし", "私", "うち", "自分", "ぼく", "僕", "俺"])

    private func isSelf(_ text: [Unicode.Scalar]) -> Bool { Self.selfWords.isIn(text) }

    private func isPresentDanger(_ own: [Unicode.Scalar], _ whole: [Unicode.Scalar]) -> Bool {
        if cues.past.isIn(own) { return false }
        if cues.danger.isIn(own) { return true }
        return cues.place.isIn(own) && cues.presence.isIn(own)
    }

    private func isThreatened(_ own: [Unicode.Scalar], _ quoted: [Unicode.Scalar], _ whole: [Unicode.Scalar]) -> Bool {
        if cues.threatNoun.isIn(whole) { return true }
        if !quoted.isEmpty, cues.threat.isIn(quoted), !cues.thirdPerson.isIn(own) { return true }
        guard cues.received.isIn(own) else { return false }
        let idioms = cues.idiom.ranges(in: own)
        return cues.threat.ranges(in: own).contains { threat in !idioms.contains { $0.overlaps(threat) } }
    }
}
