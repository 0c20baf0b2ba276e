/// How the programs end (docs/cli.md). `akashi-verify` and `verify.py` share the first four.
public enum ProgramExit: Int32, Sendable, CaseIterable {
    /// All is well.
    case success = 0
    /// Something that was checked does not hold.
    case broken = 1
    /// Nothing is wrong, but something could not be checked or read.
    case incomplete = 2
    /// What was given cannot be used.
    case unusable = 3
    /// Another program holds the vault.
    case locked = 4
    /// The passphrase is wrong or missing.
    case wrongPassphrase = 5
    /// Something unexpected.
    case `internal` = 70
}
