import AkashiModel

/// Writes what comes in at the same time in one transaction. Who waits is answered when it is durable.
///
/// While one write runs the next ones gather; so the disk's own speed sets how many go together, and nobody waits for a clock.
actor GroupCommit {
    /// Comments in one transaction.
    static let maximumBatchCount = 512
    /// Comments that may wait. More are sent away before memory grows.
    static let maximumWaitingCount = 4_096

    private struct Waiter {
        let comment: StoredComment
        let answer: CheckedContinuation<Bool, any Error>
    }

    private let store: any CommentStore
    private var waiting: [Waiter] = []
    private var isWriting = false

    init(_ store: any CommentStore) { self.store = store }

    /// Writes a comment.
    ///
    /// - Returns: whether it is new.
    /// - Throws: ``GatewayErrorCode/busy``, ``GatewayErrorCode/storeUnavailable``.
    func put(_ comment: StoredComment) async throws -> Bool {
        guard waiting.count < Self.maximumWaitingCount else { throw GatewayError(.busy) }
        return try await withCheckedThrowingContinuation { answer in
            waiting.append(Waiter(comment: comment, answer: answer))
            if !isWriting {
                isWriting = true
                Task { await writeAll() }
            }
        }
    }

    private func writeAll() async {
        while !waiting.isEmpty {
            let batch = Array(waiting.prefix(Self.maximumBatchCount))
            waiting.removeFirst(batch.count)
            do {
                let isNew = try await store.put(batch.map(\.comment))
                for (waiter, isNew) in zip(batch, isNew) { waiter.answer.resume(returning: isNew) }
            } catch {
                for waiter in batch { waiter.answer.resume(throwing: error) }
            }
        }
        isWriting = false
    }
}
