import Synchronization

/// Counts what is going on, and waits until nothing is.
final class Traffic: Sendable {
    private let state = Mutex((count: 0, hasBegun: false, last: ContinuousClock.now))

    var hasBegun: Bool { state.withLock { $0.hasBegun } }

    func begin() {
        state.withLock {
            $0.count += 1
            $0.hasBegun = true
            $0.last = .now
        }
    }

    func end() {
        state.withLock {
            $0.count -= 1
            $0.last = .now
        }
    }

    func waitForQuiet(_ quiet: Duration, limit: Duration) async throws {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            let (count, last) = state.withLock { ($0.count, $0.last) }
            if count <= 0, ContinuousClock.now - last >= quiet { return }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
