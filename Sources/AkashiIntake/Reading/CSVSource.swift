import AkashiFormats
public import AkashiModel

/// A table of a source in memory, read row by row.
public struct CSVSource {
    /// One row.
    public struct Row {
        /// Its cells.
        public let cells: [String]
        /// Its place in the sealed bytes.
        public let place: Locator
        /// Its line in the file, from 1.
        public let line: Int
    }

    private let member: SealedMember
    private let bytes: [UInt8]

    /// Reads a file; nil, with a problem, if that is not possible.
    public init?(_ member: SealedMember, _ tree: SealedTree, _ report: inout ReadingReport) {
        guard let bytes = tree.whole(member, limit: JSONSource.maximumByteCount, &report) else { return nil }
        self.member = member
        self.bytes = bytes
    }

    /// Hands out the rows, the first one too. A row that is not what was expected, but for the first, is a problem.
    ///
    /// - Parameter take: whether the row was one.
    public func each(_ report: inout ReadingReport, _ take: (Row) throws -> Bool) rethrows {
        var reader = CSVReader()
        var problems: [ReadingProblem] = []
        var isFirst = true
        func row(_ row: CSVReader.Row) throws {
            let place = Locator(
                object: member.object, member: member.member, offset: row.offset, length: row.length,
                digest: SliceDigest.of(row.raw))
            let cells = row.fields.map { String(decoding: $0, as: UTF8.self) }
            if try !take(Row(cells: cells, place: place, line: row.line)), !isFirst {
                problems.append(ReadingProblem("csv.ragged", member: member.path, offset: row.offset, line: row.line))
            }
            isFirst = false
        }
        let note: (CSVReader.Problem, UInt64) -> Void = { problem, offset in
            problems.append(ReadingProblem(problem.rawValue, member: member.path, offset: offset))
        }
        try reader.update(bytes, row, problem: note)
        try reader.finish(row, problem: note)
        for problem in problems { report.add(problem) }
    }
}
