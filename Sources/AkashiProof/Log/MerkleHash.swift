public import AkashiModel
import Crypto

/// A hash in a Merkle tree (RFC 6962 section 2.1): 32 bytes, kept as four words so that a hundred thousand are cheap.
public struct MerkleHash: Hashable, Sendable, CustomStringConvertible {
    /// Number of bytes.
    public static let byteCount = 32

    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// Takes 32 bytes; nil for another number.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self.words = words
    }

    private init(_ digest: SHA256.Digest) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        digest.withUnsafeBytes { digest in withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: digest) } }
        self.words = words
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    /// The 32 bytes as a digest.
    public var digest: ContentDigest {
        guard let digest = ContentDigest(bytes: bytes) else { preconditionFailure("a Merkle hash has 32 bytes") }
        return digest
    }

    /// 64 lower-case hexadecimal digits.
    public var description: String { Hex.encode(bytes) }

    /// The hash of a leaf: SHA-256(0x00 ‖ entry).
    public static func leaf(_ entry: some Collection<UInt8>) -> MerkleHash {
        var hasher = SHA256()
        hasher.update(data: [0])
        hasher.update(data: Array(entry))
        return MerkleHash(hasher.finalize())
    }

    /// The hash of a node: SHA-256(0x01 ‖ left ‖ right).
    public static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
        withUnsafeTemporaryAllocation(byteCount: 1 + 2 * byteCount, alignment: 8) { buffer in
            buffer[0] = 1
            withUnsafeBytes(of: left.words) { buffer[1..<33].copyBytesRebased(from: $0) }
            withUnsafeBytes(of: right.words) { buffer[33..<65].copyBytesRebased(from: $0) }
            var hasher = SHA256()
            hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            return MerkleHash(hasher.finalize())
        }
    }

    /// The hash of a tree with no leaves: SHA-256 of nothing.
    public static var empty: MerkleHash { MerkleHash(SHA256.hash(data: [UInt8]())) }

    /// Compares all 32 bytes.
    public static func == (left: Self, right: Self) -> Bool { left.words == right.words }

    /// Feeds the first bytes: they are already evenly spread.
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension Slice where Base == UnsafeMutableRawBufferPointer {
    fileprivate func copyBytesRebased(from source: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(rebasing: self).copyMemory(from: source)
    }
}
