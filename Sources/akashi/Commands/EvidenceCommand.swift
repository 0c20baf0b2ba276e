import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import ArgumentParser

/// `akashi evidence …`
struct EvidenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence", abstract: "What is sealed; removal after a hold of seven days.",
        subcommands: [List.self, Remove.self, Keep.self], defaultSubcommand: List.self)

    struct List: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "What is sealed.")
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Output: Encodable {
            let digest: String
            let path: String
            let bytes: UInt64
            let observedAt: String
            let state: String
            let holdUntil: String?
        }

        func perform(_ console: Console) async throws {
            let evidence = try await options.openDesk(console).evidence()
            for item in evidence {
                let state = console.strings.table("kinds")("state.\(item.state.rawValue)")
                let hold = item.holdUntil.map { " \($0.japanMinuteText)" } ?? ""
                console.line(
                    "\(item.digest.short)  \(item.observedAt.instant.japanMinuteText)  \(ByteText.text(item.byteCount))  \(state)\(hold)  \(item.path)"
                )
            }
            try console.json(
                evidence.map {
                    Output(
                        digest: $0.digest.hex, path: $0.path, bytes: $0.byteCount, observedAt: $0.observedAt.instant.utcText,
                        state: $0.state.rawValue, holdUntil: $0.holdUntil?.utcText)
                })
        }
    }

    struct Remove: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove",
            abstract: "Mark sealed bytes for removal. They are taken away after seven days; until then they can be kept.")
        @Argument(help: "The digest, or its beginning.")
        var digest: String
        @Option(help: "Why.")
        var reason: String
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            let held = try await desk.holdForRemoval(try await DigestArgument.find(digest, in: desk), reason: reason)
            let until = held?.holdUntil
            console.say("removal-held", ["time": until?.japanMinuteText ?? ""])
            try console.json(["holdUntil": until?.utcText])
        }
    }

    struct Keep: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "keep", abstract: "Keep what was marked for removal.")
        @Argument(help: "The digest, or its beginning.")
        var digest: String
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            try await desk.keepAfterAll(try await DigestArgument.find(digest, in: desk))
            console.say("removal-kept")
            try console.json(["ok": true])
        }
    }
}

/// Digests on the command line.
enum DigestArgument {
    /// At least eight digits, and only one object that begins with them.
    static func find(_ text: String, in desk: Desk) async throws -> ContentDigest {
        let found = try await desk.evidence().filter { $0.digest.hex.hasPrefix(text.lowercased()) }
        guard text.count >= 8, found.count == 1 else { throw CommandError(.badArgument, ["argument": "digest"]) }
        return found[0].digest
    }
}
