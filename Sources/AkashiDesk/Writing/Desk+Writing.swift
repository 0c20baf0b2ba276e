public import AkashiAuthorship
public import AkashiCasework
public import AkashiDocuments
import AkashiKnowledge
public import AkashiModel
import AkashiVault

/// Kinds of text. Nothing is validated across them.
public enum TextKind: String, Sendable, CaseIterable {
    /// Posts that anybody can see.
    case post
    /// Reviews and comments on goods.
    case review
    /// Messages between two or a few.
    case message
    /// Mails.
    case mail

    /// The kind of a record; nil for what is no text of that sort.
    init?(_ record: RecordKind) {
        switch record {
        case .post, .longPost, .deletedPost: self = .post
        case .review, .comment: self = .review
        case .message: self = .message
        case .mail: self = .mail
        default: return nil
        }
    }
}

/// An account whose posts can be held against a text.
public struct KnownWriter: Sendable, Hashable {
    /// The account.
    public let account: AccountKey
    /// Its name.
    public let name: String
    /// How many of its texts lie in the vault, by kind.
    public let counts: [TextKind: Int]
}

/// What came out of a comparison, with what it rests on. Worked out anew each time, the same each time.
public struct WritingReport: Sendable {
    /// What was asked for.
    public let kept: KeptComparison
    /// The questioned texts and the known ones, without their words.
    public let questioned: [TimelineEntry]
    /// The known texts, without their words.
    public let known: [TimelineEntry]
    /// What kinds they are.
    public let questionedKind: TextKind
    /// The kind of the known ones.
    public let knownKind: TextKind
    /// How they are written.
    public let style: Comparison
    /// Whether the population is the case's own; otherwise writers of chats.
    public let isOwnPopulation: Bool
    /// Writers and texts of the population.
    public let populationWriters: Int
    /// Texts of the population.
    public let populationPosts: Int
    /// Everything that was found, how they are written first.
    public let findings: [Finding]
    /// All of it together.
    public let weighing: Weighing
    /// How likely it seemed before, and after.
    public let prior: Prior
    /// How likely after looking.
    public let posterior: ClosedRange<Double>
    /// Words that both have and nobody else. As private as the records.
    public let sharedWords: [String]
    /// How many accounts this text was compared with so far.
    public let comparedAccounts: Int
}

extension Desk {
    /// A text is held against so many accounts at the most.
    public static let mostComparedAccounts = 3
    /// Texts of the vault that are looked at, the newest.
    private static let mostTexts = 20_000
    private static let textKinds: [RecordKind] = [.post, .longPost, .deletedPost, .review, .comment, .message, .mail]
    /// How long after something she did a text is still worth a line.
    private static let soonHours = 30 * 24.0

    /// Texts that can be questioned: reviews, comments, messages and mails of others, newest first, without their words.
    public func questionableTexts(limit: Int = 200) throws -> [TimelineEntry] {
        var filter = TimelineFilter(limit: limit)
        filter.records.kinds = [.review, .comment, .message, .mail]
        filter.isNewestFirst = true
        let friendly = try index.friendlyAccounts()
        return try index.timeline(filter).filter { entry in
            entry.revises == nil && entry.coveredText?.isEmpty == false && entry.account.map { !friendly.contains($0) } ?? true
        }.map(\.covered)
    }

    /// Accounts that have enough texts to be held against one.
    public func knownWriters() throws -> [KnownWriter] { try remembered("writers") { try workedOutWriters() } }

    private func workedOutWriters() throws -> [KnownWriter] {
        let friendly = try index.friendlyAccounts()
        var counts: [AccountKey: [TextKind: Int]] = [:]
        for (account, kind, count) in try index.textCounts(Self.textKinds, without: friendly) {
            guard let kind = TextKind(kind) else { continue }
            counts[account, default: [:]][kind, default: 0] += count
        }
        return try index.accounts().compactMap { account in
            guard let own = counts[account.key], !friendly.contains(account.key), own.values.contains(where: { $0 >= 3 }) else {
                return nil
            }
            return KnownWriter(
                account: account.key, name: account.handle.map { "@" + $0 } ?? account.displayName ?? account.key.value,
                counts: own)
        }
    }

    /// Comparisons that were asked for, oldest first.
    public func writingComparisons() throws -> [KeptComparison] { try index.writingComparisons() }

    /// Holds a text against an account's posts. One pair at a time, and no text against more than three accounts.
    ///
    /// - Returns: the entry under which it is kept.
    /// - Throws: ``DeskErrorCode/writingUnfit``, ``DeskErrorCode/writingEnough``.
    public func compareWriting(_ comparison: WritingComparison) throws -> LogPosition {
        let entries = try comparison.questioned.map { position in
            guard let entry = try index.timelineEntry(at: position) else {
                throw CaseworkError(.unknownRecord, ["index": "\(position)"])
            }
            return entry
        }
        let friendly = try index.friendlyAccounts()
        let writers = Set(entries.map(\.account))
        let isDirected = entries.allSatisfy { [.review, .comment, .message, .mail].contains($0.kind) }
        let isPosterior = comparison.oneIn.count == 2 && comparison.oneIn[0] <= comparison.oneIn[1] && comparison.oneIn[0] > 1
        guard !entries.isEmpty, writers.count == 1, isDirected, isPosterior, !writers.contains(comparison.account),
            !friendly.contains(comparison.account), writers.allSatisfy({ $0.map { !friendly.contains($0) } ?? true }),
            try knownWriters().contains(where: { $0.account == comparison.account })
        else { throw DeskError(.writingUnfit) }
        let others = try comparedAccounts(comparison.questioned)
        if !others.contains(comparison.account), others.count >= Self.mostComparedAccounts {
            throw DeskError(.writingEnough, ["count": String(others.count)])
        }
        guard let entry = try append([try EntryDraft(.decision, Decision.compareWriting(comparison))]).first else {
            throw DeskError(.internal)
        }
        return entry.position
    }

    /// Accounts that any of these texts was compared with.
    private func comparedAccounts(_ questioned: [LogPosition]) throws -> Set<AccountKey> {
        Set(
            try index.writingComparisons().map(\.comparison).filter { !Set($0.questioned).isDisjoint(with: questioned) }.map(
                \.account))
    }

    /// What came out.
    ///
    /// - Throws: ``CaseworkErrorCode/unknownRecord``.
    public func writingReport(_ position: LogPosition) throws -> WritingReport {
        guard let kept = try index.writingComparisons().first(where: { $0.position == position }) else {
            throw CaseworkError(.unknownRecord, ["index": "\(position)"])
        }
        let asked = kept.comparison
        let all = try texts()
        let questioned = all.filter { asked.questioned.contains($0.position) }
        guard let first = questioned.first, let questionedKind = TextKind(first.kind) else {
            throw CaseworkError(.unknownRecord, ["index": "\(position)"])
        }
        let ofAccount = all.filter { $0.account == asked.account }
        // Texts of the same kind where there are enough of them; otherwise what there is most of.
        let byKind = Dictionary(grouping: ofAccount) { TextKind($0.kind) ?? .post }
        let same = byKind[questionedKind] ?? []
        let most = byKind.max { ($0.value.count, $1.key.rawValue) < ($1.value.count, $0.key.rawValue) }
        let isSameEnough = same.count >= 10 || same.count == (most?.value.count ?? 0)
        let knownKind = isSameEnough ? questionedKind : most?.key ?? questionedKind
        let known = isSameEnough ? same : most?.value ?? []
        let others = try otherTexts(all, questionedKind, first, asked)
        let (population, isOwn) = try population(others, questionedKind)
        let cut = { (entries: [TimelineEntry]) in
            Writing(entries.compactMap(\.coveredText), bySentence: questionedKind != .message)
        }
        let style = try authorshipEngine().compare(
            known: cut(known), questioned: cut(questioned), population: population, areOneKind: knownKind == questionedKind)
        let shared = SharedWords.find(
            known.compactMap(\.coveredText), questioned.compactMap(\.coveredText), others: others.compactMap(\.coveredText))
        let findings = try self.findings(asked, style, known, questioned, others, shared)
        let weighing = Weighing(findings)
        let prior = Prior(oneIn: asked.oneIn[0]...asked.oneIn[1])
        return WritingReport(
            kept: kept, questioned: questioned.map(\.covered), known: known.map(\.covered), questionedKind: questionedKind,
            knownKind: knownKind, style: style, isOwnPopulation: isOwn, populationWriters: population.writerCount,
            populationPosts: population.postCount, findings: findings, weighing: weighing, prior: prior,
            posterior: prior.posterior(weighing), sharedWords: shared,
            comparedAccounts: try comparedAccounts(asked.questioned).count)
    }

    /// The words of a comparison's texts. Each is noted as opened.
    public func openWritings(_ report: WritingReport, known count: Int) throws -> [(entry: TimelineEntry, text: String)] {
        let positions = report.questioned.map(\.position) + report.known.suffix(count).map(\.position)
        try append(try positions.map { try EntryDraft(.opened, OpenedBody(record: $0, by: nil)) })
        return try positions.compactMap { position in
            guard let entry = try index.timelineEntry(at: position), let text = entry.coveredText else { return nil }
            return (entry, text)
        }
    }

    /// How many people live in each prefecture.
    public func placeShares() throws -> PlaceShares { try PlaceShares.read(environment.knowledge) }

    /// Prints a comparison as a PDF.
    public func print(_ sections: [WritingSheet.Section], first: String) async throws -> [UInt8] {
        let sheet = WritingSheet(
            first: first, sections: sections, made: environment.vault.now().japanMinuteText,
            version: try authorshipEngine().version)
        return try await DocumentRenderer(environment.knowledge).pdf(sheet)
    }

    /// The engine, read once.
    public func authorshipEngine() throws -> AuthorshipEngine {
        if let authorship { return authorship }
        let engine = try AuthorshipEngine(environment.knowledge)
        authorship = engine
        return engine
    }
}

extension Desk {
    private func texts() throws -> [TimelineEntry] {
        var filter = TimelineFilter(limit: Self.mostTexts)
        filter.records.kinds = Self.textKinds
        filter.isNewestFirst = true
        return try index.timeline(filter).filter { $0.revises == nil && $0.coveredText?.isEmpty == false }.reversed()
    }

    /// Texts of the same kind and place by neither of both writers, and by nobody whom she trusts.
    private func otherTexts(
        _ all: [TimelineEntry], _ kind: TextKind, _ questioned: TimelineEntry, _ asked: WritingComparison
    ) throws -> [TimelineEntry] {
        let friendly = try index.friendlyAccounts()
        let chosen = Set(asked.questioned)
        return all.filter { entry in
            guard TextKind(entry.kind) == kind, !chosen.contains(entry.position) else { return false }
            guard let account = entry.account else { return false }
            let isSamePlace = questioned.account.map { $0.platform == account.platform } ?? true
            return isSamePlace && account != asked.account && account != questioned.account && !friendly.contains(account)
        }
    }

    /// The case's own population where it is large enough to speak at all; for messages the program's writers of chats, whom the gate must
    /// find fitting.
    private func population(_ others: [TimelineEntry], _ kind: TextKind) throws -> (population: Population, isOwn: Bool) {
        let engine = try authorshipEngine()
        var counts = PopulationCounts(over: engine.population)
        let byWriter = Dictionary(grouping: others) { $0.account?.description ?? "" }
        for (_, entries) in byWriter.sorted(by: { $0.key < $1.key }) {
            counts.add(Writing(entries.compactMap(\.coveredText), bySentence: kind != .message))
        }
        // What was counted elsewhere and sealed as a file; taken away, it no longer counts.
        for sealed in try index.evidence() where sealed.state == .sealed && sealed.path.hasSuffix(PopulationFile.nameEnding) {
            let file = try PopulationFile(bytes: try read(sealed.digest))
            if file.kind == kind.rawValue { try counts.add(file) }
        }
        let own = Population(counts, over: engine.population)
        return kind == .message && !own.isEnough ? (engine.population, false) : (own, true)
    }

    private func findings(
        _ asked: WritingComparison, _ style: Comparison, _ known: [TimelineEntry], _ questioned: [TimelineEntry],
        _ others: [TimelineEntry], _ shared: [String]
    ) throws -> [Finding] {
        let ratio = style.shownRatio
        var findings = [Finding(.style, .style, ratio: style.outcome == .refused ? nil : ratio...ratio)]
        if !shared.isEmpty { findings.append(Finding(.sharedWords(count: shared.count), .style, ratio: nil)) }
        let secrets = try index.privateFacts().map(\.words).filter { words in
            [known, questioned].allSatisfy { side in side.contains { $0.coveredText?.contains(words) == true } }
        }
        if !secrets.isEmpty { findings.append(Finding(.privateWords(count: secrets.count), .style, ratio: nil)) }
        if let prefecture = asked.prefecture, let share = try placeShares().share(of: prefecture) {
            let areas = try index.orderAreas()
            let place = PlaceFinding(
                prefecture: prefecture, shareOfJapan: share,
                orders: (areas.values.reduce(0, +), areas[prefecture] ?? 0), seenCount: asked.seenCount)
            findings.append(Finding(.place(place), .place, ratio: place.ratio))
        }
        let hour = { (entry: TimelineEntry) in entry.claimedAt.map { Int(($0.milliseconds / 3_600_000 + 9) % 24) } }
        if let questionedHour = questioned.compactMap(hour).first {
            let hours = HourFinding(known: known.compactMap(hour), others: others.compactMap(hour), questioned: questionedHour)
            findings.append(Finding(.hours(hours), .time, ratio: hours.ratio))
        }
        let written = questioned.compactMap(\.claimedAt).min()
        let events: [(SoonAfterFinding.Event, Instant?)] = [
            (.refusal, try index.refusals()[asked.account]),
            (.lock, asked.lockedOn.flatMap { CivilDate($0) }.map(\.japanStart)),
        ]
        for (event, time) in events {
            guard let time, let written else { continue }
            let hours = Double(written.milliseconds - time.milliseconds) / 3_600_000
            guard hours >= 0, hours <= Self.soonHours else { continue }
            let finding = SoonAfterFinding(event, hours: hours, perWeek: perWeek(others))
            findings.append(Finding(.soonAfter(finding), .time, ratio: nil))
        }
        return findings
    }

    /// How many such texts came in a week, on average.
    private func perWeek(_ entries: [TimelineEntry]) -> Double {
        let times = entries.compactMap { $0.claimedAt?.milliseconds }
        guard let first = times.min(), let last = times.max(), last > first else { return 0 }
        return Double(times.count) / max(1, Double(last - first) / (7 * 24 * 3_600_000))
    }
}
