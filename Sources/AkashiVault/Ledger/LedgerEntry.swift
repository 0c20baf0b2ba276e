public import AkashiModel
public import AkashiProof
import Foundation

/// What an entry of the ledger is about.
public enum EntryKind: String, Sendable, Codable, CaseIterable {
    /// Bytes were sealed.
    case sealed
    /// An importer read a record.
    case record
    /// A reading ended: what was read, what was missing, which problems.
    case derived
    /// She decided something: a case, an incident, a party.
    case decision
    /// She wrote a note, or about a consultation.
    case note
    /// A dossier was made.
    case exported
    /// An authority stamped a checkpoint.
    case timestamped
    /// Something was marked for removal, kept after all, or taken away.
    case removed
    /// Covered words were uncovered.
    case opened
    /// The desk was unlocked: when somebody looked, and in which part.
    case unlocked
}

/// An entry that is to be appended.
public struct EntryDraft: Sendable {
    /// What it is about.
    public let kind: EntryKind
    /// The JSON of its body.
    public let body: [UInt8]

    /// Takes a body that is JSON already.
    public init(kind: EntryKind, body: [UInt8]) {
        self.kind = kind
        self.body = body
    }

    /// Encodes a body, keys sorted.
    public init(_ kind: EntryKind, _ body: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.init(kind: kind, body: Array(try encoder.encode(body)))
    }
}

/// An entry that stands in the ledger.
public struct LedgerEntry: Equatable, Sendable {
    /// Where it stands.
    public let position: LogPosition
    /// Its JSON, byte for byte: what its leaf hash is over. Nil if its words were removed by her decision.
    public let bytes: [UInt8]?
    /// The hash in the tree.
    public let leaf: MerkleHash

    init(position: LogPosition, bytes: [UInt8]) {
        self.position = position
        self.bytes = bytes
        leaf = .leaf(bytes)
    }

    init(position: LogPosition, removedLeaf: MerkleHash) {
        self.position = position
        bytes = nil
        leaf = removedLeaf
    }
}

/// The outer JSON of an entry.
public struct EntryEnvelope: Sendable {
    /// What it is about.
    public let kind: EntryKind
    /// When it was appended, by this computer's clock.
    public let observedAt: ObservedTime
    /// The JSON of the body.
    public let body: ArraySlice<UInt8>

    private static let saltByteCount = 16

    /// The bytes of a new entry. Written by hand, so that there is one spelling: `{"v":1,"kind":…,"at":…,"salt":…,"body":…}`.
    static func encode(_ draft: EntryDraft, at time: Instant, salt: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(draft.body.count + 120)
        bytes += Array("{\"v\":1,\"kind\":\"\(draft.kind.rawValue)\",\"at\":\"\(time.utcText)\",\"salt\":\"".utf8)
        bytes += Array(StrictBase64.encode(salt.prefix(saltByteCount)).utf8)
        bytes += Array("\",\"body\":".utf8)
        bytes += draft.body
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// Reads the outer JSON; nil if it is not as ``encode`` writes it.
    public init?(_ bytes: [UInt8]) {
        var position = bytes.startIndex
        func take(_ text: StaticString) -> Bool {
            let count = text.utf8CodeUnitCount
            guard bytes.count - position >= count,
                bytes[position..<position + count].elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: count))
            else { return false }
            position += count
            return true
        }
        func quoted() -> ArraySlice<UInt8>? {
            guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
            defer { position = end + 1 }
            return bytes[position..<end]
        }
        guard take("{\"v\":1,\"kind\":\""), let kindBytes = quoted(),
            let kind = EntryKind(rawValue: String(decoding: kindBytes, as: UTF8.self)), take(",\"at\":\""),
            let timeBytes = quoted(), let time = Instant(rfc3339: String(decoding: timeBytes, as: UTF8.self)),
            take(",\"salt\":\""), let salt = quoted(), salt.count == 24, take(",\"body\":"),
            bytes.last == UInt8(ascii: "}"), position < bytes.count - 1
        else { return nil }
        self.kind = kind
        observedAt = ObservedTime(time)
        body = bytes[position..<(bytes.count - 1)]
    }

    /// Decodes the body.
    public func decode<Body: Decodable>(_ type: Body.Type = Body.self) throws -> Body {
        try JSONDecoder().decode(type, from: Data(body))
    }
}

extension LedgerEntry {
    /// The outer JSON; nil if the entry's words were removed, or it is not one of ours.
    public var envelope: EntryEnvelope? { bytes.flatMap(EntryEnvelope.init) }
}
