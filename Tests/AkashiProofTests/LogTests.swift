import AkashiModel
import AkashiProof
import AkashiTesting
import Foundation
import Testing

@Suite("the log")
struct LogTests {
    static let entries = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]

    /// RFC 6962 vectors, with which pymerkle agrees.
    @Test(
        "the root agrees with known trees",
        arguments: [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ])
    func knownRoots(size: Int, root: String) throws {
        var frontier = MerkleFrontier()
        for entry in Self.entries.prefix(size) { frontier.append(leaf: .leaf(try #require(Hex.decode(entry)))) }
        #expect(frontier.root.description == root)
    }

    /// A log in memory, with its tiles.
    private struct MemoryLog {
        var frontier = MerkleFrontier()
        var tiles: [Tile: [UInt8]] = [:]
        var leaves: [MerkleHash] = []
        var roots: [MerkleHash] = [.empty]

        init(size: Int, seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            var levels: [Int: [MerkleHash]] = [:]
            for _ in 0..<size {
                let leaf = MerkleHash.leaf(generator.bytes(9))
                leaves.append(leaf)
                frontier.append(leaf: leaf) { height, _, hash in
                    if height.isMultiple(of: Tile.height) { levels[height / Tile.height, default: []].append(hash) }
                }
                roots.append(frontier.root)
            }
            for tile in Tile.all(size: UInt64(size)) {
                let start = Int(tile.index) * Tile.width
                tiles[tile] = (levels[tile.level] ?? [])[start..<start + tile.count].flatMap(\.bytes)
            }
        }

        func reader(size: UInt64) -> TileReader {
            TileReader(size: size) { [tiles] tile in
                // A smaller log may read the beginning of a larger log's tile.
                if let exact = tiles[tile] { return exact }
                let larger = tiles.first { $0.key.level == tile.level && $0.key.index == tile.index }
                return Array((larger?.value ?? []).prefix(tile.count * 32))
            }
        }
    }

    @Test("every leaf of every small tree has a proof that holds, and no other leaf or root passes with it")
    func inclusion() throws {
        let log = MemoryLog(size: 70, seed: 1)
        for size in 1...70 {
            let prover = log.reader(size: UInt64(size)).prover
            for index in 0..<size {
                let proof = try prover.inclusion(index: UInt64(index), size: UInt64(size))
                #expect(proof.proves(leaf: log.leaves[index], root: log.roots[size]))
                #expect(!proof.proves(leaf: log.leaves[(index + 1) % 70], root: log.roots[size]))
                #expect(!proof.proves(leaf: log.leaves[index], root: log.roots[size - 1]))
                let longer = InclusionProof(index: proof.index, size: proof.size, path: proof.path + [.empty])
                #expect(!longer.proves(leaf: log.leaves[index], root: log.roots[size]))
            }
        }
    }

    @Test("every small tree is shown to be the beginning of every larger one, and no changed one passes")
    func consistency() throws {
        let log = MemoryLog(size: 70, seed: 2)
        let other = MemoryLog(size: 70, seed: 3)
        for new in 0...70 {
            let prover = log.reader(size: UInt64(new)).prover
            for old in 0...new {
                let proof = try prover.consistency(oldSize: UInt64(old), newSize: UInt64(new))
                #expect(proof.proves(oldRoot: log.roots[old], newRoot: log.roots[new]))
                if old > 0 {
                    #expect(!proof.proves(oldRoot: other.roots[old], newRoot: log.roots[new]))
                    #expect(!proof.proves(oldRoot: log.roots[old], newRoot: other.roots[new]))
                }
            }
        }
    }

    @Test(
        "tiles give the same proofs, roots and edges as the leaves", arguments: [1, 255, 256, 257, 511, 65_535, 65_536, 65_793])
    func tiles(size: Int) throws {
        let log = MemoryLog(size: size, seed: 4)
        let reader = log.reader(size: UInt64(size))
        #expect(try reader.frontier() == log.frontier)
        #expect(try reader.prover.root(size: UInt64(size)) == log.frontier.root)
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<10 {
            let index = UInt64.random(in: 0..<UInt64(size), using: &generator)
            let proof = try reader.prover.inclusion(index: index, size: UInt64(size))
            #expect(proof.proves(leaf: log.leaves[Int(index)], root: log.frontier.root))
        }
    }

    @Test("tile paths are spelled as the specification spells them")
    func tilePaths() {
        #expect(Tile(level: 0, index: 1_234_067, count: 256).path == "tile/0/x001/x234/067")
        #expect(Tile(level: 1, index: 0, count: 5).path == "tile/1/000.p/5")
        #expect(Tile.all(size: 70_000).filter { $0.level == 0 }.count == 274)
        #expect(
            Tile.all(size: 70_000).filter { $0.level > 0 }.map(\.path) == ["tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"])
        #expect(Tile.all(size: 0).isEmpty)
    }

    @Test("a Merkle library in another language finds the same root and accepts our proof")
    func pymerkleAgrees() throws {
        let python = ProjectFolder.root.appending(path: ".tools/venv/bin/python").path
        let script = """
            import sys
            from pymerkle import InmemoryTree
            tree = InmemoryTree(algorithm="sha256")
            for i in range(300): tree.append_entry(b"entry %d" % i)
            print(tree.get_state().hex())
            """
        var frontier = MerkleFrontier()
        for index in 0..<300 { frontier.append(leaf: .leaf(Array("entry \(index)".utf8))) }
        let result = try Command.run(python, ["-c", script])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.text.trimmingCharacters(in: .whitespacesAndNewlines) == frontier.root.description)
    }
}

@Suite("notes and checkpoints")
struct NoteTests {
    private let signer = NoteSigner(name: "akashi.example/v1", seed: [UInt8](repeating: 7, count: 32))

    @Test("openssl verifies a checkpoint's signature")
    func opensslVerifies() throws {
        let signer = try #require(signer)
        let note = try VerifiedCheckpoint(
            signing: Checkpoint(origin: "akashi.example/v1", size: 3, root: .empty), by: signer
        ).note
        let split = try #require(note.range(of: "\n\n"))
        let text = String(note[..<split.lowerBound]) + "\n"
        let line = try #require(note[split.upperBound...].split(separator: " ").last)
        let signature = try #require(Data(base64Encoded: line.trimmingCharacters(in: .newlines))).dropFirst(4)
        let folder = try TemporaryFolder()
        let url = { (name: String) in folder.url.appending(path: name) }
        try Data(text.utf8).write(to: url("text"))
        try signature.write(to: url("sig"))
        let head = try #require(Hex.decode("302a300506032b6570032100"))
        try Data(head + signer.verifier.publicKey).write(to: url("pub.der"))
        let arguments = [
            "pkeyutl", "-verify", "-pubin", "-inkey", "pub.der", "-keyform", "DER", "-rawin", "-in", "text", "-sigfile", "sig",
        ]
        let good = try Command.run("openssl", arguments, folder: folder.url)
        #expect(good.status == 0, "\(good.errors)")
        try Data((text + " ").utf8).write(to: url("text"))
        #expect(try Command.run("openssl", arguments, folder: folder.url).status != 0)
    }

    @Test("a key reads back, and a mistyped one does not")
    func keys() throws {
        let key = try #require(signer).verifier
        #expect(NoteVerifierKey("\(key)") == key)
        #expect(NoteVerifierKey("\(key)".replacing("akashi", with: "akasha")) == nil)
    }

    @Test("a checkpoint with any byte changed is refused", arguments: Seeds.standard)
    func changes(seed: UInt64) throws {
        let signer = try #require(signer)
        var generator = SeededGenerator(seed: seed)
        let root = try #require(MerkleHash(bytes: generator.bytes(32)))
        let size = UInt64.random(in: 0...1_000_000, using: &generator)
        let good = try VerifiedCheckpoint(signing: Checkpoint(origin: "akashi.example/v1", size: size, root: root), by: signer)
        #expect(try VerifiedCheckpoint(note: good.note, key: signer.verifier) == good)
        let bytes = Array(good.note.utf8)
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1 << UInt8.random(in: 0..<7, using: &generator)
            guard let text = String(validating: changed, as: UTF8.self) else { continue }
            #expect(throws: NoteProblem.self, "byte \(index)") { try VerifiedCheckpoint(note: text, key: signer.verifier) }
        }
    }

    @Test("a proof file reads back, and what would be written otherwise is refused")
    func proofFile() throws {
        let signer = try #require(signer)
        let note = try VerifiedCheckpoint(signing: Checkpoint(origin: "akashi.example/v1", size: 9, root: .empty), by: signer)
            .note
        let proof = TlogProof(index: 8, path: [.empty, .leaf([1])], checkpointNote: note)
        #expect(try TlogProof(proof.text) == proof)
        for wrong in ["index 08", "index 8 ", "index +8"] {
            #expect(throws: NoteProblem.self) { try TlogProof(proof.text.replacing("index 8", with: wrong)) }
        }
        let consistency = ConsistencyFile(oldSize: 3, path: [.empty], checkpointNote: note)
        #expect(try ConsistencyFile(consistency.text) == consistency)
    }

    @Test("any text at all is refused without a trap", arguments: Seeds.standard)
    func fuzz(seed: UInt64) throws {
        let signer = try #require(signer)
        var generator = SeededGenerator(seed: seed)
        let note = try VerifiedCheckpoint(signing: Checkpoint(origin: "akashi.example/v1", size: 9, root: .empty), by: signer)
            .note
        let proof = TlogProof(index: 8, path: [.empty], checkpointNote: note).text
        for _ in 0..<300 {
            var bytes = Array(proof.utf8)
            Mutation.apply(to: &bytes, using: &generator)
            let text = String(decoding: bytes, as: UTF8.self)
            _ = try? TlogProof(text)
            _ = try? SignedNote(text)
            _ = try? Checkpoint(text: text)
            _ = try? ConsistencyFile(text)
        }
    }
}
