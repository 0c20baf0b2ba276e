import AkashiAge
import AkashiCasework
import AkashiDocuments
import AkashiFormats
import AkashiIntake
import AkashiKnowledge
import AkashiModel
public import AkashiProof
import AkashiVault
public import Foundation

extension Desk {
    /// Makes a dossier in memory, writes down that it was made, and checks it as a stranger would.
    ///
    /// - Throws: ``CaseworkErrorCode/nothingChosen``, or a ``VaultError`` if something chosen is missing or damaged.
    public func makeDossier(_ request: DossierRequest) async throws -> MadeDossier {
        guard request.hiddenWords.isEmpty || request.kind == .sharing else { throw DeskError(.hidingNeedsSharing) }
        let caseFile = try index.caseFile(request.caseID)
        let sources = try chooseExhibits(request, caseFile, givesNumbers: true)
        var builder = ExhibitBuilder(request: request, vault: vault)
        for source in sources { try builder.add(source) }
        let anchors = try await chooseAnchors(sources)
        let printer = DossierPrinter(
            caseFile: caseFile, request: request, sources: sources, anchors: anchors,
            strings: try japanese(), made: environment.vault.now(),
            withheld: builder.withheld, fingerprint: vault.ledgerKey.fingerprint, own: try index.ownAccounts())
        let document = printer.document(attached: builder.attached)
        let renderer = DocumentRenderer(environment.knowledge)
        var files = builder.files
        files.files["data/dossier.pdf"] = try await renderer.pdf(document)
        files.files["data/読んでください.txt"] = Array(try renderer.render(document, file: "readme.ja.txt.mustache").utf8)
        files.files["data/verify.py"] = Array(try environment.knowledge.text("dossier/verify.py").utf8)
        let finished = try finish(files, builder, anchors, request)
        return MadeDossier(
            files: finished, verification: await DossierVerifier.verify(finished),
            exhibits: sources.map { ($0.number, $0.entry.position) })
    }

    /// In how many places of the chosen records the words to hide stand. Nothing of the records leaves the desk by this.
    public func hiddenPlaces(_ request: DossierRequest) throws -> Int {
        let redaction = Redaction(request.hiddenWords)
        return try chooseExhibits(request, try index.caseFile(request.caseID), givesNumbers: false).reduce(0) { count, source in
            count + (source.record.text.map { redaction.apply($0).count } ?? 0)
        }
    }

    /// The exhibits with their numbers. A number that was given in a paper or dossier of the case stays with its record.
    ///
    /// - Parameter givesNumbers: whether new numbers are written down; a look ahead does not.
    func chooseExhibits(_ request: DossierRequest, _ caseFile: CaseFile, givesNumbers: Bool) throws -> [ExhibitSource] {
        let chosen = Set(request.records ?? caseFile.incidents.flatMap(\.records))
        guard !chosen.isEmpty else { throw CaseworkError(.nothingChosen, ["case": caseFile.id.text]) }
        let lines = try chosen.map { position in
            guard let line = try index.timelineEntry(at: position) else {
                throw CaseworkError(.unknownRecord, ["index": "\(position)"])
            }
            return line
        }.sorted(by: Self.isEarlier)
        let numbers = try exhibitNumbers(caseFile.id, lines.map(\.position), givesNumbers: givesNumbers)
        let width = max(3, String(numbers.values.max() ?? 0).count)
        return try lines.map { line in
            let entry = try vault.entry(at: line.position)
            guard let envelope = entry.envelope else { throw DeskError(.recordRemoved, ["index": "\(line.position)"]) }
            let digits = String(numbers[line.position] ?? 0)
            let padded = String(repeating: "0", count: width - digits.count) + digits
            let record = try envelope.decode(ParsedRecord.self)
            return ExhibitSource(
                entry: entry, observedAt: envelope.observedAt, record: record, line: line, number: "甲\(padded)",
                evidence: try index.evidence(record.source.object), notes: try index.notes(on: line.position))
        }.sorted { (Int($0.number.dropFirst()) ?? 0) < (Int($1.number.dropFirst()) ?? 0) }
    }

    private func exhibitNumbers(
        _ caseID: CaseID, _ positions: [LogPosition], givesNumbers: Bool
    ) throws -> [LogPosition: Int] {
        var numbers = try index.exhibitNumbers(caseID)
        let new = positions.filter { numbers[$0] == nil }
        if new.isEmpty { return numbers }
        if givesNumbers {
            try append([try EntryDraft(.decision, Decision.numberExhibits(caseID: caseID, records: new))])
            return try index.exhibitNumbers(caseID)
        }
        var next = numbers.values.max() ?? 0
        for position in new {
            next += 1
            numbers[position] = next
        }
        return numbers
    }

    /// As in the timeline: by the time that the source claims, those without one last.
    private static func isEarlier(_ left: TimelineEntry, _ right: TimelineEntry) -> Bool {
        let leftTime = left.claimedAt?.milliseconds ?? .max
        let rightTime = right.claimedAt?.milliseconds ?? .max
        return leftTime == rightTime ? left.position < right.position : leftTime < rightTime
    }

    /// For each exhibit the earliest stamps that cover it; every authority that stamped the same checkpoint.
    func chooseAnchors(_ sources: [ExhibitSource]) async throws -> [KeptStamp] {
        let stamps = try await vault.keptStamps()
        var sizes: Set<UInt64> = []
        for source in sources {
            if let size = stamps.map(\.size).filter({ $0 > source.entry.position.index }).min() { sizes.insert(size) }
        }
        return stamps.filter { sizes.contains($0.size) }
    }

    /// Everything that rests on the table of contents: the entry of this dossier, the proofs, the manifests.
    private func finish(
        _ start: MemoryDossier, _ builder: ExhibitBuilder, _ stamps: [KeptStamp], _ request: DossierRequest
    ) throws -> MemoryDossier {
        var files = start
        files.files[DossierPath.info] = Array(bagInfo(request).utf8)
        files.files[DossierPath.key] = Array("\(vault.ledgerKey)\n".utf8)
        let anchors = stamps.map { stamp in
            let base = "data/proof/anchors/\(stamp.size)"
            let certificates = "data/proof/anchors/\(stamp.authority.id).pem"
            files.files["\(base).checkpoint"] = Array(stamp.checkpointNote.utf8)
            files.files["\(base).\(stamp.authority.id).tsr"] = stamp.response
            files.files[certificates] = Array(stamp.authority.certificatesPEM.utf8)
            return DossierContents.Anchor(
                size: stamp.size, authority: stamp.authority.id, checkpoint: "\(base).checkpoint",
                token: "\(base).\(stamp.authority.id).tsr", certificates: certificates, consistency: "\(base).consistency")
        }
        let previous = try addPrevious(request, &files)
        let contents = DossierContents(
            kind: request.kind, origin: vault.ledgerKey.name, receiver: request.receiver, made: environment.vault.now(),
            files: files.files.map { path, bytes in
                DossierContents.ListedFile(path: path, sha256: SliceDigest.of(bytes), bytes: UInt64(bytes.count))
            }.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) },
            exhibits: builder.exhibits, anchors: anchors, previous: previous)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let contentBytes = Array(try encoder.encode(contents)) + [10]
        files.files[DossierPath.contents] = contentBytes
        let exported = ExportBody(
            caseID: request.caseID, receiver: request.receiver, kind: request.kind == .sharing ? .sharing : .evidence,
            contents: SliceDigest.of(contentBytes), records: builder.exhibits.map { LogPosition($0.index) })
        let entry = try append([try EntryDraft(.exported, exported)])[0]
        try vault.keepCheckpoint()
        files.files[DossierPath.exported] = entry.bytes
        files.files[DossierPath.checkpoint] = Array(vault.checkpoint.note.utf8)
        for proof in builder.proofs + [(DossierPath.exportedProof, entry.position)] {
            files.files[proof.0] = Array(try vault.inclusionProof(of: proof.1).text.utf8)
        }
        for anchor in anchors {
            files.files[anchor.consistency] = Array(try vault.consistencyProof(from: anchor.size).text.utf8)
        }
        if let previous {
            files.files[previous.consistency] = Array(try vault.consistencyProof(from: previous.size).text.utf8)
        }
        addManifests(&files)
        return files
    }

    private func addPrevious(
        _ request: DossierRequest, _ files: inout MemoryDossier
    ) throws -> DossierContents.Previous? {
        guard let receiver = request.receiver, let size = try index.lastExport(to: receiver) else { return nil }
        let path = "data/proof/previous.checkpoint"
        files.files[path] = Array(try vault.keptCheckpoint(size: size).note.utf8)
        return DossierContents.Previous(size: size, checkpoint: path, consistency: "data/proof/previous.consistency")
    }

    private func addManifests(_ files: inout MemoryDossier) {
        files.files[DossierPath.declaration] = Array(DossierPath.declarationText.utf8)
        func manifest(_ isIncluded: (String) -> Bool) -> [UInt8] {
            let chosen = files.files.filter { isIncluded($0.key) }
            return Array(DossierPath.manifestText(chosen.mapValues { SliceDigest.of($0) }).utf8)
        }
        files.files[DossierPath.manifest] = manifest { $0.hasPrefix("data/") }
        files.files[DossierPath.tagManifest] = manifest { DossierPath.tagFiles.contains($0) }
    }

    /// Nothing of the computer or the person: a dossier passes through many hands.
    private func bagInfo(_ request: DossierRequest) -> String {
        """
        Bagging-Date: \(environment.vault.now().japan.dateText)
        External-Description: Akashi dossier
        External-Identifier: \(vault.ledgerKey.name)

        """
    }

    /// Writes a dossier into a new or empty folder. It appears whole or not at all.
    ///
    /// - Throws: ``CaseworkErrorCode/dossierFolderNotEmpty``.
    public static func write(_ dossier: MemoryDossier, to folder: URL) throws {
        let manager = FileManager.default
        if let there = try? manager.contentsOfDirectory(atPath: folder.path), !there.isEmpty {
            throw CaseworkError(.dossierFolderNotEmpty, ["file": folder.lastPathComponent])
        }
        let partial = folder.deletingLastPathComponent().appending(path: folder.lastPathComponent + ".part")
        try? manager.removeItem(at: partial)
        do {
            for (path, bytes) in dossier.files {
                let url = partial.appending(path: path)
                try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(bytes).write(to: url)
            }
            try? manager.removeItem(at: folder)
            try manager.moveItem(at: partial, to: folder)
        } catch {
            try? manager.removeItem(at: partial)
            let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
            throw VaultError(isFull ? .diskFull : .notWritable, ["file": folder.lastPathComponent])
        }
    }

    /// Checks receivers' age keys.
    ///
    /// - Throws: ``DeskErrorCode/badRecipient``.
    public static func checkRecipients(_ recipients: [String]) throws {
        for recipient in recipients where (try? X25519Recipient(recipient)) == nil { throw DeskError(.badRecipient) }
    }

    /// A dossier as one zip archive, encrypted to age keys: nothing of it lies on the disk in clear.
    ///
    /// - Throws: ``DeskErrorCode/badRecipient``.
    public func encrypt(_ dossier: MemoryDossier, to recipients: [String]) throws -> [UInt8] {
        var keys: [any AgeRecipient] = []
        for recipient in recipients {
            guard let key = try? X25519Recipient(recipient) else { throw DeskError(.badRecipient) }
            keys.append(key)
        }
        return try AgeEncryptor.encrypt(Self.zip(dossier), to: keys, random: environment.vault.random)
    }

    /// A dossier as one zip archive.
    public static func zip(_ dossier: MemoryDossier) throws -> [UInt8] {
        let ordered = dossier.files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return try ZipWriter.zip(ordered.map { ("dossier/" + $0.key, $0.value) })
    }

    /// The recovery sheet as a PDF.
    public func recoverySheet() async throws -> [UInt8] {
        let key = Array(vault.recoveryKey)
        let groups = stride(from: 0, to: key.count, by: 4).map { String(key[$0..<min($0 + 4, key.count)]) }
        let lines = stride(from: 0, to: groups.count, by: 5).map { groups[$0..<min($0 + 5, groups.count)].joined(separator: " ") }
        let sheet = RecoverySheet(
            vaultID: vault.description.id, made: environment.vault.now().japanMinuteText, keyLines: lines,
            fingerprint: vault.ledgerKey.fingerprint)
        return try await DocumentRenderer(environment.knowledge).pdf(sheet)
    }
}
