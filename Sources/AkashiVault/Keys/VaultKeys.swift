import AkashiAge
import AkashiModel
import AkashiProof
import Crypto
import Foundation

/// Every secret of a vault, drawn from one: the age identity. Whoever has that one line on paper has the vault back.
struct VaultKeys: Sendable {
    let identity: X25519Identity
    let signer: NoteSigner
    /// Key of the SQLCipher projection, 32 bytes.
    let indexKey: [UInt8]
    private let nameKey: SymmetricKey

    init(identity: X25519Identity, vaultID: String) throws(VaultError) {
        self.identity = identity
        nameKey = SymmetricKey(data: Self.derive(identity, vaultID, "object names"))
        indexKey = Self.derive(identity, vaultID, "index")
        guard let signer = NoteSigner(name: Self.origin(vaultID), seed: Self.derive(identity, vaultID, "ledger")) else {
            throw VaultError(.notAVault)
        }
        self.signer = signer
    }

    /// The ledger's name in checkpoints.
    static func origin(_ vaultID: String) -> String { "akashi/\(vaultID)" }

    /// The name of the file that holds an object: a keyed hash, so that names do not tell which known file is in there.
    func objectName(_ digest: ContentDigest) -> String {
        Hex.encode(HMAC<SHA256>.authenticationCode(for: digest.bytes, using: nameKey))
    }

    /// HKDF-SHA256 (RFC 5869) with the vault's id as salt.
    private static func derive(_ identity: X25519Identity, _ vaultID: String, _ purpose: String) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: identity.secret), salt: Array(vaultID.utf8),
            info: Array("akashi-vault/1 \(purpose)".utf8), outputByteCount: 32)
        return key.withUnsafeBytes { Array($0) }
    }
}
