import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import ArgumentParser

/// `akashi next`
struct NextCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: "What can be done, in order: what runs out first, what each step needs, what is missing.")

    @Argument(help: "One step, such as police-consultation; without it, all in short.")
    var action: String?
    @Option(help: "The case; the first one if it is left out.") var `case`: String?
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    func perform(_ console: Console) async throws {
        let desk = try await options.openDesk(console)
        let caseID = try await CaseArgument.chosen(`case`, desk)
        let (board, map) = try await desk.optionMap(caseID)
        let today = await desk.today()
        let language = console.strings.language
        if let action {
            guard let option = map.options.first(where: { $0.action.id == action }) else {
                throw DeskError(.guideUnknown, ["name": action])
            }
            explain(option, today, console)
            return try console.json(OptionOutput(option))
        }
        for (deadline, _, _) in board.next(on: today).prefix(3) {
            let left = console.words("days-left", ["days": String(deadline.daysLeft(on: today))])
            console.line("\(deadline.counted.lastDay)  \(left)  \(deadline.rule.name[language])")
        }
        for option in map.options {
            let missing = option.needs.count { $0.isThere == false }
            let state = missing == 0 ? "" : console.words("needs-missing", ["count": String(missing)])
            console.line("\(option.action.id)  \(option.action.name[language])  \(state)")
        }
        console.say("next-note")
        try console.json(NextOutput(board, map, today))
    }

    private func explain(_ option: ActionOption, _ today: CivilDate, _ console: Console) {
        let language = console.strings.language
        let action = option.action
        console.line(action.name[language])
        console.line(action.what[language])
        func part(_ key: String, _ lines: [String]) {
            guard !lines.isEmpty else { return }
            console.line("")
            console.line(console.words("part." + key))
            for line in lines { console.line("  " + line) }
        }
        part("steps", action.steps.enumerated().map { "\($0.offset + 1). \($0.element[language])" })
        part(
            "needs",
            option.needs.map { need in
                let mark = need.isThere.map { $0 ? "✓" : "□" } ?? "・"
                return "\(mark) \(need.need.text[language])"
            })
        part("cost", [action.cost?[language]].compactMap { $0 })
        part("time", [action.time?[language]].compactMap { $0 })
        part("other-side", [action.otherSide[language]])
        part("risks", (action.risks ?? []).map { $0[language] })
        if let next = option.nextDeadline {
            part("deadline", ["\(next.counted.lastDay)  \(next.rule.name[language])"])
        }
        part("unverified", (action.unverified ?? []).map { "\($0.text[language]) \($0.url)" })
        part("sources", action.sources.map { "\($0.text) [\($0.mark.rawValue)] \($0.url ?? "")" })
        console.say("next-note")
    }
}

/// `akashi next --json`
struct NextOutput: Encodable {
    struct ProvisionOutput: Encodable {
        struct ElementOutput: Encodable {
            let element: String
            let text: String
            let records: [UInt64]
            let answers: [String]
            let isMissing: Bool
        }

        let provision: String
        let article: String
        let elements: [ElementOutput]
    }

    let deadlines: [DeadlineOutput]
    let options: [OptionOutput]
    let provisions: [ProvisionOutput]

    init(_ board: DeadlineBoard, _ map: OptionMap, _ today: CivilDate) {
        deadlines = board.next(on: today).map { DeadlineOutput($0.deadline, today: today) }
        options = map.options.map(OptionOutput.init)
        provisions = map.provisions.map { standing in
            ProvisionOutput(
                provision: standing.provision.id, article: standing.provision.article,
                elements: standing.elements.map {
                    .init(
                        element: $0.element.id, text: $0.element.text.ja, records: $0.records.map(\.index), answers: $0.answers,
                        isMissing: $0.isMissing)
                })
        }
    }
}

/// One of `akashi next --json`
struct OptionOutput: Encodable {
    struct Need: Encodable {
        let text: String
        let paper: String?
        let isThere: Bool?
        let records: [UInt64]
    }

    let action: String
    let name: String
    let group: String
    let needs: [Need]
    let papers: [String]
    let nextDeadline: String?
    let nextDay: CivilDate?

    init(_ option: ActionOption) {
        action = option.action.id
        name = option.action.name.ja
        group = option.action.group.rawValue
        needs = option.needs.map {
            Need(text: $0.need.text.ja, paper: $0.need.paper, isThere: $0.isThere, records: $0.records.map(\.index))
        }
        papers = option.action.papers ?? []
        nextDeadline = option.nextDeadline?.rule.id
        nextDay = option.nextDeadline?.counted.lastDay
    }
}

/// `akashi facts …`
struct FactsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts", abstract: "The questions that matter, each asked once or read from the evidence.",
        subcommands: [List.self, Answer.self], defaultSubcommand: List.self)

    struct List: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "The questions, with what is known and where it comes from.")
        @Option(help: "The case; the first one if it is left out.") var `case`: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Output: Encodable {
            let fact: String
            let question: String
            let value: String?
            let origin: String?
            let records: [UInt64]
        }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            let facts = try await desk.facts(try await CaseArgument.chosen(`case`, desk))
            let language = console.strings.language
            for fact in facts where fact.definition.ask != .paper || fact.value != nil {
                let value = fact.value.map { fact.definition.text($0.text, language) } ?? "—"
                console.line(
                    "\(fact.definition.id)  \(fact.definition.label[language])：\(value)\(Self.origin(fact.value, console))")
            }
            try console.json(
                facts.map { fact in
                    var records: [UInt64] = []
                    var origin: String?
                    switch fact.value?.origin {
                    case .answered?: origin = "answered"
                    case .evidence(let positions)?: (origin, records) = ("evidence", positions.map(\.index))
                    case .noted?: origin = "noted"
                    case nil: break
                    }
                    return Output(
                        fact: fact.definition.id, question: fact.definition.question.ja, value: fact.value?.text, origin: origin,
                        records: records)
                })
        }

        private static func origin(_ value: FactValue?, _ console: Console) -> String {
            switch value?.origin {
            case .answered(let time)?: "（\(console.words("origin-answered", ["day": time.instant.japan.dateText]))）"
            case .evidence(let records)?:
                "（\(console.words("origin-evidence", ["records": records.map { "#\($0)" }.joined(separator: " ")]))）"
            case .noted?: "（\(console.words("origin-noted"))）"
            case nil: ""
            }
        }
    }

    struct Answer: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "answer", abstract: "Answer a question, or take an answer back.")
        @Argument(help: "The question, such as perpetratorKnown, or paper.certified-letter.form.") var fact: String
        @Argument(help: "The answer; nothing takes the answer back.") var value: String?
        @Option(help: "The case; the first one if it is left out.") var `case`: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            try await desk.answer(try await CaseArgument.chosen(`case`, desk), fact: fact, value: value)
            console.say("done")
            try console.json(["fact": fact])
        }
    }
}
