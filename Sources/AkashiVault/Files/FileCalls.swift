public import AkashiModel
import Foundation
import Glibc

/// The few calls by which the vault touches the disk. A protocol, so that tests can fail or stop at each in turn.
public protocol FileCalls: Sendable {
    /// Makes a new file for writing; fails if it exists.
    func create(_ path: String) throws(VaultError) -> Int32
    /// Opens a file for reading.
    func open(_ path: String) throws(VaultError) -> Int32
    /// Writes all bytes.
    func write(_ file: Int32, _ bytes: [UInt8]) throws(VaultError)
    /// Reads up to `count` bytes from an offset; fewer only at the end.
    func read(_ file: Int32, at offset: UInt64, count: Int) throws(VaultError) -> [UInt8]
    /// Waits until what was written is on the disk.
    func sync(_ file: Int32) throws(VaultError)
    /// Closes a file.
    func close(_ file: Int32)
    /// Gives a file another name, in the place of one that has it.
    func rename(_ from: String, _ to: String) throws(VaultError)
    /// Waits until names in a folder are on the disk.
    func syncFolder(_ path: String) throws(VaultError)
    /// Makes a folder that only this user can enter.
    func makeFolder(_ path: String) throws(VaultError)
    /// Takes a file away.
    func remove(_ path: String) throws(VaultError)
    /// Length of a file in bytes; nil if there is none.
    func byteCount(_ path: String) -> UInt64?
    /// Names in a folder, sorted; empty if there is none.
    func list(_ path: String) -> [String]
}

/// The real calls.
public struct SystemFileCalls: FileCalls {
    /// The real calls.
    public init() {}

    /// Makes a new file for writing that only this user can read.
    public func create(_ path: String) throws(VaultError) -> Int32 {
        try check(Glibc.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600), path)
    }

    /// Opens a file for reading.
    public func open(_ path: String) throws(VaultError) -> Int32 {
        try check(Glibc.open(path, O_RDONLY | O_CLOEXEC), path)
    }

    /// Writes all bytes.
    public func write(_ file: Int32, _ bytes: [UInt8]) throws(VaultError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress?.advanced(by: done), $0.count - done) }
            if count < 0, errno == EINTR { continue }
            done += Int(try check(Int32(clamping: count), ""))
        }
    }

    /// Reads up to `count` bytes from an offset.
    public func read(_ file: Int32, at offset: UInt64, count: Int) throws(VaultError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = buffer.withUnsafeMutableBytes {
                pread(file, $0.baseAddress?.advanced(by: done), $0.count - done, off_t(offset) + off_t(done))
            }
            if got < 0, errno == EINTR { continue }
            try check(Int32(clamping: got), "")
            if got == 0 { break }
            done += got
        }
        buffer.removeLast(count - done)
        return buffer
    }

    /// Waits until what was written is on the disk.
    public func sync(_ file: Int32) throws(VaultError) { try check(fsync(file), "") }

    /// Closes a file.
    public func close(_ file: Int32) { _ = Glibc.close(file) }

    /// Gives a file another name.
    public func rename(_ from: String, _ to: String) throws(VaultError) { try check(Glibc.rename(from, to), to) }

    /// Waits until names in a folder are on the disk.
    public func syncFolder(_ path: String) throws(VaultError) {
        let folder = try check(Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), path)
        defer { close(folder) }
        try check(fsync(folder), path)
    }

    /// Makes a folder, and those above it.
    public func makeFolder(_ path: String) throws(VaultError) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            try check(-1, path)
            return
        }
        try makeFolder(String(path[..<slash]))
        if mkdir(path, 0o700) != 0, errno != EEXIST { try check(-1, path) }
    }

    /// Takes a file away.
    public func remove(_ path: String) throws(VaultError) {
        if unlink(path) != 0, errno != ENOENT { try check(-1, path) }
    }

    /// Length of a file in bytes.
    public func byteCount(_ path: String) -> UInt64? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return UInt64(status.st_size)
    }

    /// Names in a folder, sorted.
    public func list(_ path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    @discardableResult
    private func check(_ result: Int32, _ path: String) throws(VaultError) -> Int32 {
        guard result < 0 else { return result }
        let number = errno
        var arguments = ["errno": String(number)]
        if let name = path.split(separator: "/").last { arguments["file"] = String(name) }
        switch number {
        case ENOSPC, EDQUOT, EFBIG: throw VaultError(.diskFull, arguments)
        case EACCES, EPERM, EROFS: throw VaultError(.notWritable, arguments)
        default: throw VaultError(.fileFailure, arguments)
        }
    }
}
