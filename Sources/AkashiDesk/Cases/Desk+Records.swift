import AkashiCasework
public import AkashiIntake
public import AkashiModel
import AkashiVault

/// A stamp that covers a record.
public struct CoveringStamp: Sendable, Hashable {
    /// The authority's name.
    public let authority: String
    /// The time it vouches for.
    public let attestedAt: AttestedTime
}

extension Desk {
    /// A record with its words, without writing down that anybody saw them: for code that shows only what is around them.
    ///
    /// - Throws: ``CaseworkErrorCode/unknownRecord``.
    public func words(at position: LogPosition) throws -> ParsedRecord {
        guard position.index < vault.size, let envelope = try vault.entry(at: position).envelope, envelope.kind == .record else {
            throw CaseworkError(.unknownRecord, ["index": "\(position)"])
        }
        return try envelope.decode()
    }

    /// The bytes of a record as they are sealed, or of the whole file where the record is one.
    public func original(of position: LogPosition) throws -> (bytes: [UInt8], name: String) {
        let record = try words(at: position)
        let evidence = try index.evidence(record.source.object)
        let path = record.source.member ?? evidence?.path ?? "original"
        return (
            try SourceReader(vault).bytes(at: record.source), path.split(separator: "/").last.map(String.init) ?? "original"
        )
    }

    /// For each authority the earliest stamp that covers a record.
    public func stamps(covering position: LogPosition) throws -> [CoveringStamp] {
        let names = Dictionary(try vault.authorities().map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        return try index.stamps(covering: position).map {
            CoveringStamp(authority: names[$0.authority] ?? $0.authority, attestedAt: $0.attestedAt)
        }
    }
}
