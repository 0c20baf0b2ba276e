/// The state of a log: its name, its size, its root (C2SP tlog-checkpoint).
public struct Checkpoint: Equatable, Sendable {
    /// The log's name.
    public let origin: String
    /// Number of entries.
    public let size: UInt64
    /// Root of the Merkle tree over them.
    public let root: MerkleHash

    /// Takes the parts.
    public init(origin: String, size: UInt64, root: MerkleHash) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// The text that is signed: three lines.
    public var text: String { "\(origin)\n\(size)\n\(StrictBase64.encode(root.bytes))\n" }

    /// Reads the text. Extension lines are not used by Akashi and refused.
    public init(text: String) throws(NoteProblem) {
        let lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { String($0) ?? "" }
        guard lines.count == 4, lines[3].isEmpty, !lines[0].isEmpty, let size = UInt64(lines[1]),
            String(size) == lines[1], let bytes = StrictBase64.decode(lines[2]), let root = MerkleHash(bytes: bytes)
        else { throw .malformed("checkpoint") }
        self.init(origin: lines[0], size: size, root: root)
    }
}

/// A checkpoint whose signature was checked.
public struct VerifiedCheckpoint: Equatable, Sendable {
    /// What it says.
    public let checkpoint: Checkpoint
    /// The signed note, byte for byte.
    public let note: String

    /// Signs a checkpoint.
    ///
    /// - Throws: if the cryptographic library fails.
    public init(signing checkpoint: Checkpoint, by signer: NoteSigner) throws {
        note = try signer.sign(checkpoint.text)
        self.checkpoint = checkpoint
    }

    /// Reads a signed checkpoint and checks that this key signed it and that it names this key's log.
    public init(note: String, key: NoteVerifierKey) throws(NoteProblem) {
        let signed = try SignedNote(note)
        try signed.verify(by: key)
        let checkpoint = try Checkpoint(text: signed.text)
        guard checkpoint.origin == key.name else { throw .malformed("origin") }
        self.checkpoint = checkpoint
        self.note = note
    }
}
