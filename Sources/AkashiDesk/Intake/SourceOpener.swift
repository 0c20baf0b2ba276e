import AkashiFormats
import AkashiIntake
import AkashiModel
import AkashiVault

/// Opens sealed bytes as trees: loose files as one, each archive as one of its own.
struct SourceOpener {
    /// Archives inside archives that are opened.
    static let maximumDepth = 3

    let vault: Vault

    /// An archive that was opened.
    struct Container {
        let digest: ContentDigest
        let archive: ZipArchive
        let tree: SealedTree
        let problems: [ReadingProblem]
        /// Members that are archives themselves.
        let inner: [SealedMember]
    }

    /// Loose files, each sealed whole.
    func looseTree(_ files: [(path: String, digest: ContentDigest)]) -> SealedTree {
        let members = files.enumerated().map { index, file in
            SealedMember(path: file.path, object: file.digest, member: nil, index: index)
        }
        return SealedTree(members: members) { [vault] member in try vault.openObject(member.object).stream() }
    }

    /// An archive, if the bytes are one that is a container and not a document in a zip (Office, EPUB).
    func container(_ digest: ContentDigest) throws -> Container? {
        let bytes = try vault.openObject(digest)
        guard ZipArchive.isZip(try bytes.read(at: 0, count: 4)) else { return nil }
        let archive = ZipArchive(bytes)
        guard !archive.entries.contains(where: { $0.path == "[Content_Types].xml" || $0.path == "mimetype" }) else {
            return nil
        }
        var problems = archive.problems.map { ReadingProblem($0.rawValue) }
        var members: [SealedMember] = []
        var entries: [Int: ZipEntry] = [:]
        var inner: [SealedMember] = []
        for entry in archive.entries {
            if let refusal = entry.refusal {
                problems.append(ReadingProblem(refusal.rawValue, member: entry.path))
                continue
            }
            guard !Self.isLeftover(entry.path) else { continue }
            let member = SealedMember(path: entry.path, object: digest, member: entry.path, index: entry.index)
            entries[entry.index] = entry
            if entry.path.lowercased().hasSuffix(".zip") { inner.append(member) } else { members.append(member) }
        }
        if members.isEmpty, inner.isEmpty, !archive.problems.isEmpty { return nil }
        let tree = SealedTree(members: members + inner) { member in
            guard let entry = entries[member.index] else { throw ZipProblem.damaged }
            return try archive.open(entry)
        }
        return Container(digest: digest, archive: archive, tree: tree, problems: problems, inner: inner)
    }

    /// What systems add to archives and nobody wrote.
    private static func isLeftover(_ path: String) -> Bool {
        path.hasPrefix("__MACOSX/") || path.hasSuffix("/.DS_Store") || path == ".DS_Store"
    }
}
