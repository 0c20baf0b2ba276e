import AkashiFormats
public import AkashiIntake
public import AkashiModel

/// Reads tables of orders, sales and reviews, as described in README.md.
public struct ShopCSVImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "shop-csv", version: 1)

    private static let pieceSize = 1 << 18
    private let mappings: [TableMapping]

    /// Takes the known tables, and those that she explained.
    public init(mappings: [TableMapping]) { self.mappings = mappings }

    /// Every table whose columns are known.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { member in
            guard let head = try? tree.head(member, count: TableHeader.byteCount), let header = TableHeader(head) else {
                return false
            }
            return mapping(for: header) != nil
        }.map { Claim(root: "", members: [$0]) }
    }

    /// The columns of a file that looks like a table; nil for other files.
    public static func columns(_ member: SealedMember, in tree: SealedTree) -> [String]? {
        let isNamed = [".csv", ".tsv"].contains { member.name.lowercased().hasSuffix($0) }
        guard isNamed, let head = try? tree.head(member, count: TableHeader.byteCount), let header = TableHeader(head) else {
            return nil
        }
        return header.columns.count > 1 ? header.columns : nil
    }

    /// Of several that fit, the one that asks for most.
    private func mapping(for header: TableHeader) -> TableMapping? {
        mappings.filter { mapping in mapping.recognise.allSatisfy { header.position(of: $0) != nil } }
            .max { $0.recognise.count < $1.recognise.count }
    }

    /// Reads each row; rows of one order that follow each other are one record.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var report = ReadingReport()
        for member in claim.members {
            do {
                try read(member, in: tree, &report, record)
            } catch let error as SinkFailure {
                throw error.underlying
            } catch {
                report.add(ReadingProblem((error as? ZipProblem)?.rawValue ?? "source.unreadable", member: member.path))
            }
        }
        return report
    }

    /// Tells what `record` threw from what reading threw.
    private struct SinkFailure: Error { let underlying: any Error }

    private func read(
        _ member: SealedMember, in tree: SealedTree, _ report: inout ReadingReport, _ record: (ParsedRecord) throws -> Void
    ) throws {
        let stream = try tree.open(member)
        var start: [UInt8] = []
        while start.count < TableHeader.byteCount {
            let piece = try stream.read(upTo: Self.pieceSize)
            if piece.isEmpty { break }
            start += piece
        }
        guard let header = TableHeader(start), let mapping = mapping(for: header) else { return }
        let builder = TableRecordBuilder(member, mapping, header, parser)
        var rows: [CSVReader.Row] = []
        var problems: [ReadingProblem] = []
        var count = 0
        func flush() throws {
            guard !rows.isEmpty else { return }
            let made = builder.record(rows, &problems)
            rows = []
            guard let made else { return }
            count += 1
            do { try record(made) } catch { throw SinkFailure(underlying: error) }
        }
        func take(_ row: CSVReader.Row) throws {
            if let last = rows.last, !builder.isSame(last, row) { try flush() }
            rows.append(row)
        }
        func note(_ problem: CSVReader.Problem, _ offset: UInt64) {
            problems.append(ReadingProblem(problem.rawValue, member: member.path, offset: offset))
        }
        var reader = CSVReader(separator: header.separator, offset: UInt64(header.byteCount), line: header.lineCount + 1)
        try reader.update(Array(start.dropFirst(header.byteCount)), take, problem: note)
        while true {
            let piece = try stream.read(upTo: Self.pieceSize)
            if piece.isEmpty { break }
            try reader.update(piece, take, problem: note)
        }
        try reader.finish(take, problem: note)
        try flush()
        for problem in problems { report.add(problem) }
        report.scopes.append(
            ScopeReport(scope: "\(mapping.platform)/\(mapping.id)", exportedAt: nil, isComplete: false, count: count))
    }
}
