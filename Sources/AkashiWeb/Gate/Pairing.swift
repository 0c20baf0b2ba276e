import Synchronization

/// The secret that lets her browser's extension hand pages in. Good until she ends it, the desk locks, or the program ends.
final class Pairing: Sendable {
    private let secret = Mutex<String?>(nil)

    /// The secret, if she has switched it on.
    var current: String? { secret.withLock { $0 } }

    func begin(_ new: String) { secret.withLock { $0 = new } }

    func end() { secret.withLock { $0 = nil } }

    /// Whether somebody shows the secret; takes the same time whatever is shown.
    func matches(_ shown: String) -> Bool {
        guard let current, shown.utf8.count == current.utf8.count else { return false }
        return zip(current.utf8, shown.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
