public import AkashiFormats
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

extension SliceDigest {
    /// The digest and the length of all bytes of a stream.
    public static func of(_ stream: any ByteStream) throws -> (digest: ContentDigest, byteCount: UInt64) {
        var hasher = SHA256()
        var byteCount: UInt64 = 0
        while true {
            let piece = try stream.read(upTo: 1 << 18)
            if piece.isEmpty { break }
            hasher.update(data: piece)
            byteCount += UInt64(piece.count)
        }
        guard let digest = ContentDigest(bytes: hasher.finalize()) else { preconditionFailure("SHA-256 has 32 bytes") }
        return (digest, byteCount)
    }
}
