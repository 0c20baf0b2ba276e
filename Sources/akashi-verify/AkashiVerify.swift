import AkashiKnowledge
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

    func run() async throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            FileHandle.standardError.write(Data("\(folder): ?\n".utf8))
            throw ExitCode(ProgramExit.unusable.rawValue)
        }
        let report = await DossierReport(
            folder: URL(filePath: folder), previous: previous.map { URL(filePath: $0) }, fingerprint: key)
        if json {
            print(try report.json())
        } else if let location = try? KnowledgeLocation.find(),
            let strings = try? Strings(Knowledge(root: location), Language(rawValue: lang) ?? .ja)
        {
            for line in report.lines(strings) { print(line) }
        } else {
            // Alone, without its data, it still says what it found.
            print(try report.json())
        }
        throw ExitCode(report.exit.rawValue)
    }
}
