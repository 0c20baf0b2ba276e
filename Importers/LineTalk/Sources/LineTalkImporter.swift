import AkashiFormats
public import AkashiIntake
public import AkashiModel

/// Reads talks that LINE saves as text, from telephones and computers, as described in README.md.
public struct LineTalkImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "line-talk", version: 1)

    /// A talk is titled by what the exporter calls the other person, and that changes.
    public let scopesMayBeRenamed = true

    /// An importer.
    public init() {}

    /// Each talk file, by itself.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        unclaimed.filter { member in
            guard LineRecognition.isPossible(name: member.name),
                let head = try? tree.head(member, count: LineRecognition.headByteCount)
            else { return false }
            return LineRecognition.isTalk(head)
        }.map { Claim(root: "", members: [$0]) }
    }

    /// Reads the talk from its first message to its last.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var report = ReadingReport()
        for member in claim.members {
            let source = LineSource { try tree.open(member) }
            if let problem = source.problem {
                report.add(ReadingProblem(problem, member: member.path, offset: UInt64(source.bytes.count)))
            }
            if source.bytes.isEmpty, source.problem != nil { continue }
            report = try read(source, member, report, record)
        }
        return report
    }

    private func read(
        _ source: LineSource, _ member: SealedMember, _ report: ReadingReport, _ record: (ParsedRecord) throws -> Void
    ) throws -> ReadingReport {
        let lines = LineLines(source.bytes)
        let header = LineHeader(lines)
        let title = header.title ?? LineTitle(fileName: member.name)
        let classifier = LineClassifier(lines, body: header.body)
        let partner = title.isPair ? title.text : nil
        let names =
            classifier.form == .computer
            ? LineNameLearner.names(in: classifier, body: header.body, partner: partner) : LineNames()
        let scope = "line/" + (title.text.isEmpty ? member.name : title.text)
        var builder = LineRecordBuilder(member, lines: lines, scope: scope, parser: parser)
        var talk = LineTalkParser(classifier, names: names, path: member.path, report: report)
        if let line = header.unclearSavedAt { talk.note("line.saved-at-ambiguous", at: line) }
        try talk.run(from: header.body, isCut: source.problem != nil) { try record(builder.record($0)) }
        var result = talk.report
        // A file that broke off, or that holds nothing, does not show that anything is gone.
        let isComplete = source.problem == nil && builder.count > 0
        result.scopes.append(
            ScopeReport(scope: scope, exportedAt: header.savedAt, isComplete: isComplete, count: builder.count))
        return result
    }
}
