import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import ArgumentParser

/// `akashi people …`
struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Accounts that she takes to be one person's, with her reasons.",
        subcommands: [List.self, Gather.self, Part.self, Standing.self, Private.self, Shop.self], defaultSubcommand: List.self)

    struct List: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "The persons, their accounts, and why.")
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Output: Encodable {
            struct Account: Encodable {
                let account: String
                let names: [String]
                let reason: String
            }
            let person: String
            let name: String
            let accounts: [Account]
        }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            let people = try await desk.people()
            let names = Dictionary(try await desk.accounts().map { ($0.key, $0.names) }, uniquingKeysWith: { first, _ in first })
            if people.isEmpty { console.say("people-none") }
            for person in people {
                console.line("\(person.id)  \(person.name)")
                for member in person.members {
                    console.line("  \(member.account)  \((names[member.account] ?? []).joined(separator: " → "))")
                    console.line("    " + console.words("people-reason", ["reason": member.reason]))
                }
            }
            if !people.isEmpty { console.say("people-yours") }
            try console.json(
                people.map { person in
                    Output(
                        person: person.id.text, name: person.name,
                        accounts: person.members.map {
                            .init(account: $0.account.description, names: names[$0.account] ?? [], reason: $0.reason)
                        })
                })
        }
    }

    struct Gather: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "gather", abstract: "Take accounts to be one person's, because she says so.")
        @Argument(help: "Accounts, such as x:id:123 (see `akashi accounts`).") var accounts: [String]
        @Option(help: "What she calls the person.") var name: String
        @Option(help: "Why she thinks so.") var reason: String
        @Option(help: "A person gathered before, to add to.") var person: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let id = try person.map(PersonArgument.id)
            let made = try await options.openDesk(console).gather(
                accounts.map(AccountArgument.key), as: name, reason: reason, id: id)
            console.line(made.text)
            try console.json(["person": made.text])
        }
    }

    struct Part: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "part", abstract: "Take accounts away from a person again.")
        @Argument(help: "The person.") var person: String
        @Argument(help: "Accounts.") var accounts: [String]
        @Option(help: "Why.") var reason: String
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            try await options.openDesk(console).part(
                accounts.map(AccountArgument.key), from: PersonArgument.id(person), reason: reason)
            console.line(person)
            try console.json(["person": person])
        }
    }

    struct Standing: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "stand",
            abstract: "Say that accounts are your own (own), or of somebody you trust (trusted): nothing is proposed about them.")
        @Argument(help: "own, trusted or other.") var standing: String
        @Argument(help: "Accounts.") var accounts: [String]
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            guard let standing = AccountStanding(rawValue: standing) else {
                throw CommandError(.badArgument, ["argument": "standing"])
            }
            let keys = try accounts.map(AccountArgument.key)
            try await options.openDesk(console).setStanding(standing, of: keys)
            for key in keys { console.line("\(key)  \(standing.rawValue)") }
            try console.json(keys.map(\.description))
        }
    }

    struct Private: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "private", abstract: "Words that few can know, to notice where they turn up. They stay in the vault.")
        @Argument(help: "The words; without any, the list.") var words: String?
        @Option(help: "What they are, such as \"real name\".") var meaning = ""
        @Flag(help: "Take them off the list.") var forget = false
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            if let words { try await desk.setPrivate(words, meaning: forget ? nil : meaning) }
            let facts = try await desk.privateFacts()
            for fact in facts { console.line("\(fact.words)  \(fact.meaning)") }
            try console.json(facts.map { ["words": $0.words, "meaning": $0.meaning] })
        }
    }

    struct Shop: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "shop", abstract: "What her shop and she as a maker are called, all spellings.")
        @Argument(help: "The names; without any, the list.") var names: [String] = []
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            if !names.isEmpty { try await desk.nameShop(names) }
            let kept = try await desk.shopNames()
            for name in kept { console.line(name) }
            try console.json(kept)
        }
    }
}

/// Persons on the command line.
enum PersonArgument {
    static func id(_ text: String) throws -> PersonID {
        guard let id = PersonID(text) else { throw CaseworkError(.unknownPerson, ["person": text]) }
        return id
    }
}
