import Crypto
import CryptoExtras
import Foundation

/// A passphrase (age.md, "The scrypt recipient type").
public struct ScryptRecipient: AgeRecipient {
    static let stanzaType = "scrypt"
    private static let label = Array("age-encryption.org/v1/scrypt".utf8)
    static let saltByteCount = 16
    /// log2 of scrypt's N that the age tool itself uses: about one second.
    public static let defaultWorkFactor = 18

    private let passphrase: [UInt8]
    private let workFactor: Int

    /// Takes the passphrase and log2 of scrypt's N, 1…22.
    public init(passphrase: String, workFactor: Int = Self.defaultWorkFactor) {
        precondition((1...ScryptIdentity.maximumWorkFactor).contains(workFactor), "work factor out of range")
        self.passphrase = Array(passphrase.utf8)
        self.workFactor = workFactor
    }

    /// A passphrase stands alone.
    public var mustBeAlone: Bool { true }

    /// Wraps a file key with a key made from the passphrase and a fresh salt.
    public func wrap(fileKey: [UInt8], random: RandomBytes) throws(AgeError) -> [AgeStanza] {
        let salt = random(Self.saltByteCount)
        do {
            let key = try Self.key(passphrase: passphrase, salt: salt, workFactor: workFactor)
            let arguments = [RawBase64.encode(salt), String(workFactor)]
            let body = try KeyWrap.seal(fileKey, key: key)
            return [AgeStanza(stanza: Stanza(type: Self.stanzaType, arguments: arguments, body: body))]
        } catch {
            throw .key("scrypt failed")
        }
    }

    static func key(passphrase: [UInt8], salt: [UInt8], workFactor: Int) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: passphrase, salt: label + salt, outputByteCount: 32, rounds: 1 << workFactor, blockSize: 8,
            parallelism: 1)
    }
}

/// A passphrase that opens files.
public struct ScryptIdentity: AgeIdentity {
    /// Files that ask for more work than this are refused, so that a hostile file cannot stop the machine.
    public static let maximumWorkFactor = 22

    private let passphrase: [UInt8]

    /// Takes the passphrase.
    public init(passphrase: String) { self.passphrase = Array(passphrase.utf8) }

    /// The file key, if the file has a scrypt stanza and the passphrase is right.
    public func unwrap(_ stanzas: [AgeStanza]) throws(AgeError) -> [UInt8]? {
        let stanzas = stanzas.map(\.stanza)
        guard let stanza = stanzas.first(where: { $0.type == ScryptRecipient.stanzaType }) else { return nil }
        guard stanzas.count == 1 else { throw .header("a passphrase must be the only recipient") }
        guard stanza.arguments.count == 2, let salt = RawBase64.decode(stanza.arguments[0]),
            salt.count == ScryptRecipient.saltByteCount, let workFactor = Self.workFactor(stanza.arguments[1])
        else { throw .header("malformed scrypt stanza") }
        guard workFactor <= Self.maximumWorkFactor else { throw .header("scrypt work factor too high") }
        guard stanza.body.count == KeyWrap.sealedByteCount else { throw .header("wrong length of scrypt body") }
        let key: SymmetricKey
        do {
            key = try ScryptRecipient.key(passphrase: passphrase, salt: salt, workFactor: workFactor)
        } catch {
            throw .header("scrypt failed")
        }
        return KeyWrap.open(stanza.body, key: key)
    }

    /// Decimal digits without a leading zero.
    private static func workFactor(_ text: String) -> Int? {
        guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }), text.first != "0" else {
            return nil
        }
        return Int(text)
    }
}
