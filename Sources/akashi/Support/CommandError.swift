import AkashiModel

/// Why a command line could not be followed.
struct CommandError: CodedError, Equatable {
    enum Code: String, Sendable, CaseIterable {
        case noVault = "cli.no-vault"
        case passphraseSource = "cli.passphrase-source"
        case badArgument = "cli.bad-argument"
        case portTaken = "cli.port-taken"
    }

    let kind: Code
    let arguments: [String: String]

    init(_ kind: Code, _ arguments: [String: String] = [:]) {
        self.kind = kind
        self.arguments = arguments
    }

    var code: String { kind.rawValue }
}
