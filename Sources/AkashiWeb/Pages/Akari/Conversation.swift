import AkashiConsult
import AkashiModel
import Synchronization

/// What was said to Akari since the desk was opened. It is in memory only and goes when the desk is closed: only what she keeps is kept.
final class Conversation: Sendable {
    /// A turn and its answer.
    struct Turn: Sendable {
        let number: Int
        let said: String
        var reply: Reply?
        /// Where it was kept: a record, or nothing for a feeling.
        var kept: Kept?
    }

    /// What was kept of a turn.
    enum Kept: Sendable {
        case record(LogPosition)
        case feeling
    }

    /// Turns that are remembered and shown.
    private static let mostTurns = 100

    private struct State {
        var turns: [Turn] = []
        var count = 0
    }

    private let state = Mutex(State())

    /// The turns, the oldest first.
    var turns: [Turn] { state.withLock { $0.turns } }

    /// What she said, the oldest first.
    var said: [String] { turns.map(\.said) }

    /// Begins a turn; its number, and what she said before it. How many turns there were is counted on where the oldest are forgotten.
    func begin(_ said: String) -> (number: Int, earlier: [String]) {
        state.withLock { state in
            let earlier = state.turns.map(\.said)
            state.count += 1
            state.turns.append(Turn(number: state.count, said: said, reply: nil, kept: nil))
            state.turns = state.turns.suffix(Self.mostTurns)
            return (state.count, earlier)
        }
    }

    /// Ends a turn with its answer.
    func end(_ number: Int, _ reply: Reply) {
        state.withLock { state in
            if let place = state.turns.firstIndex(where: { $0.number == number }) { state.turns[place].reply = reply }
        }
    }

    /// Remembers what was kept of a turn.
    func keep(_ number: Int, _ kept: Kept) {
        state.withLock { state in
            if let place = state.turns.firstIndex(where: { $0.number == number }) { state.turns[place].kept = kept }
        }
    }

    /// A turn.
    subscript(number: Int) -> Turn? { turns.first { $0.number == number } }

    /// Everything is forgotten.
    func forget() { state.withLock { $0 = State() } }
}
