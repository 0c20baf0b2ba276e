public import AkashiModel

/// Why the vault could not do something. The vault is as it was before.
public typealias VaultError = CodedFailure<VaultErrorCode>

/// What went wrong. The words for each stand in `Knowledge/strings/errors`.
public enum VaultErrorCode: String, Sendable, CaseIterable {
    /// There is no vault in this folder.
    case notAVault = "vault.not-a-vault"
    /// The folder for a new vault holds something already.
    case folderNotEmpty = "vault.folder-not-empty"
    /// The vault was made by a newer program.
    case unknownFormat = "vault.unknown-format"
    /// The passphrase does not open the vault.
    case wrongPassphrase = "vault.wrong-passphrase"
    /// The vault needs a passphrase.
    case passphraseNeeded = "vault.passphrase-needed"
    /// The recovery key is mistyped or belongs to another vault.
    case wrongRecoveryKey = "vault.wrong-recovery-key"
    /// A new passphrase is too short.
    case passphraseTooShort = "vault.passphrase-too-short"
    /// Another program is writing to the vault.
    case locked = "vault.locked"
    /// The vault was opened for reading only.
    case readOnly = "vault.read-only"
    /// Something failed half-way: the vault must be opened again.
    case reopenNeeded = "vault.reopen-needed"
    /// No room on the disk.
    case diskFull = "vault.disk-full"
    /// The folder may not be written to.
    case notWritable = "vault.not-writable"
    /// A file could not be read or written for another reason.
    case fileFailure = "vault.file-failure"
    /// The newest checkpoint is missing, damaged or not signed by this vault.
    case checkpointDamaged = "ledger.checkpoint-damaged"
    /// The ledger is shorter than one that was seen or time-stamped before.
    case rolledBack = "ledger.rolled-back"
    /// The ledger is not a continuation of one that was seen or time-stamped before.
    case forked = "ledger.forked"
    /// Hashes of the ledger are missing or do not fit.
    case tileDamaged = "ledger.tile-damaged"
    /// Entries of the ledger are missing or cannot be opened.
    case entriesDamaged = "ledger.entries-damaged"
    /// Sealed bytes are missing.
    case objectMissing = "object.missing"
    /// Sealed bytes cannot be opened, or are not what was sealed.
    case objectDamaged = "object.damaged"
    /// The bytes were removed by her decision.
    case objectRemoved = "object.removed"
    /// Nothing with this digest was ever sealed.
    case objectUnknown = "object.unknown"
    /// A time stamp does not hold.
    case stampRefused = "stamp.refused"
    /// No time-stamp authority has this name, or its description cannot be used.
    case authorityUnknown = "stamp.authority-unknown"
}
