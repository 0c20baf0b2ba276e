import AkashiFormats
import AkashiModel

extension Claim {
    /// Reads a source in which every member is one record. What fails with one member is a problem of its own.
    ///
    /// - Parameter make: the record of a member; nil if there is none, with a problem added to the report.
    /// - Throws: only what `record` throws.
    public func readEach(
        scope: String, record: (ParsedRecord) throws -> Void, make: (SealedMember, inout ReadingReport) throws -> ParsedRecord?
    ) rethrows -> ReadingReport {
        var report = ReadingReport()
        var count = 0
        for member in members {
            let made: ParsedRecord?
            do {
                made = try make(member, &report)
            } catch {
                report.add(ReadingProblem((error as? ZipProblem)?.rawValue ?? "source.unreadable", member: member.path))
                continue
            }
            guard let made else { continue }
            count += 1
            try record(made)
        }
        report.scopes = [ScopeReport(scope: scope, exportedAt: nil, isComplete: false, count: count)]
        return report
    }
}

extension String {
    /// Without the blanks and line ends around it.
    public var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
