import AkashiModel
public import AkashiVault
import Foundation

/// A copy of the vault that was read back whole.
public struct BackupReport: Sendable {
    /// Where it lies.
    public let folder: String
    /// Files that were copied.
    public let fileCount: Int
    /// Their length in bytes.
    public let byteCount: UInt64
    /// What checking the copy found.
    public let verification: VaultVerification
}

extension Desk {
    /// Copies the vault into a new folder below another one, and checks the copy from the disk before it says so.
    ///
    /// The copy is as protected as the vault. The index is left out: it is built anew.
    ///
    /// - Parameter unlock: opens the vault; the copy is opened with it too, so that it is certain that it can be.
    /// - Throws: a ``VaultError`` if the copy cannot be written or does not hold; nothing is left behind then.
    public func backup(into parent: String, unlock: Unlock) async throws -> BackupReport {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        guard manager.fileExists(atPath: parent, isDirectory: &isFolder), isFolder.boolValue else {
            throw VaultError(.notWritable, ["file": URL(filePath: parent).lastPathComponent])
        }
        let source = URL(filePath: vault.folder)
        let stamp = environment.vault.now().japanMinuteText.filter(\.isNumber)
        let target = URL(filePath: parent).appending(path: "note-\(vault.description.id.prefix(4))-\(stamp)")
        guard !target.standardizedFileURL.path.hasPrefix(source.standardizedFileURL.path + "/"),
            !manager.fileExists(atPath: target.path)
        else { throw VaultError(.folderNotEmpty) }
        return try await Self.copyAndReadBack(source, to: target, size: vault.size, unlock: unlock, environment: environment)
    }

    /// Copies a vault to a folder that is not there yet, and checks it from the disk. Nothing is left behind where that fails.
    static func copyAndReadBack(
        _ source: URL, to target: URL, size: UInt64, unlock: Unlock, environment: DeskEnvironment
    ) async throws -> BackupReport {
        let manager = FileManager.default
        do {
            let (count, bytes) = try copy(source, to: target)
            let report = try await verify(at: target.path, unlock: unlock, environment: environment)
            guard report.isIntact, report.entryCount == size else {
                throw VaultError(.fileFailure, ["file": target.lastPathComponent])
            }
            return BackupReport(folder: target.path, fileCount: count, byteCount: bytes, verification: report)
        } catch let error as VaultError {
            try? manager.removeItem(at: target)
            throw error
        } catch {
            try? manager.removeItem(at: target)
            let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
            throw VaultError(isFull ? .diskFull : .notWritable, ["file": target.lastPathComponent])
        }
    }

    private static func copy(_ source: URL, to target: URL) throws -> (files: Int, bytes: UInt64) {
        let manager = FileManager.default
        let leftOut: Set<String> = ["index", "tmp", "lock"]
        try manager.createDirectory(at: target, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        for name in leftOut where name != "lock" {
            try manager.createDirectory(
                at: target.appending(path: name), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        }
        var count = 0
        var bytes: UInt64 = 0
        guard let walk = manager.enumerator(atPath: source.path) else { throw CocoaError(.fileReadUnknown) }
        while let path = walk.nextObject() as? String {
            if leftOut.contains(path.split(separator: "/").first.map(String.init) ?? "") { continue }
            let from = source.appending(path: path)
            let to = target.appending(path: path)
            let attributes = try manager.attributesOfItem(atPath: from.path)
            if attributes[.type] as? FileAttributeType == .typeDirectory {
                try manager.createDirectory(at: to, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } else {
                try manager.copyItem(at: from, to: to)
                let handle = try FileHandle(forUpdating: to)
                try handle.synchronize()
                try handle.close()
                count += 1
                bytes += (attributes[.size] as? UInt64) ?? UInt64((attributes[.size] as? Int) ?? 0)
            }
        }
        return (count, bytes)
    }
}
