import AkashiModel
import AkashiProof
import AkashiTesting
import Crypto
import Foundation
import Testing

/// One way to change a dossier so that it must be refused.
struct DossierMutation: Sendable, CustomTestStringConvertible {
    let name: String
    let apply: @Sendable (inout MemoryDossier) -> Void
    var testDescription: String { name }

    /// Every way, for a dossier: hundreds. `sharing` lends foreign parts.
    static func all(_ dossier: MemoryDossier, other: MemoryDossier, foreignPEM: String) -> [DossierMutation] {
        let paths = dossier.files.keys.sorted()
        var all: [DossierMutation] = []
        for path in paths {
            all += bytes(path)
            all.append(DossierMutation(name: "remove \(path)") { $0.files[path] = nil })
            // A manifest that is removed and remade is there again.
            guard path != DossierPath.manifest, path != DossierPath.tagManifest else { continue }
            all.append(remade("remove \(path)") { $0.files[path] = nil })
        }
        all += additions() + manifests() + swaps(paths) + checkpoints(other, foreignPEM) + contents(dossier)
        return all
    }

    /// The manifests made anew after the change, so that the bag alone does not give it away.
    private static func remade(_ name: String, _ change: @escaping @Sendable (inout MemoryDossier) -> Void) -> DossierMutation {
        DossierMutation(name: name + ", manifests remade") { dossier in
            change(&dossier)
            remake(&dossier)
        }
    }

    static func remake(_ dossier: inout MemoryDossier) {
        func text(_ isIncluded: (String) -> Bool, _ files: [String: [UInt8]]) -> [UInt8] {
            Array(DossierPath.manifestText(files.filter { isIncluded($0.key) }.mapValues(digest)).utf8)
        }
        dossier.files[DossierPath.manifest] = text({ $0.hasPrefix("data/") }, dossier.files)
        dossier.files[DossierPath.tagManifest] = text({ DossierPath.tagFiles.contains($0) }, dossier.files)
    }

    static func digest(_ bytes: [UInt8]) -> ContentDigest {
        guard let digest = ContentDigest(bytes: SHA256.hash(data: bytes)) else { preconditionFailure("32 bytes") }
        return digest
    }

    private static func bytes(_ path: String) -> [DossierMutation] {
        let changes: [(String, @Sendable ([UInt8]) -> [UInt8])] = [
            ("flip the first bit of", { [UInt8($0[0] ^ 1)] + $0.dropFirst() }),
            (
                "flip a bit in the middle of",
                { bytes in
                    var bytes = bytes
                    bytes[bytes.count / 2] ^= 4
                    return bytes
                }
            ),
            ("append a line end to", { $0 + [10] }),
            ("cut the last byte of", { Array($0.dropLast()) }),
        ]
        return changes.flatMap { name, change in
            let apply: @Sendable (inout MemoryDossier) -> Void = { dossier in
                if let bytes = dossier.files[path], !bytes.isEmpty { dossier.files[path] = change(bytes) }
            }
            // A manifest that is remade is the right one again.
            let isManifest = path == DossierPath.manifest || path == DossierPath.tagManifest
            let plain = DossierMutation(name: "\(name) \(path)", apply: apply)
            return isManifest ? [plain] : [plain, remade("\(name) \(path)", apply)]
        }
    }

    private static func additions() -> [DossierMutation] {
        [
            "data/extra.txt", "extra.txt", "data/exhibits/甲001/extra.tlog-proof", "data/proof/anchors/9.consistency",
            "tagmanifest-sha512.txt",
            "data/exhibits/甲099/record.json", "fetch.txt", "data/proof/exported2.json", "data/a\\b", "data/か\u{3099}.txt",
        ]
        .flatMap { path in
            [
                DossierMutation(name: "add \(path)") { $0.files[path] = [65] },
                remade("add \(path)") { $0.files[path] = [65] },
            ]
        }
    }

    private static func manifests() -> [DossierMutation] {
        [
            DossierMutation(name: "swap the manifests") { dossier in
                let first = dossier.files[DossierPath.manifest]
                dossier.files[DossierPath.manifest] = dossier.files[DossierPath.tagManifest]
                dossier.files[DossierPath.tagManifest] = first
            },
            DossierMutation(name: "empty the manifest") { $0.files[DossierPath.manifest] = [] },
            DossierMutation(name: "upper-case the manifest") { dossier in
                let text = String(decoding: dossier.files[DossierPath.manifest] ?? [], as: UTF8.self)
                dossier.files[DossierPath.manifest] = Array(text.uppercased().utf8)
            },
            DossierMutation(name: "turn the manifest round") { dossier in
                let lines = String(decoding: dossier.files[DossierPath.manifest] ?? [], as: UTF8.self).split(separator: "\n")
                dossier.files[DossierPath.manifest] = Array((lines.reversed().joined(separator: "\n") + "\n").utf8)
            },
            remade("strip the digests of contents.json") { dossier in
                edit(&dossier) { $0["files"] = [] }
            },
            remade("another bag version") {
                $0.files[DossierPath.declaration] = Array("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n".utf8)
            },
        ]
    }

    /// Files of one kind in each other's place.
    private static func swaps(_ paths: [String]) -> [DossierMutation] {
        var swaps: [DossierMutation] = []
        for ending in [".tlog-proof", "record.json", ".consistency", ".checkpoint", "sealed.json", "source.bin"] {
            let group = paths.filter { $0.hasSuffix(ending) }
            for (first, second) in zip(group, group.dropFirst()) {
                swaps.append(
                    remade("swap \(first) and \(second)") { dossier in
                        let bytes = dossier.files[first]
                        guard bytes != dossier.files[second] else {
                            dossier.files[first] = nil
                            return
                        }
                        dossier.files[first] = dossier.files[second]
                        dossier.files[second] = bytes
                    })
            }
        }
        return swaps
    }

    private static func checkpoints(_ other: MemoryDossier, _ foreignPEM: String) -> [DossierMutation] {
        let path = DossierPath.checkpoint
        return [
            remade("the checkpoint of another dossier") { $0.files[path] = other.files[path] },
            remade("the earlier checkpoint as the last") { $0.files[path] = $0.files["data/proof/previous.checkpoint"] },
            remade("the stamped checkpoint as the last") { dossier in
                let stamped = dossier.files.keys.filter { $0.contains("/anchors/") && $0.hasSuffix(".checkpoint") }.min()
                dossier.files[path] = stamped.flatMap { dossier.files[$0] }
            },
            remade("a second signature line") { dossier in
                let note = String(decoding: dossier.files[path] ?? [], as: UTF8.self)
                let line = note.split(separator: "\n").last.map(String.init) ?? ""
                dossier.files[path] = Array((note + line.replacing("akashi/", with: "other/") + "\n").utf8)
            },
            remade("a key of somebody else") { dossier in
                guard let signer = NoteSigner(name: "akashi/other", seed: [UInt8](repeating: 3, count: 32)) else { return }
                dossier.files[DossierPath.key] = Array("\(signer.verifier)\n".utf8)
            },
            remade("a checkpoint signed anew by somebody else") { dossier in
                let text = String(decoding: dossier.files[DossierPath.key] ?? [], as: UTF8.self)
                guard let key = NoteVerifierKey(String(text.dropLast())),
                    let signer = NoteSigner(name: key.name, seed: [UInt8](repeating: 3, count: 32)),
                    let note = try? signer.sign("\(key.name)\n5\n\(StrictBase64.encode([UInt8](repeating: 1, count: 32)))\n")
                else { return }
                dossier.files[path] = Array(note.utf8)
                dossier.files[DossierPath.key] = Array("\(signer.verifier)\n".utf8)
            },
            remade("certificates of another authority") { dossier in
                for key in dossier.files.keys where key.hasSuffix(".pem") { dossier.files[key] = Array(foreignPEM.utf8) }
            },
            relisted("certificates of another authority, listed") { dossier in
                for key in dossier.files.keys where key.hasSuffix(".pem") { dossier.files[key] = Array(foreignPEM.utf8) }
            },
            relisted("a record that says something else, listed") { dossier in
                let record = dossier.files.keys.filter { $0.hasSuffix("record.json") }.min() ?? ""
                let text = String(decoding: dossier.files[record] ?? [], as: UTF8.self)
                dossier.files[record] = Array(text.replacing("一つ目", with: "二つ目").utf8)
            },
            relisted("another PDF, listed") { $0.files["data/dossier.pdf"] = Array("%PDF-1.4 other".utf8) },
        ]
    }

    /// The table of contents made to fit the change too: everything an attacker without the key can do.
    private static func relisted(_ name: String, _ change: @escaping @Sendable (inout MemoryDossier) -> Void) -> DossierMutation {
        remade(name) { dossier in
            change(&dossier)
            let files = dossier.files
            edit(&dossier) { contents in
                var list = contents["files"] as? [[String: Any]] ?? []
                for index in list.indices {
                    guard let path = list[index]["path"] as? String, let bytes = files[path] else { continue }
                    list[index]["sha256"] = digest(bytes).hex
                    list[index]["bytes"] = bytes.count
                }
                contents["files"] = list
            }
        }
    }

    private static func edit(_ dossier: inout MemoryDossier, _ change: (inout [String: Any]) -> Void) {
        let data = Data(dossier.files[DossierPath.contents] ?? [])
        guard var contents = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else { return }
        change(&contents)
        guard let changed = try? JSONSerialization.data(withJSONObject: contents, options: [.prettyPrinted, .sortedKeys]) else {
            return
        }
        dossier.files[DossierPath.contents] = Array(changed)
    }

    /// Every value in the table of contents changed, and whole parts dropped.
    private static func contents(_ dossier: MemoryDossier) -> [DossierMutation] {
        var all: [DossierMutation] = []
        for key in ["format", "kind", "origin", "receiver", "made", "previous", "anchors", "exhibits", "files"] {
            all.append(remade("drop \(key)") { edit(&$0) { $0[key] = nil } })
            all.append(remade("null \(key)") { edit(&$0) { $0[key] = NSNull() } })
            all.append(remade("another \(key)") { edit(&$0) { $0[key] = "x" } })
        }
        for key in ["number", "index", "leaf", "proof", "entry", "slice", "attachments", "original"] {
            for number in 0..<3 {
                all.append(
                    remade("exhibit \(number) without \(key)") { dossier in
                        edit(&dossier) { contents in
                            var exhibits = contents["exhibits"] as? [[String: Any]] ?? []
                            exhibits[number][key] = key == "index" ? 0 : NSNull()
                            contents["exhibits"] = exhibits
                        }
                    })
            }
        }
        for number in 0..<3 {
            all.append(
                remade("drop exhibit \(number)") { dossier in
                    edit(&dossier) { contents in
                        var exhibits = contents["exhibits"] as? [[String: Any]] ?? []
                        exhibits.remove(at: number)
                        contents["exhibits"] = exhibits
                    }
                })
        }
        all.append(
            remade("the same key twice in contents.json") { dossier in
                let text = String(decoding: dossier.files[DossierPath.contents] ?? [], as: UTF8.self)
                dossier.files[DossierPath.contents] = Array(
                    text.replacing("{\n  \"anchors\"", with: "{\n  \"kind\" : \"evidence\",\n  \"anchors\"").utf8)
            })
        return all
    }
}
