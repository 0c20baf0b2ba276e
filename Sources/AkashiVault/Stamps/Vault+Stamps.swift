import AkashiAge
public import AkashiModel
import AkashiProof
import Crypto
import Foundation

/// What a `timestamped` entry says.
public struct StampBody: Codable, Equatable, Sendable {
    /// The ledger's size at the stamped checkpoint.
    public let size: UInt64
    /// The authority's id.
    public let authority: String
    /// The time it vouches for.
    public let attestedAt: AttestedTime
    /// SHA-256 of its answer.
    public let response: ContentDigest
}

extension Vault {
    /// The authorities that she has chosen.
    public func authorities() throws(VaultError) -> [TimestampAuthority] {
        guard files.calls.byteCount(layout.authorities) != nil else { return [] }
        let bytes = try files.read(layout.authorities)
        guard let list = try? JSONDecoder().decode([TimestampAuthority].self, from: Data(bytes)) else {
            throw VaultError(.authorityUnknown, ["file": "authorities.json"])
        }
        return list
    }

    /// Chooses authorities. None is asked before she says so.
    public func setAuthorities(_ list: [TimestampAuthority]) throws(VaultError) {
        try requireWriting()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(list) else { throw VaultError(.authorityUnknown) }
        try files.write(Array(data), to: layout.authorities)
    }

    /// Puts the newest checkpoint in the queue of every authority that has not stamped it or something newer.
    ///
    /// The queue lies on the disk: it waits as long as the computer is offline.
    public func queueStamps() throws(VaultError) {
        try requireWriting()
        guard size > 0 else { return }
        var batch: [(path: String, bytes: [UInt8])] = []
        for authority in try authorities() {
            let stamped = files.calls.byteCount(layout.stamp(size, authority.id)) != nil
            let queued = files.calls.byteCount(layout.stampRequest(size, authority.id)) != nil
            guard !stamped, !queued else { continue }
            let imprint = Self.imprint(checkpoint.note)
            let request = TimestampRequest(
                imprint: imprint, nonce: environment.random(TimestampRequest.nonceByteCount), policy: authority.policy)
            guard let query = try? request.encoded() else {
                throw VaultError(.authorityUnknown, ["authority": authority.id])
            }
            batch.append((layout.stampRequest(size, authority.id), query))
        }
        guard !batch.isEmpty else { return }
        batch.insert((layout.stampedCheckpoint(size), Array(checkpoint.note.utf8)), at: 0)
        try files.write(batch)
    }

    /// Requests that wait: for each authority the newest, which covers everything before it.
    public func pendingStamps() throws(VaultError) -> [PendingStamp] {
        var pending: [PendingStamp] = []
        for authority in try authorities() {
            let sizes = stampFiles().filter { $0.authority == authority.id && $0.isRequest }.map(\.size)
            guard let newest = sizes.max() else { continue }
            pending.append(
                PendingStamp(
                    size: newest, authority: authority,
                    query: try files.read(layout.stampRequest(newest, authority.id))))
        }
        return pending
    }

    /// Checks an authority's answer whole and keeps it. Older requests to the same authority are then of no more use.
    ///
    /// - Throws: ``VaultErrorCode/stampRefused`` if it does not hold; the request stays in the queue.
    public func acceptStamp(_ pending: PendingStamp, response: [UInt8]) async throws -> (KeptStamp, LedgerEntry) {
        try requireWriting()
        let note = String(decoding: try files.read(layout.stampedCheckpoint(pending.size)), as: UTF8.self)
        let verified: VerifiedTimestamp
        do {
            let token = try TimestampToken(response)
            verified = try await TimestampVerifier(certificatesPEM: pending.authority.certificatesPEM)
                .verify(token, imprint: Self.imprint(note), request: TimestampRequest(encoded: pending.query))
        } catch {
            throw VaultError(.stampRefused, ["authority": pending.authority.id, "reason": "\(error)"])
        }
        try files.write(response, to: layout.stamp(pending.size, pending.authority.id))
        for file in stampFiles() where file.authority == pending.authority.id && file.isRequest && file.size <= pending.size {
            try files.calls.remove(layout.stampRequest(file.size, file.authority))
        }
        guard let digest = ContentDigest(bytes: SHA256.hash(data: response)) else { preconditionFailure("32 bytes") }
        let body = StampBody(
            size: pending.size, authority: pending.authority.id, attestedAt: verified.time, response: digest)
        let entry = try ledger.append([try EntryDraft(.timestamped, body)])[0]
        let kept = KeptStamp(
            size: pending.size, authority: pending.authority, checkpointNote: note, response: response,
            verified: verified)
        return (kept, entry)
    }

    /// All stamps that hold, by size. Those that do not hold are left out here and reported by ``verify(progress:)``.
    public func keptStamps() async throws -> [KeptStamp] {
        let known = try authorities()
        var kept: [KeptStamp] = []
        for file in stampFiles() where !file.isRequest {
            guard let authority = known.first(where: { $0.id == file.authority }),
                let stamp = try? await readStamp(size: file.size, authority: authority)
            else { continue }
            kept.append(stamp)
        }
        return kept.sorted { ($0.size, $0.authority.id) < ($1.size, $1.authority.id) }
    }

    func readStamp(size: UInt64, authority: TimestampAuthority) async throws -> KeptStamp {
        let note = String(decoding: try files.read(layout.stampedCheckpoint(size)), as: UTF8.self)
        let stamped = try VerifiedCheckpoint(note: note, key: ledgerKey)
        guard stamped.checkpoint.size == size, size <= self.size, try root(atSize: size) == stamped.checkpoint.root else {
            throw VaultError(.forked, ["size": String(size)])
        }
        let response = try files.read(layout.stamp(size, authority.id))
        let verified = try await TimestampVerifier(certificatesPEM: authority.certificatesPEM)
            .verify(try TimestampToken(response), imprint: Self.imprint(note))
        return KeptStamp(
            size: size, authority: authority, checkpointNote: note, response: response, verified: verified)
    }

    /// Sizes at which a checkpoint was kept: for a time stamp, or because a dossier went out. Ascending.
    func keptSizes() -> [UInt64] {
        files.calls.list(layout.checkpoints).compactMap { UInt64($0.prefix { $0 != "." }) }.sorted()
    }

    struct StampFile {
        let size: UInt64
        let authority: String
        let isRequest: Bool
    }

    func stampFiles() -> [StampFile] {
        files.calls.list(layout.checkpoints).compactMap { name in
            let parts = name.split(separator: ".").map(String.init)
            guard parts.count == 3, let size = UInt64(parts[0]), parts[2] == "tsq" || parts[2] == "tsr" else { return nil }
            return StampFile(size: size, authority: parts[1], isRequest: parts[2] == "tsq")
        }
    }

    /// What is stamped: SHA-256 of the signed checkpoint's file.
    static func imprint(_ note: String) -> ContentDigest {
        guard let digest = ContentDigest(bytes: SHA256.hash(data: Array(note.utf8))) else { preconditionFailure("32 bytes") }
        return digest
    }
}
