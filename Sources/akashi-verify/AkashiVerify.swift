import AkashiKnowledge
import AkashiModel
import AkashiProof
import AkashiVerifying
import ArgumentParser
import Foundation

/// The program for the other side: checks a dossier, and can do nothing else.
@main
struct AkashiVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "akashi-verify", abstract: "資料を確かめる / Check a dossier made by Akashi")
    @Argument(help: "The dossier's folder.") var folder: String
    @Option(help: "An earlier dossier that you got; this one must continue it.") var previous: String?
    @Option(help: "The key's fingerprint as it was told to you on paper.") var key: String?
    @Option(help: "Language of messages: ja or en.") var lang = "ja"
    @Flag(help: "For programs: one JSON value.") var json = false

    static func main() async { await start() }

    func run() async throws {
        let strings = (try? KnowledgeLocation.find()).flatMap { location in
            try? Strings(Knowledge(root: location), Language(rawValue: lang) ?? .ja)
        }
        let report: DossierReport
        do {
            report = try await DossierReport(
                folder: URL(filePath: folder), previous: previous.map { URL(filePath: $0) }, fingerprint: key)
        } catch let error {
            let words = strings.map { [$0.text(for: error)] } ?? []
            let lines = words.flatMap { [$0.what, $0.evidence, $0.next] } + ["(\(error.description))"]
            FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
            throw ExitCode(ProgramExit.unusable.rawValue)
        }
        if !json, let strings {
            for line in report.lines(strings) { print(line) }
        } else {
            // Alone, without its data, it still says what it found.
            print(try report.json())
        }
        throw ExitCode(report.exit.rawValue)
    }
}
