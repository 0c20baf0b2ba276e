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
        let manager = FileManager.default
        let target = URL(filePath: folder)
        if manager.fileExists(atPath: folder) {
            // What cannot be listed is not taken for empty.
            guard let there = try? manager.contentsOfDirectory(atPath: folder), there.isEmpty else {
                throw VaultError(.folderNotEmpty)
            }
            try manager.removeItem(at: target)
        }
        return try await copyAndReadBack(
            URL(filePath: copy), to: target, size: before.entryCount, unlock: unlock, environment: environment)
    }

    /// Makes ready what ``takeRestored(at:)`` puts in the place of this vault once it is closed.
    ///
    /// - Throws: ``DeskErrorCode/restoreNotEmpty`` where something was kept in this vault already: two vaults are not mixed.
    public func prepareRestore(from copy: String, unlock: Unlock) async throws -> BackupReport {
        guard try evidence().isEmpty else { throw DeskError(.restoreNotEmpty) }
        // Only what was read back whole gets the name that is looked for; an interruption leaves the other.
        let unfinished = vault.folder + "-restoring"
        let manager = FileManager.default
        if manager.fileExists(atPath: unfinished) { try manager.removeItem(atPath: unfinished) }
        let report = try await Self.restore(from: copy, to: unfinished, unlock: unlock, environment: environment)
        try manager.moveItem(atPath: unfinished, toPath: Self.readyFolder(vault.folder))
        return report
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
