import AkashiTesting
import Foundation
import Testing

/// What a person types and what she sees, kept as text in `Tests/Transcripts/cli`.
///
/// A file is run line by line in one empty folder: a line that begins with `$ ` is a command, what follows is what it
/// printed. What differs from run to run is masked: `<now>`, `<vault>`, `<case>`, `<age key>`, `<fingerprint>`, `<digest>`.
@Suite("transcripts")
struct TranscriptTests {
    static let folder = ProjectFolder.root.appending(path: "Tests/Transcripts/cli")
    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".txt") }.sorted()

    @Test(
        "the programs print what the transcripts say, wherever the computer is", arguments: names,
        ["Asia/Tokyo", "America/Los_Angeles"])
    func transcript(name: String, zone: String) throws {
        let file = Self.folder.appending(path: name)
        let kept = try String(contentsOf: file, encoding: .utf8)
        let work = try TemporaryFolder()
        var text = ""
        for line in kept.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("# ") { text += line + "\n" }
            guard line.hasPrefix("$ ") else { continue }
            let result = try run(String(line.dropFirst(2)), in: work.url, zone: zone)
            text += "\(line)\n\(mask(result.text))"
            if result.status != 0 { text += "[ends with \(result.status)]\n" }
            text += "\n"
        }
        Golden.expect(text.trimmingCharacters(in: .newlines) + "\n", at: file)
    }

    private func run(_ command: String, in folder: URL, zone: String) throws -> Command.Result {
        let programs = URL(filePath: Command.builtProgram("akashi")).deletingLastPathComponent().path
        let path = programs + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
        return try Command.run(
            "sh", ["-c", command + " 2>&1"],
            environment: [
                "PATH": path, "TZ": zone, "LANG": "C.UTF-8", "AKASHI_LANG": "", "AKASHI_VAULT": "", "AKASHI_PASSPHRASE_FILE": "",
            ],
            folder: folder)
    }

    private func mask(_ text: String) -> String {
        let today = Self.days(of: .now) + Self.days(of: .now.addingTimeInterval(-3600))
        return
            text
            .replacing(/(?:[0-9a-f]{4} ){15}[0-9a-f]{4}/) { _ in "<fingerprint>" }
            .replacing(/age1[a-z0-9]{58}/) { _ in "<age key>" }
            .replacing(/(case|incident|talk|request|own)-[a-z0-9]{5}\b/) { match in "<\(match.1)>" }
            .replacing(/\b[0-9a-f]{64}\b/) { _ in "<digest>" }
            .replacing(/(\d{4}-\d\d-\d\d)[ T]\d\d:\d\d(?::\d\d)?(?:\.\d+Z)?/) { match in
                today.contains(String(match.1)) ? "<now>" : String(match.0)
            }
            .replacing(/(Vault made: |保管庫を作りました：|Vault |保管庫 |"vault" : ")[a-z0-9]{13}\b/) { match in "\(match.1)<vault>" }
    }

    /// Today in Japan and in UTC.
    private static func days(of date: Date) -> [String] {
        [0, 9 * 3600].map { String(date.addingTimeInterval($0).ISO8601Format().prefix(10)) }
    }
}
