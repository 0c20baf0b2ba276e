import AkashiFormats
public import AkashiIntake
import AkashiModel

extension SealedTree {
    /// A tree of files in memory, as if they had been sealed one by one.
    public static func memory(_ files: [(path: String, bytes: [UInt8])]) -> SealedTree {
        let members = files.enumerated().map { index, file in
            SealedMember(path: file.path, object: SliceDigest.of(file.bytes), member: nil, index: index)
        }
        return SealedTree(members: members) { MemoryBytes(files[$0.index].bytes).stream() }
    }

    /// The same with text files.
    public static func text(_ files: [(path: String, text: String)]) -> SealedTree {
        memory(files.map { ($0.path, Array($0.text.utf8)) })
    }
}

/// What an importer made of a tree.
public struct ImportResult: Sendable {
    /// Its records.
    public var records: [ParsedRecord] = []
    /// Its reports, one for each claim.
    public var reports: [ReadingReport] = []
    /// Files that lie inside the source.
    public var files: [InnerFile] = []

    /// The codes of all problems.
    public var problems: [String] { reports.flatMap(\.problems).map(\.code) }

    /// Reads all that an importer recognises in a tree.
    public init(_ importer: any Importer, _ tree: SealedTree) throws {
        for claim in importer.recognise(tree.members, in: tree) {
            reports.append(try importer.read(claim, from: tree, record: { records.append($0) }, file: { files.append($0) }))
        }
    }
}
