import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiVault
import ArgumentParser
import Foundation

/// `akashi vault …`
struct VaultCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault", abstract: "Make a vault, look at it, change its passphrase.",
        subcommands: [Create.self, Info.self, Passwd.self, RecoverySheetCommand.self])

    struct Create: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "create", abstract: "Make a vault in a new or empty folder.")
        @OptionGroup var options: VaultOptions
        @Flag(help: "Without a passphrase: whoever has the folder can read it.")
        var noPassphrase = false
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let environment = try DeskEnvironment.live()
            var passphrase: String?
            if !noPassphrase {
                passphrase = try options.passphrase(prompt: console.words("new-passphrase-prompt"))
                guard passphrase != nil else { throw CommandError(.passphraseSource) }
            }
            let desk = try Desk.create(at: try options.folder, passphrase: passphrase, environment: environment)
            let summary = try await desk.summary()
            console.say("vault-created", ["vault": summary.vaultID])
            console.say(noPassphrase ? "vault-unprotected" : "vault-protected")
            console.say("vault-fingerprint", ["fingerprint": summary.fingerprint])
            try console.json(SummaryOutput(summary))
        }
    }

    struct Info: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "info", abstract: "What the vault holds.")
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let summary = try await options.openDesk(console).summary()
            console.say(
                "vault-info",
                [
                    "vault": summary.vaultID, "created": summary.createdAt.instant.japanMinuteText,
                    "evidence": String(summary.evidenceCount), "records": String(summary.recordCount),
                    "accounts": String(summary.accountCount), "problems": String(summary.problemCount),
                    "size": String(summary.ledgerSize), "pending": String(summary.pendingStampCount),
                ])
            console.say(summary.isProtected ? "vault-protected" : "vault-unprotected")
            console.say("vault-fingerprint", ["fingerprint": summary.fingerprint])
            try console.json(SummaryOutput(summary))
        }
    }

    struct Passwd: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "passwd", abstract: "Change the passphrase.")
        @OptionGroup var options: VaultOptions
        @Option(help: "A file whose first line is the new passphrase.")
        var newPassphraseFile: String?
        @Flag(help: "Take the passphrase away.")
        var noPassphrase = false
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            var passphrase: String?
            if !noPassphrase {
                if let file = newPassphraseFile {
                    let text = try? String(contentsOfFile: file, encoding: .utf8)
                    passphrase = text?.split(whereSeparator: \.isNewline).first.map(String.init)
                } else {
                    passphrase = Terminal.readSecret(console.words("new-passphrase-prompt"))
                }
                guard passphrase != nil else { throw CommandError(.passphraseSource) }
            }
            try await desk.setPassphrase(passphrase)
            console.say(noPassphrase ? "vault-unprotected" : "vault-passphrase-changed")
            try console.json(["ok": true])
        }
    }

    struct RecoverySheetCommand: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "recovery-sheet", abstract: "The sheet that opens the vault without its passphrase.")
        @OptionGroup var options: VaultOptions
        @Option(help: "Write a page to print, as PDF.")
        var out: String?
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            if let out {
                try Data(try await desk.recoverySheet()).write(to: URL(filePath: out))
                console.say("recovery-written", ["file": out])
                try console.json(["file": out])
            } else {
                let key = await desk.recoveryKey()
                console.say("recovery-key", ["key": key])
                try console.json(["key": key])
            }
        }
    }
}

/// `akashi vault info --json`
struct SummaryOutput: Encodable {
    let vault: String
    let createdAt: String
    let isProtected: Bool
    let ledgerSize: UInt64
    let root: String
    let fingerprint: String
    let recipient: String
    let evidence: Int
    let records: Int
    let accounts: Int
    let problems: Int
    let pendingStamps: Int

    init(_ summary: Desk.Summary) {
        vault = summary.vaultID
        createdAt = summary.createdAt.instant.utcText
        isProtected = summary.isProtected
        ledgerSize = summary.ledgerSize
        root = summary.root
        fingerprint = summary.fingerprint
        recipient = summary.recipient
        evidence = summary.evidenceCount
        records = summary.recordCount
        accounts = summary.accountCount
        problems = summary.problemCount
        pendingStamps = summary.pendingStampCount
    }
}
