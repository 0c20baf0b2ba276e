import AkashiModeration

/// A comment as it is written down on the gateway: shut away, and its words only where it is shown.
struct StoredComment: Sendable {
    /// SHA-256 of the sender's own id and the thread.
    let keyHash: [UInt8]
    /// Milliseconds since 1970.
    let receivedAt: Int64
    /// An age file for the vault.
    let envelope: [UInt8]
    /// What is shown of it at once; nil where it waits.
    let shown: ShownComment?
}

/// A shut comment on its way to the desk.
struct WaitingComment: Sendable, Equatable {
    let sequence: Int64
    let envelope: [UInt8]
}

/// Where a gateway writes. Two real databases stand behind it, with the same tests: SQLite for one gateway, PostgreSQL for several side by side.
///
/// Whatever is answered is durable. An error is a ``GatewayErrorCode/storeUnavailable``.
protocol CommentStore: Sendable {
    /// Writes all or none.
    ///
    /// - Returns: for each, whether it is new; false where its key was written before, and then nothing of it is kept.
    func put(_ comments: [StoredComment]) async throws -> [Bool]
    /// Shows these, and no longer those.
    func show(_ comments: [ShownComment], withdraw ids: [String]) async throws
    /// What is shown in a thread, the oldest first: at most `limit`, from behind a comment on.
    func shown(in thread: String, after: ShownCursor?, limit: Int) async throws -> [ShownComment]
    /// How many are shown in a thread.
    func count(in thread: String) async throws -> Int
    /// The ids of all that is shown.
    func shownIDs() async throws -> [String]
    /// What is shut away and the desk did not take yet, the oldest first; no more where those before have more than `bytes`.
    func waiting(limit: Int, bytes: Int) async throws -> [WaitingComment]
    /// How many wait for the desk.
    func waitingCount() async throws -> Int
    /// Forgets shut comments that the desk has sealed. Their keys stay, so that a late second sending is known; keys older than `before`
    /// (milliseconds since 1970) go.
    func forget(_ sequences: [Int64], keysBefore before: Int64) async throws
    /// Something that is remembered by name; nil where nothing is.
    func setting(_ name: String) async throws -> String?
    /// Everything that is remembered by names with a beginning.
    func settings(beginningWith beginning: String) async throws -> [String: String]
    /// Remembers something by name, or with nil forgets it.
    func set(_ name: String, _ value: String?) async throws
}

/// A place in a thread: comments are in order of time, then of id.
struct ShownCursor: Sendable, Equatable {
    let at: Int64
    let id: String

    init(at: Int64, id: String) {
        self.at = at
        self.id = id
    }

    /// Reads `time.id`, as it stands in addresses.
    init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let at = Int64(parts[0]) else { return nil }
        self.init(at: at, id: String(parts[1].prefix(64)))
    }

    var text: String { "\(at).\(id)" }
}
