import AkashiModel

/// Checks a dossier from its files alone (docs/dossier-format.md section 4). Needs no vault, no network, no secret.
public struct DossierVerifier {
    let bag: DossierBag
    var result: DossierVerification

    /// Checks everything.
    ///
    /// - Parameter previous: an earlier dossier that the same receiver has; its checkpoint must be the one continued.
    /// - Parameter fingerprint: the key's fingerprint as it was told on paper; spaces and case do not matter.
    public static func verify(
        _ files: any DossierFiles, previous: (any DossierFiles)? = nil, fingerprint: String? = nil
    ) async -> DossierVerification {
        var result = DossierVerification()
        guard let bag = try? DossierBag(files, &result) else {
            result.add("contents.unreadable")
            return result
        }
        bag.check(&result)
        var verifier = DossierVerifier(bag: bag, result: result)
        await verifier.run(previous: previous, fingerprint: fingerprint)
        // What does not hold as a whole proves nothing in part.
        if !verifier.result.isConsistent { verifier.result.forgetTimes() }
        return verifier.result
    }

    private mutating func run(previous: (any DossierFiles)?, fingerprint: String?) async {
        guard let contents = readContents() else { return }
        result.kind = contents.kind
        guard let key = readKey(contents, fingerprint: fingerprint), let checkpoint = readCheckpoint(key) else { return }
        result.size = checkpoint.checkpoint.size
        checkExported(contents, checkpoint)
        await checkAnchors(contents, key, checkpoint)
        for exhibit in contents.exhibits { check(exhibit, contents.kind, checkpoint) }
        checkPrevious(contents, key, checkpoint, other: previous)
    }

    // MARK: 3–5. Key, checkpoint, the dossier's own entry

    private mutating func readKey(_ contents: DossierContents, fingerprint: String?) -> NoteVerifierKey? {
        guard let text = bag.text(DossierPath.key), text.utf8.last == 10, let key = NoteVerifierKey(String(text.dropLast())),
            "\(key)\n".utf8.elementsEqual(text.utf8)
        else {
            result.add("key.malformed", DossierPath.key)
            return nil
        }
        result.fingerprint = key.fingerprint
        if !key.name.utf8.elementsEqual(contents.origin.utf8) { result.add("key.other", DossierPath.key) }
        if let fingerprint {
            let told = fingerprint.lowercased().filter { !$0.isWhitespace }
            if told != key.fingerprint.filter({ !$0.isWhitespace }) { result.add("key.other", DossierPath.key) }
        }
        return key
    }

    private mutating func readCheckpoint(_ key: NoteVerifierKey) -> VerifiedCheckpoint? {
        guard let note = bag.text(DossierPath.checkpoint) else {
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
        guard try SignedNote(note).signatureCount == 1, verified.checkpoint.size > 0 else {
            throw .malformed("signature lines or size")
        }
        return verified
    }

    private mutating func checkExported(_ contents: DossierContents, _ checkpoint: VerifiedCheckpoint) {
        guard let bytes = bag.bytes(DossierPath.exported), (try? records(bytes, contents)) == true else {
            return result.add("exported.entry", DossierPath.exported)
        }
        guard isProven(DossierPath.exportedProof, index: checkpoint.checkpoint.size - 1, leaf: .leaf(bytes), checkpoint) else {
            return result.add("exported.proof", DossierPath.exportedProof)
        }
    }

    /// Whether the dossier's own entry speaks of this table of contents.
    private func records(_ entry: [UInt8], _ contents: DossierContents) throws(StrictJSON.Problem) -> Bool {
        let body = try DisclosedEntry.body(entry, kind: "exported")
        let receiver = try body["receiver"].optional { value throws(StrictJSON.Problem) in Array(try value.text().utf8) }
        let kind = try body["kind"].text()
        return try body["contents"].digest() == bag.digest(of: DossierPath.contents)
            && kind.utf8.elementsEqual(contents.kind.rawValue.utf8)
            && receiver == contents.receiver.map { text in Array(text.utf8) }
    }

    func isProven(_ path: String, index: UInt64, leaf: MerkleHash, _ checkpoint: VerifiedCheckpoint) -> Bool {
        guard let text = bag.text(path), let proof = try? TlogProof(text), proof.index == index,
            proof.checkpointNote.utf8.elementsEqual(checkpoint.note.utf8)
        else { return false }
        let inclusion = InclusionProof(index: index, size: checkpoint.checkpoint.size, path: proof.path)
        return inclusion.proves(leaf: leaf, root: checkpoint.checkpoint.root)
    }

    // MARK: 7–8. Time stamps and the dossier before

    private mutating func checkAnchors(
        _ contents: DossierContents, _ key: NoteVerifierKey, _ last: VerifiedCheckpoint
    ) async {
        for anchor in contents.anchors {
            guard let note = bag.text(anchor.checkpoint), let stamped = try? Self.checkpoint(note, key),
                stamped.checkpoint.size == anchor.size
            else {
                result.add("anchor.checkpoint", anchor.checkpoint)
                continue
            }
            guard continues(stamped.checkpoint, anchor.consistency, last) else {
                result.add("anchor.consistency", anchor.consistency)
                continue
            }
            guard let response = bag.bytes(anchor.token), let certificates = bag.text(anchor.certificates),
                let imprint = bag.digest(of: anchor.checkpoint), let token = try? TimestampToken(response: response),
                let verified = try? await TimestampVerifier(certificatesPEM: certificates).verify(token, imprint: imprint)
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
        guard let text = bag.text(path), let file = try? ConsistencyFile(text), file.oldSize == old.size,
            file.checkpointNote.utf8.elementsEqual(last.note.utf8)
        else { return false }
        let proof = ConsistencyProof(oldSize: old.size, newSize: last.checkpoint.size, path: file.path)
        return proof.proves(oldRoot: old.root, newRoot: last.checkpoint.root)
    }

    private mutating func checkPrevious(
        _ contents: DossierContents, _ key: NoteVerifierKey, _ last: VerifiedCheckpoint, other: (any DossierFiles)?
    ) {
        if let previous = contents.previous {
            guard let note = bag.text(previous.checkpoint), let old = try? Self.checkpoint(note, key),
                old.checkpoint.size == previous.size
            else { return result.add("previous.checkpoint", previous.checkpoint) }
            guard continues(old.checkpoint, previous.consistency, last) else {
                return result.add("previous.consistency", previous.consistency)
            }
            result.previous = previous.size
        }
        guard let other else { return }
        guard let previous = contents.previous, let own = bag.bytes(previous.checkpoint),
            let theirs = try? other.read(DossierPath.checkpoint, at: 0, count: own.count + 1), theirs == own
        else { return result.add("previous.other") }
    }
}
