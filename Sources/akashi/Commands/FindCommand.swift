import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import ArgumentParser

/// `akashi find WORDS`
struct FindCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Find records by words, names, addresses. Width, kana and old kanji do not matter.")
    @Argument(help: "Words that must all be there; in quotes, as one.") var words: [String]
    @Option(help: "From this day or time in Japan on.") var from: String?
    @Option(help: "Up to this day or time in Japan, without it.") var to: String?
    @Option(help: "Only of this account, such as x:id:123; may be repeated.") var account: [String] = []
    @Option(help: "Only of this person (see `akashi people`).") var person: String?
    @Option(help: "Only from this source, such as x, line, mail, minne; may be repeated.") var source: [String] = []
    @Option(help: "Only of this kind, such as message or review; may be repeated.") var kind: [String] = []
    @Option(help: "Only of this harm: defamation, obstruction, stalking, data-leak, threat; may be repeated.") var harm:
        [String] = []
    @Option(help: "Finds at the most.") var limit = 50
    @Flag(help: "Show the words around each find. That is written down.") var reveal = false
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    private struct Output: Encodable {
        let record: UInt64
        let kind: String
        let claimedAt: String?
        let account: String?
        let isExact: Bool
        let isInNames: Bool
        let excerpt: String?
    }

    func perform(_ console: Console) async throws {
        let desk = try await options.openDesk(console)
        var filter = RecordFilter()
        filter.from = try from.map { try Desk.time($0).instant }
        filter.to = try to.map { try Desk.time($0).instant }
        filter.accounts = try account.map(AccountArgument.key)
        if let person {
            guard let found = try await desk.people().first(where: { $0.id.text == person }) else {
                throw CaseworkError(.unknownPerson, ["person": person])
            }
            filter.accounts += found.members.map(\.account)
        }
        filter.platforms = source
        filter.kinds = kind.map { RecordKind($0) }
        filter.harms = try harm.map(HarmArgument.harm)
        // One argument is a question as typed; several are words.
        let text = words.count == 1 ? words[0] : words.map { $0.contains(" ") ? "\"\($0)\"" : $0 }.joined(separator: " ")
        let hits = try await desk.find(SearchQuery(text, filter: filter, limit: limit))
        if hits.isEmpty { console.say("find-none") }
        var output: [Output] = []
        for hit in hits {
            let shown = reveal ? hit.excerpt.map { $0.before + "【" + $0.found + "】" + $0.after } : nil
            if reveal { _ = try await desk.record(at: hit.entry.position, reveal: true) }
            let kinds = console.strings.table("kinds")
            let way =
                console.words(hit.isExact ? "find-exact" : "find-loose")
                + (hit.isInNames ? "、" + console.words("find-in-names") : "")
            let line = [
                "#\(hit.entry.position)", hit.entry.claimedText ?? console.words("time-unknown"), kinds(hit.entry.kind.name),
                hit.entry.accountName ?? hit.entry.name ?? "", "[\(way)]",
            ]
            console.line(line.filter { !$0.isEmpty }.joined(separator: "  "))
            if let shown { console.line("    \(shown)") }
            output.append(
                Output(
                    record: hit.entry.position.index, kind: hit.entry.kind.name, claimedAt: hit.entry.claimedAt?.utcText,
                    account: hit.entry.account?.description, isExact: hit.isExact, isInNames: hit.isInNames, excerpt: shown))
        }
        if !hits.isEmpty, !reveal { console.say("find-covered") }
        try console.json(output)
    }
}

/// Accounts on the command line.
enum AccountArgument {
    static func key(_ text: String) throws -> AccountKey {
        guard let key = AccountKey(text) else { throw CommandError(.badArgument, ["argument": "--account"]) }
        return key
    }
}

/// Harms on the command line.
enum HarmArgument {
    static func harm(_ text: String) throws -> Harm {
        guard let harm = Harm(rawValue: text) else { throw CommandError(.badArgument, ["argument": "--harm"]) }
        return harm
    }
}
