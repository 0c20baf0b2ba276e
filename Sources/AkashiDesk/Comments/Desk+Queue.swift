public import AkashiCasework
import AkashiFormats
import AkashiIntake
import AkashiKnowledge
public import AkashiModel
public import AkashiModeration
import AkashiText
import AkashiVault

/// What looking comments over brought.
public struct PlacementReport: Sendable, Hashable {
    /// How many were looked over.
    public var placedCount = 0
    /// How many wait.
    public var heldCount = 0
    /// Raids that were named, with their comments.
    public var raids: [[LogPosition]] = []
}

extension Desk {
    /// Comments and reviews with what became of them, the newest first. Their words are not in it.
    public func queue(_ outcome: CommentOutcome? = nil, limit: Int = 1000) throws -> [QueuedComment] {
        try index.queue(outcome, limit: limit)
    }

    /// How many comments there are of each outcome.
    public func commentCounts() throws -> [CommentOutcome: Int] { try index.commentCounts() }

    /// How many comments nobody looked at yet.
    public func unplacedCount() throws -> Int { try index.unplacedComments().count }

    /// Whether a comment came through her own gateway, so that an answer can be shown below it.
    public func isFromSite(_ record: LogPosition) throws -> Bool { try index.siteComments().contains { $0.record == record } }

    /// Looks over what came in and nobody looked at yet. The rules of today are sealed first, so that every verdict can be made again.
    public func placeComments(_ policy: QueuePolicy) throws -> PlacementReport {
        var report = PlacementReport()
        let waiting = try index.unplacedComments()
        guard !waiting.isEmpty else { return report }
        let (moderator, book) = try queueRules()
        var placer = CommentPlacer(
            policy: policy, moderator: moderator, standings: try index.standings(), commenters: try index.commenters(),
            watch: RaidWatch(moderator.fold))
        var placed: [PlacedComment] = []
        // Exports often have the newest first; rates and raids are of time.
        let records = try waiting.map { (position: $0, record: try words(at: $0)) }.sorted {
            ($0.record.claimedTime?.instant.milliseconds ?? .max, $0.position.index) < (
                $1.record.claimedTime?.instant.milliseconds ?? .max, $1.position.index
            )
        }
        try remember(before: records.first?.record.claimedTime?.instant, &placer)
        for (position, record) in records {
            let comment = placer.place(record, position)
            placed.append(comment)
            report.heldCount += comment.placement.isShown ? 0 : 1
        }
        report.raids = placer.raids
        report.placedCount = placed.count
        // A few hundred in an entry: none of them is long.
        let drafts = try stride(from: 0, to: placed.count, by: 200).map { start in
            try EntryDraft(
                .decision, Decision.placeComments(Array(placed[start..<min(start + 200, placed.count)]), book: book))
        }
        try append(drafts)
        return report
    }

    /// Lets the watch see what came in the hours before.
    private func remember(before first: Instant?, _ placer: inout CommentPlacer) throws {
        guard let first else { return }
        var earlier: [(comment: QueuedComment, record: ParsedRecord)] = []
        for comment in try index.queue(nil, limit: Self.rememberedCount) {
            let record = try words(at: comment.record)
            guard let at = record.claimedTime?.instant, at <= first, at >= first.advanced(milliseconds: -Self.rememberedTime)
            else {
                continue
            }
            earlier.append((comment, record))
        }
        earlier.sort { ($0.record.claimedTime?.instant.milliseconds ?? 0) < ($1.record.claimedTime?.instant.milliseconds ?? 0) }
        for (comment, record) in earlier { placer.remember(record, comment.record, comment.placed?.verdict.action ?? .pass) }
    }

    /// Comments, and milliseconds, that the watch is reminded of.
    private static let rememberedCount = 200
    private static let rememberedTime: Int64 = 24 * 3_600_000

    /// Decides about a comment. The comment was sealed when it came in, and stays whatever is decided.
    ///
    /// - Parameter helper: a helper's name; a helper can only let a comment wait.
    /// - Throws: ``CaseworkErrorCode/unknownRecord``; ``DeskErrorCode/helperMayNot``.
    public func decideComment(_ record: LogPosition, _ outcome: CommentOutcome, reason: String? = nil, helper: String? = nil)
        throws
    {
        try requireRecord(record)
        guard helper == nil || outcome == .held else { throw DeskError(.helperMayNot) }
        let decision = Decision.decideComment(record: record, outcome: outcome, reason: reason)
        try append([try EntryDraft(.decision, helper.map { Decision.helped(by: $0, act: decision) } ?? decision)])
    }

    /// Takes back what a rule alone held: it is shown again, but for what she decided herself.
    ///
    /// - Returns: how many comments are shown that were not before.
    public func takeBack(rule: String) throws -> Int {
        let before = try index.commentCounts()[.shown] ?? 0
        try append([try EntryDraft(.decision, Decision.takeBackRule(rule: rule))])
        return (try index.commentCounts()[.shown] ?? 0) - before
    }

    /// Asks the rules of the day again about a comment that they placed.
    ///
    /// - Returns: whether the verdict is the same, and what may make it another; nil for a comment that no rules were asked about.
    public func replay(_ comment: QueuedComment) throws -> (isSame: Bool, differences: [RuleBook.Difference])? {
        guard let placed = comment.placed, let digest = comment.book else { return nil }
        let book = try RuleBook(bytes: try read(digest))
        let dictionary = try wordDictionary()
        let text = try words(at: comment.record).text ?? ""
        let verdict = CommentVerdict(Array(text.utf8), try book.moderator(dictionary))
        return (verdict == placed.verdict, book.differences(dictionary))
    }

    /// What she chose for comments.
    public func queueSettings() throws -> QueueSettings { QueueSettings(try settings()) }

    /// Chooses when comments are shown.
    public func setQueue(_ mode: QueueMode) throws { try choose(QueueSettings.Name.mode.rawValue, mode.rawValue) }

    /// Chooses her own words.
    public func setOwnWords(_ words: [OwnWord]) throws {
        try choose(QueueSettings.Name.words.rawValue, try QueueSettings.text(words))
    }

    /// Switches packs of rules off.
    public func setPacksOff(_ names: Set<String>) throws {
        try choose(QueueSettings.Name.packsOff.rawValue, names.sorted().joined(separator: " "))
    }

    /// What a word would have held of the comments so far, the likeliest false alarms first.
    public func tryWord(_ word: OwnWord) throws -> (outlook: RuleLab.Outlook, records: [LogPosition]) {
        let dictionary = try wordDictionary()
        var lab = RuleLab(try MatcherBase(environment.knowledge, dictionary))
        let positions = try index.comments()
        var texts: [[UInt8]] = []
        for position in positions { texts.append(Array((try index.text(of: position) ?? "").utf8)) }
        lab.add(texts)
        return (lab.look(RuleBook.ownRule([word.term])) { texts[$0] }, positions)
    }

    /// The texts of today's rules: packs that are not switched off, what nobody may tell, and her own words.
    func queueRuleTexts() throws -> GatewayRules {
        let knowledge = environment.knowledge
        let settings = try queueSettings()
        var packs: [String: String] = [:]
        for path in try knowledge.list("moderation/packs", ending: ".yaml") {
            let name = String(path.split(separator: "/").last?.dropLast(5) ?? "")
            if !settings.packsOff.contains(name) { packs[name] = try knowledge.text(path) }
        }
        let own = try index.privateFacts().map(\.words).sorted().joined(separator: "\n")
        return GatewayRules(packs: packs, privateWords: own, ownWords: settings.ownLines)
    }

    private func wordDictionary() throws -> WordDictionary {
        guard let dictionary = WordDictionary(folder: WordDictionary.ipadic) else { throw ModerationError(.dictionaryMissing) }
        return dictionary
    }

    /// A sealed file, whole.
    func read(_ digest: ContentDigest) throws -> [UInt8] {
        let stream = try vault.openObject(digest).stream()
        var bytes: [UInt8] = []
        while true {
            let piece = try stream.read(upTo: 1 << 18)
            if piece.isEmpty { return bytes }
            bytes += piece
        }
    }

    /// The rules of today; their book is sealed unless it was before.
    private func queueRules() throws -> (moderator: Moderator, book: ContentDigest) {
        let knowledge = environment.knowledge
        let dictionary = try wordDictionary()
        let texts = try queueRuleTexts()
        let book = try RuleBook(
            knowledge, packs: texts.packs, privateWords: texts.privateWords, ownWords: texts.ownWords, dictionary: dictionary)
        let bytes = try book.bytes
        let item = IntakeItem(source: SourceDescription(way: .rules, path: "rules.json")) { MemoryBytes(bytes).stream() }
        var sealed: ContentDigest?
        try vault.seal([item], isKnown: { try index.isSealed($0) }) { sealed = $0.digest }
        try index.catchUp()
        guard let sealed else { throw CaseworkError(.unknownRecord, ["index": "rules"]) }
        return (try book.moderator(dictionary), sealed)
    }
}
