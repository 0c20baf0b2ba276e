import AkashiActions
import AkashiAge
import AkashiAuthorship
public import AkashiCasework
import AkashiConsult
import AkashiDocuments
import AkashiIntake
import AkashiKnowledge
public import AkashiModel
import AkashiProof
public import AkashiVault
import AkashiWork

/// The one door: a function for each thing that a person can do, with plain values in and out.
public actor Desk {
    let vault: Vault
    var index: CaseIndex
    let environment: DeskEnvironment
    /// Law, reporting and plans, once they were read.
    var lawLibrary: LawLibrary?
    /// What looks texts for the public over, once it was made ready.
    var statementLint: StatementLint?
    /// The tables for comparing writers, once they were read.
    var authorship: AuthorshipEngine?
    /// The sentences of papers, once they were read.
    private var sentences: Strings?
    /// The papers, once they were read.
    var papers: [PaperDefinition]?
    /// Akari, once she was made ready.
    var akari: ReadyConsultant?
    /// Her model on this computer, with what was chosen when it was made ready.
    var model: (address: String, name: String, model: LocalModel)?
    /// What looks at postings, once it was made ready.
    var work: WorkReaders?
    /// Postings that were read, by the sealed file they stand in.
    var readPostings: [ContentDigest: [Posting]] = [:]
    /// What was worked out of the ledger as it stands; worth nothing when it has grown. See ``remembered(_:_:)``.
    private var worked: (size: UInt64, values: [String: any Sendable]) = (0, [:])
    /// What is arriving piece by piece, by its number.
    var incoming: [Int: IncomingObject] = [:]
    var incomingCount = 0
    /// Its work waits for the disk and reads for long: not on the threads that everybody shares.
    private let executor = DeskExecutor()

    /// Where the desk works.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private init(vault: sending Vault, environment: DeskEnvironment, whenLong: @Sendable () -> Void = {}) throws {
        index = try CaseIndex(vault, whenLong: whenLong)
        self.vault = vault
        self.environment = environment
    }

    /// Makes a vault in an empty or new folder.
    ///
    /// - Parameter passphrase: at least 8 characters; nil keeps the key beside the vault.
    public static func create(
        at folder: String, passphrase: String?, environment: DeskEnvironment
    ) throws -> Desk {
        try Desk(
            vault: Vault.create(at: folder, passphrase: passphrase, environment: environment.vault),
            environment: environment)
    }

    /// Whether something opens a vault, without taking hold of it.
    ///
    /// - Throws: ``VaultErrorCode/wrongPassphrase`` and its like if it does not.
    public static func check(_ unlock: Unlock, of folder: String, environment: DeskEnvironment) throws {
        _ = try Vault.open(at: folder, unlock: unlock, access: .readOnly, environment: environment.vault)
    }

    /// Whether there is a vault in a folder.
    public static func isVault(_ folder: String, environment: DeskEnvironment) -> Bool {
        environment.vault.files.byteCount(folder + "/vault.json") != nil
    }

    /// Opens a vault, finishes what an interrupted program left, and takes away what was marked long enough ago.
    ///
    /// - Parameter whenLong: is called before a large index is built anew, as after an update.
    public static func open(
        at folder: String, unlock: Unlock, environment: DeskEnvironment, whenLong: @Sendable () -> Void = {}
    ) async throws -> Desk {
        let vault = try Vault.open(at: folder, unlock: unlock, environment: environment.vault)
        let desk = try Desk(vault: vault, environment: environment, whenLong: whenLong)
        try await desk.finishRemovals()
        return desk
    }

    /// Builds the index of a vault anew, even where the one that is there cannot be opened.
    ///
    /// - Returns: whether it says the same as before; nil if there was none that could be read.
    public static func reindex(at folder: String, unlock: Unlock, environment: DeskEnvironment) throws -> Bool? {
        let vault = try Vault.open(at: folder, unlock: unlock, environment: environment.vault)
        let before = try? CaseIndex(vault).dump()
        let after = try CaseIndex.rebuild(vault).dump()
        return before.map { $0 == after }
    }

    /// Checks a whole vault without changing anything in it, not even its index.
    public static func verify(
        at folder: String, unlock: Unlock, environment: DeskEnvironment,
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> VaultVerification {
        let vault = try Vault.open(at: folder, unlock: unlock, access: .readOnly, environment: environment.vault)
        return await vault.verify(progress: progress)
    }

    /// Whether a vault needs a passphrase.
    public static func needsPassphrase(at folder: String, environment: DeskEnvironment) -> Bool {
        Vault.needsPassphrase(at: folder, environment: environment.vault)
    }

    /// Appends entries and folds them into the index.
    @discardableResult
    func append(_ drafts: [EntryDraft]) throws -> [LedgerEntry] {
        let entries = try vault.append(drafts)
        try index.apply(entries)
        return entries
    }

    /// Works something out once for the ledger as it stands. Everything is a fold over the ledger, so that only an entry changes it.
    ///
    /// - Parameter name: what it is, with all that it depends on beside the ledger.
    func remembered<Value: Sendable>(_ name: String, _ make: () throws -> Value) rethrows -> Value {
        if worked.size != vault.size { worked = (vault.size, [:]) }
        if let value = worked.values[name] as? Value { return value }
        let value = try make()
        // Making it may itself have written an entry.
        if worked.size == vault.size { worked.values[name] = value }
        return value
    }

    /// Works everything out anew: for an entry that came into the index later than into the ledger.
    func forgetWorked() { worked = (0, [:]) }

    /// The Japanese sentences, for papers.
    func japanese() throws -> Strings {
        if let sentences { return sentences }
        let loaded = try Strings(environment.knowledge, .ja)
        sentences = loaded
        return loaded
    }

    /// A short random name.
    func newHandle<Kind>(_ prefix: String) -> Handle<Kind> {
        let letters = Array("abcdefghjkmnpqrstuvwxyz23456789x")
        let tail = String(environment.vault.random(5).map { letters[Int($0) % letters.count] })
        guard let handle = Handle<Kind>("\(prefix)-\(tail)") else { preconditionFailure("letters and digits only") }
        return handle
    }
}

extension Desk {
    /// What the vault holds.
    public struct Summary: Sendable {
        /// The vault's id.
        public let vaultID: String
        /// When it was made.
        public let createdAt: ObservedTime
        /// Whether a passphrase protects it.
        public let isProtected: Bool
        /// Entries of the ledger.
        public let ledgerSize: UInt64
        /// Root of the ledger's tree, in hexadecimal.
        public let root: String
        /// Fingerprint of the ledger's key.
        public let fingerprint: String
        /// The age recipient: with it others can encrypt to the vault, and not open it.
        public let recipient: String
        /// Sealed objects.
        public let evidenceCount: Int
        /// Records.
        public let recordCount: Int
        /// Accounts.
        public let accountCount: Int
        /// Places that could not be read.
        public let problemCount: Int
        /// Time-stamp requests that wait.
        public let pendingStampCount: Int
    }

    /// What the vault holds.
    public func summary() throws -> Summary {
        let counts = try index.counts()
        return Summary(
            vaultID: vault.description.id, createdAt: vault.description.createdAt, isProtected: vault.isProtected,
            ledgerSize: vault.size, root: "\(vault.root)", fingerprint: vault.ledgerKey.fingerprint,
            recipient: vault.description.recipient, evidenceCount: counts.evidence, recordCount: counts.records,
            accountCount: counts.accounts, problemCount: counts.problems, pendingStampCount: try vault.pendingStamps().count)
    }

    /// Checks the whole vault.
    public func verify(
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) async -> VaultVerification {
        await vault.verify(progress: progress)
    }

    /// Changes the passphrase, or takes it away with nil.
    public func setPassphrase(_ passphrase: String?) throws { try vault.setPassphrase(passphrase) }

    /// The line that opens the vault without its passphrase.
    public func recoveryKey() -> String { vault.recoveryKey }

    /// Builds the index anew; whether it says the same as the one that was there.
    public func reindex() throws -> Bool {
        let before = try index.dump()
        index = try CaseIndex.rebuild(vault)
        return try index.dump() == before
    }

    /// The index as text, for comparing.
    public func dumpIndex() throws -> [String] { try index.dump() }

    /// Sealed bytes, in the order they came in.
    public func evidence() throws -> [EvidenceSummary] { try index.evidence() }

    /// Marks sealed bytes for removal; they are taken away after the hold.
    public func holdForRemoval(_ digest: ContentDigest, reason: String) throws -> EvidenceSummary? {
        guard let evidence = try index.evidence(digest) else { throw VaultError(.objectUnknown, ["digest": digest.short]) }
        guard evidence.state != .erased else { throw VaultError(.objectRemoved, ["digest": digest.short]) }
        try index.apply([try vault.holdForRemoval(digest, reason: reason)])
        return try index.evidence(digest)
    }

    /// Keeps what was marked for removal.
    public func keepAfterAll(_ digest: ContentDigest) throws {
        guard try index.evidence(digest)?.state == .held else {
            throw VaultError(.objectUnknown, ["digest": digest.short])
        }
        try index.apply([try vault.keepAfterAll(digest)])
    }

    /// Takes away what was marked long enough ago, and finishes what a crash interrupted.
    func finishRemovals() throws {
        let now = environment.vault.now()
        var hasErased = false
        for evidence in try index.evidence() {
            switch evidence.state {
            case .sealed: continue
            case .held:
                guard let until = evidence.holdUntil, until <= now else { continue }
                _ = try vault.erase(evidence.digest, positions: try index.records(readFrom: evidence.digest))
                hasErased = true
            case .erased: try vault.completeErasure(evidence.digest, positions: evidence.erasedPositions)
            }
        }
        // The words are to be gone from the index's pages too.
        if hasErased { index = try CaseIndex.rebuild(vault) }
    }
}

extension Desk {
    /// Appends small entries to the ledger in one batch, without the index: for `scripts/bench`.
    public func benchAppend(count: Int) throws {
        _ = try vault.append((0..<count).map { EntryDraft(kind: .opened, body: Array("{\"record\":\($0)}".utf8)) })
    }
}
