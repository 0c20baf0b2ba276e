import AkashiModel
public import AkashiVault
import Foundation

extension Desk {
    /// Copies of vaults in a folder: those folders in it, and itself, that hold one; the newest name last.
    public static func copies(in parent: String, environment: DeskEnvironment) -> [String] {
        let inside = (try? FileManager.default.contentsOfDirectory(atPath: parent))?.sorted() ?? []
        return ([parent] + inside.map { "\(parent)/\($0)" }).filter { isVault($0, environment: environment) }
    }

    /// Brings a vault back from a copy into a folder that is new or empty: the copy is checked, copied, and read back.
    ///
    /// - Throws: a ``VaultError`` where the copy cannot be opened, does not hold or cannot be written; nothing is left behind then,
    ///   and the copy is as it was.
    public static func restore(
        from copy: String, to folder: String, unlock: Unlock, environment: DeskEnvironment
    ) async throws -> BackupReport {
        let before = try await verify(at: copy, unlock: unlock, environment: environment)
        guard before.isIntact else { throw DeskError(.copyBroken, ["count": String(before.findings.count)]) }
        let target = URL(filePath: folder)
        let there = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard there.isEmpty else { throw VaultError(.folderNotEmpty) }
        try? FileManager.default.removeItem(at: target)
        return try await copyAndReadBack(
            URL(filePath: copy), to: target, size: before.entryCount, unlock: unlock, environment: environment)
    }

    /// Makes ready what ``takeRestored(at:)`` puts in the place of this vault once it is closed.
    ///
    /// - Throws: ``DeskErrorCode/restoreNotEmpty`` where something was kept in this vault already: two vaults are not mixed.
    public func prepareRestore(from copy: String, unlock: Unlock) async throws -> BackupReport {
        guard try evidence().isEmpty else { throw DeskError(.restoreNotEmpty) }
        let ready = Self.readyFolder(vault.folder)
        try? FileManager.default.removeItem(atPath: ready)
        return try await Self.restore(from: copy, to: ready, unlock: unlock, environment: environment)
    }

    /// Puts a vault that was made ready in its place. The empty one that was there stays beside it.
    ///
    /// To be called while no desk is open on the folder. An interruption leaves both folders; the next call goes on.
    public static func takeRestored(at folder: String, environment: DeskEnvironment) {
        let ready = readyFolder(folder)
        guard isVault(ready, environment: environment) else { return }
        let manager = FileManager.default
        if manager.fileExists(atPath: folder) {
            var number = 1
            while manager.fileExists(atPath: "\(folder)-before-\(number)") { number += 1 }
            guard (try? manager.moveItem(atPath: folder, toPath: "\(folder)-before-\(number)")) != nil else { return }
        }
        try? manager.moveItem(atPath: ready, toPath: folder)
    }

    private static func readyFolder(_ folder: String) -> String { folder + "-restored" }
}
