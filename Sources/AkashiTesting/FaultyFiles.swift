public import AkashiModel
public import AkashiVault
import Foundation
import Synchronization

/// The real file calls, until one of them: that one fails, or stops the process, and so do all after it.
public final class FaultyFiles: FileCalls {
    /// What happens at the chosen call.
    public enum Fault: Sendable {
        /// It throws, and the calls after it work again: a disk that was full for a moment.
        case failOnce(VaultErrorCode)
        /// It and all after it throw: the program goes on, the disk does not.
        case failFromThenOn(VaultErrorCode)
        /// The process is killed at once, with SIGKILL; a write leaves half of its bytes.
        case kill
    }

    private let real = SystemFileCalls()
    private let faultAt: Int
    private let fault: Fault
    private let counter = Mutex(0)

    /// Lets `faultAt` calls that change the disk pass (0 for none).
    public init(faultAt: Int, _ fault: Fault) {
        self.faultAt = faultAt
        self.fault = fault
    }

    /// Number of calls that changed the disk, or tried to.
    public var callCount: Int { counter.withLock { $0 } }

    private func pass(halfWritten: () -> Void = {}) throws(VaultError) {
        let number = counter.withLock { count in
            count += 1
            return count
        }
        switch fault {
        case .failOnce(let code): if number == faultAt + 1 { throw VaultError(code) }
        case .failFromThenOn(let code): if number > faultAt { throw VaultError(code) }
        case .kill:
            if number == faultAt + 1 {
                halfWritten()
                kill(getpid(), SIGKILL)
            }
        }
    }

    /// Counts, then creates.
    public func create(_ path: String) throws(VaultError) -> Int32 {
        try pass()
        return try real.create(path)
    }
    /// Opens; reading never fails here.
    public func open(_ path: String) throws(VaultError) -> Int32 { try real.open(path) }
    /// Counts, then writes; a kill leaves half of it.
    public func write(_ file: Int32, _ bytes: [UInt8]) throws(VaultError) {
        try pass { try? real.write(file, Array(bytes.prefix(bytes.count / 2))) }
        try real.write(file, bytes)
    }
    /// Reads; reading never fails here.
    public func read(_ file: Int32, at offset: UInt64, count: Int) throws(VaultError) -> [UInt8] {
        try real.read(file, at: offset, count: count)
    }
    /// Counts, then syncs.
    public func sync(_ file: Int32) throws(VaultError) {
        try pass()
        try real.sync(file)
    }
    /// Closes.
    public func close(_ file: Int32) { real.close(file) }
    /// Counts, then renames.
    public func rename(_ from: String, _ to: String) throws(VaultError) {
        try pass()
        try real.rename(from, to)
    }
    /// Counts, then syncs the folder.
    public func syncFolder(_ path: String) throws(VaultError) {
        try pass()
        try real.syncFolder(path)
    }
    /// Counts, then makes the folder.
    public func makeFolder(_ path: String) throws(VaultError) {
        try pass()
        try real.makeFolder(path)
    }
    /// Counts, then removes.
    public func remove(_ path: String) throws(VaultError) {
        try pass()
        try real.remove(path)
    }
    /// The length of a file.
    public func byteCount(_ path: String) -> UInt64? { real.byteCount(path) }
    /// The names in a folder.
    public func list(_ path: String) -> [String] { real.list(path) }
}
