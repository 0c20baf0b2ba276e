import AkashiAge
import AkashiModel
import AkashiProof

/// The append-only ledger on disk. What it reports as appended is durable.
final class Ledger {
    private(set) var checkpoint: VerifiedCheckpoint
    private(set) var isBroken = false

    private let layout: VaultLayout
    private let files: DurableFiles
    private let keys: VaultKeys
    private let environment: VaultEnvironment
    private var frontier: MerkleFrontier
    /// The hashes of the tile at the right edge, on each level.
    private var edge: [Int: [MerkleHash]] = [:]
    /// First positions of the bundles, ascending.
    private(set) var bundleStarts: [UInt64]

    var size: UInt64 { checkpoint.checkpoint.size }
    var root: MerkleHash { checkpoint.checkpoint.root }

    /// Starts an empty ledger in a new vault.
    static func create(_ layout: VaultLayout, files: DurableFiles, keys: VaultKeys) throws(VaultError) {
        for folder in [layout.entries, layout.checkpoints] { try files.calls.makeFolder(folder) }
        let empty = Checkpoint(origin: keys.signer.verifier.name, size: 0, root: .empty)
        try files.write(Array(try Self.sign(empty, keys).note.utf8), to: layout.checkpoint)
        try files.calls.syncFolder(layout.root)
    }

    /// Opens a ledger: reads the checkpoint and the right edge, not the entries.
    init(_ layout: VaultLayout, files: DurableFiles, keys: VaultKeys, environment: VaultEnvironment) throws(VaultError) {
        self.layout = layout
        self.files = files
        self.keys = keys
        self.environment = environment
        guard files.calls.byteCount(layout.checkpoint) != nil else { throw VaultError(.checkpointDamaged) }
        let note = String(decoding: try files.read(layout.checkpoint), as: UTF8.self)
        let checkpoint: VerifiedCheckpoint
        do {
            checkpoint = try VerifiedCheckpoint(note: note, key: keys.signer.verifier)
        } catch {
            throw VaultError(.checkpointDamaged)
        }
        self.checkpoint = checkpoint
        let size = checkpoint.checkpoint.size
        bundleStarts = files.calls.list(layout.entries).compactMap(VaultLayout.bundleFirst).filter { $0 < size }
        frontier = MerkleFrontier()
        let reader = tileReader(size: size)
        do {
            frontier = try reader.frontier()
            guard frontier.root == checkpoint.checkpoint.root else { throw VaultError(.tileDamaged) }
            for tile in Tile.all(size: size) where tile.count < Tile.width {
                edge[tile.level] = try reader.hashes(tile)
            }
        } catch {
            throw VaultError(.tileDamaged)
        }
    }

    /// Looks hashes up in the tiles on disk, for a log of `size` leaves.
    func tileReader(size: UInt64) -> TileReader {
        TileReader(size: size) { [layout, files] tile in
            try Self.tileBytes(tile, layout: layout, files: files)
        }
    }

    /// A partial tile may be read from a wider one: the log has grown since.
    static func tileBytes(_ tile: Tile, layout: VaultLayout, files: DurableFiles) throws -> [UInt8] {
        if tile.count < Tile.width {
            for count in tile.count...Tile.width {
                let wider = Tile(level: tile.level, index: tile.index, count: count)
                guard files.calls.byteCount(layout.tile(wider)) != nil else { continue }
                return Array(try files.read(layout.tile(wider)).prefix(tile.count * MerkleHash.byteCount))
            }
        }
        return try files.read(layout.tile(tile))
    }

    /// Appends entries, all or none. On return they are on the disk and the checkpoint is signed.
    func append(_ drafts: [EntryDraft]) throws(VaultError) -> [LedgerEntry] {
        guard !isBroken else { throw VaultError(.reopenNeeded) }
        guard !drafts.isEmpty else { return [] }
        let time = environment.now()
        let salts = environment.random(16 * drafts.count)
        var entries: [LedgerEntry] = []
        entries.reserveCapacity(drafts.count)
        var grown = frontier
        var levels = edge
        for (number, draft) in drafts.enumerated() {
            let salt = Array(salts[number * 16..<number * 16 + 16])
            let bytes = EntryEnvelope.encode(draft, at: time, salt: salt)
            let entry = LedgerEntry(position: LogPosition(size + UInt64(number)), bytes: bytes)
            entries.append(entry)
            grown.append(leaf: entry.leaf) { height, _, hash in
                if height.isMultiple(of: Tile.height) { levels[height / Tile.height, default: []].append(hash) }
            }
        }
        let next = try Self.sign(
            Checkpoint(origin: checkpoint.checkpoint.origin, size: grown.size, root: grown.root), keys)
        do throws(VaultError) {
            try commit(entries, levels: levels, next: next)
        } catch {
            // On disk it may or may not have happened: only opening anew can tell.
            isBroken = true
            throw error
        }
        removeStaleTiles(from: size, to: grown.size)
        checkpoint = next
        frontier = grown
        edge = levels.mapValues { Array($0.suffix($0.count % Tile.width)) }
        return entries
    }

    private func commit(
        _ entries: [LedgerEntry], levels: [Int: [MerkleHash]], next: VerifiedCheckpoint
    ) throws(VaultError) {
        var batch: [(path: String, bytes: [UInt8])] = []
        var starts: [UInt64] = []
        for bundle in EntryBundle.split(entries) {
            guard let first = bundle.first?.position.index else { continue }
            let bytes = try EntryBundle.encode(Array(bundle), keys: keys, random: environment.random)
            batch.append((layout.bundle(first: first), bytes))
            starts.append(first)
        }
        for tile in Tile.changed(from: size, to: next.checkpoint.size) {
            // `levels` begins at the tile that was the right edge before.
            let before = size >> UInt64(Tile.height * tile.level)
            let base = before / UInt64(Tile.width) * UInt64(Tile.width)
            let start = Int(tile.index * UInt64(Tile.width) - base)
            let hashes = (levels[tile.level] ?? [])[start..<start + tile.count]
            batch.append((layout.tile(tile), hashes.flatMap(\.bytes)))
        }
        try files.write(batch)
        try files.write(Array(next.note.utf8), to: layout.checkpoint)
        bundleStarts += starts
    }

    /// Narrower versions of tiles that have grown are of no more use. If one stays, it does no harm.
    private func removeStaleTiles(from oldSize: UInt64, to newSize: UInt64) {
        let current = Set(Tile.all(size: newSize))
        for tile in Tile.all(size: oldSize) where tile.count < Tile.width && !current.contains(tile) {
            try? files.calls.remove(layout.tile(tile))
        }
    }

    private static func sign(_ checkpoint: Checkpoint, _ keys: VaultKeys) throws(VaultError) -> VerifiedCheckpoint {
        do {
            return try VerifiedCheckpoint(signing: checkpoint, by: keys.signer)
        } catch {
            throw VaultError(.fileFailure, ["file": "checkpoint"])
        }
    }
}

extension Ledger {
    /// The entries from a position on, bundle by bundle.
    func forEachBundle(from position: UInt64, _ body: ([LedgerEntry]) throws -> Void) throws {
        guard position < size else { return }
        let firstBundle = bundleStarts.lastIndex { $0 <= position } ?? 0
        for start in bundleStarts[firstBundle...] {
            let entries = try bundle(startingAt: start).filter { $0.position.index >= position }
            if !entries.isEmpty { try body(entries) }
        }
    }

    func bundle(startingAt start: UInt64) throws(VaultError) -> [LedgerEntry] {
        try EntryBundle.decode(files.read(layout.bundle(first: start)), first: start, keys: keys)
    }

    /// Entries from a place backwards, until it is enough; a bundle is opened once, and only if something in it is wanted.
    func forEachEntry(
        before end: UInt64, skipping isSkipped: (UInt64) -> Bool, _ body: (LedgerEntry) throws -> Bool
    ) throws {
        var beyond = min(end, size)
        for start in bundleStarts.reversed() where start < beyond {
            let wanted = (start..<beyond).filter { !isSkipped($0) }
            beyond = start
            guard !wanted.isEmpty else { continue }
            let entries = try bundle(startingAt: start)
            for index in wanted.reversed() {
                guard let entry = entries.first(where: { $0.position.index == index }) else {
                    throw VaultError(.entriesDamaged, ["index": String(index)])
                }
                guard try body(entry) else { return }
            }
        }
    }

    /// One entry.
    func entry(at position: LogPosition) throws(VaultError) -> LedgerEntry {
        guard position.index < size, let start = bundleStarts.last(where: { $0 <= position.index }) else {
            throw VaultError(.entriesDamaged, ["index": String(position.index)])
        }
        let entries = try bundle(startingAt: start)
        guard let entry = entries.first(where: { $0.position == position }) else {
            throw VaultError(.entriesDamaged, ["index": String(position.index)])
        }
        return entry
    }

    /// Replaces entries by their leaf hashes: their words are gone, the tree stays the same.
    func eraseWords(at positions: Set<LogPosition>) throws(VaultError) {
        for start in bundleStarts {
            let entries = try bundle(startingAt: start)
            guard entries.contains(where: { positions.contains($0.position) && $0.bytes != nil }) else { continue }
            let kept = entries.map { entry in
                positions.contains(entry.position)
                    ? LedgerEntry(position: entry.position, removedLeaf: entry.leaf) : entry
            }
            let bytes = try EntryBundle.encode(kept, keys: keys, random: environment.random)
            try files.write(bytes, to: layout.bundle(first: start))
        }
    }

    /// Puts aside what an append left behind that was interrupted before its checkpoint: it was never reported as saved.
    func clearInterrupted() throws(VaultError) {
        let leftover = files.calls.list(layout.entries)
            .filter { name in VaultLayout.bundleFirst(name: name).map { $0 >= size } ?? false }
        guard !leftover.isEmpty else { return }
        try files.calls.makeFolder(layout.interrupted)
        let stamp = String(environment.now().milliseconds)
        for name in leftover {
            try files.calls.rename("\(layout.entries)/\(name)", "\(layout.interrupted)/\(stamp)-\(name)")
        }
        try files.calls.syncFolder(layout.entries)
    }
}
