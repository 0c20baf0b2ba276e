import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiProof
import AkashiVault
import ArgumentParser
import Foundation

/// `akashi stamp …`
struct StampCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stamp", abstract: "Time stamps by authorities that she chooses. Only hashes leave the computer.",
        subcommands: [Send.self, Authority.self], defaultSubcommand: Send.self)

    struct Send: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "send", abstract: "Send what waits in the queue.")
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Output: Encodable {
            let authority: String
            let size: UInt64
            let time: String?
            let problem: String?
        }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            if try await desk.authorities().isEmpty { console.say("stamp-no-authority") }
            let outcomes = try await desk.sendStamps()
            for outcome in outcomes {
                if let stamp = outcome.stamp {
                    console.say(
                        "stamp-done",
                        [
                            "authority": stamp.authority.name, "time": stamp.verified.time.instant.japanText,
                            "size": String(outcome.size),
                        ])
                } else if let problem = outcome.problem {
                    let text = console.strings.text(for: problem)
                    console.line("\(outcome.authority): \(text.what) \(text.evidence) \(text.next)")
                }
            }
            if outcomes.isEmpty { console.say("stamp-nothing") }
            try console.json(
                outcomes.map {
                    Output(
                        authority: $0.authority, size: $0.size, time: $0.stamp?.verified.time.instant.utcText,
                        problem: $0.problem?.code)
                })
            if outcomes.contains(where: { $0.stamp == nil }) { throw ExitCode(2) }
        }
    }

    struct Authority: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "authority", abstract: "Choose an authority.")
        @Argument(help: "A short name, such as seiko. One from Knowledge/authorities, such as digicert, needs nothing else.")
        var id: String
        @Option(help: "Its name for people.") var name: String?
        @Option(help: "Where it answers RFC 3161 requests.") var url: String?
        @Option(help: "A file with its root certificate in PEM.") var certificates: String?
        @Option(help: "The policy to ask for, in dotted form.") var policy: String?
        @Flag(help: "It is accredited (総務大臣認定).") var accredited = false
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let authority = try chosen(DeskEnvironment.live().knowledge)
            try await options.openDesk(console).addAuthority(authority)
            console.say("done")
            try console.json(["ok": true])
        }

        private func chosen(_ knowledge: Knowledge) throws -> TimestampAuthority {
            if url == nil, certificates == nil, let known = try KnownAuthority.all(knowledge).first(where: { $0.id == id }) {
                return try known.authority()
            }
            guard let url, let certificates, let address = URL(string: url), ["http", "https"].contains(address.scheme ?? ""),
                let pem = try? String(contentsOfFile: certificates, encoding: .utf8)
            else { throw CommandError(.badArgument, ["argument": "--url, --certificates"]) }
            return try TimestampAuthority(
                id: id, name: name ?? id, url: address, policy: policy, certificatesPEM: pem, isAccredited: accredited)
        }
    }
}
