import AkashiDesk
import ArgumentParser
import Foundation

/// `akashi bench-append`: for scripts/bench.
struct BenchAppendCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-append", abstract: "Measure appends to a new vault's ledger.", shouldDisplay: false)
    @Option(help: "Entries.") var count = 100_000
    @Option(help: "A new folder.") var to: String
    @OptionGroup var global: GlobalOptions

    func perform(_ console: Console) async throws {
        let desk = try Desk.create(at: to, passphrase: nil, environment: try .live())
        let start = ContinuousClock.now
        try await desk.benchAppend(count: count)
        let taken = ContinuousClock.now - start
        let seconds = Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18
        console.line("\(seconds * 1000 / Double(count)) ms")
        try console.json(["millisecondsEach": seconds * 1000 / Double(count)])
    }
}
