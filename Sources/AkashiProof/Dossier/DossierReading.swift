import AkashiModel

// Reading what a dossier's JSON files say, strictly: a value of another form is refused, unknown keys are left alone.

extension DossierContents {
    /// Reads `data/contents.json`; refuses what is not of the form of docs/dossier-format.md section 2.
    init(_ json: StrictJSON) throws(StrictJSON.Problem) {
        let json = try json.object()
        format = try json["format"].text()
        guard format.utf8.elementsEqual(Self.currentFormat.utf8) else { throw StrictJSON.Problem() }
        kind = try Kind(json["kind"])
        origin = try json["origin"].text()
        receiver = try json["receiver"].optional { value throws(StrictJSON.Problem) in try value.text() }
        made = try Instant(strict: json["made"])
        files = try json["files"].list { value throws(StrictJSON.Problem) in try ListedFile(value) }
        exhibits = try json["exhibits"].list { value throws(StrictJSON.Problem) in try Exhibit(value) }
        anchors = try json["anchors"].list { value throws(StrictJSON.Problem) in try Anchor(value) }
        previous = try json["previous"].optional { value throws(StrictJSON.Problem) in try Previous(value) }
        guard !exhibits.isEmpty else { throw StrictJSON.Problem() }
    }
}

extension DossierContents.Kind {
    fileprivate init(_ json: StrictJSON) throws(StrictJSON.Problem) {
        guard let kind = Self(rawValue: try json.text()) else { throw StrictJSON.Problem() }
        self = kind
    }
}

extension DossierContents.ListedFile {
    fileprivate init(_ json: StrictJSON) throws(StrictJSON.Problem) {
        self.init(path: try json["path"].path(), sha256: try json["sha256"].digest(), bytes: try json["bytes"].count())
    }
}

extension DossierContents.AttachedFile {
    fileprivate init(_ json: StrictJSON) throws(StrictJSON.Problem) {
        self.init(path: try json["path"].path(), name: try json["name"].text())
    }
}

extension DossierContents.Original {
    fileprivate init(_ json: StrictJSON) throws(StrictJSON.Problem) {
        self.init(
            path: try json["path"].path(), index: try json["index"].count(), leaf: try json["leaf"].digest(),
            proof: try json["proof"].path(), entry: try json["entry"].path())
    }
}

extension DossierContents.Exhibit {
    fileprivate init(_ json: StrictJSON) throws(StrictJSON.Problem) {
        let number = try json["number"].path()
        guard !number.contains("/") else { throw StrictJSON.Problem() }
        self.init(
            number: number, index: try json["index"].count(), leaf: try json["leaf"].digest(), proof: try json["proof"].path(),
            entry: try json["entry"].optional { value throws(StrictJSON.Problem) in try value.path() },
            slice: try json["slice"].optional { value throws(StrictJSON.Problem) in try value.path() },
            attachments: try json["attachments"].list { value throws(StrictJSON.Problem) in
                try DossierContents.AttachedFile(value)
            },
            original: try json["original"].optional { value throws(StrictJSON.Problem) in
                try DossierContents.Original(value)
            })
    }
}

extension DossierContents.Anchor {
    fileprivate init(_ json: StrictJSON) throws(StrictJSON.Problem) {
        self.init(
            size: try json["size"].size(), authority: try json["authority"].text(), checkpoint: try json["checkpoint"].path(),
            token: try json["token"].path(), certificates: try json["certificates"].path(),
            consistency: try json["consistency"].path())
    }
}

extension DossierContents.Previous {
    fileprivate init(_ json: StrictJSON) throws(StrictJSON.Problem) {
        self.init(
            size: try json["size"].size(), checkpoint: try json["checkpoint"].path(),
            consistency: try json["consistency"].path())
    }
}

/// A ledger entry as a verifier reads it (docs/dossier-format.md section 3).
enum DisclosedEntry {
    /// The body of an entry of this kind; refuses another kind and every other way to write an entry.
    static func body(_ bytes: [UInt8], kind: String) throws(StrictJSON.Problem) -> StrictJSON {
        let entry = try StrictJSON(bytes)
        guard bytes.starts(with: "{\"v\":1,\"kind\":\"\(kind)\",\"at\":\"".utf8),
            entry.keys.map({ Array($0.utf8) }) == ["v", "kind", "at", "salt", "body"].map({ Array($0.utf8) }),
            StrictBase64.decode(try entry["salt"].text())?.count == 16
        else { throw StrictJSON.Problem() }
        _ = try Instant(strict: entry["at"])
        return try entry["body"].object()
    }
}

/// What is read of a `record` entry.
struct DisclosedRecord {
    struct Item {
        let name: String
        let digest: ContentDigest?
    }

    let object: ContentDigest
    /// The record lies in a member of an archive; then offset and length are those in the member.
    let isInArchive: Bool
    let offset: UInt64
    let length: UInt64
    let digest: ContentDigest
    let attachments: [Item]

    init(_ bytes: [UInt8]) throws(StrictJSON.Problem) {
        let body = try DisclosedEntry.body(bytes, kind: "record")
        let source = try body["source"].object()
        object = try source["object"].digest()
        isInArchive = try source["member"].optional { value throws(StrictJSON.Problem) in try value.text() } != nil
        offset = try source["offset"].count()
        length = try source["length"].count()
        digest = try source["digest"].digest()
        attachments =
            try body["attachments"].optional { value throws(StrictJSON.Problem) in
                try value.list { item throws(StrictJSON.Problem) in
                    Item(
                        name: try item["name"].text(),
                        digest: try item["locator"].optional { place throws(StrictJSON.Problem) in
                            try place.object()["digest"].digest()
                        })
                }
            } ?? []
    }
}

extension StrictJSON {
    /// A digest in lower-case hexadecimal digits.
    func digest() throws(Problem) -> ContentDigest {
        let text = try text()
        guard text.utf8.count == 64, let digest = ContentDigest(hex: text) else { throw Problem() }
        return digest
    }

    /// A path that a dossier allows.
    func path() throws(Problem) -> String {
        let path = try text()
        guard DossierPath.isAllowed(path) else { throw Problem() }
        return path
    }

    /// A number of at least 1.
    func size() throws(Problem) -> UInt64 {
        let size = try count()
        guard size > 0 else { throw Problem() }
        return size
    }
}

extension Instant {
    /// `2026-11-24T01:03:22.123Z`: one spelling only.
    fileprivate init(strict json: StrictJSON) throws(StrictJSON.Problem) {
        let text = try json.text()
        guard let instant = Instant(rfc3339: text), instant.utcText.utf8.elementsEqual(text.utf8) else {
            throw StrictJSON.Problem()
        }
        self = instant
    }
}
