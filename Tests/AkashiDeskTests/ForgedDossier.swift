import AkashiModel
import AkashiProof
import Crypto
import Foundation
import Testing

/// A dossier that its maker signed herself, with every hash, proof and signature right, so that one broken rule is the only
/// thing wrong with it. What somebody with the ledger's key could make.
struct ForgedDossier {
    static let original = "0123456789一つ目の投稿abcdefghij"

    var records = [
        #"{"source":{"object":"{object}","offset":10,"length":21,"digest":"{slice}"},"attachments":[{"name":"a.png","locator":{"digest":"{a}"}},{"name":"b.png","locator":{"digest":"{b}"}},{"name":"c.png"}]}"#
    ]
    var sealed = #"{"digest":"{object}","byteCount":{count}}"#
    var exported = #"{"contents":"{contents}","kind":"evidence","receiver":"弁護士"}"#
    /// `{kind}`, `{body}` and a salt are put in.
    var recordEntry = #"{"v":1,"kind":"{kind}","at":"2026-11-24T01:03:22.123Z","salt":"{salt}","body":{body}}"#
    var exportedEntry = #"{"v":1,"kind":"{kind}","at":"2026-11-24T01:03:22.123Z","salt":"{salt}","body":{body}}"#
    var slice: [UInt8]?
    var attachments = #"[{"path":"data/exhibits/甲001/a.png","name":"a.png"},{"path":"data/exhibits/甲001/b.png","name":"b.png"}]"#
    var top =
        #""format":"akashi-dossier/1","kind":"evidence","origin":"akashi/forged","receiver":"弁護士","made":"2026-11-24T01:03:22.123Z","anchors":[],"previous":null"#
    var index = "1"
    var extraFiles: [String: [UInt8]] = [:]
    var key: [UInt8]?
    var keyName = "akashi/forged"

    private static func digest(_ bytes: [UInt8]) -> ContentDigest {
        guard let digest = ContentDigest(bytes: SHA256.hash(data: bytes)) else { preconditionFailure("32 bytes") }
        return digest
    }

    private func entry(_ frame: String, kind: String, body: String, salt: UInt8) -> [UInt8] {
        let salt = StrictBase64.encode([UInt8](repeating: salt, count: 16))
        return Array(frame.replacing("{kind}", with: kind).replacing("{salt}", with: salt).replacing("{body}", with: body).utf8)
    }

    private func fill(_ text: String) -> String {
        let bytes = Array(Self.original.utf8)
        return text.replacing("{object}", with: Self.digest(bytes).hex).replacing("{count}", with: "\(bytes.count)")
            .replacing("{slice}", with: Self.digest(Array(bytes[10..<31])).hex)
            .replacing("{a}", with: Self.digest([1]).hex).replacing("{b}", with: Self.digest([2]).hex)
    }

    /// The whole dossier, signed.
    func build() throws -> MemoryDossier {
        guard let signer = NoteSigner(name: "akashi/forged", seed: [UInt8](repeating: 9, count: 32)) else {
            preconditionFailure("32")
        }
        let own = "data/exhibits/甲001"
        let sealedEntry = entry(Self().recordEntry, kind: "sealed", body: fill(sealed), salt: 1)
        let record = entry(recordEntry, kind: "record", body: fill(records[0]), salt: 2)
        var files: [String: [UInt8]] = [
            "\(own)/record.json": record, "\(own)/sealed.json": sealedEntry,
            "\(own)/source.bin": slice ?? Array(Array(Self.original.utf8)[10..<31]),
            "\(own)/a.png": [1], "\(own)/b.png": [2], "data/exhibits/originals/talk.txt": Array(Self.original.utf8),
            "data/dossier.pdf": [37], DossierPath.info: [10],
            DossierPath.key: Array("\(signer.verifier)\n".utf8),
        ]
        if let key {
            let verifier = NoteVerifierKey(name: keyName, publicKey: key)
            files[DossierPath.key] = Array((verifier.map { "\($0)" } ?? "").utf8) + [10]
        }
        files.merge(extraFiles) { _, new in new }
        let list = files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { path, bytes in
            #"{"path":"\#(path)","sha256":"\#(Self.digest(bytes).hex)","bytes":\#(bytes.count)}"#
        }
        let leaves = [MerkleHash.leaf(sealedEntry), MerkleHash.leaf(record)]
        let exhibit =
            #"{"number":"甲001","index":\#(index),"leaf":"\#(leaves[1])","proof":"\#(own)/record.tlog-proof","entry":"\#(own)/record.json","slice":"\#(own)/source.bin","attachments":\#(attachments),"original":{"path":"data/exhibits/originals/talk.txt","index":0,"leaf":"\#(leaves[0])","proof":"\#(own)/sealed.tlog-proof","entry":"\#(own)/sealed.json"}}"#
        let contents = Array(#"{\#(top),"files":[\#(list.joined(separator: ","))],"exhibits":[\#(exhibit)]}"#.utf8)
        let last = entry(
            exportedEntry, kind: "exported", body: exported.replacing("{contents}", with: Self.digest(contents).hex), salt: 3)
        return try seal(files, contents, leaves + [.leaf(last)], last, signer)
    }

    private func seal(
        _ start: [String: [UInt8]], _ contents: [UInt8], _ leaves: [MerkleHash], _ last: [UInt8], _ signer: NoteSigner
    ) throws -> MemoryDossier {
        let pair = MerkleHash.node(leaves[0], leaves[1])
        let root = MerkleHash.node(pair, leaves[2])
        var note = try signer.sign("akashi/forged\n3\n\(StrictBase64.encode(root.bytes))\n")
        if let key {
            // A key of small order: this signature fits every text under the neutral point.
            let id = NoteVerifierKey(name: "akashi/forged", publicKey: key)?.id ?? []
            let signature = StrictBase64.encode(id + [1] + [UInt8](repeating: 0, count: 63))
            note = "akashi/forged\n3\n\(StrictBase64.encode(root.bytes))\n\n\u{2014} akashi/forged \(signature)\n"
        }
        var dossier = MemoryDossier(start)
        dossier.files[DossierPath.contents] = contents
        dossier.files[DossierPath.exported] = last
        dossier.files[DossierPath.checkpoint] = Array(note.utf8)
        let proofs: [(String, UInt64, [MerkleHash])] = [
            ("data/exhibits/甲001/record.tlog-proof", 1, [leaves[0], leaves[2]]),
            ("data/exhibits/甲001/sealed.tlog-proof", 0, [leaves[1], leaves[2]]), (DossierPath.exportedProof, 2, [pair]),
        ]
        for (path, index, hashes) in proofs {
            dossier.files[path] = Array(TlogProof(index: index, path: hashes, checkpointNote: note).text.utf8)
        }
        dossier.files[DossierPath.declaration] = Array(DossierPath.declarationText.utf8)
        DossierMutation.remake(&dossier)
        return dossier
    }
}

/// One rule broken by somebody who has the key.
struct Forgery: Sendable, CustomTestStringConvertible {
    let name: String
    let code: String
    let change: @Sendable (inout ForgedDossier) -> Void
    var testDescription: String { name }

    private static func record(_ name: String, _ code: String, _ old: String, _ new: String) -> Forgery {
        Forgery(name: name, code: code) { $0.records[0] = $0.records[0].replacing(old, with: new) }
    }

    private static func frame(_ name: String, _ old: String, _ new: String) -> [Forgery] {
        [
            Forgery(name: "record entry: \(name)", code: "exhibit.entry") {
                $0.recordEntry = $0.recordEntry.replacing(old, with: new)
            },
            Forgery(name: "dossier's entry: \(name)", code: "exported.entry") {
                $0.exportedEntry = $0.exportedEntry.replacing(old, with: new)
            },
        ]
    }

    private static func top(_ name: String, _ old: String, _ new: String, _ code: String = "contents.format") -> Forgery {
        Forgery(name: "contents: \(name)", code: code) { $0.top = $0.top.replacing(old, with: new) }
    }

    private static func listed(_ path: String, _ code: String) -> Forgery {
        Forgery(
            name:
                "a listed file \(path.unicodeScalars.map { $0.isASCII ? String($0) : "U+" + String($0.value, radix: 16) }.joined())",
            code: code
        ) {
            $0.extraFiles[path] = [65]
        }
    }

    static let all: [Forgery] =
        [
            record("the slice lies elsewhere in the original", "exhibit.original", #""offset":10"#, #""offset":9"#),
            record("the slice ends past the original", "exhibit.original", #""offset":10"#, #""offset":18446744073709551615"#),
            record("the slice is longer than said", "exhibit.slice", #""length":21"#, #""length":20"#),
            record("an offset with a fraction", "exhibit.entry", #""offset":10"#, #""offset":10.0"#),
            record("an offset in powers of ten", "exhibit.entry", #""offset":10"#, #""offset":1e1"#),
            record("an offset below zero", "exhibit.entry", #""offset":10"#, #""offset":-10"#),
            record("an offset of 65 bits", "exhibit.entry", #""offset":10"#, #""offset":18446744073709551616"#),
            record("a key twice", "exhibit.entry", #""offset":10"#, #""offset":11,"offset":10"#),
            record("a key twice, once escaped", "exhibit.entry", #""offset":10"#, #""\u006fffset":11,"offset":10"#),
            record("half a letter", "exhibit.entry", #""offset":10"#, #""offset":10,"x":"\ud83d""#),
            record("a leading zero", "exhibit.entry", #""offset":10"#, #""offset":010"#),
            record("a number of 21 digits", "exhibit.entry", #""offset":10"#, #""offset":10,"x":100000000000000000000"#),
            record("a number without end", "exhibit.entry", #""offset":10"#, #""offset":10,"x":1e999"#),
            record("an escape that does not exist", "exhibit.entry", #""offset":10"#, #""offset":10,"x":"\q""#),
            record(
                "65 levels", "exhibit.entry", #""offset":10"#,
                #""offset":10,"x":"# + String(repeating: "[", count: 62) + String(repeating: "]", count: 62)),
            record(
                "an upper-case digest", "exhibit.entry", #""digest":"{a}""#,
                #""digest":"4BF5122F344554C53BDE2EBB8CD2B7E3D1600AD631C385A5D7CCE23C7785459A""#),
            record("an attachment of another name", "exhibit.attachment", #""name":"a.png""#, #""name":"A.png""#),
            record("an attachment without bytes", "exhibit.attachment", #","locator":{"digest":"{b}"}"#, ""),
            Forgery(name: "attachments in another order", code: "exhibit.attachment") {
                $0.attachments =
                    #"[{"path":"data/exhibits/甲001/b.png","name":"b.png"},{"path":"data/exhibits/甲001/a.png","name":"a.png"}]"#
            },
            Forgery(name: "an attachment twice", code: "exhibit.attachment") {
                $0.attachments =
                    #"[{"path":"data/exhibits/甲001/a.png","name":"a.png"},{"path":"data/exhibits/甲001/a.png","name":"a.png"},{"path":"data/exhibits/甲001/b.png","name":"b.png"}]"#
            },
            Forgery(name: "an attachment that nothing names", code: "contents.extra") {
                $0.attachments = #"[{"path":"data/exhibits/甲001/a.png","name":"a.png"}]"#
            },
            Forgery(name: "other bytes as the slice", code: "exhibit.slice") { $0.slice = [1, 2, 3] },
            Forgery(name: "the sealed entry names another length", code: "exhibit.original") {
                $0.sealed = #"{"digest":"{object}","byteCount":7}"#
            },
            Forgery(name: "the sealed entry has no length", code: "exhibit.original") { $0.sealed = #"{"digest":"{object}"}"# },
            Forgery(name: "the sealed entry is of another file", code: "exhibit.original") {
                $0.sealed = #"{"digest":"{a}","byteCount":{count}}"#
            },
            Forgery(name: "for another receiver", code: "exported.entry") {
                $0.exported = $0.exported.replacing("弁護士", with: "警察")
            },
            Forgery(name: "the entry names no receiver", code: "exported.entry") {
                $0.exported = $0.exported.replacing(#""弁護士""#, with: "null")
            },
            Forgery(name: "the entry is of another kind of dossier", code: "exported.entry") {
                $0.exported = $0.exported.replacing("evidence", with: "sharing")
            },
            Forgery(name: "a position that is true", code: "contents.format") { $0.index = "true" },
            Forgery(name: "a position with a fraction", code: "contents.format") { $0.index = "1.0" },
            Forgery(name: "a position that is minus nothing", code: "contents.unreadable") { $0.index = "-0" },
            Forgery(name: "a key that fits every signature", code: "key.malformed") {
                $0.key = [1] + [UInt8](repeating: 0, count: 31)
            },
            Forgery(name: "that key spelled past the field's end", code: "key.malformed") {
                $0.key = [0xEE] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
            },
            top("another format", "akashi-dossier/1", "akashi-dossier/2"),
            top("another kind", "evidence", "Evidence"),
            top("a time without milliseconds", "22.123Z", "22Z"),
            top("a time in another zone", "22.123Z", "22.123+00:00"),
            top("a day that does not exist", #""made":"2026-11-24"#, #""made":"2026-02-30"#),
            top("a receiver that is a number", #""receiver":"弁護士""#, #""receiver":1"#),
            top("the log of somebody else", "akashi/forged", "akashi/other", "key.other"),
            listed("data/exhibits/甲001/note.txt", "contents.extra"),
            listed("data/exhibits/rest.txt", "contents.extra"),
            listed("data/a%0Ab.txt", "bag.path"), listed("data/a\u{202E}txt.exe", "bag.path"),
            listed("data/a\u{200B}b", "bag.path"), listed("data/nul.txt", "bag.path"), listed("data/Com7", "bag.path"),
            listed("data/end.", "bag.path"), listed("data/end ", "bag.path"), listed("data/ start", "bag.path"),
            listed("data/a:b", "bag.path"), listed("data/DOSSIER.PDF", "bag.path"),
            listed("extra.txt", "bag.extra"), listed("data/proof/x.consistency", "contents.format"),
        ]
        + frame("keys in another order", #""v":1,"kind":"{kind}""#, #""kind":"{kind}","v":1"#)
        + frame("one key more", #""v":1,"#, #""v":1,"w":1,"#)
        + frame("a short salt", "{salt}", "AAAA") + frame("another version", #""v":1"#, #""v":2"#)
        + frame("blanks", #"{"v":1"#, #"{ "v":1"#) + frame("a time that is none", "01:03:22", "25:03:22")
        + frame("something after it", #""body":{body}}"#, #""body":{body}}x"#)
        + frame("a body in a list", "{body}", "[{body}]") + frame("another kind", "{kind}", "decision")
}
