// The rules by which everything in a vault reaches the disk. Nothing else in the project writes below a vault.
//
//   1. write to a new file in `tmp/`       a crash leaves only a file that nobody looks at
//   2. fsync the file                      its bytes are on the disk
//   3. rename it to its name               the name appears whole, or not at all
//   4. fsync the folder of the name        the name is on the disk
//
// A batch does step 1 and 2 for every file, then 3 for every file, then 4 once for each folder.
// What commits a change is always one single rename after all that, of `ledger/checkpoint`.

/// Writes files so that a crash at any moment leaves either the old or the new state.
struct DurableFiles: Sendable {
    let calls: any FileCalls
    let temporaryFolder: String
    let random: @Sendable (Int) -> [UInt8]

    /// A file that is written and on the disk, and has no name yet.
    struct Unnamed {
        let path: String
    }

    /// Writes one file under its name.
    func write(_ bytes: [UInt8], to path: String) throws(VaultError) {
        try write([(path, bytes)])
    }

    /// Writes several files under their names. The names do not appear all at once.
    func write(_ files: [(path: String, bytes: [UInt8])]) throws(VaultError) {
        var unnamed: [(Unnamed, String)] = []
        do throws(VaultError) {
            for (path, bytes) in files {
                let file = try begin()
                do throws(VaultError) {
                    try calls.write(file.descriptor, bytes)
                    unnamed.append((try end(file), path))
                } catch {
                    abandon(file)
                    throw error
                }
            }
        } catch {
            for (file, _) in unnamed { discard(file) }
            throw error
        }
        try name(unnamed)
    }

    /// Steps 3 and 4 for files that went through 1 and 2.
    func name(_ files: [(Unnamed, String)]) throws(VaultError) {
        var folders: [String] = []
        for (_, path) in files {
            let folder = Self.folder(of: path)
            if !folders.contains(folder) {
                folders.append(folder)
                if calls.byteCount(folder) == nil {
                    try calls.makeFolder(folder)
                    try calls.syncFolder(Self.folder(of: folder))
                }
            }
        }
        for (file, path) in files { try calls.rename(file.path, path) }
        for folder in folders { try calls.syncFolder(folder) }
    }

    /// A file that is being written.
    struct Open {
        let descriptor: Int32
        let path: String
    }

    /// Step 1: a new file in `tmp/`.
    func begin() throws(VaultError) -> Open {
        let name = random(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let path = temporaryFolder + "/" + name
        return Open(descriptor: try calls.create(path), path: path)
    }

    /// Step 2.
    func end(_ file: Open) throws(VaultError) -> Unnamed {
        try calls.sync(file.descriptor)
        calls.close(file.descriptor)
        return Unnamed(path: file.path)
    }

    /// Gives up a file that is being written. What stays behind is cleared when the vault is opened next.
    func abandon(_ file: Open) {
        calls.close(file.descriptor)
        try? calls.remove(file.path)
    }

    /// Gives up a file that has no name yet.
    func discard(_ file: Unnamed) { try? calls.remove(file.path) }

    /// All bytes of a file that is expected to be small.
    func read(_ path: String, limit: Int = 64 << 20) throws(VaultError) -> [UInt8] {
        let file = try calls.open(path)
        defer { calls.close(file) }
        return try calls.read(file, at: 0, count: Int(min(UInt64(limit), calls.byteCount(path) ?? 0)))
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return String(path[..<slash])
    }
}
