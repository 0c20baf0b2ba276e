public import AkashiModel

/// A dossier's table of contents, `data/contents.json` (docs/dossier-format.md section 2).
public struct DossierContents: Encodable, Sendable, Equatable {
    /// The only version there is.
    public static let currentFormat = "akashi-dossier/1"

    /// What a dossier holds.
    public enum Kind: String, Encodable, Sendable {
        /// Entries and originals.
        case evidence
        /// Commitments only.
        case sharing
    }

    /// A file whose digest stands here.
    public struct ListedFile: Encodable, Sendable, Equatable {
        /// Its path.
        public let path: String
        /// Its digest.
        public let sha256: ContentDigest
        /// Its length.
        public let bytes: UInt64

        /// Takes the parts.
        public init(path: String, sha256: ContentDigest, bytes: UInt64) {
            self.path = path
            self.sha256 = sha256
            self.bytes = bytes
        }
    }

    /// A file that belongs to an exhibit.
    public struct AttachedFile: Encodable, Sendable, Equatable {
        /// Its path in the dossier.
        public let path: String
        /// Its name in the record.
        public let name: String

        /// Takes the parts.
        public init(path: String, name: String) {
            self.path = path
            self.name = name
        }
    }

    /// A whole sealed file.
    public struct Original: Encodable, Sendable, Equatable {
        /// Its path in the dossier.
        public let path: String
        /// Position of its `sealed` entry.
        public let index: UInt64
        /// Hash of that entry.
        public let leaf: ContentDigest
        /// Path of that entry's proof.
        public let proof: String
        /// Path of that entry's bytes.
        public let entry: String

        /// Takes the parts.
        public init(path: String, index: UInt64, leaf: ContentDigest, proof: String, entry: String) {
            self.path = path
            self.index = index
            self.leaf = leaf
            self.proof = proof
            self.entry = entry
        }
    }

    /// An exhibit.
    public struct Exhibit: Encodable, Sendable, Equatable {
        /// `甲001`.
        public let number: String
        /// Position of its entry.
        public let index: UInt64
        /// Hash of its entry.
        public let leaf: ContentDigest
        /// Path of its proof.
        public let proof: String
        /// Path of its entry's bytes.
        public let entry: String?
        /// Path of the bytes that the record was read from.
        public let slice: String?
        /// Pictures and files.
        public let attachments: [AttachedFile]
        /// The whole sealed file.
        public let original: Original?

        /// Takes the parts.
        public init(
            number: String, index: UInt64, leaf: ContentDigest, proof: String, entry: String?, slice: String?,
            attachments: [AttachedFile], original: Original?
        ) {
            self.number = number
            self.index = index
            self.leaf = leaf
            self.proof = proof
            self.entry = entry
            self.slice = slice
            self.attachments = attachments
            self.original = original
        }

        private enum CodingKeys: String, CodingKey {
            case number, index, leaf, proof, entry, slice, attachments, original
        }

        /// Writes every key, null where there is nothing, as the format asks.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(number, forKey: .number)
            try container.encode(index, forKey: .index)
            try container.encode(leaf, forKey: .leaf)
            try container.encode(proof, forKey: .proof)
            try container.encode(entry, forKey: .entry)
            try container.encode(slice, forKey: .slice)
            try container.encode(attachments, forKey: .attachments)
            try container.encode(original, forKey: .original)
        }
    }

    /// A stamped checkpoint.
    public struct Anchor: Encodable, Sendable, Equatable {
        /// The ledger's size at it.
        public let size: UInt64
        /// The authority's id.
        public let authority: String
        /// Path of the checkpoint.
        public let checkpoint: String
        /// Path of the token.
        public let token: String
        /// Path of the authority's certificates.
        public let certificates: String
        /// Path of the consistency proof.
        public let consistency: String

        /// Takes the parts.
        public init(
            size: UInt64, authority: String, checkpoint: String, token: String, certificates: String, consistency: String
        ) {
            self.size = size
            self.authority = authority
            self.checkpoint = checkpoint
            self.token = token
            self.certificates = certificates
            self.consistency = consistency
        }
    }

    /// The checkpoint of the last dossier that the same receiver got.
    public struct Previous: Encodable, Sendable, Equatable {
        /// The ledger's size at it.
        public let size: UInt64
        /// Path of the checkpoint.
        public let checkpoint: String
        /// Path of the consistency proof.
        public let consistency: String

        /// Takes the parts.
        public init(size: UInt64, checkpoint: String, consistency: String) {
            self.size = size
            self.checkpoint = checkpoint
            self.consistency = consistency
        }
    }

    /// ``currentFormat``.
    public let format: String
    /// What the dossier holds.
    public let kind: Kind
    /// The log's name.
    public let origin: String
    /// For whom.
    public let receiver: String?
    /// When it was made, by the maker's clock.
    public let made: Instant
    /// Every listed file.
    public let files: [ListedFile]
    /// The exhibits.
    public let exhibits: [Exhibit]
    /// Stamped checkpoints.
    public let anchors: [Anchor]
    /// The last dossier of the same receiver.
    public let previous: Previous?

    /// Takes the parts.
    public init(
        kind: Kind, origin: String, receiver: String?, made: Instant, files: [ListedFile], exhibits: [Exhibit],
        anchors: [Anchor], previous: Previous?
    ) {
        format = Self.currentFormat
        self.kind = kind
        self.origin = origin
        self.receiver = receiver
        self.made = made
        self.files = files
        self.exhibits = exhibits
        self.anchors = anchors
        self.previous = previous
    }

    private enum CodingKeys: String, CodingKey {
        case format, kind, origin, receiver, made, files, exhibits, anchors, previous
    }

    /// Writes every key, null where there is nothing.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(format, forKey: .format)
        try container.encode(kind, forKey: .kind)
        try container.encode(origin, forKey: .origin)
        try container.encode(receiver, forKey: .receiver)
        try container.encode(made, forKey: .made)
        try container.encode(files, forKey: .files)
        try container.encode(exhibits, forKey: .exhibits)
        try container.encode(anchors, forKey: .anchors)
        try container.encode(previous, forKey: .previous)
    }
}
