import Synchronization

/// Sends commands and hands each answer to whoever asked.
final class DevToolsConnection: Sendable {
    typealias Event = (method: String, session: String?, parameters: DevToolsValue)

    private struct State {
        var lastID = 0
        var waiting: [Int: CheckedContinuation<DevToolsValue, any Error>] = [:]
        var methods: [Int: String] = [:]
        var isClosed = false
        var listeners: [@Sendable (Event) -> Void] = []
    }

    private let state = Mutex(State())
    private let write: @Sendable ([UInt8]) async throws -> Void

    init(write: @escaping @Sendable ([UInt8]) async throws -> Void) { self.write = write }

    /// Sends a command and waits for its answer.
    func send(_ method: String, _ parameters: [String: DevToolsValue], session: String?) async throws -> DevToolsValue {
        let id = state.withLock { state in
            state.lastID += 1
            state.methods[state.lastID] = method
            return state.lastID
        }
        let command = try DevToolsMessage.command(id: id, method: method, parameters: parameters, session: session)
        return try await withCheckedThrowingContinuation { continuation in
            let isClosed = state.withLock { state in
                if !state.isClosed { state.waiting[id] = continuation }
                return state.isClosed
            }
            guard !isClosed else { return continuation.resume(throwing: BrowserError.ended) }
            Task {
                do {
                    try await write(command)
                } catch {
                    take(id)?.resume(throwing: BrowserError.ended)
                }
            }
        }
    }

    /// Calls back for every event.
    func listen(_ listener: @escaping @Sendable (Event) -> Void) { state.withLock { $0.listeners.append(listener) } }

    func receive(_ message: DevToolsMessage.Incoming) {
        if let id = message.id {
            let method = state.withLock { $0.methods.removeValue(forKey: id) } ?? ""
            guard let continuation = take(id) else { return }
            if let error = message.error {
                continuation.resume(throwing: BrowserError.refused(method: method, message: error.message))
            } else {
                continuation.resume(returning: message.result ?? .null)
            }
        } else if let method = message.method {
            for listener in state.withLock({ $0.listeners }) { listener((method, message.sessionId, message.params ?? .null)) }
        }
    }

    /// The browser ended: nobody waits for ever.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(throwing: BrowserError.ended) }
    }

    private func take(_ id: Int) -> CheckedContinuation<DevToolsValue, any Error>? {
        state.withLock { $0.waiting.removeValue(forKey: id) }
    }
}
