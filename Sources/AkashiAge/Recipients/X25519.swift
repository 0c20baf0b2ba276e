import Crypto
import Foundation

/// The public half of an X25519 key pair, `age1…` (age.md, "The X25519 recipient type").
public struct X25519Recipient: AgeRecipient, Equatable, CustomStringConvertible {
    static let stanzaType = "X25519"
    private static let info = Array("age-encryption.org/v1/X25519".utf8)
    private static let prefix = "age"

    let publicKey: [UInt8]

    init(publicKey: [UInt8]) { self.publicKey = publicKey }

    /// Reads `age1…`.
    ///
    /// - Throws: ``AgeError/key(_:)`` if it is not a well-formed recipient.
    public init(_ text: String) throws(AgeError) {
        guard let (prefix, bytes) = Bech32.decode(text), prefix == Self.prefix, bytes.count == 32,
            text == text.lowercased()
        else { throw .key("not an age X25519 recipient") }
        publicKey = bytes
    }

    /// `age1…`
    public var description: String { Bech32.encode(prefix: Self.prefix, bytes: publicKey) }

    /// May stand beside others.
    public var mustBeAlone: Bool { false }

    /// Wraps a file key for this recipient with a fresh key pair.
    public func wrap(fileKey: [UInt8], random: RandomBytes) throws(AgeError) -> [AgeStanza] {
        do {
            let ephemeral = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: random(32))
            let share = Array(ephemeral.publicKey.rawRepresentation)
            let peer = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: publicKey)
            let secret = try ephemeral.sharedSecretFromKeyAgreement(with: peer)
            let key = Self.wrapKey(secret: secret, share: share, recipient: publicKey)
            let body = try KeyWrap.seal(fileKey, key: key)
            return [AgeStanza(stanza: Stanza(type: Self.stanzaType, arguments: [RawBase64.encode(share)], body: body))]
        } catch {
            throw .key("this recipient cannot be encrypted to")
        }
    }

    static func wrapKey(secret: SharedSecret, share: [UInt8], recipient: [UInt8]) -> SymmetricKey {
        secret.hkdfDerivedSymmetricKey(
            using: SHA256.self, salt: share + recipient, sharedInfo: info, outputByteCount: 32)
    }
}

/// The secret half of an X25519 key pair, `AGE-SECRET-KEY-1…`.
public struct X25519Identity: AgeIdentity {
    private static let prefix = "age-secret-key-"

    /// The 32 secret bytes.
    public let secret: [UInt8]
    /// The public half.
    public let recipient: X25519Recipient

    /// Makes a new key pair.
    public init(random: RandomBytes) throws(AgeError) {
        try self.init(secret: random(32))
    }

    /// Takes 32 secret bytes.
    public init(secret: [UInt8]) throws(AgeError) {
        do {
            let key = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secret)
            recipient = X25519Recipient(publicKey: Array(key.publicKey.rawRepresentation))
            self.secret = secret
        } catch {
            throw .key("not 32 bytes")
        }
    }

    /// Reads `AGE-SECRET-KEY-1…`.
    ///
    /// - Throws: ``AgeError/key(_:)`` if it is mistyped (the last six characters are a checksum).
    public init(_ text: String) throws(AgeError) {
        guard text == text.uppercased(), let (prefix, bytes) = Bech32.decode(text), prefix == Self.prefix else {
            throw .key("not an age secret key")
        }
        try self.init(secret: bytes)
    }

    /// `AGE-SECRET-KEY-1…`. Whoever has this text can open everything.
    public var secretText: String { Bech32.encode(prefix: Self.prefix, bytes: secret).uppercased() }

    /// The file key from the first stanza that opens.
    public func unwrap(_ stanzas: [AgeStanza]) throws(AgeError) -> [UInt8]? {
        for stanza in stanzas.map(\.stanza) where stanza.type == X25519Recipient.stanzaType {
            guard stanza.arguments.count == 1, let share = RawBase64.decode(stanza.arguments[0]), share.count == 32 else {
                throw .header("malformed X25519 stanza")
            }
            guard stanza.body.count == KeyWrap.sealedByteCount else { throw .header("wrong length of X25519 body") }
            let key: SymmetricKey
            do {
                let own = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secret)
                let peer = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: share)
                let secret = try own.sharedSecretFromKeyAgreement(with: peer)
                // A low-order point makes the secret all zero (RFC 7748 section 6.1). The library does not refuse it.
                guard secret.withUnsafeBytes({ $0.contains { $0 != 0 } }) else { throw AgeError.header("low order") }
                key = X25519Recipient.wrapKey(secret: secret, share: share, recipient: recipient.publicKey)
            } catch {
                throw .header("invalid X25519 share")
            }
            if let fileKey = KeyWrap.open(stanza.body, key: key) { return fileKey }
        }
        return nil
    }
}

/// ChaCha20-Poly1305 with a zero nonce around the file key; safe because each wrapping key is used once.
enum KeyWrap {
    static let sealedByteCount = fileKeyByteCount + 16

    static func seal(_ fileKey: [UInt8], key: SymmetricKey) throws -> [UInt8] {
        let box = try ChaChaPoly.seal(fileKey, using: key, nonce: zeroNonce())
        return Array(box.ciphertext) + Array(box.tag)
    }

    static func open(_ sealed: [UInt8], key: SymmetricKey) -> [UInt8]? {
        do {
            let box = try ChaChaPoly.SealedBox(
                nonce: zeroNonce(), ciphertext: sealed.dropLast(16), tag: sealed.suffix(16))
            return Array(try ChaChaPoly.open(box, using: key))
        } catch {
            return nil
        }
    }

    private static func zeroNonce() throws -> ChaChaPoly.Nonce {
        try ChaChaPoly.Nonce(data: [UInt8](repeating: 0, count: 12))
    }
}
