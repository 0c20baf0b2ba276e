import AkashiDesk
import AkashiKnowledge
import AkashiVault
import ArgumentParser
import Foundation

/// Options that every command has.
struct GlobalOptions: ParsableArguments {
    @Flag(help: "For programs: one JSON value on standard output.")
    var json = false

    @Option(help: "Language of messages: ja or en.")
    var lang: String?

    var language: Language {
        Language(rawValue: lang ?? LiveEnvironment.variable("AKASHI_LANG") ?? "ja") ?? .ja
    }
}

/// Options of commands that use a vault.
struct VaultOptions: ParsableArguments {
    @Option(help: "The vault's folder (or AKASHI_VAULT).")
    var vault: String?

    @Option(help: "A file whose first line is the passphrase (or AKASHI_PASSPHRASE_FILE).")
    var passphraseFile: String?

    @Option(help: "A file with the line from the recovery sheet, if the passphrase is lost.")
    var recoveryKeyFile: String?

    @OptionGroup var global: GlobalOptions

    /// The vault's folder.
    ///
    /// - Throws: ``CommandError/Code/noVault``.
    var folder: String {
        get throws {
            guard let folder = vault ?? LiveEnvironment.variable("AKASHI_VAULT") else {
                throw CommandError(.noVault)
            }
            return URL(filePath: folder).standardizedFileURL.path
        }
    }

    /// The passphrase from its file, or typed at a terminal; nil if neither is there.
    func passphrase(prompt: String) throws -> String? {
        if let file = passphraseFile ?? LiveEnvironment.variable("AKASHI_PASSPHRASE_FILE") {
            return try firstLine(of: file, option: "--passphrase-file")
        }
        return Terminal.readSecret(prompt)
    }

    func unlock(_ environment: DeskEnvironment, _ console: Console) throws -> Unlock {
        if let file = recoveryKeyFile { return .recoveryKey(try firstLine(of: file, option: "--recovery-key-file")) }
        let folder = try folder
        guard FileManager.default.fileExists(atPath: folder + "/vault.json"),
            Desk.needsPassphrase(at: folder, environment: environment)
        else { return .noPassphrase }
        guard let passphrase = try passphrase(prompt: console.words("passphrase-prompt")) else {
            throw CommandError(.passphraseSource)
        }
        return .passphrase(passphrase)
    }

    /// Opens the desk.
    func openDesk(_ console: Console) async throws -> Desk {
        let environment = try DeskEnvironment.live()
        return try await Desk.open(
            at: try folder, unlock: try unlock(environment, console), environment: environment,
            whenLong: { console.warn("index-anew", [:]) })
    }

    private func firstLine(of file: String, option: String) throws -> String {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw CommandError(.badArgument, ["argument": option])
        }
        return String(text.split(whereSeparator: \.isNewline).first ?? "")
    }
}
