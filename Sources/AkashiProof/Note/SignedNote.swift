import AkashiModel
import Crypto
import Foundation

/// Why a note, checkpoint or proof cannot be used.
public enum NoteProblem: Error, Equatable, Sendable {
    /// The text is not of the form the specification asks for.
    case malformed(String)
    /// It is signed, but not by this key.
    case unknownKey
    /// It names this key, and the signature is wrong.
    case badSignature
}

/// A public key of a log, in the form of C2SP signed-note: `name+hex(key id)+base64(type ‖ key)`.
public struct NoteVerifierKey: Equatable, Sendable, CustomStringConvertible {
    static let ed25519Type: UInt8 = 1

    /// The name in signature lines. For a log it is the origin.
    public let name: String
    /// The 32 bytes of the Ed25519 public key.
    public let publicKey: [UInt8]

    /// Takes a name without spaces and `+`, and 32 key bytes; nil otherwise.
    public init?(name: String, publicKey: [UInt8]) {
        guard Self.isValidName(name), publicKey.count == 32 else { return nil }
        self.name = name
        self.publicKey = publicKey
    }

    /// Reads the text form; nil if it is malformed or its key id does not fit.
    public init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let id = Hex.decode(parts[1]), let key = StrictBase64.decode(parts[2]),
            key.first == Self.ed25519Type, !SmallOrderPoint.isOne(key.dropFirst()),
            let result = Self(name: parts[0], publicKey: Array(key.dropFirst())),
            result.id == id
        else { return nil }
        self = result
    }

    /// `name+hex(key id)+base64(type ‖ key)`
    public var description: String {
        "\(name)+\(Hex.encode(id))+\(StrictBase64.encode([Self.ed25519Type] + publicKey))"
    }

    /// The four bytes that a signature line begins with.
    public var id: [UInt8] {
        let input = Array(name.utf8) + [10, Self.ed25519Type] + publicKey
        return Array(Array(SHA256.hash(data: input)).prefix(4))
    }

    /// SHA-256 of the public key in groups of four digits, for comparing with a sheet of paper.
    public var fingerprint: String {
        let digits = Array(Hex.encode(SHA256.hash(data: publicKey)))
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: " ")
    }

    static func isValidName(_ name: String) -> Bool {
        !name.isEmpty && !name.contains("+") && !name.contains { $0.isWhitespace }
    }

    func isValid(signature: [UInt8], for text: String) -> Bool {
        guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            return false
        }
        return key.isValidSignature(signature, for: Array(text.utf8))
    }
}

/// A secret key that signs notes.
public struct NoteSigner: Sendable {
    /// The public half.
    public let verifier: NoteVerifierKey
    private let key: Curve25519.Signing.PrivateKey

    /// Takes a name and 32 secret bytes (an Ed25519 seed); nil if they do not fit.
    public init?(name: String, seed: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let verifier = NoteVerifierKey(name: name, publicKey: Array(key.publicKey.rawRepresentation))
        else { return nil }
        self.key = key
        self.verifier = verifier
    }

    /// The text with a signature line below it. The text ends with a line end.
    ///
    /// - Throws: if the cryptographic library fails.
    public func sign(_ text: String) throws -> String {
        precondition(text.hasSuffix("\n"), "a note's text ends with a line end")
        let signature = try Array(key.signature(for: Array(text.utf8)))
        return text + "\n\(SignedNote.signaturePrefix)\(verifier.name) \(StrictBase64.encode(verifier.id + signature))\n"
    }
}

/// A signed text (C2SP signed-note).
public struct SignedNote: Equatable, Sendable {
    static let signaturePrefix = "\u{2014} "

    /// What is signed, with its line end.
    public let text: String
    let signatures: [(name: String, id: [UInt8], signature: [UInt8])]

    /// Reads a note strictly: there is one way to write it.
    public init(_ note: String) throws(NoteProblem) {
        // Compared as bytes: Swift would take two letters that look alike for equal.
        let bytes = Array(note.utf8)
        guard bytes.count < 1 << 20, bytes.allSatisfy({ $0 >= 32 || $0 == 10 }) else {
            throw .malformed("control characters")
        }
        var split: Int?
        for index in bytes.indices.dropLast() where bytes[index] == 10 && bytes[index + 1] == 10 { split = index }
        guard let split, bytes.last == 10, split + 2 < bytes.count else { throw .malformed("no signature block") }
        text = String(decoding: bytes[...split], as: UTF8.self)
        let block = bytes[(split + 2)..<(bytes.count - 1)]
        var signatures: [(name: String, id: [UInt8], signature: [UInt8])] = []
        for line in block.split(separator: 10, omittingEmptySubsequences: false) {
            let line = String(decoding: line, as: UTF8.self)
            guard line.utf8.starts(with: Self.signaturePrefix.utf8) else { throw .malformed("signature line") }
            let parts = line.unicodeScalars.dropFirst(2).split(separator: " ", omittingEmptySubsequences: false)
            guard parts.count == 2, NoteVerifierKey.isValidName(String(parts[0])),
                let blob = StrictBase64.decode(String(parts[1])), blob.count > 4
            else { throw .malformed("signature line") }
            signatures.append((String(parts[0]), Array(blob.prefix(4)), Array(blob.dropFirst(4))))
        }
        guard !signatures.isEmpty, String(decoding: bytes, as: UTF8.self).utf8.elementsEqual(bytes) else {
            throw .malformed("not UTF-8, or not signed")
        }
        self.signatures = signatures
    }

    /// Number of signature lines.
    public var signatureCount: Int { signatures.count }

    /// Checks the signature of one key. Signatures by other keys are left alone, as the specification asks.
    public func verify(by key: NoteVerifierKey) throws(NoteProblem) {
        let own = signatures.filter { $0.name == key.name && $0.id == key.id }
        guard let signature = own.first else { throw .unknownKey }
        guard own.count == 1, key.isValid(signature: signature.signature, for: text) else { throw .badSignature }
    }

    /// Whether two notes say the same and bear the same signatures.
    public static func == (left: Self, right: Self) -> Bool {
        left.text == right.text && left.signatures.elementsEqual(right.signatures) { $0 == $1 }
    }
}

/// Base64 with padding, one spelling for each value.
public enum StrictBase64 {
    /// Standard base64 with padding.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(Array(bytes)).base64EncodedString() }

    /// Nil for anything that `encode` would not write.
    public static func decode(_ text: String) -> [UInt8]? {
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
        return Array(data)
    }
}
