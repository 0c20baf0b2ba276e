import AkashiAge
public import AkashiKnowledge
import AkashiModel
public import AkashiModeration
import Crypto
import Foundation

/// What a gateway can do, without HTTP: take a comment, show what is shown, and hand over to the desk.
public final class Gateway: Sendable {
    /// Where it writes.
    public enum Storage: Sendable, Equatable {
        /// A folder of this machine, with SQLite.
        case folder(String)
        /// A PostgreSQL server, by a connection string of libpq.
        case postgreSQL(String)
    }

    /// Days after which a second sending of the same comment is no longer known.
    static let keyDays: Int64 = 30
    private static let day: Int64 = 86_400_000

    let configuration: GatewayConfiguration
    let store: any CommentStore
    let judge: Judge
    let rate: SenderRate
    private let commit: GroupCommit
    let envelopes: EnvelopeMaker
    let now: @Sendable () -> Instant

    /// Opens the store.
    ///
    /// - Throws: a ``GatewayError``.
    public init(
        _ configuration: GatewayConfiguration, _ storage: Storage, _ knowledge: Knowledge, _ environment: GatewayEnvironment
    ) async throws {
        self.configuration = configuration
        now = environment.now
        envelopes = EnvelopeMaker(try X25519Recipient(configuration.recipient), random: environment.random)
        switch storage {
        case .folder(let folder): store = try SQLiteStore(folder: folder)
        case .postgreSQL(let address):
            #if PostgreSQL
            store = try await PostgreSQLStore(address)
            #else
            _ = address
            throw GatewayError(.noPostgreSQL)
            #endif
        }
        commit = GroupCommit(store)
        judge = Judge(configuration.mode, knowledge)
        rate = SenderRate(burst: configuration.burst, perHour: configuration.ratePerHour)
    }

    /// What became of a comment that was sent.
    enum Outcome: Sendable, Equatable {
        /// It is written down; shown at once or not.
        case taken(isShown: Bool)
        /// It was written down before.
        case takenBefore
        /// Too many from there.
        case tooFast
    }

    /// Whether a thread takes comments.
    func takes(_ thread: ThreadName) -> Bool { configuration.threads?.contains(thread.name) ?? true }

    /// Takes a comment. When this returns, it is durable.
    ///
    /// - Throws: ``GatewayErrorCode/busy``, ``GatewayErrorCode/storeUnavailable``.
    func take(_ submission: Submission, in thread: ThreadName, from address: String) async throws -> Outcome {
        let at = now().milliseconds
        let sender = rate.sender(address)
        guard !rate.isTooFast(sender, at: at) else { return .tooFast }
        let id = envelopes.newID()
        let isShown = judge.shows(submission, id: id, sender: sender, at: at)
        let delivery = CommentDelivery(
            id: id, thread: thread.name, name: submission.claimedName, text: submission.text, receivedAt: at, isShown: isShown,
            fellIntoTrap: submission.fellIntoTrap)
        let isNew = try await commit.put(
            StoredComment(
                keyHash: EnvelopeMaker.keyHash(submission.key ?? id, thread), receivedAt: at,
                envelope: try envelopes.seal(delivery),
                shown: isShown
                    ? ShownComment(
                        id: id, thread: thread.name, name: submission.claimedName, text: submission.text, at: at, isOwner: false,
                        replyTo: nil) : nil))
        return isNew ? .taken(isShown: isShown) : .takenBefore
    }

    /// Shuts something from LINE away. When this returns, it is durable.
    ///
    /// - Parameter key: tells it when it comes again.
    /// - Returns: whether it is new.
    /// - Throws: ``GatewayErrorCode/busy``, ``GatewayErrorCode/storeUnavailable``.
    func keep(_ delivery: LineDelivery, key: [UInt8]) async throws -> Bool {
        try await commit.put(
            StoredComment(keyHash: key, receivedAt: now().milliseconds, envelope: try envelopes.seal(delivery), shown: nil))
    }

    /// Whether a token is the desk's.
    func isDesk(_ token: String) -> Bool { isSame(token, configuration.tokenHash) }

    /// Whether a text is the one whose hash is known. Compared in constant time.
    func isSame(_ text: String, _ hash: String) -> Bool {
        guard let expected = Hex.decode(hash) else { return false }
        let hash = Array(SHA256.hash(data: Array(text.utf8)))
        return zip(hash, expected).reduce(UInt8(hash.count == expected.count ? 0 : 1)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Forgets what the desk has sealed.
    func forget(_ sequences: [Int64]) async throws {
        try await store.forget(sequences, keysBefore: now().milliseconds - Self.keyDays * Self.day)
    }
}
