public import AkashiIntake
public import AkashiModel
public struct LineTalkImporter: Importer {
    public let parser = ParserVersion(id: "line-talk", version: 1)
    public init() {}
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] { [] }
    public func read(_ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void) throws -> ReadingReport { ReadingReport() }
}
