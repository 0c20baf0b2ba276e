public import AkashiModel

/// What a `removed` entry says.
public struct RemovalBody: Codable, Equatable, Sendable {
    /// How far a removal is.
    public enum State: String, Codable, Sendable {
        /// Marked: the bytes are still there and can be kept after all.
        case held
        /// She kept them after all.
        case kept
        /// The bytes and the words read from them are gone.
        case erased
    }

    /// What is removed.
    public let digest: ContentDigest
    /// How far it is.
    public let state: State
    /// When the bytes are taken away, for `held`.
    public let holdUntil: Instant?
    /// Her reason.
    public let reason: String?
    /// The entries whose words go with the bytes, for `erased`.
    public let positions: [LogPosition]?
}

extension Vault {
    /// Days between the decision to remove something and its end, so that a tired evening can be undone.
    public static let removalHoldDays = 7

    /// Marks sealed bytes for removal. The desk takes them away when the hold is over.
    public func holdForRemoval(_ digest: ContentDigest, reason: String) throws -> LedgerEntry {
        try requireWriting()
        guard objects.exists(digest) else { throw VaultError(.objectUnknown, ["digest": digest.short]) }
        let until = environment.now().advanced(milliseconds: Int64(Self.removalHoldDays) * 86_400_000)
        return try appendRemoval(
            RemovalBody(digest: digest, state: .held, holdUntil: until, reason: reason, positions: nil))
    }

    /// Keeps what was marked for removal.
    public func keepAfterAll(_ digest: ContentDigest) throws -> LedgerEntry {
        try requireWriting()
        return try appendRemoval(
            RemovalBody(digest: digest, state: .kept, holdUntil: nil, reason: nil, positions: nil))
    }

    /// Takes bytes away, and the words of the entries that were read from them. The ledger keeps their hashes and still
    /// verifies. The tombstone comes first, so that after a crash ``completeErasure(_:positions:)`` can finish.
    public func erase(_ digest: ContentDigest, positions: [LogPosition]) throws -> LedgerEntry {
        try requireWriting()
        let entry = try appendRemoval(
            RemovalBody(digest: digest, state: .erased, holdUntil: nil, reason: nil, positions: positions))
        try completeErasure(digest, positions: positions)
        return entry
    }

    /// Finishes an erasure whose tombstone stands. Does nothing where it is finished.
    public func completeErasure(_ digest: ContentDigest, positions: [LogPosition]) throws(VaultError) {
        try requireWriting()
        guard objects.exists(digest) else { return }
        try ledger.eraseWords(at: Set(positions))
        try objects.remove(digest)
    }

    private func appendRemoval(_ body: RemovalBody) throws -> LedgerEntry {
        try ledger.append([try EntryDraft(.removed, body)])[0]
    }
}
