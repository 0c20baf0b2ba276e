import AkashiModel

// Step 2: the table of contents, and whether the files are those that it names.

extension DossierVerifier {
    mutating func readContents() -> DossierContents? {
        guard let bytes = bag.bytes(DossierPath.contents), let json = try? StrictJSON(bytes) else {
            result.add("contents.unreadable", DossierPath.contents)
            return nil
        }
        guard let contents = try? DossierContents(json), Self.isWellFormed(contents) else {
            result.add("contents.format", DossierPath.contents)
            return nil
        }
        for file in contents.files where !bag.holds(file.path, file.sha256, file.bytes) { result.add("contents.file", file.path) }
        let named = Set(Self.named(contents).map(\.path))
        let fixed =
            DossierPath.tagFiles + [
                DossierPath.tagManifest, DossierPath.contents, DossierPath.checkpoint, DossierPath.exported,
                DossierPath.exportedProof,
            ]
        let known = Set(contents.files.map(\.path)).union(named).union(fixed)
        for path in bag.found.keys.sorted() where !known.contains(path) { result.add("contents.extra", path) }
        // A file among the exhibits that no exhibit names would look like evidence and be none.
        for file in contents.files where file.path.hasPrefix("data/exhibits/") && !named.contains(file.path) {
            result.add("contents.extra", file.path)
        }
        return contents
    }

    private static func isWellFormed(_ contents: DossierContents) -> Bool {
        let paths = contents.files.map(\.path)
        let listed = Set(paths)
        let numbers = contents.exhibits.map(\.number)
        let indexes = contents.exhibits.map(\.index)
        return zip(paths, paths.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            && paths.allSatisfy(DossierPath.isListable) && listed.contains(DossierPath.info)
            && Set(numbers).count == numbers.count && Set(indexes).count == indexes.count
            && named(contents).allSatisfy { part in
                part.path.hasPrefix(part.folder) && (part.ending.map { part.path.hasSuffix($0) } ?? listed.contains(part.path))
            }
    }

    /// All that is named: the path, its ending if it is a proof (else it is a listed file), the folder that it must lie in.
    ///
    /// An exhibit's files lie in its own folder, whole files (which several exhibits may share) among the exhibits, proofs
    /// of the ledger among the proofs: where a reader looks for them.
    private static func named(_ contents: DossierContents) -> [(path: String, ending: String?, folder: String)] {
        var all: [(path: String, ending: String?, folder: String)] = []
        for exhibit in contents.exhibits {
            let own = "data/exhibits/\(exhibit.number)/"
            all.append((exhibit.proof, ".tlog-proof", own))
            let files = [exhibit.entry, exhibit.slice].compactMap { $0 } + exhibit.attachments.map(\.path)
            all += files.map { ($0, nil, own) }
            guard let original = exhibit.original else { continue }
            all.append((original.proof, ".tlog-proof", "data/exhibits/"))
            all += [original.path, original.entry].map { ($0, nil, "data/exhibits/") }
        }
        for anchor in contents.anchors {
            all += [anchor.checkpoint, anchor.token, anchor.certificates].map { ($0, nil, "data/proof/") }
            all.append((anchor.consistency, ".consistency", "data/proof/"))
        }
        if let previous = contents.previous {
            all.append((previous.checkpoint, nil, "data/proof/"))
            all.append((previous.consistency, ".consistency", "data/proof/"))
        }
        return all
    }
}
