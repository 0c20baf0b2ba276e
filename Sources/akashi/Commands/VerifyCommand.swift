import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiProof
import AkashiVault
import AkashiVerifying
import ArgumentParser
import Foundation

/// `akashi verify`
struct VerifyCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the whole vault; nothing in it changes.")
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    func perform(_ console: Console) async throws {
        let environment = try DeskEnvironment.live()
        let result = try await Desk.verify(
            at: try options.folder, unlock: try options.unlock(environment, console), environment: environment
        ) { done, total in
            if done == total || done.isMultiple(of: 16) {
                console.progress(console.words("progress-checking", ["done": String(done), "total": String(total)]))
            }
        }
        console.endProgress()
        VerifyText.print(result, console)
        try console.json(VerifyOutput(result))
        guard result.isIntact else { throw ExitCode(ProgramExit.broken.rawValue) }
    }
}

/// What `akashi verify` says.
enum VerifyText {
    static func print(_ result: VaultVerification, _ console: Console) {
        if result.isIntact {
            console.say(
                "verify-intact",
                [
                    "entries": String(result.entryCount), "objects": String(result.objectCount),
                    "bytes": ByteText.text(result.objectByteCount),
                ])
        } else {
            console.say("verify-broken", ["count": String(result.findings.count)])
            for (number, finding) in result.findings.enumerated() {
                let text = console.strings.text(for: finding)
                var place: [String] = []
                if let position = finding.position { place.append("#\(position)") }
                if let file = finding.file { place.append(file) }
                if let digest = finding.digest { place.append(digest.short) }
                console.line("  \(place.joined(separator: " ")): \(text.what)")
                if number == 0 { console.line("    \(text.evidence) \(text.next)") }
            }
        }
        if result.removedEntryCount > 0 { console.say("verify-removed", ["count": String(result.removedEntryCount)]) }
        if result.unlistedObjectCount > 0 { console.say("verify-unlisted", ["count": String(result.unlistedObjectCount)]) }
        for stamp in result.stamps {
            console.say(
                "verify-stamp",
                [
                    "size": String(stamp.size), "time": stamp.verified.time.instant.japanText,
                    "authority": stamp.authority.name,
                ])
        }
        if result.stamps.isEmpty { console.say("verify-no-stamp") }
        if result.pendingStampCount > 0 { console.say("verify-pending", ["count": String(result.pendingStampCount)]) }
    }
}

/// `akashi verify --json`
struct VerifyOutput: Encodable {
    struct Finding: Encodable {
        let code: String
        let position: UInt64?
        let file: String?
        let digest: String?
    }
    struct Stamp: Encodable {
        let size: UInt64
        let authority: String
        let time: String
    }

    let intact: Bool
    let entries: UInt64
    let objects: Int
    let objectBytes: UInt64
    let removedEntries: UInt64
    let unlistedObjects: Int
    let pendingStamps: Int
    let findings: [Finding]
    let stamps: [Stamp]

    init(_ result: VaultVerification) {
        intact = result.isIntact
        entries = result.entryCount
        objects = result.objectCount
        objectBytes = result.objectByteCount
        removedEntries = result.removedEntryCount
        unlistedObjects = result.unlistedObjectCount
        pendingStamps = result.pendingStampCount
        findings = result.findings.map {
            Finding(code: $0.code, position: $0.position?.index, file: $0.file, digest: $0.digest?.hex)
        }
        stamps = result.stamps.map {
            Stamp(size: $0.size, authority: $0.authority.id, time: $0.verified.time.instant.utcText)
        }
    }
}

/// `akashi verify-dossier DIR`
struct VerifyDossierCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-dossier", abstract: "Check a dossier, as akashi-verify and verify.py do.")
    @Argument(help: "The dossier's folder.") var folder: String
    @Option(help: "An earlier dossier of the same receiver; this one must continue it.") var previous: String?
    @Option(help: "The key's fingerprint as it was told on paper.") var key: String?
    @OptionGroup var global: GlobalOptions

    func perform(_ console: Console) async throws {
        let report = try await DossierReport(
            folder: URL(filePath: folder), previous: previous.map { URL(filePath: $0) }, fingerprint: key)
        if global.json {
            print(try report.json())
        } else {
            for line in report.lines(console.strings) { print(line) }
        }
        if report.exit != .success { throw ExitCode(report.exit.rawValue) }
    }
}

/// `akashi reindex`
struct ReindexCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "reindex", abstract: "Build the index anew from the ledger, and compare.")
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    func perform(_ console: Console) async throws {
        let environment = try DeskEnvironment.live()
        let isSame = try Desk.reindex(
            at: try options.folder, unlock: try options.unlock(environment, console), environment: environment)
        console.say(isSame == true ? "reindex-same" : isSame == nil ? "reindex-new" : "reindex-different")
        try console.json(["same": isSame])
    }
}
