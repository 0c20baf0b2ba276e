import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import ArgumentParser

/// `akashi case …`
struct CaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case", abstract: "Cases, parties, incidents, talks, notes: what she decides.",
        subcommands: [List.self, Open.self, Party.self, Incident.self, Link.self, Talk.self, NoteCommand.self],
        defaultSubcommand: List.self)

    struct List: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "The cases.")
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let cases = try await options.openDesk(console).cases()
            let kinds = console.strings.table("kinds")
            for file in cases {
                console.line("\(file.id)  \(file.title)")
                for party in file.parties { console.line("  \(party.letter)  \(party.role)") }
                for incident in file.incidents {
                    let harms = incident.harms.map { kinds("harm.\($0.rawValue)") }.joined(separator: "・")
                    console.line("  \(incident.id)  \(incident.title)  [\(harms)]  \(incident.records.count)")
                }
                for talk in file.consultations {
                    console.line("  \(talk.id)  \(talk.heldAt.japanText)  \(kinds("role.\(talk.role.rawValue)"))  \(talk.with)")
                }
            }
            try console.json(cases.map(CaseOutput.init))
        }
    }

    struct Open: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "open", abstract: "Open a case.")
        @Argument(help: "Its title, in her words.")
        var title: String
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let id = try await options.openDesk(console).openCase(title: title)
            console.line("\(id)")
            try console.json(["case": id.text])
        }
    }

    struct Party: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "party", abstract: "Give accounts a letter for papers.")
        @Option(help: "The case.") var `case`: String
        @Argument(help: "The letter, such as A.") var letter: String
        @Option(help: "What it stands for, in her words.") var role: String
        @Option(help: "An account, such as x:id:123; may be repeated.") var account: [String] = []
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let keys = try account.map { text in
                guard let key = AccountKey(text) else { throw CommandError(.badArgument, ["argument": "--account"]) }
                return key
            }
            try await options.openDesk(console)
                .nameParty(try CaseArgument.id(`case`), letter: letter, role: role, accounts: keys)
            console.say("done")
            try console.json(["ok": true])
        }
    }

    struct Incident: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "incident", abstract: "Describe an incident.")
        @Option(help: "The case.") var `case`: String
        @Argument(help: "Its title.") var title: String
        @Option(help: "The facts in one or two sentences.") var summary: String
        @Option(help: "defamation, obstruction, stalking, data-leak or threat; may be repeated.") var harm: [String] = []
        @Option(help: "Record numbers, such as 12,15-18.") var records: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let harms = try harm.map { text in
                guard let harm = Harm(rawValue: text) else { throw CommandError(.badArgument, ["argument": "--harm"]) }
                return harm
            }
            let id = try await options.openDesk(console).describeIncident(
                try CaseArgument.id(`case`), title: title, summary: summary, harms: harms,
                records: try records.map(PositionArgument.positions) ?? [])
            console.line("\(id)")
            try console.json(["incident": id.text])
        }
    }

    struct Link: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "link", abstract: "Put records to an incident, or take them away.")
        @Argument(help: "The incident.") var incident: String
        @Argument(help: "Record numbers, such as 12,15-18.") var records: String
        @Flag(help: "Take them away.") var remove = false
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            guard let id = IncidentID(incident) else { throw CommandError(.badArgument, ["argument": "incident"]) }
            try await options.openDesk(console)
                .link(id, records: try PositionArgument.positions(records), isLinked: !remove)
            console.say("done")
            try console.json(["ok": true])
        }
    }

    struct Talk: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "talk", abstract: "Write a talk down.")
        @Option(help: "The case.") var `case`: String
        @Option(help: "When, such as \"2026-11-24 14:00\" in Japan.") var at: String
        @Option(help: "With whom.") var with: String
        @Option(help: "friend, lawyer, police, platform or helpline.") var role: String
        @Option(help: "What was said.") var said: String
        @Option(help: "What was advised.") var advised: String
        @Option(help: "What comes next.") var next: String?
        @Option(help: "By when, such as 2026-12-01.") var nextBy: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            guard let role = Consultation.Role(rawValue: role) else {
                throw CommandError(.badArgument, ["argument": "--role"])
            }
            let id = try await options.openDesk(console).addConsultation(
                try CaseArgument.id(`case`), heldAt: try Desk.time(at), with: with, role: role, said: said,
                advised: advised, next: next, nextBy: nextBy)
            console.line("\(id)")
            try console.json(["consultation": id.text])
        }
    }

    struct NoteCommand: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "note", abstract: "Write a note about a record.")
        @Argument(help: "The number of the record.") var record: String
        @Argument(help: "The note.") var text: String
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            try await options.openDesk(console).addNote(on: try PositionArgument.position(record), text: text)
            console.say("done")
            try console.json(["ok": true])
        }
    }
}

/// `akashi case list --json`
struct CaseOutput: Encodable {
    struct Party: Encodable {
        let letter: String
        let role: String
        let accounts: [String]
    }
    struct Incident: Encodable {
        let id: String
        let title: String
        let summary: String
        let harms: [String]
        let records: [UInt64]
    }

    let id: String
    let title: String
    let parties: [Party]
    let incidents: [Incident]
    let consultations: [Consultation]

    init(_ file: CaseFile) {
        id = file.id.text
        title = file.title
        parties = file.parties.map { Party(letter: $0.letter, role: $0.role, accounts: $0.accounts.map(\.description)) }
        incidents = file.incidents.map {
            Incident(
                id: $0.id.text, title: $0.title, summary: $0.summary, harms: $0.harms.map(\.rawValue),
                records: $0.records.map(\.index))
        }
        consultations = file.consultations
    }
}
