public import AkashiIntake
public import AkashiModel

/// Bytes that are sealed: on the disk, encrypted, and written down in the ledger. Only the vault makes these.
public struct SealedEvidence: Hashable, Sendable {
    /// SHA-256 of the bytes.
    public let digest: ContentDigest
    /// Number of bytes.
    public let byteCount: UInt64
    /// The ledger entry that says so.
    public let position: LogPosition
    /// When this computer sealed it.
    public let observedAt: ObservedTime
    /// Where it came from.
    public let source: SourceDescription

    init(position: LogPosition, observedAt: ObservedTime, body: SealedBody) {
        digest = body.digest
        byteCount = body.byteCount
        source = body.source
        self.position = position
        self.observedAt = observedAt
    }

    /// Reads it from a `sealed` entry of the ledger; nil for any other entry.
    public init?(_ entry: LedgerEntry) {
        guard let envelope = entry.envelope, envelope.kind == .sealed,
            let body = try? envelope.decode(SealedBody.self)
        else { return nil }
        self.init(position: entry.position, observedAt: envelope.observedAt, body: body)
    }
}

/// What a `sealed` entry says.
struct SealedBody: Codable, Sendable {
    let digest: ContentDigest
    let byteCount: UInt64
    let source: SourceDescription
}
