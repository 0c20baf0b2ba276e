import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiModeration
import ArgumentParser

/// `akashi comments …`
struct CommentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comments", abstract: "Comments and reviews: look them over, see what waits, decide. Words stay covered.",
        subcommands: [List.self, Place.self, Decide.self, TakeBack.self], defaultSubcommand: List.self)

    struct List: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "What waits, and why.")
        @Flag(help: "All, not only what waits.") var all = false
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Output: Encodable {
            let record: String
            let outcome: String
            let by: String
            let reasons: [String]
            let rules: [String]
        }

        func perform(_ console: Console) async throws {
            let comments = try await options.openDesk(console).queue(all ? nil : .held)
            if comments.isEmpty { console.say("comments-none") }
            let words = console.strings.table("desk")
            for comment in comments {
                let reasons = (comment.placed?.placement.reasons ?? []).map { words("queue.reason.\($0.rawValue)") }
                console.line(
                    "#\(comment.record.index)  \(words("queue.outcome.\(comment.outcome.rawValue)"))  \(reasons.joined(separator: "・"))"
                )
            }
            try console.json(
                comments.map { comment in
                    Output(
                        record: String(comment.record.index), outcome: comment.outcome.rawValue, by: comment.decidedBy.rawValue,
                        reasons: (comment.placed?.placement.reasons ?? []).map(\.rawValue),
                        rules: (comment.placed?.verdict.findings ?? []).map(\.rule))
                })
        }
    }

    struct Place: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "place", abstract: "Look over what came in and nobody looked at. Today's rules are sealed with it.")
        @Option(help: "approve-first, publish-first, hold-new-people or shields-up; kept for the next time.") var mode: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            if let mode {
                guard let chosen = QueueMode(rawValue: mode) else { throw CommandError(.badArgument, ["argument": "--mode"]) }
                try await desk.setQueue(chosen)
            }
            let report = try await desk.placeComments(QueuePolicy(mode: try await desk.queueSettings().mode))
            console.say("comments-placed", ["placed": String(report.placedCount), "held": String(report.heldCount)])
            if !report.raids.isEmpty { console.say("gateway-raid", ["count": String(report.raids.count)]) }
            try console.json(["placed": report.placedCount, "held": report.heldCount, "raids": report.raids.count])
        }
    }

    struct Decide: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "decide", abstract: "Decide about a comment. It stays sealed whatever is decided.")
        @Argument(help: "The comment's number.") var record: String
        @Argument(help: "shown, held or rejected.") var outcome: String
        @Option(help: "Why, for herself.") var reason: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            guard let chosen = CommentOutcome(rawValue: outcome) else {
                throw CommandError(.badArgument, ["argument": "outcome"])
            }
            let position = try PositionArgument.position(record)
            try await options.openDesk(console).decideComment(position, chosen, reason: reason)
            console.say("comments-decided")
            try console.json(["record": record, "outcome": chosen.rawValue])
        }
    }

    struct TakeBack: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "take-back", abstract: "Show again what a rule alone held, but for what she decided herself.")
        @Argument(help: "The rule, such as own.words (see the list with --json).") var rule: String
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let count = try await options.openDesk(console).takeBack(rule: rule)
            console.say("comments-taken-back", ["count": String(count)])
            try console.json(["shown": count])
        }
    }
}
