import AkashiModel
import Glibc

/// Holds the vault for one writer. The system lets go of it when the process ends, however it ends.
final class VaultLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Throws: ``VaultErrorCode/locked`` if another program holds it.
    init(_ path: String) throws(VaultError) {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw VaultError(.notWritable, ["file": "lock", "errno": String(errno)]) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw VaultError(.locked)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
