import AkashiDesk
import AkashiVault
import ArgumentParser
import Foundation

/// `akashi backup`
struct BackupCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the vault into a folder, such as a stick's, and read the copy back.")
    @Option(help: "The folder that gets the copy, in a new folder of its own.") var to: String
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    func perform(_ console: Console) async throws {
        let environment = try DeskEnvironment.live()
        let unlock = try options.unlock(environment, console)
        let desk = try await Desk.open(at: try options.folder, unlock: unlock, environment: environment)
        let report = try await desk.backup(into: to, unlock: unlock)
        console.say(
            "backup-made",
            ["folder": report.folder, "files": String(report.fileCount), "objects": String(report.verification.objectCount)])
        try console.json(CopyOutput(report))
    }
}

/// `akashi restore`
struct RestoreCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring a vault back from a copy, on this or another computer.",
        discussion:
            "The vault's folder (--vault, AKASHI_VAULT, or else the one in your home folder) must be new or empty. The copy stays as it is."
    )
    @Option(help: "The copy's folder.") var from: String
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    func perform(_ console: Console) async throws {
        let environment = try DeskEnvironment.live()
        let target = (try? options.folder) ?? URL(filePath: LiveEnvironment.homeVault).standardizedFileURL.path
        let copy = URL(filePath: from).standardizedFileURL.path
        var source = options
        source.vault = copy
        let report = try await Desk.restore(
            from: copy, to: target, unlock: try source.unlock(environment, console), environment: environment)
        console.say(
            "restored",
            ["folder": report.folder, "files": String(report.fileCount), "objects": String(report.verification.objectCount)])
        try console.json(CopyOutput(report))
    }
}

private struct CopyOutput: Encodable {
    let folder: String
    let files: Int
    let bytes: UInt64
    let objects: Int
    let entries: UInt64

    init(_ report: BackupReport) {
        (folder, files, bytes) = (report.folder, report.fileCount, report.byteCount)
        (objects, entries) = (report.verification.objectCount, report.verification.entryCount)
    }
}
