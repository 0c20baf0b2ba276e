import AkashiActions
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiVault
import ArgumentParser
import Foundation

/// `akashi deadlines …`
struct DeadlinesCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "deadlines",
        abstract: "What runs out in the case, and when; or with --rule and --from any rule and day, without a vault.")

    @Option(help: "A rule, such as D-KOK.")
    var rule: String?
    @Option(help: "The day from which to count: 2026-05-23, 2026-05 if the day is not known, or a time with its zone.")
    var from: String?
    @Flag(help: "All rules, with how they are counted and where that was read.")
    var rules = false
    @Option(help: "Write the days of the case as an iCalendar file. It names nothing of the case.")
    var ics: String?
    @Flag(help: "Name the rules in the iCalendar file. Calendars are often shared with other devices.")
    var named = false
    @Option(help: "The case; the first one if it is left out.") var `case`: String?
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    func perform(_ console: Console) async throws {
        if rules { return try listRules(console) }
        if let rule { return try count(rule, console) }
        let desk = try await options.openDesk(console)
        let caseID = try await CaseArgument.chosen(`case`, desk)
        let board = try await desk.deadlineBoard(caseID)
        let today = await desk.today()
        if let ics {
            let now = try DeskEnvironment.live().vault.now()
            let text = DeadlineCalendar.text(
                board, today: today, now: now, isNamed: named, words: console.words, language: console.strings.language)
            do { try text.write(toFile: ics, atomically: true, encoding: .utf8) } catch {
                throw CommandError(.badArgument, ["argument": "--ics"])
            }
            console.say("deadlines-written", ["file": ics])
            return try console.json(["file": ics])
        }
        let language = console.strings.language
        for (deadline, passed, later) in board.next(on: today) {
            let left = deadline.daysLeft(on: today)
            console.line(
                "\(deadline.counted.lastDay)  \(console.words("days-left", ["days": String(left)]))  \(deadline.rule.name[language])"
            )
            console.line("    \(deadline.rule.after[language])")
            if passed + later > 0 {
                console.line("    " + console.words("deadline-others", ["passed": String(passed), "later": String(later)]))
            }
        }
        for (deadline, count) in board.passed(on: today) {
            console.line(console.words("deadline-passed", ["name": deadline.rule.name[language], "count": String(count)]))
        }
        for waiting in board.waiting {
            console.line(console.words("deadline-waits", ["name": waiting.rule.name[language], "fact": waiting.fact]))
        }
        console.say("deadline-note")
        try console.json(board.running.map { DeadlineOutput($0, today: today) })
    }

    private func count(_ id: String, _ console: Console) throws {
        let library = try LawLibrary(Knowledge(root: try KnowledgeLocation.find()))
        guard let rule = library.deadline(id.uppercased()) else { throw DeskError(.guideUnknown, ["name": id]) }
        guard let from, let day = FactValue.day(from) else { throw CommandError(.badArgument, ["argument": "--from"]) }
        let counted = CountedDeadline(rule, from: day.earliest, holidays: library.holidays)
        let language = console.strings.language
        console.line("\(rule.id)  \(rule.name[language])")
        console.line(console.words("deadline-from", ["day": counted.from.description]))
        if !day.isExact { console.say("deadline-earliest") }
        if counted.isExtended { console.say("deadline-extended", ["day": counted.plainLastDay.description]) }
        console.line(console.words("deadline-last", ["day": counted.lastDay.description]))
        console.line(console.words("deadline-safe", ["day": counted.safeDay.description]))
        if counted.isBeyondHolidayList { console.say("deadline-beyond", ["year": String(library.holidays.years.upperBound)]) }
        console.line(rule.after[language])
        for source in rule.sources { console.line("  \(source.text) [\(source.mark.rawValue)] \(source.url ?? "")") }
        for open in rule.unverified {
            console.line("  " + console.words("unverified", ["what": open.text[language], "url": open.url]))
        }
        console.say("deadline-note")
        try console.json(CountOutput(rule, counted, isEarliest: !day.isExact))
    }

    private func listRules(_ console: Console) throws {
        let library = try LawLibrary(Knowledge(root: try KnowledgeLocation.find()))
        let language = console.strings.language
        for rule in library.deadlines {
            console.line("\(rule.id)  \(rule.name[language])")
            for source in rule.sources { console.line("  \(source.text) [\(source.mark.rawValue)]") }
        }
        try console.json(library.deadlines.map(RuleOutput.init))
    }
}

/// `akashi deadlines --rule … --json`
private struct CountOutput: Encodable {
    let rule: String
    let from: CivilDate
    let plainLastDay: CivilDate
    let lastDay: CivilDate
    let nextDay: CivilDate
    let safeDay: CivilDate
    let isExtended: Bool
    let isBeyondHolidayList: Bool
    let isEarliestPossible: Bool
    let sources: [String]

    init(_ rule: DeadlineRule, _ counted: CountedDeadline, isEarliest: Bool) {
        self.rule = rule.id
        from = counted.from
        plainLastDay = counted.plainLastDay
        lastDay = counted.lastDay
        nextDay = counted.lastDay.adding(days: 1)
        safeDay = counted.safeDay
        isExtended = counted.isExtended
        isBeyondHolidayList = counted.isBeyondHolidayList
        isEarliestPossible = isEarliest
        sources = rule.sources.map(\.text)
    }
}

/// `akashi deadlines --rules --json`
private struct RuleOutput: Encodable {
    struct Source: Encodable {
        let text: String
        let url: String?
        let mark: String
    }

    let rule: String
    let name: String
    let trigger: String
    let firstDay: String
    let lastDay: String
    let days: Int?
    let months: Int?
    let kind: String
    let sources: [Source]
    let unverified: [String]
    let checked: CivilDate

    init(_ rule: DeadlineRule) {
        self.rule = rule.id
        name = rule.name.ja
        trigger = rule.trigger
        firstDay = rule.firstDay.rawValue
        lastDay = rule.lastDay.rawValue
        if case .days(let count) = rule.length { days = count } else { days = nil }
        if case .months(let count) = rule.length { months = count } else { months = nil }
        kind = rule.kind.rawValue
        sources = rule.sources.map { Source(text: $0.text, url: $0.url, mark: $0.mark.rawValue) }
        unverified = rule.unverified.map(\.text.ja)
        checked = rule.checked
    }
}

/// `akashi deadlines --json`
struct DeadlineOutput: Encodable {
    let rule: String
    let name: String
    let kind: String
    let subject: String
    let from: CivilDate
    let lastDay: CivilDate
    let safeDay: CivilDate
    let daysLeft: Int
    let isEarliestPossible: Bool
    let isBeyondHolidayList: Bool

    init(_ deadline: CaseDeadline, today: CivilDate) {
        rule = deadline.rule.id
        name = deadline.rule.name.ja
        kind = deadline.rule.kind.rawValue
        switch deadline.subject {
        case .fact(let id): subject = "fact:\(id)"
        case .post(let position): subject = "record:\(position)"
        case .request(let id): subject = "request:\(id)"
        }
        from = deadline.counted.from
        lastDay = deadline.counted.lastDay
        safeDay = deadline.counted.safeDay
        daysLeft = deadline.daysLeft(on: today)
        isEarliestPossible = deadline.isEarliestPossible
        isBeyondHolidayList = deadline.counted.isBeyondHolidayList
    }
}
