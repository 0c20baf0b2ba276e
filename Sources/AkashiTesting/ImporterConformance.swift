public import AkashiIntake
import AkashiModel
import Testing

/// What every importer has to keep (see `Importer`): run by each importer's tests on each of its cases.
public enum ImporterConformance {
    /// Checks one source: the same records each time, each with a place whose digest fits, each with scope and key.
    public static func check(_ importer: any Importer, _ files: [(path: String, bytes: [UInt8])]) throws {
        let tree = SealedTree.memory(files)
        let first = try ImportResult(importer, tree)
        let second = try ImportResult(importer, tree)
        #expect(first.records == second.records, "the same bytes give the same records")
        #expect(first.reports == second.reports)
        var keys: Set<String> = []
        for record in first.records {
            let file = files.first { SliceDigest.of($0.bytes) == record.source.object }
            let bytes = try #require(file?.bytes, "every record has its bytes")
            try fits(record.source, bytes)
            for attachment in record.attachments {
                guard let locator = attachment.locator else { continue }
                let media = files.map(\.bytes) + first.files.map(\.bytes)
                let bytes = try #require(media.first { SliceDigest.of($0) == locator.object }, "every attachment has its bytes")
                try fits(locator, bytes)
            }
            #expect(!record.scope.isEmpty && !record.key.isEmpty)
            #expect(record.parser == importer.parser)
            keys.insert(record.scope + "\u{0}" + record.key)
        }
        let counted = first.reports.flatMap(\.scopes).reduce(0) { $0 + $1.count }
        #expect(counted == first.records.count, "the report counts what was read")
    }

    private static func fits(_ place: Locator, _ bytes: [UInt8]) throws {
        let end = place.offset + place.length
        try #require(end <= UInt64(bytes.count))
        #expect(SliceDigest.of(bytes[Int(place.offset)..<Int(end)]) == place.digest)
    }

    /// Damages a source in random ways: it must end in a report, never in a trap, and places must still fit.
    public static func fuzz(_ importer: any Importer, _ files: [(path: String, bytes: [UInt8])], seed: UInt64, rounds: Int) throws
    {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<rounds {
            var damaged = files
            let chosen = Int.random(in: 0..<files.count, using: &generator)
            Mutation.apply(to: &damaged[chosen].bytes, using: &generator)
            let result = try ImportResult(importer, SealedTree.memory(damaged))
            for record in result.records {
                guard let file = damaged.first(where: { SliceDigest.of($0.bytes) == record.source.object }) else {
                    Issue.record("a record without its bytes")
                    continue
                }
                try fits(record.source, file.bytes)
            }
        }
    }
}
