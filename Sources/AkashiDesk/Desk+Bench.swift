import AkashiCasework
import AkashiIntake
import AkashiModel
import AkashiVault

// For scripts/bench only.

extension Desk {
    /// Appends made records of one text each, as an import would.
    public func benchFill(_ texts: [Substring]) throws {
        let digest = SliceDigest.of([])
        let place = Locator(object: digest, member: nil, offset: 0, length: 0, digest: digest)
        let parser = ParserVersion(id: "bench", version: 1)
        var batch: [ParsedRecord] = []
        func flush() throws {
            let entries = try vault.append(batch.map(RecordEncoding.draft))
            try index.apply(entries, records: batch)
            batch.removeAll(keepingCapacity: true)
        }
        for (number, text) in texts.enumerated() {
            let account = ClaimedAccount(platform: .x, id: String(number % 5000), handle: "user\(number % 5000)")
            let time = ClaimedTime(
                literal: "", instant: Instant(seconds: 1_700_000_000 + Int64(number) * 60), precision: .second,
                zone: .assumedJapan)
            batch.append(
                ParsedRecord(
                    kind: .post, scope: "bench", key: String(number), account: account, claimedTime: time, text: String(text),
                    source: place, parser: parser))
            if batch.count == 8192 { try flush() }
        }
        try flush()
    }

    /// Finds on the first page.
    public func benchFind(_ question: String) throws -> Int { try index.search(SearchQuery(question)).count }

    /// Size of the search table's own pages.
    public func benchIndexBytes() throws -> Int { try index.searchByteCount() }
}
