import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiProof
import AkashiVerifying
import ArgumentParser
import Foundation

/// `akashi dossier`
struct DossierCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "dossier", abstract: "Make a dossier that a stranger can check.")
    @Option(help: "The case.") var `case`: String
    @Option(help: "A new or empty folder; with --encrypt-to, a file.") var out: String
    @Option(help: "Record numbers, such as 12,15-18; without it, all of the case's incidents.") var select: String?
    @Option(name: .customLong("for"), help: "For whom. The next dossier of the same receiver continues this one.")
    var receiver: String?
    @Flag(help: "A copy to share: no names of accounts, no entries, commitments only.") var sharing = false
    @Option(help: "In a copy to share: print these words as a black mark; may be repeated.") var hide: [String] = []
    @Flag(help: "Hand over whole files, even where they hold more than the chosen records.") var withOriginals = false
    @Flag(help: "Leave the record of talks out.") var withoutTalks = false
    @Option(help: "Encrypt to this age key (age1…); may be repeated. Writes one file.") var encryptTo: [String] = []
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    private struct Output: Encodable {
        struct Exhibit: Encodable {
            let number: String
            let record: UInt64
        }
        let out: String
        let ok: Bool
        let exhibits: [Exhibit]
        let fingerprint: String?
    }

    func perform(_ console: Console) async throws {
        let desk = try await options.openDesk(console)
        var request = DossierRequest(caseID: try CaseArgument.id(`case`))
        request.records = try select.map(PositionArgument.positions)
        request.receiver = receiver
        request.kind = sharing ? .sharing : .evidence
        request.includesOriginals = withOriginals
        request.hiddenWords = hide
        request.includesTalks = !withoutTalks
        // Everything that can be refused is refused before the ledger says that a dossier was made.
        let url = URL(filePath: out)
        let there = (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []
        let isTaken = encryptTo.isEmpty ? !there.isEmpty : FileManager.default.fileExists(atPath: out)
        guard !isTaken else { throw CaseworkError(.dossierFolderNotEmpty, ["file": url.lastPathComponent]) }
        try Desk.checkRecipients(encryptTo)
        let made = try await desk.makeDossier(request)
        if encryptTo.isEmpty {
            try Desk.write(made.files, to: url)
        } else {
            try Data(try await desk.encrypt(made.files, to: encryptTo)).write(to: url, options: .atomic)
        }
        console.say("dossier-made", ["out": out, "count": String(made.exhibits.count)])
        for line in DossierReport(made.verification).lines(console.strings) { console.line(line) }
        try console.json(
            Output(
                out: out, ok: made.verification.isConsistent,
                exhibits: made.exhibits.map { Output.Exhibit(number: $0.number, record: $0.record.index) },
                fingerprint: made.verification.fingerprint))
        if !made.verification.isConsistent { throw ExitCode(ProgramExit.broken.rawValue) }
    }
}
