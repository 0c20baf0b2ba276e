public import AkashiIntake
public import AkashiModel

/// What became of one item.
public enum SealOutcome: Sendable {
    /// Its bytes are sealed now.
    case sealed(SealedEvidence)
    /// The same bytes were sealed before; nothing was added.
    case known(ContentDigest)
    /// It could not be read from where it lay. The vault is as it was.
    case unreadable(SourceDescription)

    /// The digest of the bytes; nil if they could not be read.
    public var digest: ContentDigest? {
        switch self {
        case .sealed(let evidence): evidence.digest
        case .known(let digest): digest
        case .unreadable: nil
        }
    }
}

extension Vault {
    /// Items that are committed together: what one crash can cost is what was not yet reported.
    static let sealBatchItemCount = 256
    private static let sealBatchByteCount: UInt64 = 256 << 20

    /// Seals raw bytes. Each outcome is reported after it is durable, in the order of the items.
    ///
    /// - Parameter isKnown: whether bytes of a digest were sealed before and not removed.
    /// - Throws: ``VaultError`` if the vault cannot be written; what was reported before stays.
    public func seal(
        _ items: some Sequence<IntakeItem>, isKnown: (ContentDigest) throws -> Bool, report: (SealOutcome) throws -> Void
    ) throws {
        try requireWriting()
        var batch = SealBatch()
        for item in items {
            do {
                let written = try objects.write(item.open())
                batch.steps.append(.written(written, item.source))
                batch.byteCount += written.byteCount
            } catch let error as VaultError {
                batch.discard(files)
                throw error
            } catch {
                batch.steps.append(.unreadable(item.source))
            }
            if batch.steps.count >= Self.sealBatchItemCount || batch.byteCount >= Self.sealBatchByteCount {
                try commit(&batch, isKnown: isKnown, report: report)
            }
        }
        try commit(&batch, isKnown: isKnown, report: report)
    }

    /// Begins to take in bytes that arrive piece by piece, such as an upload.
    public func beginIncoming(_ source: SourceDescription) throws -> IncomingObject {
        try requireWriting()
        return IncomingObject(source: source, writer: try ObjectWriter(objects))
    }

    /// Seals what has arrived whole. The outcomes are in the order of the objects.
    public func seal(
        incoming: [IncomingObject], isKnown: (ContentDigest) throws -> Bool, report: (SealOutcome) throws -> Void
    ) throws {
        try requireWriting()
        var batch = SealBatch()
        for object in incoming {
            do {
                batch.steps.append(.written(try object.writer.end(), object.source))
            } catch {
                batch.discard(files)
                throw error
            }
        }
        try commit(&batch, isKnown: isKnown, report: report)
    }

    private func commit(
        _ batch: inout SealBatch, isKnown: (ContentDigest) throws -> Bool, report: (SealOutcome) throws -> Void
    ) throws {
        defer { batch = SealBatch() }
        var drafts: [EntryDraft] = []
        var drafted: Set<ContentDigest> = []
        try objects.name(batch.written)
        for step in batch.steps {
            guard case .written(let object, let source) = step, try !isKnown(object.digest),
                drafted.insert(object.digest).inserted
            else { continue }
            drafts.append(
                try EntryDraft(.sealed, SealedBody(digest: object.digest, byteCount: object.byteCount, source: source)))
        }
        var evidence: [ContentDigest: SealedEvidence] = [:]
        for entry in try ledger.append(drafts) {
            if let sealed = SealedEvidence(entry) { evidence[sealed.digest] = sealed }
        }
        for step in batch.steps {
            switch step {
            case .unreadable(let source): try report(.unreadable(source))
            case .written(let object, _):
                try report(evidence.removeValue(forKey: object.digest).map { .sealed($0) } ?? .known(object.digest))
            }
        }
    }
}

/// Bytes on their way in: encrypted as they arrive. Given up before it is sealed, it leaves nothing behind.
public final class IncomingObject {
    /// Where it comes from.
    public let source: SourceDescription
    fileprivate let writer: ObjectWriter

    fileprivate init(source: SourceDescription, writer: ObjectWriter) {
        self.source = source
        self.writer = writer
    }

    /// Bytes that have arrived.
    public var byteCount: UInt64 { writer.byteCount }

    /// Takes the next piece.
    public func append(_ piece: [UInt8]) throws { try writer.append(piece) }
}

/// Items that are written and not committed yet.
private struct SealBatch {
    enum Step {
        case written(ObjectStore.Written, SourceDescription)
        case unreadable(SourceDescription)
    }

    var steps: [Step] = []
    var byteCount: UInt64 = 0

    var written: [ObjectStore.Written] {
        steps.compactMap { if case .written(let object, _) = $0 { object } else { nil } }
    }

    func discard(_ files: DurableFiles) {
        for object in written { files.discard(object.file) }
    }
}
