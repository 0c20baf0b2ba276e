import AkashiAuthorship
import AkashiCasework
import AkashiDesk
import AkashiDocuments
import AkashiKnowledge
import AkashiModel
import HTTPTypes

/// "Is it the same person?": choosing one text and one account.
struct WritingPage: Page {
    static let template = "same-writer"
    static let title = "writing.title"
    static let room = Room.people

    struct Writer: Sendable {
        let key: String
        let name: String
        let platform: String
        let counts: String
    }

    struct Choice: Sendable {
        let value: String
        let label: String
        let isChosen: Bool
    }

    struct Past: Sendable {
        let path: String
        let when: String
        let who: String
    }

    let texts: [RecordLine]
    let hasTexts: Bool
    let writers: [Writer]
    let hasWriters: Bool
    let prefectures: [String]
    let seenCount: Int
    let likeliest: [Choice]
    let leastLikely: [Choice]
    let past: [Past]
    let hasPast: Bool
}

/// What came out.
struct WritingResultPage: Page {
    static let template = "same-writer-result"
    static let title = "writing.title"
    static let room = Room.people

    struct Shown: Sendable {
        let line: RecordLine
        let isQuestioned: Bool
        let pieces: [Piece]
    }

    /// A piece of a text, with what it speaks for.
    struct Piece: Sendable {
        let text: String
        let isFor: Bool
        let isAgainst: Bool
        let name: String
    }

    let position: String
    let first: String
    let sections: [WritingSheet.Section]
    let shown: [Shown]
    let isShown: Bool
}

extension Rooms {
    /// Known texts that are shown with the questioned one.
    private static let shownKnown = 10
    private static let usualPrior: (likeliest: Double, least: Double) = (20, 1_000)

    func addWriting(_ register: Register) {
        register(.get, "same-writer", .owner) { visit in .page(try await writing(visit)) }
        register(.post, "same-writer", .owner) { visit in
            guard let account = AccountKey(visit.form.text("account")), !visit.form.records.isEmpty else {
                return .page(
                    try await writing(visit), Notice(text: visit.words("writing.choose-both"), isProblem: true, more: []))
            }
            let ends = [visit.form.text("likeliest"), visit.form.text("least")].compactMap { Double($0) }.sorted()
            let position = try await visit.desk.compareWriting(
                WritingComparison(
                    questioned: visit.form.records, account: account, prefecture: visit.form.optional("prefecture"),
                    seenCount: max(1, min(10_000, Int(visit.form.text("seen")) ?? 1)),
                    oneIn: ends.count == 2 ? ends : [Self.usualPrior.likeliest, Self.usualPrior.least],
                    lockedOn: visit.form.optional("locked").flatMap { CivilDate($0) }.map(\.description)))
            return .go("/same-writer/\(position)")
        }
        register(.get, "same-writer/:record", .owner) { visit in .page(try await result(visit, isShown: false)) }
        register(.post, "same-writer/:record/show", .owner) { visit in .page(try await result(visit, isShown: true)) }
        register(.post, "same-writer/:record/print", .owner) { visit in
            let report = try await visit.desk.writingReport(try visit.record())
            let words = WritingWords(visit.site.strings(.ja), report, try await visit.desk.authorshipEngine().population.habits)
            let pdf = try await visit.desk.print(words.sections, first: words.first)
            return .file(pdf, name: "comparison.pdf", type: "application/pdf")
        }
    }

    private func writing(_ visit: Visit) async throws -> WritingPage {
        let texts = try await visit.desk.questionableTexts().map { RecordLine($0, visit) }
        let writers = try await visit.desk.knownWriters().map { writer in
            let counts = TextKind.allCases.compactMap { kind in
                writer.counts[kind].map { visit.words("writing.kind.\(kind.rawValue)") + " \($0)" }
            }
            return WritingPage.Writer(
                key: writer.account.description, name: Visible.text(writer.name),
                platform: visit.kinds("platform." + writer.account.platform.name), counts: counts.joined(separator: "・"))
        }
        let names = Dictionary(uniqueKeysWithValues: try await visit.desk.knownWriters().map { ($0.account, $0.name) })
        let past = try await visit.desk.writingComparisons().reversed().map { kept in
            WritingPage.Past(
                path: "\(visit.site.base)/same-writer/\(kept.position.index)", when: visit.timeText(kept.observedAt.instant),
                who: Visible.text(names[kept.comparison.account] ?? kept.comparison.account.value))
        }
        func choices(_ chosen: Double) -> [WritingPage.Choice] {
            Prior.choices.map { count in
                WritingPage.Choice(
                    value: String(Int(count)), label: visit.words("writing.one-in", ["count": WritingWords.number(count)]),
                    isChosen: count == chosen)
            }
        }
        return WritingPage(
            texts: texts, hasTexts: !texts.isEmpty, writers: writers, hasWriters: !writers.isEmpty,
            prefectures: try await visit.desk.placeShares().people.map(\.name),
            seenCount: max(1, texts.count), likeliest: choices(Self.usualPrior.likeliest),
            leastLikely: choices(Self.usualPrior.least), past: past, hasPast: !past.isEmpty)
    }

    private func result(_ visit: Visit, isShown: Bool) async throws -> WritingResultPage {
        let report = try await visit.desk.writingReport(try visit.record())
        let table = try await visit.desk.authorshipEngine().population.habits
        let words = WritingWords(visit.strings, report, table)
        var shown: [WritingResultPage.Shown] = []
        if isShown {
            let marks = HabitMarks(table, report.style)
            let questioned = Set(report.questioned.map(\.position))
            for (entry, text) in try await visit.desk.openWritings(report, known: Self.shownKnown) {
                let pieces = marks.pieces(text).map { piece in
                    WritingResultPage.Piece(
                        text: Visible.text(piece.text), isFor: piece.part > 0, isAgainst: piece.part < 0,
                        name: piece.habit.map { table.habits[$0].name[visit.language] } ?? "")
                }
                shown.append(
                    .init(
                        line: RecordLine(entry.covered, visit), isQuestioned: questioned.contains(entry.position), pieces: pieces)
                )
            }
        }
        return WritingResultPage(
            position: try visit.record().description, first: words.first, sections: words.sections, shown: shown, isShown: isShown
        )
    }
}
