import AkashiDesk
import ArgumentParser
import Foundation

/// `akashi bench-find`: for scripts/bench.
struct BenchFindCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-find", abstract: "Measure searches in a new vault of made records.", shouldDisplay: false)
    @Option(help: "A file of texts, one on a line.") var texts: String
    @Option(help: "A file of questions, one on a line.") var questions: String
    @Option(help: "A new folder.") var to: String
    @OptionGroup var global: GlobalOptions

    private struct Output: Encodable {
        let buildSeconds: Double
        let indexBytes: Int
        let textBytes: Int
        let milliseconds: [Double]
        let finds: [Int]
    }

    func perform(_ console: Console) async throws {
        let lines = try String(contentsOfFile: texts, encoding: .utf8).split(separator: "\n")
        let asked = try String(contentsOfFile: questions, encoding: .utf8).split(separator: "\n").map(String.init)
        let desk = try Desk.create(at: to, passphrase: nil, environment: try .live())
        let start = ContinuousClock.now
        try await desk.benchFill(lines)
        let built = Self.seconds(ContinuousClock.now - start)
        var times: [Double] = []
        var finds: [Int] = []
        for question in asked {
            let start = ContinuousClock.now
            finds.append(try await desk.benchFind(question))
            times.append(Self.seconds(ContinuousClock.now - start) * 1000)
        }
        let bytes = try await desk.benchIndexBytes()
        try console.json(
            Output(
                buildSeconds: built, indexBytes: bytes, textBytes: lines.reduce(0) { $0 + $1.utf8.count }, milliseconds: times,
                finds: finds))
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
