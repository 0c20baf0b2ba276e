public import AkashiModel

/// What checking a dossier found. A value: every reason to refuse it, and what it proves if there is none.
public struct DossierVerification: Sendable, Equatable, Encodable {
    /// A reason to refuse.
    public struct Finding: Sendable, Hashable, Encodable {
        /// Stable text such as `exhibit.slice`; the words stand in `Knowledge/strings/findings`.
        public let code: String
        /// The file it concerns.
        public let path: String?
    }

    /// What holds of an exhibit.
    public struct Exhibit: Sendable, Equatable, Encodable {
        /// `甲001`.
        public let number: String
        /// Position in the ledger.
        public let index: UInt64
        /// It existed before this time; nil if nobody else vouches for a time.
        public let before: AttestedTime?
        /// Who says so.
        public let authority: String?
    }

    /// A stamp that holds.
    public struct Anchor: Sendable, Equatable, Encodable {
        /// Entries below this position existed at the time.
        public let size: UInt64
        /// The time.
        public let time: AttestedTime
        /// The authority's name, as its certificate says.
        public let authority: String
        /// SHA-256 of the root certificate, to be compared with what the authority publishes.
        public let rootFingerprint: String
    }

    /// Reasons to refuse it.
    public internal(set) var findings: [Finding] = []
    /// The exhibits.
    public internal(set) var exhibits: [Exhibit] = []
    /// Stamps that hold.
    public internal(set) var anchors: [Anchor] = []
    /// The ledger's size after the dossier was made.
    public internal(set) var size: UInt64 = 0
    /// Fingerprint of the ledger's key, to be compared on paper.
    public internal(set) var fingerprint: String?
    /// The ledger's size in the earlier dossier that this one continues.
    public internal(set) var previous: UInt64?
    /// What the dossier holds.
    public internal(set) var kind: DossierContents.Kind?

    /// Whether there is no reason to refuse it.
    public var isConsistent: Bool { findings.isEmpty }

    init() {}

    /// Takes back every time that was found.
    mutating func forgetTimes() {
        exhibits = exhibits.map { Exhibit(number: $0.number, index: $0.index, before: nil, authority: nil) }
    }

    mutating func add(_ code: String, _ path: String? = nil) {
        let finding = Finding(code: code, path: path)
        if !findings.contains(finding) { findings.append(finding) }
    }

    private enum Key: String, CodingKey {
        case ok, complete, kind, size, findings, exhibits, fingerprint, anchors, previous
    }

    /// Writes the form that both verifiers share.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(isConsistent, forKey: .ok)
        try container.encode(true, forKey: .complete)
        try container.encode(kind, forKey: .kind)
        try container.encode(size, forKey: .size)
        try container.encode(findings, forKey: .findings)
        try container.encode(exhibits, forKey: .exhibits)
        try container.encode(fingerprint, forKey: .fingerprint)
        try container.encode(anchors, forKey: .anchors)
        try container.encode(previous, forKey: .previous)
    }
}
