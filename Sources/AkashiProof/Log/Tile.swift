/// One tile of hashes: 256 neighbours of one level, or fewer at the right edge (C2SP tlog-tiles, "Merkle Tree").
///
/// A tile on level L holds the roots of subtrees of 256^L leaves.
public struct Tile: Hashable, Sendable {
    /// Hashes in a full tile.
    public static let width = 256
    /// log2 of the width.
    public static let height = 8

    /// 0 for the tiles that hold leaf hashes.
    public let level: Int
    /// Position among the tiles of its level.
    public let index: UInt64
    /// Number of hashes, 1…256.
    public let count: Int

    /// Takes the parts.
    public init(level: Int, index: UInt64, count: Int) {
        self.level = level
        self.index = index
        self.count = count
    }

    /// The path below the log's folder, such as `tile/0/x001/x234/067` or `tile/1/000.p/5`.
    public var path: String {
        var groups = [Self.pad(index % 1000)]
        var rest = index / 1000
        while rest > 0 {
            groups.insert("x" + Self.pad(rest % 1000), at: 0)
            rest /= 1000
        }
        let partial = count == Self.width ? "" : ".p/\(count)"
        return "tile/\(level)/" + groups.joined(separator: "/") + partial
    }

    /// The tiles that a log of `size` leaves must have, full and partial, on every level.
    public static func all(size: UInt64) -> [Tile] {
        changed(from: 0, to: size)
    }

    /// The tiles that are new when a log grows from one size to another.
    public static func changed(from oldSize: UInt64, to newSize: UInt64) -> [Tile] {
        var tiles: [Tile] = []
        var level = 0
        while true {
            let shift = UInt64(height * level)
            let before = oldSize >> shift
            let after = newSize >> shift
            if after == 0 { break }
            if after > before {
                for index in before / UInt64(width)..<(after + UInt64(width) - 1) / UInt64(width) {
                    let count = min(after - index * UInt64(width), UInt64(width))
                    tiles.append(Tile(level: level, index: index, count: Int(count)))
                }
            }
            level += 1
        }
        return tiles
    }

    private static func pad(_ value: UInt64) -> String {
        let digits = String(value)
        return String(repeating: "0", count: 3 - digits.count) + digits
    }
}

/// Looks subtree hashes up in tiles.
public final class TileReader {
    /// Fetches the bytes of a tile, 32 for each hash.
    public typealias Fetch = (Tile) throws -> [UInt8]

    /// Why hashes cannot be looked up.
    public enum Problem: Error, Equatable {
        /// A tile has a wrong length.
        case malformed(Tile)
    }

    private let size: UInt64
    private let fetch: Fetch
    private var cache: [Tile: [MerkleHash]] = [:]
    private static let maximumCachedTiles = 512

    /// Reads tiles of a log of `size` leaves.
    public init(size: UInt64, fetch: @escaping Fetch) {
        self.size = size
        self.fetch = fetch
    }

    /// Makes proofs from these tiles.
    public var prover: MerkleProver { MerkleProver { try self.subtree(height: $0, index: $1) } }

    /// The hashes of a tile.
    public func hashes(_ tile: Tile) throws -> [MerkleHash] {
        if let hashes = cache[tile] { return hashes }
        let bytes = try fetch(tile)
        guard bytes.count == tile.count * MerkleHash.byteCount else { throw Problem.malformed(tile) }
        let hashes = stride(from: 0, to: bytes.count, by: MerkleHash.byteCount).compactMap {
            MerkleHash(bytes: bytes[$0..<$0 + MerkleHash.byteCount])
        }
        if cache.count >= Self.maximumCachedTiles { cache.removeAll() }
        cache[tile] = hashes
        return hashes
    }

    /// The root of a complete subtree.
    public func subtree(height: Int, index: UInt64) throws -> MerkleHash {
        let level = height / Tile.height
        let inner = height % Tile.height
        let first = index << UInt64(inner)
        let tileIndex = first / UInt64(Tile.width)
        let onLevel = size >> UInt64(level * Tile.height)
        let count = min(onLevel - tileIndex * UInt64(Tile.width), UInt64(Tile.width))
        let hashes = try hashes(Tile(level: level, index: tileIndex, count: Int(count)))
        let start = Int(first % UInt64(Tile.width))
        guard start + 1 << inner <= hashes.count else {
            throw Problem.malformed(Tile(level: level, index: tileIndex, count: Int(count)))
        }
        var row = Array(hashes[start..<start + 1 << inner])
        while row.count > 1 {
            row = stride(from: 0, to: row.count, by: 2).map { MerkleHash.node(row[$0], row[$0 + 1]) }
        }
        return row[0]
    }

    /// The right edge of the tree, for adding leaves.
    public func frontier() throws -> MerkleFrontier {
        var hashes: [MerkleHash] = []
        var start: UInt64 = 0
        for height in stride(from: 63, through: 0, by: -1) where size >> UInt64(height) & 1 == 1 {
            hashes.append(try subtree(height: height, index: start >> UInt64(height)))
            start += 1 << UInt64(height)
        }
        guard let frontier = MerkleFrontier(size: size, hashes: hashes) else {
            preconditionFailure("one hash for each bit of the size")
        }
        return frontier
    }
}
