import AkashiCasework
import AkashiFormats
import AkashiIntake
import AkashiModel
import AkashiProof
import AkashiVault
import Foundation

/// One record on its way into a dossier.
struct ExhibitSource {
    let entry: LedgerEntry
    let observedAt: ObservedTime
    let record: ParsedRecord
    let line: TimelineEntry
    let number: String
    let evidence: EvidenceSummary?
    let notes: [String]
}

/// Puts the files of exhibits together.
struct ExhibitBuilder {
    /// Longest file name in a dossier, in characters (the courts' system takes 50).
    private static let maximumNameLength = 48

    let request: DossierRequest
    let vault: Vault
    let reader: SourceReader
    private(set) var files = MemoryDossier()
    private(set) var exhibits: [DossierContents.Exhibit] = []
    /// Path, entry: proofs that are written when the last checkpoint is known.
    private(set) var proofs: [(path: String, position: LogPosition)] = []
    /// Exhibits whose picture or film stays in the vault, because of what a camera or telephone wrote into it.
    private(set) var withheld: Set<String> = []
    /// The names and digests of files of each exhibit, for the printed part.
    private(set) var attached: [String: [(name: String, digest: ContentDigest, bytes: [UInt8])]] = [:]

    init(request: DossierRequest, vault: Vault) {
        self.request = request
        self.vault = vault
        reader = SourceReader(vault)
    }

    mutating func add(_ source: ExhibitSource) throws {
        let folder = "data/exhibits/\(source.number)"
        let proof = "\(folder)/record.tlog-proof"
        proofs.append((proof, source.entry.position))
        var entryPath: String?
        var slicePath: String?
        var attachments: [DossierContents.AttachedFile] = []
        var original: DossierContents.Original?
        if request.kind == .evidence {
            guard let bytes = source.entry.bytes else {
                throw DeskError(.recordRemoved, ["index": "\(source.entry.position)"])
            }
            entryPath = "\(folder)/record.json"
            files.files["\(folder)/record.json"] = bytes
            let slice = try reader.bytes(at: source.record.source)
            attachments = try attach(source, folder)
            guard !isPrivate(slice, source.record) else {
                withheld.insert(source.number)
                return finish(source, proof, entryPath, nil, attachments, nil)
            }
            let isWholeFile =
                source.record.source.member == nil && source.record.source.offset == 0
                && source.record.source.length == source.evidence?.byteCount
            let name = isWholeFile ? fileName(of: source.evidence?.path ?? "original", taken: []) : "source.bin"
            slicePath = "\(folder)/\(isWholeFile ? "original/" : "")\(name)"
            files.files["\(folder)/\(isWholeFile ? "original/" : "")\(name)"] = slice
            original = try self.original(source, folder, wholeFile: isWholeFile ? slicePath : nil)
        }
        finish(source, proof, entryPath, slicePath, attachments, original)
    }

    private mutating func finish(
        _ source: ExhibitSource, _ proof: String, _ entry: String?, _ slice: String?,
        _ attachments: [DossierContents.AttachedFile], _ original: DossierContents.Original?
    ) {
        exhibits.append(
            DossierContents.Exhibit(
                number: source.number, index: source.entry.position.index, leaf: source.entry.leaf.digest, proof: proof,
                entry: entry, slice: slice, attachments: attachments, original: original))
    }

    /// Whether a file tells where, with what or by whom it was made. It is handed over only with whole files, by her choice.
    private func isPrivate(_ bytes: [UInt8], _ record: ParsedRecord) -> Bool {
        guard !request.includesOriginals else { return false }
        if let info = ImageInfo(bytes) { return info.hasMetadata }
        let isFilm = record.kind == .film || record.kind == .recording
        return isFilm && record.remarks.contains(Remark("picture.has-location"))
    }

    private mutating func attach(_ source: ExhibitSource, _ folder: String) throws -> [DossierContents.AttachedFile] {
        var result: [DossierContents.AttachedFile] = []
        var taken: Set<String> = []
        for attachment in source.record.attachments {
            guard let locator = attachment.locator else { continue }
            let bytes = try reader.bytes(at: locator)
            attached[source.number, default: []].append((attachment.name, locator.digest, bytes))
            guard !isPrivate(bytes, source.record) else {
                withheld.insert(source.number)
                continue
            }
            let name = fileName(of: attachment.name, taken: taken)
            taken.insert(name.lowercased())
            let path = "\(folder)/files/\(name)"
            files.files[path] = bytes
            result.append(DossierContents.AttachedFile(path: path, name: attachment.name))
        }
        return result
    }

    /// The whole sealed file: always where it is the record, otherwise only if she chose to hand files over whole.
    private mutating func original(
        _ source: ExhibitSource, _ folder: String, wholeFile: String?
    ) throws -> DossierContents.Original? {
        guard wholeFile != nil || request.includesOriginals, let evidence = source.evidence else { return nil }
        let sealed = try vault.entry(at: evidence.position)
        guard let bytes = sealed.bytes else { return nil }
        let path: String
        if let wholeFile {
            path = wholeFile
        } else {
            path = "data/exhibits/originals/\(evidence.digest.short)-\(fileName(of: evidence.path, taken: []))"
            if files.files[path] == nil {
                let object = try vault.openObject(evidence.digest)
                files.files[path] = try object.read(at: 0, count: Int(object.byteCount))
            }
        }
        files.files["\(folder)/sealed.json"] = bytes
        let proof = "\(folder)/sealed.tlog-proof"
        proofs.append((proof, evidence.position))
        return DossierContents.Original(
            path: path, index: evidence.position.index, leaf: sealed.leaf.digest, proof: proof, entry: "\(folder)/sealed.json")
    }

    /// A name that a dossier allows, short enough, and not taken in this folder.
    private func fileName(of path: String, taken: Set<String>) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? "file"
        let safe = String(
            last.precomposedStringWithCanonicalMapping.map { character in
                character.unicodeScalars.allSatisfy(DossierPath.isAllowedScalar) ? character : "_"
            })
        let parts = safe.split(separator: ".", omittingEmptySubsequences: false)
        let hasEnding = parts.count > 1 && (1...8).contains(parts[parts.count - 1].count)
        let ending = hasEnding ? "." + parts[parts.count - 1] : ""
        var stem = String(safe.dropLast(ending.count).prefix(Self.maximumNameLength - ending.count))
        while stem.hasPrefix(".") || stem.hasPrefix(" ") || stem.isEmpty { stem = "_" + stem.dropFirst() }
        // What the alphabet alone does not settle: names kept by a system, a dot or a blank at the end.
        if !DossierPath.isAllowedName(stem + ending) { stem = "_" + stem }
        if !DossierPath.isAllowedName(stem + ending) { stem += "_" }
        var name = DossierPath.isAllowedName(stem + ending) ? stem + ending : "file"
        var number = 2
        while taken.contains(name.lowercased()) {
            name = "\(stem.prefix(Self.maximumNameLength - ending.count - 4))-\(number)\(ending)"
            number += 1
        }
        return name
    }
}
