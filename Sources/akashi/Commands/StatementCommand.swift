import AkashiActions
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import ArgumentParser
import Foundation

/// `akashi statement …`
struct StatementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "Texts for the public: make one, and look it over for names, guesses, verdicts, addresses.",
        subcommands: [Lint.self, Make.self])

    struct Lint: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "lint",
            abstract: "Look a text over. Ends with 1 if something was found. With a vault, the names in the case are known too.")
        @Argument(help: "A text file; standard input without it.") var file: String?
        @Flag(help: "Each line of the input is JSON {id, text}; each line of the output {id, findings}.") var lines = false
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Input: Decodable {
            let id: String
            let text: String
        }

        private struct Line: Encodable {
            let id: String
            let findings: [FindingOutput]
        }

        private struct Output: Encodable {
            let isFine: Bool
            let findings: [FindingOutput]
        }

        func perform(_ console: Console) async throws {
            guard let text = read() else { throw CommandError(.badArgument, ["argument": "FILE"]) }
            let known = try await knownNames(console)
            let lint = try StatementLint(Knowledge(root: try KnowledgeLocation.find()))
            if lines {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                for line in text.split(whereSeparator: \.isNewline) {
                    guard let input = try? JSONDecoder().decode(Input.self, from: Data(line.utf8)) else {
                        throw CommandError(.badArgument, ["argument": "--lines"])
                    }
                    let found = lint.findings(in: input.text, known: known).map { FindingOutput($0, console.strings.language) }
                    print(String(decoding: try encoder.encode(Line(id: input.id, findings: found)), as: UTF8.self))
                }
                return
            }
            let findings = lint.findings(in: text, known: known)
            for finding in findings {
                console.line("「\(finding.text)」 \(console.words("lint." + finding.kind.rawValue))")
                console.line("    \(finding.reason[console.strings.language])")
            }
            console.say(findings.isEmpty ? "lint-fine" : "lint-found", ["count": String(findings.count)])
            console.say("lint-limits")
            try console.json(
                Output(isFine: findings.isEmpty, findings: findings.map { FindingOutput($0, console.strings.language) }))
            if !findings.isEmpty { throw ExitCode(ProgramExit.broken.rawValue) }
        }

        private func read() -> String? {
            if let file { return try? String(contentsOfFile: file, encoding: .utf8) }
            return String(data: FileHandle.standardInput.readDataToEndOfFile(), encoding: .utf8)
        }

        /// The names that stand in the case, if a vault is at hand.
        private func knownNames(_ console: Console) async throws -> KnownNames {
            guard options.vault != nil || LiveEnvironment.variable("AKASHI_VAULT") != nil else { return KnownNames() }
            return try await options.openDesk(console).knownNames()
        }
    }

    struct Make: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "make", abstract: "Make a text from a template; without one, list them.")
        @Argument(help: "The template, such as shop-short.") var template: String?
        @Option(help: "A blank, such as since=6月3日; may be repeated.") var set: [String] = []
        @OptionGroup var global: GlobalOptions

        private struct Output: Encodable {
            let template: String
            let text: String
            let blanks: [String]
        }

        func perform(_ console: Console) async throws {
            let templates: StatementTemplates = try Knowledge(root: try KnowledgeLocation.find()).yaml("statement/templates.yaml")
            let language = console.strings.language
            guard let template else {
                for text in templates.texts { console.line("\(text.id)  \(text.place)  \(text.size)") }
                for blank in templates.blanks { console.line("  {\(blank.id)}  \(blank.name[language])") }
                return try console.json(templates.texts.map(\.id))
            }
            guard let chosen = templates.texts.first(where: { $0.id == template }) else {
                throw DeskError(.guideUnknown, ["name": template])
            }
            var values: [String: String] = [:]
            for pair in set {
                let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { throw CommandError(.badArgument, ["argument": "--set"]) }
                values[parts[0]] = parts[1]
            }
            let text = chosen.text[language].filled(values)
            console.line(text)
            try console.json(Output(template: template, text: text, blanks: templates.blanks.map(\.id)))
        }
    }
}

/// One of `akashi statement lint --json`
private struct FindingOutput: Encodable {
    let kind: String
    let start: Int
    let end: Int
    let text: String
    let rule: String
    let reason: String

    init(_ finding: StatementFinding, _ language: Language) {
        kind = finding.kind.rawValue
        start = finding.range.lowerBound
        end = finding.range.upperBound
        text = finding.text
        rule = finding.rule
        reason = finding.reason[language]
    }
}

/// `akashi shop-log`
struct ShopLogCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "shop-log", abstract: "Orders, cancellations and low ratings by week, beside the weeks before.")
    @Option(help: "The day to compare around, such as 2026-09-23.") var around: String?
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    private struct Output: Encodable {
        struct Week: Encodable {
            let monday: CivilDate
            let orders: Int
            let cancelled: Int
            let reviews: Int
            let lowStars: Int
        }

        let weeks: [Week]
        let repeatedTexts: Int
        let ordersBefore: Double?
        let ordersAfter: Double?
        let cancelledBefore: Double?
        let cancelledAfter: Double?
    }

    func perform(_ console: Console) async throws {
        var day: CivilDate?
        if let around {
            guard let given = CivilDate(around) else { throw CommandError(.badArgument, ["argument": "--around"]) }
            day = given
        }
        let log = try await options.openDesk(console).shopLog(around: day)
        for week in log.weeks {
            let bar =
                String(repeating: "▇", count: min(60, week.orders - week.cancelled))
                + String(repeating: "▒", count: min(60, week.cancelled))
            let stars = week.lowStars > 0 ? "  ★\(week.lowStars)" : ""
            console.line("\(week.monday)  \(week.orders)  \(bar)\(stars)")
        }
        if log.comparison == nil { console.say("shop-log-few") }
        if let comparison = log.comparison {
            console.say("shop-log-orders", ["before": "\(comparison.ordersBefore)", "after": "\(comparison.ordersAfter)"])
            console.say(
                "shop-log-cancelled", ["before": "\(comparison.cancelledBefore)", "after": "\(comparison.cancelledAfter)"])
        }
        console.say("shop-log-limits")
        try console.json(
            Output(
                weeks: log.weeks.map {
                    .init(
                        monday: $0.monday, orders: $0.orders, cancelled: $0.cancelled, reviews: $0.reviews, lowStars: $0.lowStars)
                }, repeatedTexts: log.repeatedTexts, ordersBefore: log.comparison?.ordersBefore,
                ordersAfter: log.comparison?.ordersAfter, cancelledBefore: log.comparison?.cancelledBefore,
                cancelledAfter: log.comparison?.cancelledAfter))
    }
}
