import AkashiFormats
public import AkashiIntake
public import AkashiModel

/// Reads the archive that X (Twitter) gives its users, of every generation described in README.md.
public struct XArchiveImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "x-archive", version: 1)

    /// An importer.
    public init() {}

    /// Folders that hold files of an archive. With a manifest the whole folder is the archive, its viewer too.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        var roots: [String: Bool] = [:]
        for member in unclaimed {
            guard let type = XFileType(member: member) else { continue }
            if type == .manifest || isArchiveScript(member, in: tree) {
                let root = Self.root(of: member)
                roots[root] = roots[root, default: false] || type == .manifest
            }
        }
        // The deepest first: an archive inside another's folder is its own.
        var left = unclaimed
        var claims: [Claim] = []
        for (root, hasManifest) in roots.sorted(by: { ($0.key.count, $0.key) > ($1.key.count, $1.key) }) {
            let members = left.filter { member in
                guard member.path.hasPrefix(root) else { return false }
                return hasManifest || XFileType(member: member) != nil || Self.isMedia(member)
            }
            let taken = Set(members.map(\.index))
            left.removeAll { taken.contains($0.index) }
            claims.append(Claim(root: root, members: members))
        }
        return claims.reversed()
    }

    /// Reads an archive: account first, then media, then everything that names them.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var reading = XReading(claim: claim, tree: tree, parser: parser)
        try reading.run(record)
        return reading.report
    }

    /// The folder that holds `data/`, or the file's own folder where there is no `data/`.
    static func root(of member: SealedMember) -> String {
        var parts = member.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        parts.removeLast()
        if let data = parts.lastIndex(of: "data") { parts.removeSubrange(data...) }
        return parts.isEmpty ? "" : parts.joined(separator: "/") + "/"
    }

    static func isMedia(_ member: SealedMember) -> Bool {
        member.path.split(separator: "/").dropLast().last.map { $0.hasSuffix("_media") } ?? false
    }

    private func isArchiveScript(_ member: SealedMember, in tree: SealedTree) -> Bool {
        guard let head = try? tree.head(member, count: 200) else { return false }
        let text = String(decoding: head, as: UTF8.self)
        return text.contains("YTD.") || text.contains("Grailbird.data")
    }
}
