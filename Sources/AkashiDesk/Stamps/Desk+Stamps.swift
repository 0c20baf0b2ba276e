import AkashiCasework
public import AkashiModel
public import AkashiVault

/// What came of asking one authority.
public struct StampOutcome: Sendable {
    /// Its id.
    public let authority: String
    /// The ledger's size that was to be stamped.
    public let size: UInt64
    /// The stamp; nil if there is none.
    public let stamp: KeptStamp?
    /// Why there is none. The request waits.
    public let problem: (any CodedError)?
}

extension Desk {
    /// The authorities that she has chosen.
    public func authorities() throws -> [TimestampAuthority] { try vault.authorities() }

    /// Whether another has ever confirmed that something of this vault was there.
    public var hasStamp: Bool { get throws { try index.lastStampedSize() != nil } }

    /// Adds an authority, or replaces the one of the same id.
    public func addAuthority(_ authority: TimestampAuthority) throws {
        try vault.setAuthorities(try vault.authorities().filter { $0.id != authority.id } + [authority])
        try queueStamps()
    }

    /// Puts the newest checkpoint in the queue, if anything but stamps was added since the last one.
    func queueStamps() throws {
        let stamped = try index.lastStampedSize() ?? 0
        guard try stamped == 0 || index.needsStamp(since: stamped, upTo: vault.size) else { return }
        try vault.queueStamps()
    }

    /// Sends what waits to the authorities. This is the only thing that leaves the computer: hashes, when she asks.
    public func sendStamps() async throws -> [StampOutcome] {
        try queueStamps()
        var outcomes: [StampOutcome] = []
        for pending in try vault.pendingStamps() {
            let id = pending.authority.id
            do {
                let answer: [UInt8]
                do {
                    answer = try await environment.sendStampRequest(pending.authority.url, pending.query)
                } catch {
                    throw DeskError(.stampOffline, ["authority": id])
                }
                let (kept, entry) = try await vault.acceptStamp(pending, response: answer)
                try index.apply([entry])
                // Somebody may have looked while the stamp was in the ledger and not yet in the index.
                forgetWorked()
                outcomes.append(StampOutcome(authority: id, size: pending.size, stamp: kept, problem: nil))
            } catch let problem as any CodedError {
                outcomes.append(StampOutcome(authority: id, size: pending.size, stamp: nil, problem: problem))
            }
        }
        return outcomes
    }
}
