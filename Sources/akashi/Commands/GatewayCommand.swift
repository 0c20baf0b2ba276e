import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiModeration
import ArgumentParser
import Foundation

/// `akashi gateway …`
struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway", abstract: "Her own site's comments: set the gateway up, and fetch what it holds.",
        subcommands: [New.self, Visit.self])

    struct New: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "new", abstract: "Make the file that the gateway needs. It holds no secret; the desk keeps the token.")
        @Argument(help: "Where the desk reaches the gateway, such as https://comments.example:8444.") var address: String
        @Option(help: "An origin of pages that may hold the box, such as https://shop.example; may be given again.")
        var origin: [String] = []
        @Flag(help: "No proxy stands before the gateway, so that no header tells where a comment comes from.") var direct = false
        @Option(help: "The file to write.") var out = "gateway.json"
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let file = try await options.openDesk(console).setGateway(address: address, origins: origin, behindProxy: !direct)
            guard FileManager.default.createFile(atPath: out, contents: Data(file)) else {
                throw CommandError(.badArgument, ["argument": "--out"])
            }
            console.say("gateway-made", ["file": out])
            try console.json(["file": out])
        }
    }

    struct Visit: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "visit",
            abstract:
                "Fetch what waits, look it over, and say what is to be shown. The only time that the desk calls the gateway.")
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Output: Encodable {
            let collected: Int
            let unreadable: Int
            let held: Int
            let shown: Int
            let withdrawn: Int
        }

        func perform(_ console: Console) async throws {
            let visit = try await options.openDesk(console).visitGateway()
            console.say(
                "gateway-visited",
                [
                    "collected": String(visit.collectedCount), "held": String(visit.placement.heldCount),
                    "shown": String(visit.shownCount), "withdrawn": String(visit.withdrawnCount),
                ])
            if !visit.placement.raids.isEmpty { console.say("gateway-raid", ["count": String(visit.placement.raids.count)]) }
            if visit.unreadableCount > 0 { console.say("gateway-unreadable", ["count": String(visit.unreadableCount)]) }
            try console.json(
                Output(
                    collected: visit.collectedCount, unreadable: visit.unreadableCount, held: visit.placement.heldCount,
                    shown: visit.shownCount, withdrawn: visit.withdrawnCount))
        }
    }
}
