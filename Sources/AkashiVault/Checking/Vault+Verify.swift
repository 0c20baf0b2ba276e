import AkashiModel
import AkashiProof
import Dispatch
import Synchronization

extension Vault {
    /// Checks everything: each entry against the signed root, each tile, each time stamp, each sealed object.
    ///
    /// - Parameter progress: told the number of objects that are checked, and of all.
    public func verify(progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }) async -> VaultVerification {
        var result = VaultVerification()
        var check = LedgerCheck(ledger: ledger, layout: layout, files: files)
        check.run(&result)
        await checkStamps(&result)
        checkObjects(check.sealed, removed: check.removed, &result, progress)
        result.findings.sort { ($0.position?.index ?? 0) < ($1.position?.index ?? 0) }
        return result
    }

    private func checkStamps(_ result: inout VaultVerification) async {
        let known = (try? authorities()) ?? []
        if (try? authorities()) == nil { result.findings.append(.init(.authorityUnknown, file: "authorities.json")) }
        result.pendingStampCount = stampFiles().count { $0.isRequest }
        for size in Set(keptSizes()).sorted() {
            let kept = try? keptCheckpoint(size: size).checkpoint
            if kept?.size != size || (try? root(atSize: size)) != kept?.root {
                result.findings.append(.init(.forked, file: "ledger/checkpoints/\(size)"))
            }
        }
        for file in stampFiles() where !file.isRequest {
            let name = "ledger/checkpoints/\(file.size).\(file.authority).tsr"
            guard let authority = known.first(where: { $0.id == file.authority }) else {
                result.findings.append(.init(.authorityUnknown, file: name))
                continue
            }
            do {
                result.stamps.append(try await readStamp(size: file.size, authority: authority))
            } catch let error as VaultError {
                result.findings.append(.init(error.kind, file: name))
            } catch {
                result.findings.append(.init(.stampRefused, file: name))
            }
        }
    }

    /// Decrypts and hashes every sealed object, two at a time: hashing is cheap, decrypting keeps a core busy.
    private func checkObjects(
        _ sealed: [(LogPosition, SealedBody)], removed: Set<ContentDigest>, _ result: inout VaultVerification,
        _ progress: @escaping @Sendable (Int, Int) -> Void
    ) {
        var seen: Set<ContentDigest> = []
        let work = sealed.filter { !removed.contains($0.1.digest) && seen.insert($0.1.digest).inserted }
        let outcomes = Mutex<[Int: VaultVerification.Finding]>([:])
        let done = Atomic<Int>(0)
        let objects = objects
        DispatchQueue.concurrentPerform(iterations: work.count) { index in
            let (position, body) = work[index]
            do throws(VaultError) {
                let byteCount = try objects.check(body.digest)
                guard byteCount == body.byteCount else { throw VaultError(.objectDamaged) }
            } catch {
                let finding = VaultVerification.Finding(error.kind, position: position, digest: body.digest)
                outcomes.withLock { $0[index] = finding }
            }
            progress(done.add(1, ordering: .relaxed).newValue, work.count)
        }
        let broken = outcomes.withLock { $0 }
        result.objectCount = work.count - broken.count
        for (index, item) in work.enumerated() {
            if let finding = broken[index] {
                result.findings.append(finding)
            } else {
                result.objectByteCount += item.1.byteCount
            }
        }
        let expected = Set(seen.map { keys.objectName($0) })
        for folder in files.calls.list(layout.objects) {
            for name in files.calls.list("\(layout.objects)/\(folder)") where !expected.contains(folder + name.dropLast(4)) {
                result.unlistedObjectCount += 1
            }
        }
    }
}

/// Reads every entry and builds the tree anew.
private struct LedgerCheck {
    let ledger: Ledger
    let layout: VaultLayout
    let files: DurableFiles
    private(set) var sealed: [(LogPosition, SealedBody)] = []
    private(set) var removed: Set<ContentDigest> = []
    private var removedPositions: Set<LogPosition> = []
    private var wordless: [LogPosition] = []
    private var frontier = MerkleFrontier()
    private var levels: [Int: [MerkleHash]] = [:]

    init(ledger: Ledger, layout: VaultLayout, files: DurableFiles) {
        self.ledger = ledger
        self.layout = layout
        self.files = files
    }

    mutating func run(_ result: inout VaultVerification) {
        var isWhole = true
        for (number, start) in ledger.bundleStarts.enumerated() {
            let next = number + 1 < ledger.bundleStarts.count ? ledger.bundleStarts[number + 1] : ledger.size
            let name = "ledger/entries/" + VaultLayout.bundleName(first: start)
            let expected = isWhole ? frontier.size : start
            if start != expected {
                result.findings.append(.init(.entriesDamaged, position: LogPosition(expected), file: name))
                isWhole = false
            }
            guard let entries = try? ledger.bundle(startingAt: start), start + UInt64(entries.count) == next else {
                result.findings.append(.init(.entriesDamaged, position: LogPosition(start), file: name))
                isWhole = false
                continue
            }
            for entry in entries { take(entry, isWhole: isWhole, name, &result) }
        }
        if isWhole, frontier.size != ledger.size {
            result.findings.append(.init(.entriesDamaged, position: LogPosition(frontier.size)))
            isWhole = false
        }
        for position in wordless where !removedPositions.contains(position) {
            result.findings.append(.init(.entriesDamaged, position: position))
        }
        if isWhole {
            if frontier.root != ledger.root { findChangedEntry(&result) }
            checkTiles(&result)
        } else {
            checkAgainstTiles(&result)
        }
    }

    private mutating func take(_ entry: LedgerEntry, isWhole: Bool, _ name: String, _ result: inout VaultVerification) {
        if isWhole {
            // Taken out and put back, so that the tree and the rows can change in one call.
            var levels = self.levels
            self.levels = [:]
            frontier.append(leaf: entry.leaf) { height, _, hash in
                if height.isMultiple(of: Tile.height) { levels[height / Tile.height, default: []].append(hash) }
            }
            self.levels = levels
        }
        result.entryCount += 1
        guard entry.bytes != nil else {
            result.removedEntryCount += 1
            wordless.append(entry.position)
            return
        }
        guard let envelope = entry.envelope else {
            result.findings.append(.init(.entriesDamaged, position: entry.position, file: name))
            return
        }
        switch envelope.kind {
        case .sealed:
            if let body = try? envelope.decode(SealedBody.self) {
                sealed.append((entry.position, body))
                removed.remove(body.digest)
            }
        case .removed:
            if let body = try? envelope.decode(RemovalBody.self), body.state == .erased {
                removed.insert(body.digest)
                removedPositions.formUnion(body.positions ?? [])
            }
        default: break
        }
    }

    /// The root does not fit: the tiles tell which entry is not the one that was appended.
    private func findChangedEntry(_ result: inout VaultVerification) {
        let before = result.findings.count
        checkAgainstTiles(&result)
        if result.findings.count == before { result.findings.append(.init(.checkpointDamaged, file: "ledger/checkpoint")) }
    }

    private func checkAgainstTiles(_ result: inout VaultVerification) {
        let reader = ledger.tileReader(size: ledger.size)
        for start in ledger.bundleStarts {
            for entry in (try? ledger.bundle(startingAt: start)) ?? [] where entry.position.index < ledger.size {
                guard (try? reader.subtree(height: 0, index: entry.position.index)) == entry.leaf else {
                    let name = "ledger/entries/" + VaultLayout.bundleName(first: start)
                    result.findings.append(.init(.entriesDamaged, position: entry.position, file: name))
                    return
                }
            }
        }
    }

    private func checkTiles(_ result: inout VaultVerification) {
        for tile in Tile.all(size: ledger.size) {
            let start = Int(tile.index) * Tile.width
            let expected = (levels[tile.level] ?? [])[start..<start + tile.count].flatMap(\.bytes)
            guard (try? files.read(layout.tile(tile))) == expected else {
                let first = tile.index << UInt64(Tile.height * (tile.level + 1))
                result.findings.append(.init(.tileDamaged, position: LogPosition(first), file: "ledger/" + tile.path))
                continue
            }
        }
    }
}
