public import AkashiAge
public import AkashiModel
public import AkashiProof

/// The one place where evidence is kept, and the only writer of it.
///
/// Not safe for use from two tasks at once: whoever holds it (the desk) is an actor.
public final class Vault {
    /// What the vault is opened for.
    public enum Access: Sendable {
        /// Reading and writing. One program at a time.
        case readWrite
        /// Reading only: nothing in the folder changes, not even what an interrupted program left behind.
        case readOnly
    }

    /// What `vault.json` says.
    public let description: VaultDescription
    /// What the vault was opened for.
    public let access: Access

    let layout: VaultLayout
    let files: DurableFiles
    let keys: VaultKeys
    let environment: VaultEnvironment
    let ledger: Ledger
    let objects: ObjectStore
    private let lock: VaultLock?

    private init(
        description: VaultDescription, access: Access, layout: VaultLayout, files: DurableFiles, keys: VaultKeys,
        environment: VaultEnvironment, lock: VaultLock?
    ) throws(VaultError) {
        self.description = description
        self.access = access
        self.layout = layout
        self.files = files
        self.keys = keys
        self.environment = environment
        self.lock = lock
        objects = ObjectStore(layout: layout, files: files, keys: keys, random: environment.random)
        ledger = try Ledger(layout, files: files, keys: keys, environment: environment)
    }

    /// Makes a vault in an empty or new folder and opens it.
    ///
    /// - Parameter passphrase: at least 8 characters; nil keeps the key beside the vault, readable by whoever has the folder.
    public static func create(
        at folder: String, passphrase: String?, environment: VaultEnvironment
    ) throws(VaultError) -> Vault {
        let calls = environment.files
        let layout = VaultLayout(root: folder)
        guard calls.list(folder).isEmpty else { throw VaultError(.folderNotEmpty) }
        if let passphrase, passphrase.count < IdentityFile.minimumPassphraseLength {
            throw VaultError(.passphraseTooShort, ["minimum": String(IdentityFile.minimumPassphraseLength)])
        }
        try calls.makeFolder(folder)
        let lock = try VaultLock(layout.lock)
        for name in [layout.temporary, layout.objects, layout.ledger, layout.index] { try calls.makeFolder(name) }
        let files = DurableFiles(calls: calls, temporaryFolder: layout.temporary, random: { environment.random($0) })
        let id = Self.newID(environment)
        guard let identity = try? X25519Identity(random: environment.random) else { throw VaultError(.fileFailure) }
        let keys = try VaultKeys(identity: identity, vaultID: id)
        try IdentityFile(layout: layout, files: files, environment: environment).write(identity, passphrase: passphrase)
        try Ledger.create(layout, files: files, keys: keys)
        let description = VaultDescription(
            format: VaultDescription.currentFormat, id: id, recipient: "\(identity.recipient)",
            ledger: "\(keys.signer.verifier)", createdAt: ObservedTime(environment.now()))
        // Last, because its being there is what makes the folder a vault.
        try files.write(try description.encoded(), to: layout.description)
        return try Vault(
            description: description, access: .readWrite, layout: layout, files: files, keys: keys,
            environment: environment, lock: lock)
    }

    /// Opens a vault. For writing, it takes the lock and tidies what an interrupted program left behind.
    public static func open(
        at folder: String, unlock: Unlock, access: Access = .readWrite, environment: VaultEnvironment
    ) throws(VaultError) -> Vault {
        let layout = VaultLayout(root: folder)
        let files = DurableFiles(
            calls: environment.files, temporaryFolder: layout.temporary, random: { environment.random($0) })
        guard environment.files.byteCount(layout.description) != nil else { throw VaultError(.notAVault) }
        let description = try VaultDescription(try files.read(layout.description))
        let identity = try IdentityFile(layout: layout, files: files, environment: environment).read(unlock)
        let keys = try VaultKeys(identity: identity, vaultID: description.id)
        guard "\(identity.recipient)" == description.recipient, "\(keys.signer.verifier)" == description.ledger else {
            if case .recoveryKey = unlock { throw VaultError(.wrongRecoveryKey) }
            throw VaultError(.notAVault, ["file": "vault.json"])
        }
        let lock = access == .readWrite ? try VaultLock(layout.lock) : nil
        let vault = try Vault(
            description: description, access: access, layout: layout, files: files, keys: keys,
            environment: environment, lock: lock)
        try vault.refuseRollback()
        if access == .readWrite { try vault.tidy() }
        return vault
    }

    /// Whether a vault in a folder needs a passphrase.
    public static func needsPassphrase(at folder: String, environment: VaultEnvironment) -> Bool {
        environment.files.byteCount(VaultLayout(root: folder).openIdentity) == nil
    }

    /// A ledger that is shorter than one that was time-stamped or handed out was put back from an old copy, or cut.
    private func refuseRollback() throws(VaultError) {
        if let largest = keptSizes().last, largest > size {
            throw VaultError(.rolledBack, ["size": String(size), "seen": String(largest)])
        }
    }

    private func tidy() throws(VaultError) {
        // A copy may come without what is derived.
        for name in [layout.temporary, layout.index] { try files.calls.makeFolder(name) }
        for name in files.calls.list(layout.temporary) { try files.calls.remove(layout.temporary + "/" + name) }
        try ledger.clearInterrupted()
    }

    func requireWriting() throws(VaultError) {
        guard access == .readWrite else { throw VaultError(.readOnly) }
    }

    /// 13 letters and digits that are hard to mistake for each other: 65 random bits.
    private static func newID(_ environment: VaultEnvironment) -> String {
        let letters = Array("abcdefghjkmnpqrstuvwxyz23456789x")
        return String(environment.random(13).map { letters[Int($0) % letters.count] })
    }
}

extension Vault {
    /// Number of entries in the ledger.
    public var size: UInt64 { ledger.size }
    /// Root of the ledger's tree.
    public var root: MerkleHash { ledger.root }
    /// The newest signed checkpoint.
    public var checkpoint: VerifiedCheckpoint { ledger.checkpoint }
    /// The ledger's public key.
    public var ledgerKey: NoteVerifierKey { keys.signer.verifier }
    /// The vault's folder.
    public var folder: String { layout.root }
    /// Folder of the projection, which is derived and may be deleted at any time.
    public var indexFolder: String { layout.index }
    /// Key of the projection, 32 bytes.
    public var indexKey: [UInt8] { keys.indexKey }
    /// Whether the key is protected by a passphrase.
    public var isProtected: Bool { IdentityFile(layout: layout, files: files, environment: environment).isProtected }

    /// The line for the recovery sheet: with it, the vault opens without the passphrase.
    public var recoveryKey: String { keys.identity.secretText }

    /// The public half of the vault's key: whoever has it can shut something away for the vault, and not open it again.
    public var recipient: X25519Recipient { keys.identity.recipient }

    /// Opens an age file that somebody shut away for this vault; nil where it is none, or is for another.
    public func opened(_ bytes: [UInt8]) -> [UInt8]? { try? AgeDecryptor.decrypt(bytes, identities: [keys.identity]) }

    /// Changes the passphrase, or takes it away with nil. The contents are not written again.
    public func setPassphrase(_ passphrase: String?) throws(VaultError) {
        try requireWriting()
        try IdentityFile(layout: layout, files: files, environment: environment)
            .write(keys.identity, passphrase: passphrase)
    }

    /// Appends entries, all or none. On return they are durable.
    public func append(_ drafts: [EntryDraft]) throws(VaultError) -> [LedgerEntry] {
        try requireWriting()
        return try ledger.append(drafts)
    }

    /// One entry.
    public func entry(at position: LogPosition) throws(VaultError) -> LedgerEntry { try ledger.entry(at: position) }

    /// Entries from a place backwards, until it is enough. Bundles of which all is skipped stay closed.
    ///
    /// - Parameter body: whether to go on.
    public func forEachEntry(
        before end: UInt64, skipping isSkipped: (UInt64) -> Bool, _ body: (LedgerEntry) throws -> Bool
    ) throws { try ledger.forEachEntry(before: end, skipping: isSkipped, body) }

    /// All entries from a position on, a bundle at a time.
    public func forEachBundle(from position: UInt64 = 0, _ body: ([LedgerEntry]) throws -> Void) throws {
        try ledger.forEachBundle(from: position, body)
    }

    /// Opens sealed bytes for reading.
    ///
    /// - Throws: ``VaultError`` if they are missing or damaged.
    public func openObject(_ digest: ContentDigest) throws(VaultError) -> SealedBytes { try objects.open(digest) }

    /// Shows that an entry is in the ledger, against the newest checkpoint or a smaller one.
    public func inclusionProof(of position: LogPosition) throws(VaultError) -> TlogProof {
        do {
            let proof = try ledger.tileReader(size: size).prover.inclusion(index: position.index, size: size)
            return TlogProof(index: position.index, path: proof.path, checkpointNote: checkpoint.note)
        } catch {
            throw VaultError(.tileDamaged)
        }
    }

    /// Shows that the ledger of `oldSize` entries is the beginning of today's.
    public func consistencyProof(from oldSize: UInt64) throws(VaultError) -> ConsistencyFile {
        do {
            let proof = try ledger.tileReader(size: size).prover.consistency(oldSize: oldSize, newSize: size)
            return ConsistencyFile(oldSize: oldSize, path: proof.path, checkpointNote: checkpoint.note)
        } catch {
            throw VaultError(.tileDamaged)
        }
    }

    /// Keeps a copy of the newest signed checkpoint, because somebody outside is about to get it: later dossiers show
    /// that they continue it, and a ledger that is shorter than it is refused.
    public func keepCheckpoint() throws(VaultError) {
        try requireWriting()
        try files.write(Array(checkpoint.note.utf8), to: layout.stampedCheckpoint(size))
    }

    /// A checkpoint that was kept.
    public func keptCheckpoint(size: UInt64) throws(VaultError) -> VerifiedCheckpoint {
        let note = String(decoding: try files.read(layout.stampedCheckpoint(size)), as: UTF8.self)
        do {
            return try VerifiedCheckpoint(note: note, key: ledgerKey)
        } catch {
            throw VaultError(.checkpointDamaged)
        }
    }

    /// The root that the ledger had when it held `size` entries.
    public func root(atSize size: UInt64) throws(VaultError) -> MerkleHash {
        guard size <= self.size else { throw VaultError(.rolledBack, ["size": String(self.size), "seen": String(size)]) }
        do {
            return try ledger.tileReader(size: self.size).prover.root(size: size)
        } catch {
            throw VaultError(.tileDamaged)
        }
    }
}
