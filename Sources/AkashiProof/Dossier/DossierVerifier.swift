import AkashiModel
import Crypto
import Foundation

/// Checks a dossier from its files alone (docs/dossier-format.md section 4). Needs no vault, no network, no secret.
public struct DossierVerifier {
    private let files: any DossierFiles
    private var result = DossierVerification()
    private var digests: [String: ContentDigest] = [:]
    private var lengths: [String: UInt64] = [:]

    private init(_ files: any DossierFiles) { self.files = files }

    /// Checks everything.
    ///
    /// - Parameter previous: an earlier dossier that the same receiver has; its checkpoint must be the one continued.
    /// - Parameter fingerprint: the key's fingerprint as it was told on paper; spaces and case do not matter.
    public static func verify(
        _ files: any DossierFiles, previous: (any DossierFiles)? = nil, fingerprint: String? = nil
    ) async -> DossierVerification {
        var verifier = DossierVerifier(files)
        await verifier.run(previous: previous, fingerprint: fingerprint)
        return verifier.result
    }

    private mutating func run(previous: (any DossierFiles)?, fingerprint: String?) async {
        guard checkBag(), let contents = readContents() else { return }
        result.kind = contents.kind
        checkFiles(contents)
        guard let key = readKey(contents, fingerprint: fingerprint), let checkpoint = readCheckpoint(key) else { return }
        result.size = checkpoint.checkpoint.size
        checkExported(contents, checkpoint)
        await checkAnchors(contents, key, checkpoint)
        for exhibit in contents.exhibits { check(exhibit, contents.kind, checkpoint) }
        checkNumbers(contents)
        checkPrevious(contents, key, checkpoint, other: previous)
    }

    // MARK: 1. The bag

    private mutating func checkBag() -> Bool {
        guard let items = try? files.list() else {
            result.add("contents.unreadable")
            return false
        }
        for item in items {
            if !item.isPlainFile { result.add("bag.link", item.path) }
            if !Self.isAllowed(item.path) { result.add("bag.path", item.path) }
        }
        let tags = Set(DossierPath.tagFiles + [DossierPath.tagManifest])
        for item in items where item.isPlainFile {
            if !item.path.hasPrefix("data/"), !tags.contains(item.path) { result.add("bag.extra", item.path) }
            guard let (digest, length) = digest(of: item.path) else {
                result.add("contents.file", item.path)
                continue
            }
            digests[item.path] = digest
            lengths[item.path] = length
        }
        if text(DossierPath.declaration) != DossierPath.declarationText {
            result.add("bag.declaration", DossierPath.declaration)
        }
        let payload = digests.filter { $0.key.hasPrefix("data/") }
        if text(DossierPath.manifest) != DossierPath.manifestText(payload) { result.add("bag.manifest", DossierPath.manifest) }
        let tagDigests = digests.filter { DossierPath.tagFiles.contains($0.key) }
        if text(DossierPath.tagManifest) != DossierPath.manifestText(tagDigests) {
            result.add("bag.tagmanifest", DossierPath.tagManifest)
        }
        return true
    }

    private func digest(of path: String) -> (ContentDigest, UInt64)? {
        guard let bytes = try? files.read(path), let digest = ContentDigest(bytes: SHA256.hash(data: bytes)) else { return nil }
        return (digest, UInt64(bytes.count))
    }

    private static func isAllowed(_ path: String) -> Bool {
        guard !path.contains("\\"), path.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }),
            path.precomposedStringWithCanonicalMapping.utf8.elementsEqual(path.utf8)
        else { return false }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return !parts.contains { $0.isEmpty || $0 == ".." || $0 == "." }
    }

    private func text(_ path: String) -> String? {
        guard digests[path] != nil, let bytes = try? files.read(path) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private func bytes(_ path: String) -> [UInt8]? { digests[path] == nil ? nil : try? files.read(path) }

    // MARK: 2. The table of contents

    private mutating func readContents() -> DossierContents? {
        guard let bytes = bytes(DossierPath.contents), StrictJSON.isUnambiguous(bytes),
            let contents = try? JSONDecoder().decode(DossierContents.self, from: Data(bytes))
        else {
            result.add("contents.unreadable", DossierPath.contents)
            return nil
        }
        let paths = contents.files.map(\.path)
        let isSorted = zip(paths, paths.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let isListed = !paths.contains { DossierPath.isDerived($0) } && paths.contains(DossierPath.info)
        guard contents.format == DossierContents.currentFormat, isSorted, isListed, !contents.exhibits.isEmpty,
            Self.liesInPlace(contents)
        else {
            result.add("contents.format", DossierPath.contents)
            return nil
        }
        return contents
    }

    private mutating func checkFiles(_ contents: DossierContents) {
        for file in contents.files where digests[file.path] != file.sha256 || lengths[file.path] != file.bytes {
            result.add("contents.file", file.path)
        }
        var named: Set<String> = [
            DossierPath.contents, DossierPath.checkpoint, DossierPath.exported, DossierPath.exportedProof,
            DossierPath.declaration, DossierPath.manifest, DossierPath.tagManifest,
        ]
        for exhibit in contents.exhibits {
            named.insert(exhibit.proof)
            if let original = exhibit.original { named.insert(original.proof) }
        }
        for anchor in contents.anchors { named.insert(anchor.consistency) }
        if let previous = contents.previous { named.insert(previous.consistency) }
        let listed = Set(contents.files.map(\.path))
        for path in digests.keys.sorted() where !named.contains(path) && !listed.contains(path) {
            result.add("contents.extra", path)
        }
        // A sharing copy holds nothing of its exhibits but proofs.
        for file in contents.files where contents.kind == .sharing && file.path.hasPrefix("data/exhibits/") {
            result.add("exhibit.sharing", file.path)
        }
        // What the table names as proof must be a derived file, and everything else a listed one: no file is of two kinds.
        for path in named where path.hasPrefix("data/") && !DossierPath.isDerived(path) {
            result.add("contents.format", path)
        }
    }

    /// Everything that is named lies where a reader looks for it: an exhibit's files in its own folder, whole files
    /// (which several exhibits may share) among the exhibits, proofs among the proofs.
    private static func liesInPlace(_ contents: DossierContents) -> Bool {
        for exhibit in contents.exhibits {
            let own = "data/exhibits/\(exhibit.number)/"
            let named = [exhibit.proof, exhibit.entry, exhibit.slice].compactMap { $0 } + exhibit.attachments.map(\.path)
            guard !exhibit.number.contains("/"), named.allSatisfy({ $0.hasPrefix(own) }) else { return false }
            guard let original = exhibit.original else { continue }
            let shared = [original.path, original.proof, original.entry]
            guard shared.allSatisfy({ $0.hasPrefix("data/exhibits/") }) else { return false }
        }
        let anchors = contents.anchors.flatMap { [$0.checkpoint, $0.token, $0.certificates, $0.consistency] }
        let previous = contents.previous.map { [$0.checkpoint, $0.consistency] } ?? []
        return (anchors + previous).allSatisfy { $0.hasPrefix("data/proof/") }
    }

    // MARK: 3–5. Key, checkpoint, the dossier's own entry

    private mutating func readKey(_ contents: DossierContents, fingerprint: String?) -> NoteVerifierKey? {
        guard let text = text(DossierPath.key), text.hasSuffix("\n"), let key = NoteVerifierKey(String(text.dropLast())),
            "\(key)\n".utf8.elementsEqual(text.utf8), key.name == contents.origin
        else {
            result.add("key.malformed", DossierPath.key)
            return nil
        }
        result.fingerprint = key.fingerprint
        if let fingerprint {
            let told = fingerprint.lowercased().filter { !$0.isWhitespace }
            if told != key.fingerprint.filter({ !$0.isWhitespace }) { result.add("key.other", DossierPath.key) }
        }
        return key
    }

    private mutating func readCheckpoint(_ key: NoteVerifierKey) -> VerifiedCheckpoint? {
        guard let note = text(DossierPath.checkpoint) else {
            result.add("checkpoint.malformed", DossierPath.checkpoint)
            return nil
        }
        do {
            return try Self.checkpoint(note, key)
        } catch .malformed {
            result.add("checkpoint.malformed", DossierPath.checkpoint)
        } catch {
            result.add("checkpoint.signature", DossierPath.checkpoint)
        }
        return nil
    }

    /// One signature line only, and nothing that a signer would not write.
    private static func checkpoint(_ note: String, _ key: NoteVerifierKey) throws(NoteProblem) -> VerifiedCheckpoint {
        let verified = try VerifiedCheckpoint(note: note, key: key)
        guard try SignedNote(note).signatureCount == 1 else { throw .malformed("signature lines") }
        return verified
    }

    private mutating func checkExported(_ contents: DossierContents, _ checkpoint: VerifiedCheckpoint) {
        guard let bytes = bytes(DossierPath.exported), StrictJSON.isUnambiguous(bytes),
            let entry = try? JSONDecoder().decode(ExportedEntry.self, from: Data(bytes)), entry.kind == "exported",
            entry.body.contents == digests[DossierPath.contents], entry.body.kind == contents.kind,
            (entry.body.receiver ?? "").utf8.elementsEqual((contents.receiver ?? "").utf8)
        else { return result.add("exported.entry", DossierPath.exported) }
        guard checkpoint.checkpoint.size > 0,
            isProven(DossierPath.exportedProof, index: checkpoint.checkpoint.size - 1, leaf: .leaf(bytes), checkpoint)
        else { return result.add("exported.proof", DossierPath.exportedProof) }
    }

    private func isProven(_ path: String, index: UInt64, leaf: MerkleHash, _ checkpoint: VerifiedCheckpoint) -> Bool {
        guard let text = text(path), let proof = try? TlogProof(text), proof.index == index,
            proof.checkpointNote.utf8.elementsEqual(checkpoint.note.utf8)
        else { return false }
        let inclusion = InclusionProof(index: index, size: checkpoint.checkpoint.size, path: proof.path)
        return inclusion.proves(leaf: leaf, root: checkpoint.checkpoint.root)
    }

    // MARK: 6. Exhibits

    private mutating func checkNumbers(_ contents: DossierContents) {
        let numbers = contents.exhibits.map(\.number)
        let indexes = contents.exhibits.map(\.index)
        if Set(numbers).count != numbers.count || Set(indexes).count != indexes.count {
            result.add("contents.format", DossierPath.contents)
        }
    }

    private mutating func check(
        _ exhibit: DossierContents.Exhibit, _ kind: DossierContents.Kind, _ checkpoint: VerifiedCheckpoint
    ) {
        guard let leaf = MerkleHash(bytes: exhibit.leaf.bytes),
            isProven(exhibit.proof, index: exhibit.index, leaf: leaf, checkpoint)
        else { return result.add("exhibit.proof", exhibit.proof) }
        switch kind {
        case .sharing:
            if exhibit.entry != nil || exhibit.slice != nil || exhibit.original != nil || !exhibit.attachments.isEmpty {
                result.add("exhibit.sharing", exhibit.number)
            }
        case .evidence: checkDisclosed(exhibit, leaf, checkpoint)
        }
        let anchor = result.anchors.filter { $0.size > exhibit.index }.min { $0.time < $1.time }
        result.exhibits.append(
            DossierVerification.Exhibit(
                number: exhibit.number, index: exhibit.index, before: anchor?.time, authority: anchor?.authority))
    }

    private mutating func checkDisclosed(
        _ exhibit: DossierContents.Exhibit, _ leaf: MerkleHash, _ checkpoint: VerifiedCheckpoint
    ) {
        guard let path = exhibit.entry, let bytes = bytes(path), MerkleHash.leaf(bytes) == leaf,
            StrictJSON.isUnambiguous(bytes),
            let record = try? JSONDecoder().decode(RecordEntry.self, from: Data(bytes)), record.kind == "record"
        else { return result.add("exhibit.entry", exhibit.entry ?? exhibit.number) }
        if let slice = exhibit.slice,
            digests[slice] != record.body.source.digest || lengths[slice] != record.body.source.length
        {
            result.add("exhibit.slice", slice)
        }
        var attached = record.body.attachments ?? []
        for file in exhibit.attachments {
            let match = attached.firstIndex { item in
                item.name.utf8.elementsEqual(file.name.utf8) && item.locator != nil
                    && item.locator?.digest == digests[file.path]
            }
            guard let match else {
                result.add("exhibit.attachment", file.path)
                continue
            }
            attached.remove(at: match)
        }
        if let original = exhibit.original, !holds(original, record, checkpoint) {
            result.add("exhibit.original", original.path)
        }
    }

    private func holds(
        _ original: DossierContents.Original, _ record: RecordEntry, _ checkpoint: VerifiedCheckpoint
    ) -> Bool {
        guard let bytes = bytes(original.entry), StrictJSON.isUnambiguous(bytes),
            let sealed = try? JSONDecoder().decode(SealedEntry.self, from: Data(bytes)), sealed.kind == "sealed"
        else { return false }
        let leaf = MerkleHash.leaf(bytes)
        return leaf.digest == original.leaf && isProven(original.proof, index: original.index, leaf: leaf, checkpoint)
            && digests[original.path] == sealed.body.digest && lengths[original.path] == sealed.body.byteCount
            && sealed.body.digest == record.body.source.object
    }

    // MARK: 7–8. Time stamps and the dossier before

    private mutating func checkAnchors(
        _ contents: DossierContents, _ key: NoteVerifierKey, _ last: VerifiedCheckpoint
    ) async {
        for anchor in contents.anchors {
            guard let note = text(anchor.checkpoint), let stamped = try? Self.checkpoint(note, key),
                stamped.checkpoint.size == anchor.size
            else {
                result.add("anchor.checkpoint", anchor.checkpoint)
                continue
            }
            guard continues(stamped.checkpoint, anchor.consistency, last) else {
                result.add("anchor.consistency", anchor.consistency)
                continue
            }
            guard let token = bytes(anchor.token), let certificates = text(anchor.certificates),
                let imprint = digests[anchor.checkpoint],
                let verified = try? await TimestampVerifier(certificatesPEM: certificates)
                    .verify(TimestampToken(token), imprint: imprint)
            else {
                result.add("anchor.token", anchor.token)
                continue
            }
            result.anchors.append(
                DossierVerification.Anchor(
                    size: anchor.size, time: verified.time, authority: verified.authority,
                    rootFingerprint: verified.rootFingerprint))
        }
    }

    private func continues(_ old: Checkpoint, _ path: String, _ last: VerifiedCheckpoint) -> Bool {
        guard let text = text(path), let file = try? ConsistencyFile(text), file.oldSize == old.size,
            file.checkpointNote.utf8.elementsEqual(last.note.utf8)
        else { return false }
        let proof = ConsistencyProof(oldSize: old.size, newSize: last.checkpoint.size, path: file.path)
        return proof.proves(oldRoot: old.root, newRoot: last.checkpoint.root)
    }

    private mutating func checkPrevious(
        _ contents: DossierContents, _ key: NoteVerifierKey, _ last: VerifiedCheckpoint, other: (any DossierFiles)?
    ) {
        if let previous = contents.previous {
            guard let note = text(previous.checkpoint), let old = try? Self.checkpoint(note, key),
                old.checkpoint.size == previous.size
            else { return result.add("previous.checkpoint", previous.checkpoint) }
            guard continues(old.checkpoint, previous.consistency, last) else {
                return result.add("previous.consistency", previous.consistency)
            }
            result.previous = previous.size
        }
        guard let other else { return }
        guard let previous = contents.previous, let theirs = try? other.read(DossierPath.checkpoint),
            bytes(previous.checkpoint) == theirs
        else { return result.add("previous.other") }
    }
}

/// What is read of a `record` entry.
private struct RecordEntry: Decodable {
    struct Place: Decodable {
        let object: ContentDigest
        let length: UInt64
        let digest: ContentDigest
    }
    struct Item: Decodable {
        let name: String
        let locator: Place?
    }
    struct Body: Decodable {
        let source: Place
        let attachments: [Item]?
    }
    let kind: String
    let body: Body
}

/// What is read of a `sealed` entry.
private struct SealedEntry: Decodable {
    struct Body: Decodable {
        let digest: ContentDigest
        let byteCount: UInt64
    }
    let kind: String
    let body: Body
}

/// What is read of an `exported` entry.
private struct ExportedEntry: Decodable {
    struct Body: Decodable {
        let contents: ContentDigest
        let kind: DossierContents.Kind
        let receiver: String?
    }
    let kind: String
    let body: Body
}
