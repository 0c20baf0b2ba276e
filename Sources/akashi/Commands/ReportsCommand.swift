import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import ArgumentParser

/// `akashi reports …`
struct ReportsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reports", abstract: "What was asked of platforms, what came back, what comes next.",
        subcommands: [List.self, Guide.self, Begin.self, Keep.self], defaultSubcommand: List.self)

    struct List: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "The requests, with the day by which an answer is due.")
        @Option(help: "The case; the first one if it is left out.") var `case`: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Output: Encodable {
            let request: PlatformRequest
            let answerDue: CivilDate?
            let isOverdue: Bool
        }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            let today = await desk.today()
            var output: [Output] = []
            for request in try await desk.platformRequests(try await CaseArgument.chosen(`case`, desk)) {
                let due = try await desk.answerDue(request)
                output.append(Output(request: request, answerDue: due, isOverdue: due.map { $0 < today } ?? false))
                let sent = request.sentOn ?? console.words("not-sent")
                let state = due.map { console.words($0 < today ? "answer-overdue" : "answer-due", ["day": $0.description]) } ?? ""
                console.line(
                    "\(request.id)  \(request.platform)  \(request.kind.rawValue)  \(sent)  \(request.outcome.rawValue)  \(state)"
                )
            }
            try console.json(output)
        }
    }

    struct Guide: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "guide",
            abstract: "How a platform is told: what to keep first, where, what it asks, what the other side sees.")
        @Argument(help: "The platform, such as x; without it, all.") var platform: String?
        @OptionGroup var global: GlobalOptions

        private struct Output: Encodable {
            let platform: String
            let name: String
            let designated: String
            let channels: [String]
            let checked: CivilDate
        }

        func perform(_ console: Console) async throws {
            let library = try LawLibrary(Knowledge(root: try KnowledgeLocation.find()))
            let language = console.strings.language
            guard let platform else {
                for pack in library.reporting { console.line("\(pack.id)  \(pack.name[language])") }
                return try console.json(library.reporting.map(Self.output))
            }
            guard let pack = library.reporting(for: platform) else { throw DeskError(.guideUnknown, ["name": platform]) }
            func part(_ key: String, _ lines: [String]) {
                console.line("")
                console.line(console.words("part." + key))
                for line in lines { console.line("  " + line) }
            }
            console.line(pack.name[language])
            part("save-first", pack.saveFirst.map { $0[language] })
            part("other-side", [pack.notices[language]])
            part("designated", [pack.designatedNote[language]])
            for channel in pack.channels {
                console.line("")
                console.line(channel.name[language])
                console.line("  \(channel.where[language]) \(channel.url ?? "")")
                for ask in channel.asks { console.line("  ・\(ask[language])") }
            }
            part("after", pack.after.map { $0[language] })
            part("unverified", (pack.unverified ?? []).map { "\($0.text[language]) \($0.url)" })
            try console.json(Self.output(pack))
        }

        private static func output(_ pack: ReportingPack) -> Output {
            Output(
                platform: pack.id, name: pack.name.ja, designated: pack.designated.rawValue,
                channels: pack.channels.map(\.id.rawValue), checked: pack.checked)
        }
    }

    struct Begin: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "begin", abstract: "Begin a request. It sends nothing.")
        @Argument(help: "The platform, such as x.") var platform: String
        @Argument(help: "report, removal, suspension or disclosure.") var kind: String
        @Option(help: "Record numbers, such as 12,15-18.") var records: String?
        @Option(help: "The case; the first one if it is left out.") var `case`: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            guard let kind = RequestKind(rawValue: kind) else { throw CommandError(.badArgument, ["argument": "kind"]) }
            let desk = try await options.openDesk(console)
            let request = try await desk.beginRequest(
                try await CaseArgument.chosen(`case`, desk), platform: platform, kind: kind,
                records: try records.map(PositionArgument.positions) ?? [])
            console.line(request.id.text)
            try console.json(["request": request.id.text])
        }
    }

    struct Keep: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "keep", abstract: "Write down how a request stands: sent, received, answered, what comes next.")
        @Argument(help: "The request.") var request: String
        @Option(help: "The day it was sent.") var sent: String?
        @Option(help: "The day the platform received it.") var received: String?
        @Option(help: "The number that the platform gave.") var receipt: String?
        @Option(help: "The day of the answer.") var answered: String?
        @Option(help: "What was answered.") var answer: String?
        @Option(help: "waiting, accepted, partly or refused.") var outcome: String?
        @Option(help: "What comes next.") var next: String?
        @Option(help: "By when.") var by: String?
        @Option(help: "The case; the first one if it is left out.") var `case`: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            let caseID = try await CaseArgument.chosen(`case`, desk)
            guard let before = try await desk.platformRequests(caseID).first(where: { $0.id.text == request }) else {
                throw DeskError(.guideUnknown, ["name": request])
            }
            let result = try outcome.map { text in
                guard let outcome = PlatformRequest.Outcome(rawValue: text) else {
                    throw CommandError(.badArgument, ["argument": "--outcome"])
                }
                return outcome
            }
            try await desk.keepRequest(
                PlatformRequest(
                    id: before.id, caseID: caseID, platform: before.platform, kind: before.kind, records: before.records,
                    sentOn: sent ?? before.sentOn, receivedOn: received ?? before.receivedOn, receipt: receipt ?? before.receipt,
                    answeredOn: answered ?? before.answeredOn, answer: answer ?? before.answer, outcome: result ?? before.outcome,
                    next: next ?? before.next, nextBy: by ?? before.nextBy))
            console.say("done")
            try console.json(["request": request])
        }
    }
}
