import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiVault
import ArgumentParser
import Foundation

/// Prints for people, or for programs with `--json`.
struct Console {
    let isJSON: Bool
    let words: StringTable
    let strings: Strings

    init(_ options: GlobalOptions) throws {
        isJSON = options.json
        strings = try Strings(Knowledge(root: try KnowledgeLocation.find()), options.language)
        words = strings.table("cli")
    }

    /// A line for people.
    func say(_ key: String, _ arguments: [String: String] = [:]) {
        if !isJSON { print(words(key, arguments)) }
    }

    /// A line on standard error, for people and programs.
    func warn(_ key: String, _ arguments: [String: String]) {
        FileHandle.standardError.write(Data((words(key, arguments) + "\n").utf8))
    }

    /// A line for people that is ready.
    func line(_ text: String) { if !isJSON { print(text) } }

    /// The value for programs.
    func json(_ value: some Encodable) throws {
        guard isJSON else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// Progress on a terminal; nothing where output goes to a file or a program.
    func progress(_ text: String) {
        guard !isJSON, Terminal.isInteractive else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
    }

    /// Takes the progress line away.
    func endProgress() {
        guard !isJSON, Terminal.isInteractive else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }

    private struct Failure: Encodable {
        let error: String
        let arguments: [String: String]
        let what: String
        let evidence: String
        let next: String
    }

    /// Tells what happened, what it means for the evidence, what to do now; the code to end with.
    func explain(_ error: any Error) throws -> ExitCode {
        let isExpected = error is any CodedError
        let error = error as? any CodedError ?? DeskError(.internal, ["detail": "\(error)"])
        let text = strings.text(for: error)
        if isJSON {
            try json(
                Failure(
                    error: error.code, arguments: error.arguments, what: text.what, evidence: text.evidence, next: text.next))
        } else {
            let message = [text.what, text.evidence, text.next, "(\(error.description))"].filter { !$0.isEmpty }
            FileHandle.standardError.write(Data((message.joined(separator: "\n") + "\n").utf8))
        }
        return ExitCode((isExpected ? Self.exit(for: error) : .internal).rawValue)
    }

    private static func exit(for error: any CodedError) -> ProgramExit {
        switch error {
        case let error as VaultError:
            switch error.kind {
            case .locked: .locked
            case .wrongPassphrase, .passphraseNeeded, .wrongRecoveryKey: .wrongPassphrase
            case .checkpointDamaged, .rolledBack, .forked, .tileDamaged, .entriesDamaged, .objectMissing, .objectDamaged:
                .broken
            default: .unusable
            }
        case let error as CommandError where error.kind == .passphraseSource: .wrongPassphrase
        default: .unusable
        }
    }
}

/// A command that explains its errors.
protocol ExplainingCommand: AsyncParsableCommand {
    var global: GlobalOptions { get }
    func perform(_ console: Console) async throws
}

extension ExplainingCommand {
    mutating func run() async throws {
        let console: Console
        do {
            console = try Console(global)
        } catch {
            // Without its strings the program can still say what it lacks, in both languages.
            let message =
                "証のデータ（Knowledge）が読めません。AKASHI_KNOWLEDGE で場所を指定してください。証拠はそのままです。\n"
                + "Akashi's data (Knowledge) cannot be read. Name its folder with AKASHI_KNOWLEDGE. The evidence is as it was.\n"
            FileHandle.standardError.write(Data("\(message)(\(error))\n".utf8))
            throw ExitCode(ProgramExit.unusable.rawValue)
        }
        do {
            try await perform(console)
        } catch let exit as ExitCode {
            throw exit
        } catch {
            console.endProgress()
            throw try console.explain(error)
        }
    }
}
