/// Hashes on the way from one leaf to the root: shows that the leaf is in the tree (RFC 9162 section 2.1.3).
public struct InclusionProof: Equatable, Sendable {
    /// Position of the leaf, from 0.
    public let index: UInt64
    /// Number of leaves of the tree.
    public let size: UInt64
    /// Neighbour hashes from the leaf to the root.
    public let path: [MerkleHash]

    /// Takes the parts.
    public init(index: UInt64, size: UInt64, path: [MerkleHash]) {
        self.index = index
        self.size = size
        self.path = path
    }

    /// Whether the leaf stands at `index` in the tree with this root (RFC 9162 section 2.1.3.2).
    public func proves(leaf: MerkleHash, root: MerkleHash) -> Bool {
        guard index < size else { return false }
        var position = index
        var last = size - 1
        var hash = leaf
        for neighbour in path {
            guard last > 0 else { return false }
            if position & 1 == 1 || position == last {
                hash = MerkleHash.node(neighbour, hash)
                while position & 1 == 0, position != 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleHash.node(hash, neighbour)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }
}

/// Hashes that show that a smaller tree is the beginning of a larger one (RFC 9162 section 2.1.4).
public struct ConsistencyProof: Equatable, Sendable {
    /// Number of leaves of the smaller tree.
    public let oldSize: UInt64
    /// Number of leaves of the larger tree.
    public let newSize: UInt64
    /// The hashes.
    public let path: [MerkleHash]

    /// Takes the parts.
    public init(oldSize: UInt64, newSize: UInt64, path: [MerkleHash]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.path = path
    }

    /// Whether the tree with `oldRoot` is the beginning of the tree with `newRoot` (RFC 9162 section 2.1.4.2).
    public func proves(oldRoot: MerkleHash, newRoot: MerkleHash) -> Bool {
        guard oldSize <= newSize else { return false }
        if oldSize == newSize { return path.isEmpty && oldRoot == newRoot }
        if oldSize == 0 { return path.isEmpty && oldRoot == .empty }
        var hashes = path[...]
        if oldSize.nonzeroBitCount == 1 { hashes.insert(oldRoot, at: hashes.startIndex) }
        guard let first = hashes.popFirst() else { return false }
        var position = oldSize - 1
        var last = newSize - 1
        while position & 1 == 1 {
            position >>= 1
            last >>= 1
        }
        var old = first
        var new = first
        for hash in hashes {
            guard last > 0 else { return false }
            if position & 1 == 1 || position == last {
                old = MerkleHash.node(hash, old)
                new = MerkleHash.node(hash, new)
                while position & 1 == 0, position != 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                new = MerkleHash.node(new, hash)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 && old == oldRoot && new == newRoot
    }
}

/// Makes proofs from the hashes of complete subtrees, wherever those are kept.
public struct MerkleProver {
    /// The root of the complete subtree of 2^height leaves with this index among those of its height.
    public typealias Subtree = (_ height: Int, _ index: UInt64) throws -> MerkleHash

    private let subtree: Subtree

    /// Takes a way to look hashes up.
    public init(subtree: @escaping Subtree) { self.subtree = subtree }

    /// The root of the first `size` leaves.
    public func root(size: UInt64) throws -> MerkleHash {
        try size == 0 ? .empty : hash(from: 0, to: size)
    }

    /// Shows that leaf `index` is in the tree of `size` leaves. `index` is below `size`.
    public func inclusion(index: UInt64, size: UInt64) throws -> InclusionProof {
        precondition(index < size, "a leaf outside the tree has no proof")
        var path: [MerkleHash] = []
        var from: UInt64 = 0
        var to = size
        while to - from > 1 {
            let middle = from + Self.split(to - from)
            if index < middle {
                path.append(try hash(from: middle, to: to))
                to = middle
            } else {
                path.append(try hash(from: from, to: middle))
                from = middle
            }
        }
        return InclusionProof(index: index, size: size, path: path.reversed())
    }

    /// Shows that the tree of `oldSize` leaves is the beginning of the tree of `newSize`.
    public func consistency(oldSize: UInt64, newSize: UInt64) throws -> ConsistencyProof {
        precondition(oldSize <= newSize, "a tree only grows")
        var path: [MerkleHash] = []
        if oldSize > 0, oldSize < newSize {
            var from: UInt64 = 0
            var to = newSize
            var isWhole = true
            // RFC 6962 section 2.1.2, SUBPROOF, without recursion: from the root down to the old edge.
            while oldSize != to {
                let middle = from + Self.split(to - from)
                if oldSize <= middle {
                    path.append(try hash(from: middle, to: to))
                    to = middle
                } else {
                    path.append(try hash(from: from, to: middle))
                    from = middle
                    isWhole = false
                }
            }
            if !isWhole { path.append(try hash(from: from, to: to)) }
            path.reverse()
        }
        return ConsistencyProof(oldSize: oldSize, newSize: newSize, path: path)
    }

    /// The hash over leaves from ..< to, where `from` is a multiple of the largest power of two in the length.
    private func hash(from: UInt64, to: UInt64) throws -> MerkleHash {
        let count = to - from
        if count.nonzeroBitCount == 1 {
            let height = count.trailingZeroBitCount
            return try subtree(height, from >> UInt64(height))
        }
        let middle = from + Self.split(count)
        return MerkleHash.node(try hash(from: from, to: middle), try hash(from: middle, to: to))
    }

    /// The largest power of two below `count` (`count` ≥ 2).
    private static func split(_ count: UInt64) -> UInt64 {
        1 << UInt64(63 - (count - 1).leadingZeroBitCount)
    }
}
