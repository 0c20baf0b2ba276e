import AkashiAge
import AkashiModel
import Foundation

/// How a vault is opened.
public enum Unlock: Sendable {
    /// The vault has no passphrase: its key lies beside it.
    case noPassphrase
    /// With the passphrase.
    case passphrase(String)
    /// With the line on the recovery sheet, if the passphrase is lost.
    case recoveryKey(String)

    /// What a person typed into a field for the passphrase: the line of the recovery sheet will do, with the blanks it is printed with.
    public static func typed(_ text: String) -> Unlock {
        text.uppercased().filter { !$0.isWhitespace }.hasPrefix("AGE-SECRET-KEY-") ? .recoveryKey(text) : .passphrase(text)
    }
}

/// Reads and writes the file that holds the vault's one secret.
struct IdentityFile {
    /// Shortest passphrase, in characters.
    static let minimumPassphraseLength = 8

    let layout: VaultLayout
    let files: DurableFiles
    let environment: VaultEnvironment

    var isProtected: Bool { files.calls.byteCount(layout.openIdentity) == nil }

    func read(_ unlock: Unlock) throws(VaultError) -> X25519Identity {
        switch unlock {
        case .recoveryKey(let text):
            // People type the key from paper: spaces and small letters are forgiven, everything else is a typing error.
            let typed = text.uppercased().filter { !$0.isWhitespace }
            guard let identity = try? X25519Identity(typed) else { throw VaultError(.wrongRecoveryKey) }
            return identity
        case .noPassphrase:
            guard !isProtected else { throw VaultError(.passphraseNeeded) }
            return try parse(try files.read(layout.openIdentity))
        case .passphrase(let passphrase):
            guard isProtected else { return try parse(try files.read(layout.openIdentity)) }
            let sealed = try files.read(layout.protectedIdentity)
            do {
                let identity = ScryptIdentity(passphrase: Self.normalise(passphrase))
                return try parse(try AgeDecryptor.decrypt(sealed, identities: [identity]))
            } catch AgeError.noMatch {
                throw VaultError(.wrongPassphrase)
            } catch {
                throw VaultError(.notAVault, ["file": "identity.age"])
            }
        }
    }

    /// Writes the secret, and takes the other form away only when the new one is on the disk.
    func write(_ identity: X25519Identity, passphrase: String?) throws(VaultError) {
        let text = Array("# Akashi vault key. Whoever has this line can open the vault.\n\(identity.secretText)\n".utf8)
        guard let passphrase else {
            try files.write(text, to: layout.openIdentity)
            try files.calls.remove(layout.protectedIdentity)
            try files.calls.syncFolder(layout.root)
            return
        }
        guard passphrase.count >= Self.minimumPassphraseLength else {
            throw VaultError(.passphraseTooShort, ["minimum": String(Self.minimumPassphraseLength)])
        }
        let recipient = ScryptRecipient(
            passphrase: Self.normalise(passphrase), workFactor: environment.passphraseWorkFactor)
        guard let sealed = try? AgeEncryptor.encrypt(text, to: [recipient], random: environment.random) else {
            throw VaultError(.fileFailure, ["file": "identity.age"])
        }
        try files.write(sealed, to: layout.protectedIdentity)
        try files.calls.remove(layout.openIdentity)
        try files.calls.syncFolder(layout.root)
    }

    /// One spelling for what looks the same: か゛ and が, full-width and half-width are typed differently on other devices.
    static func normalise(_ passphrase: String) -> String {
        // Twice, because Foundation on Linux leaves half-width ｶﾞ as カ and a combining mark after the first.
        passphrase.precomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
    }

    private func parse(_ bytes: [UInt8]) throws(VaultError) -> X25519Identity {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard let line = lines.first(where: { !$0.hasPrefix("#") }), let identity = try? X25519Identity(String(line)) else {
            throw VaultError(.notAVault, ["file": "identity"])
        }
        return identity
    }
}
