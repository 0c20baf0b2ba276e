import AkashiAuthorship
import AkashiDesk
import AkashiDocuments
import AkashiKnowledge
import AkashiModel
import Foundation

/// A comparison in sentences, for the page and for paper. The same size for what speaks for one person and what speaks for two.
struct WritingWords {
    private let words: StringTable
    private let language: Language
    private let report: WritingReport
    private let table: HabitTable

    init(_ strings: Strings, _ report: WritingReport, _ table: HabitTable) {
        words = strings.table("desk")
        language = strings.language
        (self.report, self.table) = (report, table)
    }

    /// What stands first, whatever came out.
    var first: String { words("writing.first") }

    var sections: [WritingSheet.Section] {
        [question, answer, tested] + habits + [others, band, change, limits]
    }

    private var style: Comparison { report.style }

    private var question: WritingSheet.Section {
        .init(
            "question", words("writing.question"),
            [words("writing.h1"), words("writing.h2")],
            items: [
                words(
                    "writing.size.known",
                    [
                        "count": String(style.size.knownPosts), "letters": String(style.size.knownLetters),
                        "kind": kind(report.knownKind),
                    ]),
                words(
                    "writing.size.questioned",
                    [
                        "count": String(style.size.questionedPosts), "letters": String(style.size.questionedLetters),
                        "kind": kind(report.questionedKind),
                    ]),
                words(
                    report.isOwnPopulation ? "writing.population.own" : "writing.population.chat",
                    ["writers": String(report.populationWriters), "count": Self.number(Double(report.populationPosts))]),
            ])
    }

    private func kind(_ kind: TextKind) -> String { words("writing.kind.\(kind.rawValue)") }

    private var answer: WritingSheet.Section {
        let rows = ["two-rather", "two-moderate", "two-slight", "none", "one-slight", "one-moderate", "one-rather"].map { row in
            WritingSheet.Row([words("writing.range.\(row)"), words("writing.row.\(row)")], isHere: row == here)
        }
        var paragraphs = [words("writing.answer.\(here)")]
        if style.outcome != .refused, style.outcome != .cannotTell { paragraphs.append(times(style.shownRatio)) }
        return .init(
            "answer", words("writing.answer"), paragraphs, items: style.reasons.map { words("writing.reason.\($0.rawValue)") },
            heads: [words("writing.range"), words("writing.row")], rows: rows)
    }

    private var here: String {
        switch style.outcome {
        case .one(let strength): "one-\(strength.rawValue)"
        case .two(let strength): "two-\(strength.rawValue)"
        case .cannotTell: "none"
        case .refused: "refused"
        }
    }

    /// A ratio in words, on the side that it is on.
    private func times(_ ratio: Double) -> String {
        ratio >= 1
            ? words("writing.times.one", ["times": Self.number(ratio)])
            : words("writing.times.two", ["times": Self.number(TrainedNumber.two(1 / ratio))])
    }

    private var tested: WritingSheet.Section {
        let cell = style.cell
        let name = { (key: String, values: [String: String]) in words(key, values) }
        return .init(
            "tested", words("writing.tested"),
            [
                name(
                    "writing.tested.size",
                    ["known": String(cell.knownLetters), "questioned": String(cell.questionedLetters)]),
                name(
                    "writing.tested.two",
                    [
                        "all": String(cell.differentCount), "some": String(cell.differentAbove2),
                        "few": String(cell.differentAbove10),
                    ]),
                name(
                    "writing.tested.one",
                    ["all": String(cell.sameCount), "some": String(cell.sameBelow2), "none": String(cell.sameBetween)]),
                words("writing.tested.chat"),
            ])
    }

    /// For and against, each as large; without a ratio only side by side.
    private var habits: [WritingSheet.Section] {
        guard style.outcome == .refused else { return [habits(.for), habits(.against)] }
        let parts = style.habits.sorted { abs($0.part) > abs($1.part) }.prefix(2 * HabitMarks.shownCount)
        return [section("side", Array(parts), hasWeights: false)]
    }

    private enum Side { case `for`, against }

    private func habits(_ side: Side) -> WritingSheet.Section {
        side == .for
            ? section("for", style.heaviestFor, hasWeights: true) : section("against", style.heaviestAgainst, hasWeights: true)
    }

    private func section(_ key: String, _ parts: [Comparison.HabitPart], hasWeights: Bool) -> WritingSheet.Section {
        guard !parts.isEmpty else { return .init(key, words("writing.\(key)"), [words("writing.no-habits")]) }
        let heads = ["habit", "known", "questioned", "others"] + (hasWeights ? ["weight"] : [])
        let rows = parts.map { part in
            let cells = [
                table.habits[part.habit].name[language], ways(part.known, part, isShare: false),
                ways(part.questioned, part, isShare: false), ways(part.others, part, isShare: true),
            ]
            return WritingSheet.Row(cells + (hasWeights ? [Self.number(TrainedNumber.two(exp(abs(part.part))))] : []))
        }
        return .init(key, words("writing.\(key)"), heads: heads.map { words("writing.\($0)") }, rows: rows)
    }

    /// The ways of a habit, the commonest first.
    private func ways(_ values: [Double], _ part: Comparison.HabitPart, isShare: Bool) -> String {
        let named = zip(table.habits[part.habit].ways, values).filter { $0.1 > (isShare ? 0.02 : 0.9) }.sorted { $0.1 > $1.1 }
        let texts = named.prefix(3).map { way, value in
            isShare ? "\(way) \(Int((value * 100).rounded()))%" : "\(way) \(Int(value.rounded()))"
        }
        return texts.isEmpty ? "–" : texts.joined(separator: "・")
    }

    private var others: WritingSheet.Section {
        .init(
            "others", words("writing.findings"), [words("writing.findings.lead")],
            items: report.findings.dropFirst().map(sentence), heads: [], rows: [])
    }

    private func sentence(_ finding: Finding) -> String {
        let weight =
            finding.ratio.map { range in
                let low = Self.number(TrainedNumber.two(range.lowerBound))
                let high = Self.number(TrainedNumber.two(range.upperBound))
                return low == high
                    ? words("writing.weighs.one", ["low": low]) : words("writing.weighs", ["low": low, "high": high])
            } ?? words("writing.weighs.not")
        switch finding.kind {
        case .style: return weight
        case .place(let place):
            let share = place.shareOfShop ?? place.shareOfJapan
            return words(
                place.shareOfShop == nil ? "writing.place.japan" : "writing.place.shop",
                [
                    "place": place.prefecture, "share": Self.percent(share), "count": String(place.seenCount),
                    "chance": Self.percent(place.chanceAmongStrangers),
                ]) + weight
        case .hours(let hours):
            return words(
                "writing.hours",
                [
                    "known": String(hours.known[hours.part]), "all": String(hours.known.reduce(0, +)),
                    "others": String(hours.others[hours.part]), "rest": String(hours.others.reduce(0, +)),
                ]) + weight
        case .soonAfter(let soon):
            return words(
                "writing.soon.\(soon.event.rawValue)",
                [
                    "hours": Self.number(soon.hours.rounded()), "days": Self.number(max(1, (soon.hours / 24).rounded(.up))),
                    "week": Self.number(TrainedNumber.two(soon.perWeek)),
                ]) + weight
        case .sharedWords(let count): return words("writing.shared", ["count": String(count)]) + weight
        case .privateWords(let count): return words("writing.private", ["count": String(count)]) + weight
        }
    }

    private var band: WritingSheet.Section {
        let low = Self.percent(report.posterior.lowerBound)
        let high = Self.percent(report.posterior.upperBound)
        return .init(
            "band", words("writing.band"),
            [
                words(
                    "writing.band.before",
                    ["low": Self.number(report.prior.oneIn.upperBound), "high": Self.number(report.prior.oneIn.lowerBound)]),
                words("writing.band.after", ["low": low, "high": high]), words("writing.band.why"),
            ])
    }

    private var change: WritingSheet.Section {
        var items: [String] = []
        if style.size.questionedLetters < 250 { items.append(words("writing.change.longer")) }
        if style.size.knownPosts < 100 { items.append(words("writing.change.more")) }
        if report.knownKind != report.questionedKind { items.append(words("writing.change.kind")) }
        if report.populationWriters < 30 || report.populationPosts < 2_000 { items.append(words("writing.change.others")) }
        items.append(words("writing.change.orders"))
        items.append(words("writing.change.disclosure"))
        return .init("change", words("writing.change"), [], items: items)
    }

    private var limits: WritingSheet.Section {
        .init(
            "limits", words("writing.limits"),
            [
                words(
                    "writing.limits.count", ["count": String(report.comparedAccounts), "most": String(Desk.mostComparedAccounts)])
            ],
            items: ["copy", "machine", "alike", "public", "names"].map { words("writing.limits.\($0)") })
    }

    /// A number as people write it.
    static func number(_ value: Double) -> String {
        if value == value.rounded(), value < 1e9 {
            let digits = String(Int(value))
            guard digits.count > 3 else { return digits }
            return String(digits.dropLast(3)) + "," + String(digits.suffix(3))
        }
        return String(value)
    }

    /// A share, never nothing and never all.
    static func percent(_ share: Double) -> String {
        switch share * 100 {
        case ..<0.1: "0.1%"
        case ..<1: "\((share * 1_000).rounded() / 10)%"
        case 99...: "99%"
        case let value: "\(Int(value.rounded()))%"
        }
    }
}

/// Numbers with as many digits as were tested.
enum TrainedNumber {
    static func two(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return value }
        let scale = pow(10, 2 - ceil(log10(value)))
        return (value * scale).rounded() / scale
    }
}
