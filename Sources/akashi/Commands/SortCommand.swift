import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiSorting
import ArgumentParser
import Foundation

/// `akashi sort …`
struct SortCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sort", abstract: "What may be a harm, what is criticism, with reasons. She decides.",
        subcommands: [Propose.self, Decide.self, Refuse.self, Pattern.self, Missing.self], defaultSubcommand: Propose.self)

    struct Propose: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "propose",
            abstract: "Proposals for records that are not sorted yet; or, with --texts, for texts from a file, without a vault.")
        @Option(help: "JSON lines {id, text, context?}; - for standard input. No vault is needed.") var texts: String?
        @Option(help: "Records at the most, the newest first.") var limit = 500
        @Flag(help: "Show the words that the reasons rest on. That is written down.") var reveal = false
        @Flag(help: "Also what is only written like such texts: finds more, and is wrong more often. Always on with --texts.")
        var wide = false
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            if let texts { return try TextSorting(console: console, language: global.language).run(texts) }
            let desk = try await options.openDesk(console)
            let proposals = try await desk.proposals(limit: limit, isWide: wide)
            let kinds = console.strings.table("kinds")
            var output: [Output] = []
            for item in proposals {
                if reveal { _ = try await desk.record(at: item.entry.position, reveal: true) }
                let line = [
                    "#\(item.entry.position)", item.entry.claimedText ?? console.words("time-unknown"),
                    item.entry.accountName ?? "",
                ]
                console.line(line.filter { !$0.isEmpty }.joined(separator: "  "))
                for harm in item.proposal.harms {
                    console.line("  " + console.words("sort-maybe", ["harm": kinds("harm.\(harm.harm.rawValue)")]))
                    for reason in harm.reasons {
                        console.line("    ・" + ReasonText.text(reason, global.language, withWords: reveal))
                    }
                }
                if item.proposal.isLawfulCriticism { console.line("  " + console.words("sort-criticism")) }
                output.append(Output(item, global.language, withWords: reveal))
            }
            console.say(proposals.isEmpty ? "sort-nothing" : "sort-yours")
            try console.json(output)
        }
    }

    private struct Output: Encodable {
        struct PossibleHarm: Encodable {
            let harm: String
            let reasons: [String]
        }
        let record: UInt64
        let harms: [PossibleHarm]
        let lawfulCriticism: Bool

        init(_ item: RecordProposal, _ language: Language, withWords: Bool) {
            record = item.entry.position.index
            harms = item.proposal.harms.map { harm in
                PossibleHarm(
                    harm: harm.harm.rawValue, reasons: harm.reasons.map { ReasonText.text($0, language, withWords: withWords) })
            }
            lawfulCriticism = item.proposal.isLawfulCriticism
        }
    }

    struct Decide: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "decide", abstract: "Say what you see in a record; without --harm and --criticism, nothing of it.")
        @Argument(help: "The number of the record.") var record: String
        @Option(help: "defamation, obstruction, stalking, data-leak or threat; may be repeated.") var harm: [String] = []
        @Flag(help: "It is criticism that everybody may utter.") var criticism = false
        @Option(help: "Why, in your words.") var reason: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let position = try PositionArgument.position(record)
            let harms = try harm.map(HarmArgument.harm)
            try await options.openDesk(console).sort(position, harms: harms, isLawfulCriticism: criticism, reason: reason)
            console.say("sort-decided", ["record": "\(position)"])
            try console.json(["record": "\(position)"])
        }
    }

    struct Refuse: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "refuse", abstract: "Say from when on you did not want contact by an account.")
        @Argument(help: "The account, such as x:id:123.") var account: String
        @Option(help: "When you blocked it or said no, such as \"2026-09-05 21:00\" in Japan.") var at: String
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            try await options.openDesk(console).refuse(AccountArgument.key(account), at: Desk.time(at))
            console.line(account)
            try console.json(["account": account])
        }
    }

    struct Pattern: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "pattern", abstract: "Contacts by week and hour, after a refusal; cancelled orders, bursts of low stars."
        )
        @Option(help: "Only this account; may be repeated.") var account: [String] = []
        @Option(help: "Only this person (see `akashi people`).") var person: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Output: Encodable {
            struct Week: Encodable {
                let monday: String
                let count: Int
            }
            struct Burst: Encodable {
                let from: String
                let to: String
                let count: Int
            }
            let weeks: [Week]
            let hours: [Int]
            let afterRefusal: Int?
            let cancelledOrders: Int
            let lowStarBursts: [Burst]
        }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            var accounts = try account.map(AccountArgument.key)
            if let person {
                guard let found = try await desk.people().first(where: { $0.id.text == person }) else {
                    throw CaseworkError(.unknownPerson, ["person": person])
                }
                accounts += found.members.map(\.account)
            }
            let pattern = try await desk.pattern(of: accounts)
            for week in pattern.weeks {
                console.line("\(week.monday)  \(String(repeating: "■", count: min(week.count, 60)))  \(week.count)")
            }
            let hours = pattern.hours.enumerated().filter { $0.element > 0 }.map { "\($0.offset):00 ×\($0.element)" }
            if !hours.isEmpty { console.line(hours.joined(separator: "  ")) }
            if let after = pattern.afterRefusal { console.say("pattern-after-refusal", ["count": String(after)]) }
            if pattern.cancelledOrders > 0 { console.say("pattern-cancelled", ["count": String(pattern.cancelledOrders)]) }
            for burst in pattern.lowStarBursts {
                console.say("pattern-burst", ["from": burst.from, "to": burst.to, "count": String(burst.count)])
            }
            console.say("pattern-limits")
            try console.json(
                Output(
                    weeks: pattern.weeks.map { .init(monday: $0.monday, count: $0.count) }, hours: pattern.hours,
                    afterRefusal: pattern.afterRefusal, cancelledOrders: pattern.cancelledOrders,
                    lowStarBursts: pattern.lowStarBursts.map { .init(from: $0.from, to: $0.to, count: $0.count) }))
        }
    }

    struct Missing: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "missing", abstract: "For each harm that you see, what the records do not show yet.")
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Output: Encodable {
            let harm: String
            let missing: String
            let records: [UInt64]
        }

        func perform(_ console: Console) async throws {
            let pieces = try await options.openDesk(console).missing()
            let kinds = console.strings.table("kinds")
            var last: Harm?
            for piece in pieces {
                if piece.harm != last { console.line(kinds("harm.\(piece.harm.rawValue)")) }
                last = piece.harm
                let numbers = piece.records.prefix(12).map { "#\($0)" }.joined(separator: " ")
                console.line("  ・" + kinds(piece.code) + (numbers.isEmpty ? "" : "（\(numbers)）"))
            }
            if pieces.isEmpty { console.say("sort-nothing-missing") }
            try console.json(pieces.map { Output(harm: $0.harm.rawValue, missing: $0.code, records: $0.records.map(\.index)) })
        }
    }
}

/// A reason in words.
enum ReasonText {
    static func text(_ reason: SortingProposal.Reason, _ language: Language, withWords: Bool) -> String {
        let says = language == .ja ? reason.ja : reason.en
        guard withWords, let words = reason.words else { return says }
        return language == .ja ? "\(says)（「\(words)」）" : "\(says) (\"\(words)\")"
    }
}

/// `akashi sort --texts`: JSON lines in, JSON lines out, nothing kept.
struct TextSorting {
    let console: Console
    let language: Language

    private struct Item: Decodable {
        let id: ID
        let text: String
        let context: Context?
    }

    /// A name or a number.
    private struct ID: Codable {
        let text: String
        let isNumber: Bool
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                (self.text, isNumber) = (text, false)
            } else {
                (text, isNumber) = (String(try container.decode(Int.self)), true)
            }
        }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if isNumber, let number = Int(text) { try container.encode(number) } else { try container.encode(text) }
        }
    }

    /// A sentence, or an object with some of the keys of ``SortingContext``.
    private struct Context: Decodable {
        let context: SortingContext

        private enum Key: String, CodingKey {
            case kind, type, channel, stars, rating, afterBlock, blocked, otherAccount, shop, shopNames, `private`, privateFacts,
                count, note
        }

        init(from decoder: any Decoder) throws {
            if let sentence = try? decoder.singleValueContainer().decode(String.self) {
                context = SortingContext(sentence: sentence)
                return
            }
            guard let container = try? decoder.container(keyedBy: Key.self) else {
                context = SortingContext()
                return
            }
            func first<Value: Decodable>(_ keys: Key...) -> Value? {
                keys.lazy.compactMap { try? container.decode(Value.self, forKey: $0) }.first
            }
            func names(_ keys: Key...) -> [String] {
                keys.lazy.compactMap { key in
                    (try? container.decode([String].self, forKey: key))
                        ?? (try? container.decode(String.self, forKey: key)).map { [$0] }
                }.first ?? []
            }
            var context = (first(.note) as String?).map { SortingContext(sentence: $0) } ?? SortingContext()
            if let kind: String = first(.kind, .type, .channel) {
                let known = SortingContext(sentence: kind).kind
                context.kind = known ?? kind.lowercased()
            }
            context.stars = first(.stars, .rating) ?? context.stars
            context.isAfterBlock = first(.afterBlock, .blocked) ?? context.isAfterBlock
            context.isOtherAccount = first(.otherAccount) ?? context.isOtherAccount
            context.shopNames = names(.shop, .shopNames)
            context.privateFacts = names(.private, .privateFacts)
            context.contactsThisWeek = first(.count) ?? 0
            self.context = context
        }
    }

    private struct Result: Encodable {
        struct PossibleHarm: Encodable {
            let harm: String
            let reasons: [String]
        }
        let id: ID
        let harms: [PossibleHarm]
        let lawfulCriticism: Bool
    }

    func run(_ path: String) throws {
        let data = path == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
        guard let data else { throw CaseworkError(.sourceMissing, ["file": URL(filePath: path).lastPathComponent]) }
        let sorter = try Desk.sorter(Knowledge(root: try KnowledgeLocation.find()), isWide: true)
        let kinds = console.strings.table("kinds")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for (number, line) in data.split(separator: 10).enumerated() {
            guard line.contains(where: { ![9, 13, 32].contains($0) }) else { continue }
            guard let item = try? JSONDecoder().decode(Item.self, from: Data(line)) else {
                FileHandle.standardError.write(Data((console.words("sort-bad-line", ["line": String(number + 1)]) + "\n").utf8))
                continue
            }
            let proposal = sorter.propose(item.text, item.context?.context ?? SortingContext())
            let result = Result(
                id: item.id,
                harms: proposal.harms.map { harm in
                    .init(harm: harm.harm.rawValue, reasons: harm.reasons.map { ReasonText.text($0, language, withWords: true) })
                },
                lawfulCriticism: proposal.isLawfulCriticism)
            if console.isJSON {
                print(String(decoding: try encoder.encode(result), as: UTF8.self))
            } else {
                let names = proposal.harms.map { kinds("harm.\($0.harm.rawValue)") }
                let said =
                    names.isEmpty
                    ? console.words(proposal.isLawfulCriticism ? "sort-criticism" : "sort-neither") : names.joined(separator: "・")
                console.line("\(item.id.text)  \(said)")
            }
        }
    }
}
