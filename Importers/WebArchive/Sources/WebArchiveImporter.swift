import AkashiFormats
public import AkashiIntake
public import AkashiModel

/// Reads web archives: WARC files, and WACZ packages of them, as described in README.md.
public struct WebArchiveImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "web-archive", version: 1)

    /// An importer.
    public init() {}

    /// Packages by their description, single files by their first bytes.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        var left = unclaimed
        var claims: [Claim] = []
        for description in unclaimed where description.name == "datapackage.json" {
            let root = String(description.path.dropLast("datapackage.json".count))
            let inside = left.filter { $0.path.hasPrefix(root) }
            guard inside.contains(where: { $0.path.hasPrefix(root + "archive/") }) else { continue }
            claims.append(Claim(root: root, members: inside))
            left.removeAll { $0.path.hasPrefix(root) }
        }
        for member in left {
            guard let head = try? tree.head(member, count: 1 << 14), WarcReader.isWarc(head) else { continue }
            claims.append(Claim(root: "", members: [member]))
        }
        return claims
    }

    /// Reads every page.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var reading = WebArchiveReading(claim, tree, parser)
        try reading.run(record, file)
        return reading.report
    }
}
