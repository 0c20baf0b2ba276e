import AkashiKnowledge
import AkashiModel
import AkashiTesting
import Foundation
import Testing

/// Pages that are made from the code: docs/cli.md and docs/errors.md.
@Suite("generated pages")
struct GeneratedDocsTests {
    private let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))
    private let docs = ProjectFolder.root.appending(path: "docs")

    @Test("docs/errors.md holds every message in both languages")
    func errors() throws {
        let ja = try Strings(knowledge, .ja)
        let en = try Strings(knowledge, .en)
        var text = """
            # Every error that a person can see

            Made from `Knowledge/strings/errors.{ja,en}.yaml` by a test. `--json` prints the code; the words are printed otherwise:
            what happened, what it means for the evidence, what to do now.


            """
        for code in ja.errorCodes.sorted() {
            text += "## `\(code)`\n\n"
            for strings in [ja, en] {
                let words = strings.text(for: Coded(code: code))
                text += [words.what, words.evidence, words.next].filter { !$0.isEmpty }.joined(separator: "  \n") + "\n\n"
            }
        }
        Golden.expect(text.trimmingCharacters(in: .newlines) + "\n", at: docs.appending(path: "errors.md"))
    }

    @Test("docs/cli.md holds every command, option and exit code")
    func commands() throws {
        let dump = try Command.run(Command.builtProgram("akashi"), ["--experimental-dump-help"])
        let tool = try JSONDecoder().decode(HelpDump.self, from: Data(dump.output))
        let verifier = try Command.run(Command.builtProgram("akashi-verify"), ["--experimental-dump-help"])
        let verify = try JSONDecoder().decode(HelpDump.self, from: Data(verifier.output))
        var text = """
            # The command line

            Made from the programs' own help by a test. With `--json` a command prints one JSON value on standard output;
            its keys stay as they are.

            ## Exit codes

            | code | meaning |
            |---|---|

            """
        for code in ProgramExit.allCases { text += "| \(code.rawValue) | \(Self.meaning(code)) |\n" }
        text += "\n" + tool.command.page(path: []) + verify.command.page(path: [])
        Golden.expect(text.trimmingCharacters(in: .newlines) + "\n", at: docs.appending(path: "cli.md"))
    }

    private static func meaning(_ code: ProgramExit) -> String {
        switch code {
        case .success: "all is well"
        case .broken: "something that was checked does not hold"
        case .incomplete: "nothing is wrong, but something could not be checked or read"
        case .unusable: "what was given cannot be used"
        case .locked: "another program holds the vault"
        case .wrongPassphrase: "the passphrase is wrong or missing"
        case .internal: "something unexpected"
        }
    }
}

private struct Coded: CodedError {
    let code: String
    var arguments: [String: String] { [:] }
    var description: String { code }
}

/// What ArgumentParser tells of a program.
private struct HelpDump: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }
        let kind: String
        let names: [Name]?
        let valueName: String?
        let abstract: String?
        let isOptional: Bool
        let shouldDisplay: Bool

        var spelling: String {
            let dashed = (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }.joined(separator: ", ")
            switch kind {
            case "positional": return "<\(valueName ?? "")>"
            case "flag": return dashed
            default: return "\(dashed) <\(valueName ?? "")>"
            }
        }
    }

    struct Command: Decodable {
        let commandName: String
        let abstract: String?
        let shouldDisplay: Bool
        let arguments: [Argument]?
        let subcommands: [Command]?

        func page(path: [String]) -> String {
            guard shouldDisplay, commandName != "help" else { return "" }
            let path = path + [commandName]
            let own = (arguments ?? []).filter { $0.shouldDisplay && !["help", "version"].contains($0.names?.last?.name) }
            var text = "## \(path.joined(separator: " "))\n\n\(abstract ?? "")\n\n"
            if path.count > 1 || (subcommands ?? []).isEmpty, !own.isEmpty {
                text += "| argument | meaning |\n|---|---|\n"
                for argument in own {
                    let need = argument.isOptional ? "" : " (needed)"
                    text += "| `\(argument.spelling)`\(need) | \((argument.abstract ?? "").replacing("\n", with: " ")) |\n"
                }
                text += "\n"
            }
            return text + (subcommands ?? []).map { $0.page(path: path) }.joined()
        }
    }

    let command: Command
}
