import AkashiCasework
import AkashiFormats
import AkashiIntake
import AkashiModel
import AkashiProof
import AkashiVault
public import Foundation

extension Desk {
    /// Entries of one append while reading: what a crash can cost of reading, never of sealing.
    private static let recordBatchCount = 4096

    /// Takes files and folders in: seals every byte first, then reads what is sealed.
    ///
    /// What was sealed before and not read to the end, because the program was interrupted, is read now.
    ///
    /// - Throws: ``CaseworkErrorCode/sourceMissing`` before anything is done, or a ``VaultError``; what was reported
    ///   as saved before stays.
    public func add(
        _ sources: [URL], progress: @Sendable (AddProgress) -> Void = { _ in }
    ) async throws -> AddReport {
        var walk = FolderWalk()
        for source in sources { try walk.add(source) }
        var report = AddReport()
        report.problems = walk.problems
        let files = try seal(walk.items, &report, progress)
        return try finishAdding(files, &report, progress)
    }

    /// Seals and reads what arrived piece by piece.
    func add(incoming objects: [IncomingObject], progress: @Sendable (AddProgress) -> Void) throws -> AddReport {
        var report = AddReport()
        var files: [(path: String, digest: ContentDigest)] = []
        var number = 0
        try vault.seal(incoming: objects, isKnown: { try index.isSealed($0) }) { outcome in
            take(outcome, objects[number].source, &report, &files)
            number += 1
            progress(.sealing(done: number, of: objects.count))
        }
        try index.catchUp()
        return try finishAdding(files, &report, progress)
    }

    /// Seals and reads what the desk made itself.
    func add(items: [IntakeItem]) throws -> AddReport {
        var report = AddReport()
        let files = try seal(items, &report) { _ in }
        return try finishAdding(files, &report) { _ in }
    }

    private func finishAdding(
        _ files: [(path: String, digest: ContentDigest)], _ report: inout AddReport, _ progress: (AddProgress) -> Void
    ) throws -> AddReport {
        report.digests = files.map(\.digest)
        try read(files, depth: 0, &report, progress)
        if !(try vault.authorities()).isEmpty { try queueStamps() }
        return report
    }

    private func take(
        _ outcome: SealOutcome, _ source: SourceDescription, _ report: inout AddReport,
        _ files: inout [(path: String, digest: ContentDigest)]
    ) {
        switch outcome {
        case .sealed(let evidence):
            report.sealedCount += 1
            report.sealedByteCount += evidence.byteCount
        case .known: report.knownCount += 1
        case .unreadable: report.unreadable.append(source.path)
        }
        if let digest = outcome.digest { files.append((source.path, digest)) }
    }

    /// Seals items; what is sealed now or was before, with its path.
    private func seal(
        _ items: [IntakeItem], _ report: inout AddReport, _ progress: (AddProgress) -> Void
    ) throws -> [(path: String, digest: ContentDigest)] {
        var files: [(path: String, digest: ContentDigest)] = []
        var number = 0
        try vault.seal(items, isKnown: { try index.isSealed($0) }) { outcome in
            take(outcome, items[number].source, &report, &files)
            number += 1
            progress(.sealing(done: number, of: items.count))
        }
        try index.catchUp()
        return files
    }

    private func read(
        _ files: [(path: String, digest: ContentDigest)], depth: Int, _ report: inout AddReport,
        _ progress: (AddProgress) -> Void
    ) throws {
        let opener = SourceOpener(vault: vault)
        var loose: [(path: String, digest: ContentDigest)] = []
        var seen: Set<ContentDigest> = []
        for file in files {
            if let container = try opener.container(file.digest) {
                guard seen.insert(file.digest).inserted else { continue }
                try read(container, depth: depth, &report, progress)
            } else {
                loose.append(file)
            }
        }
        if !loose.isEmpty { try readTree(opener.looseTree(loose), depth: depth, &report, progress) }
    }

    private func read(
        _ container: SourceOpener.Container, depth: Int, _ report: inout AddReport, _ progress: (AddProgress) -> Void
    ) throws {
        var problems = ReadingReport()
        for problem in container.problems { problems.add(problem) }
        var inner: [IntakeItem] = []
        for member in container.inner {
            guard depth + 1 < SourceOpener.maximumDepth else {
                problems.add(ReadingProblem("zip.too-deep", member: member.path))
                continue
            }
            let source = SourceDescription(way: .archiveMember, path: member.path, container: container.digest)
            inner.append(IntakeItem(source: source) { try container.tree.open(member) })
        }
        if problems.problemCount > 0 {
            let parser = ParserVersion(id: "zip", version: 1)
            let reading = Self.reading(
                parser, root: "", [SealedMember(path: "", object: container.digest, member: nil, index: 0)])
            if try !index.hasReading(reading) { try finish(RecordSieve(index), problems, reading, parser, "", &report) }
        }
        container.archive.restartCounting()
        try readTree(container.tree, depth: depth, &report, progress)
        if !inner.isEmpty {
            container.archive.restartCounting()
            let files = try seal(inner, &report, progress)
            try read(files, depth: depth + 1, &report, progress)
        }
    }

    /// Asks each importer in turn what it can read, and reads what was not read before.
    private func readTree(
        _ tree: SealedTree, depth: Int, _ report: inout AddReport, _ progress: (AddProgress) -> Void
    ) throws {
        var left = tree.members.filter { !($0.member?.lowercased().hasSuffix(".zip") ?? false) }
        let importers = try ImporterRegistry.all(tables: tables())
        for (number, importer) in importers.enumerated() {
            if number == importers.count - 1 {
                for member in left {
                    guard let columns = ImporterRegistry.columns(member, in: tree) else { continue }
                    report.unknownTables.append(AddReport.UnknownTable(path: member.path, columns: columns))
                }
            }
            let claims = importer.recognise(left, in: tree)
            let taken = Set(claims.flatMap { $0.members.map(\.index) })
            left.removeAll { taken.contains($0.index) }
            for claim in claims { try read(claim, by: importer, tree, depth: depth, &report, progress) }
        }
    }

    private func read(
        _ claim: Claim, by importer: any Importer, _ tree: SealedTree, depth: Int, _ report: inout AddReport,
        _ progress: (AddProgress) -> Void
    ) throws {
        let reading = Self.reading(importer.parser, root: claim.root, claim.members)
        guard try !index.hasReading(reading) else { return }
        var sieve = RecordSieve(index)
        var batch: [ParsedRecord] = []
        var count = 0
        func take(_ record: ParsedRecord) throws {
            guard try sieve.passes(record) else { return }
            batch.append(record)
            count += 1
            if batch.count >= Self.recordBatchCount {
                try appendRecords(batch)
                batch.removeAll(keepingCapacity: true)
                progress(.reading(records: count))
            }
        }
        var inner = InnerFiles(canOpen: depth + 1 < SourceOpener.maximumDepth)
        func take(_ file: InnerFile) throws {
            inner.add(file)
            if inner.isFull { try inner.seal { try seal($0, &report, progress) } }
        }
        var outcome: ReadingReport
        if importer.scopesMayBeRenamed {
            var records: [ParsedRecord] = []
            outcome = try importer.read(claim, from: tree, record: { records.append($0) }, file: take)
            try rename(&records, &outcome)
            for record in records { try take(record) }
        } else {
            outcome = try importer.read(claim, from: tree, record: take, file: take)
        }
        try inner.seal { try seal($0, &report, progress) }
        for name in inner.tooDeep { outcome.add(ReadingProblem("zip.too-deep", member: name)) }
        try appendRecords(batch)
        // Read before this reading is written down as done: what a crash cuts off is read again.
        try read(inner.sealed, depth: depth + 1, &report, progress)
        try finish(sieve, outcome, reading, importer.parser, claim.root, &report)
        progress(.reading(records: count))
    }

    /// The tables that are known, and those that she explained: hers count more.
    private func tables() throws -> [TableMapping] {
        let hers = try index.tableMappings()
        return try hers
            + ImporterRegistry.knownTables(environment.knowledge).filter { known in !hers.contains { $0.id == known.id } }
    }

    private func appendRecords(_ records: [ParsedRecord]) throws {
        let entries = try vault.append(records.map(RecordEncoding.draft))
        try index.apply(entries, records: records)
    }

    /// Puts records under the name that their stream had when it was read before.
    private func rename(_ records: inout [ParsedRecord], _ outcome: inout ReadingReport) throws {
        for (number, scope) in outcome.scopes.enumerated() {
            let keys = records.lazy.filter { $0.scope == scope.scope }.map(\.key)
            guard let known = try index.sameTalk(asKeys: Array(keys), titled: scope.scope) else { continue }
            for index in records.indices where records[index].scope == scope.scope {
                records[index].details["scopeAsExported"] = scope.scope
                records[index].scope = known
            }
            outcome.scopes[number] = ScopeReport(
                scope: known, exportedAt: scope.exportedAt, isComplete: scope.isComplete, count: scope.count)
        }
    }

    /// Writes down how a reading ended.
    private func finish(
        _ sieve: RecordSieve, _ outcome: ReadingReport, _ reading: ContentDigest, _ parser: ParserVersion, _ root: String,
        _ report: inout AddReport
    ) throws {
        let body = sieve.body(outcome, reading: reading, parser: parser, root: root)
        try append([try EntryDraft(.derived, body)])
        report.readings.append(
            AddReport.Reading(
                parser: parser, root: root, added: body.scopes.reduce(0) { $0 + $1.added },
                known: body.scopes.reduce(0) { $0 + $1.known }, absent: body.absent.count, renamed: body.renames.count,
                problems: outcome.problems, problemCount: outcome.problemCount))
    }

    /// The same for the same members read by the same program.
    private static func reading(_ parser: ParserVersion, root: String, _ members: [SealedMember]) -> ContentDigest {
        var text = "\(parser.id) \(parser.version)\n\(root)\n"
        for member in members.sorted(by: { ($0.path, $0.object) < ($1.path, $1.object) }) {
            text += "\(member.object) \(member.path)\n"
        }
        return SliceDigest.of(text.utf8)
    }
}

/// Encodes records with one encoder: there are very many of them.
enum RecordEncoding {
    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    static func draft(_ record: ParsedRecord) throws -> EntryDraft {
        EntryDraft(kind: .record, body: Array(try encoder.encode(record)))
    }
}
