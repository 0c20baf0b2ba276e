import AkashiModel

// Step 6: the exhibits.

extension DossierVerifier {
    mutating func check(
        _ exhibit: DossierContents.Exhibit, _ kind: DossierContents.Kind, _ checkpoint: VerifiedCheckpoint
    ) {
        if let leaf = MerkleHash(bytes: exhibit.leaf.bytes),
            isProven(exhibit.proof, index: exhibit.index, leaf: leaf, checkpoint)
        {
            if kind == .evidence { checkRecord(exhibit, leaf, checkpoint) }
        } else {
            result.add("exhibit.proof", exhibit.proof)
        }
        let isEmpty = exhibit.entry == nil && exhibit.slice == nil && exhibit.original == nil && exhibit.attachments.isEmpty
        if kind == .sharing, !isEmpty { result.add("exhibit.sharing", "data/exhibits/\(exhibit.number)") }
        let anchor = result.anchors.filter { $0.size > exhibit.index }.min { $0.time < $1.time }
        result.exhibits.append(
            DossierVerification.Exhibit(
                number: exhibit.number, index: exhibit.index, before: anchor?.time, authority: anchor?.authority))
    }

    private mutating func checkRecord(
        _ exhibit: DossierContents.Exhibit, _ leaf: MerkleHash, _ checkpoint: VerifiedCheckpoint
    ) {
        guard let path = exhibit.entry, let bytes = bag.bytes(path), MerkleHash.leaf(bytes) == leaf,
            let record = try? DisclosedRecord(bytes)
        else { return result.add("exhibit.entry", exhibit.entry ?? exhibit.number) }
        if let slice = exhibit.slice, !bag.holds(slice, record.digest, record.length) { result.add("exhibit.slice", slice) }
        checkAttachments(exhibit, record)
        if let original = exhibit.original, !holds(original, record, checkpoint) {
            result.add("exhibit.original", original.path)
        }
    }

    /// Some of the record's attachments, in its order, each once.
    private mutating func checkAttachments(_ exhibit: DossierContents.Exhibit, _ record: DisclosedRecord) {
        var rest = record.attachments[...]
        for file in exhibit.attachments {
            let match = rest.firstIndex { item in
                item.name.utf8.elementsEqual(file.name.utf8) && item.digest != nil && item.digest == bag.digest(of: file.path)
            }
            if let match {
                rest = rest[(match + 1)...]
            } else {
                result.add("exhibit.attachment", file.path)
            }
        }
    }

    private func holds(
        _ original: DossierContents.Original, _ record: DisclosedRecord, _ checkpoint: VerifiedCheckpoint
    ) -> Bool {
        guard let bytes = bag.bytes(original.entry), let body = try? DisclosedEntry.body(bytes, kind: "sealed"),
            let digest = try? body["digest"].digest(), let length = try? body["byteCount"].count()
        else { return false }
        let leaf = MerkleHash.leaf(bytes)
        guard leaf.digest == original.leaf, isProven(original.proof, index: original.index, leaf: leaf, checkpoint),
            bag.holds(original.path, digest, length), digest == record.object
        else { return false }
        // The record's bytes are cut out again. Inside an archive that would need the archive's own tools; the page says so.
        guard !record.isInArchive else { return true }
        let (end, isTooLarge) = record.offset.addingReportingOverflow(record.length)
        return !isTooLarge && end <= length
            && bag.digest(of: original.path, at: record.offset, length: record.length) == record.digest
    }
}
