/// The complete subtrees along the right edge of a tree: all that is needed to add leaves and to know the root.
///
/// For a tree of size n it holds one hash for each 1 bit of n, the largest subtree first.
public struct MerkleFrontier: Equatable, Sendable {
    /// Number of leaves.
    public private(set) var size: UInt64
    /// Roots of the complete subtrees, the largest first.
    public private(set) var hashes: [MerkleHash]

    /// The empty tree.
    public init() {
        size = 0
        hashes = []
    }

    /// Takes a size and one hash for each 1 bit of it, the largest subtree first; nil if the number does not fit.
    public init?(size: UInt64, hashes: [MerkleHash]) {
        guard hashes.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.hashes = hashes
    }

    /// Adds a leaf. `completed` is told of every complete subtree: its height (0 for the leaf), its index in that height.
    public mutating func append(leaf: MerkleHash, completed: (Int, UInt64, MerkleHash) -> Void = { _, _, _ in }) {
        var hash = leaf
        var index = size
        var height = 0
        completed(0, index, hash)
        while index & 1 == 1 {
            hash = MerkleHash.node(hashes.removeLast(), hash)
            index >>= 1
            height += 1
            completed(height, index, hash)
        }
        hashes.append(hash)
        size += 1
    }

    /// The root of the tree.
    public var root: MerkleHash {
        guard var root = hashes.last else { return .empty }
        for hash in hashes.dropLast().reversed() { root = MerkleHash.node(hash, root) }
        return root
    }
}
