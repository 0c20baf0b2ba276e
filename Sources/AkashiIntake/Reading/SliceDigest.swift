public import AkashiModel
import Crypto

/// SHA-256 for locators.
public enum SliceDigest {
    /// The digest of some bytes.
    public static func of(_ bytes: some Sequence<UInt8>) -> ContentDigest {
        guard let digest = ContentDigest(bytes: SHA256.hash(data: Array(bytes))) else {
            preconditionFailure("SHA-256 has 32 bytes")
        }
        return digest
    }
}
