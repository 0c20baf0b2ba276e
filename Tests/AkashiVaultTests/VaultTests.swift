import AkashiAge
import AkashiModel
import AkashiProof
import AkashiTesting
import AkashiVault
import Foundation
import Testing

@Suite("the vault")
struct VaultTests {
    let folder: TemporaryFolder
    var path: String { folder.url.appending(path: "vault").path }

    init() throws { folder = try TemporaryFolder() }

    @Test("what was sealed comes back, and a second sealing of the same bytes adds nothing")
    func sealAndReopen() async throws {
        let text = Array("投稿の控え\n".utf8)
        do {
            let vault = try Vault.create(at: path, passphrase: "つむぎの合言葉です", environment: .test())
            let outcomes = try vault.sealAll([.memory("控え.txt", text), .memory("空.txt", []), .memory("写し.txt", text)])
            #expect(vault.size == 2)
            guard case .sealed(let evidence) = outcomes[0], case .known = outcomes[2] else {
                Issue.record("unexpected outcomes")
                return
            }
            #expect(evidence.byteCount == UInt64(text.count))
        }
        let vault = try Vault.open(at: path, unlock: .passphrase("つむぎの合言葉です"), environment: .test(seed: 2))
        let digest = try #require(SealedEvidence(try vault.entry(at: LogPosition(0)))?.digest)
        #expect(try vault.openObject(digest).read(at: 0, count: 100) == text)
        #expect(try vault.sealAll([.memory("控え.txt", text)], known: [digest]).count == 1)
        #expect(vault.size == 2)
        let result = await vault.verify()
        #expect(result.isIntact, "\(result.findings)")
        #expect(result.objectCount == 2)
        #expect(result.unlistedObjectCount == 0)
    }

    @Test("the age tool opens every file with the recovery key alone")
    func openWithAge() throws {
        let vault = try Vault.create(at: path, passphrase: nil, environment: .test())
        _ = try vault.sealAll([.memory("a.txt", Array("あ".utf8))])
        let key = folder.url.appending(path: "key.txt")
        try Data((vault.recoveryKey + "\n").utf8).write(to: key)
        var opened = 0
        for case let file as URL in try #require(
            FileManager.default.enumerator(at: URL(filePath: path), includingPropertiesForKeys: nil))
        where file.pathExtension == "age" {
            let result = try Command.run("age", ["-d", "-i", key.path, file.path])
            #expect(result.status == 0, "\(file.lastPathComponent) \(result.errors)")
            opened += 1
        }
        #expect(opened == 2)
    }

    @Test("a wrong passphrase, a missing one and a mistyped recovery key are told apart, and change nothing")
    func unlocking() throws {
        let key: String
        do {
            let vault = try Vault.create(at: path, passphrase: "正しい合言葉です", environment: .test())
            key = vault.recoveryKey
        }
        #expect(throws: VaultError(.wrongPassphrase)) {
            try Vault.open(at: path, unlock: .passphrase("違う合言葉です"), environment: .test())
        }
        #expect(throws: VaultError(.passphraseNeeded)) { try Vault.open(at: path, unlock: .noPassphrase, environment: .test()) }
        #expect(throws: VaultError(.wrongRecoveryKey)) {
            try Vault.open(at: path, unlock: .recoveryKey(String(key.dropLast()) + "Q"), environment: .test())
        }
        let other = folder.url.appending(path: "other").path
        let otherKey = try Vault.create(at: other, passphrase: nil, environment: .test(seed: 9)).recoveryKey
        #expect(throws: VaultError(.wrongRecoveryKey)) {
            try Vault.open(at: path, unlock: .recoveryKey(otherKey), environment: .test())
        }
        #expect(try Vault.open(at: path, unlock: .recoveryKey(key.lowercased()), environment: .test()).size == 0)
    }

    @Test("the passphrase can be changed, set and taken away, and half-width typing opens full-width")
    func passphrases() throws {
        do {
            let vault = try Vault.create(at: path, passphrase: nil, environment: .test())
            #expect(!vault.isProtected)
            #expect(throws: VaultError(.passphraseTooShort)) { try vault.setPassphrase("短い") }
            try vault.setPassphrase("ＡＢＣガラスの靴")
            #expect(vault.isProtected)
        }
        do {
            let vault = try Vault.open(at: path, unlock: .passphrase("ABCｶﾞﾗｽの靴"), environment: .test())
            try vault.setPassphrase("次の合言葉です。")
        }
        #expect(throws: VaultError(.wrongPassphrase)) {
            try Vault.open(at: path, unlock: .passphrase("ABCｶﾞﾗｽの靴"), environment: .test())
        }
        do {
            let vault = try Vault.open(at: path, unlock: .passphrase("次の合言葉です。"), environment: .test())
            try vault.setPassphrase(nil)
        }
        #expect(try Vault.open(at: path, unlock: .noPassphrase, environment: .test()).size == 0)
    }

    @Test("one writer at a time; readers do not disturb it")
    func twoWriters() async throws {
        let vault = try Vault.create(at: path, passphrase: nil, environment: .test())
        #expect(throws: VaultError(.locked)) { try Vault.open(at: path, unlock: .noPassphrase, environment: .test()) }
        let reader = try Vault.open(at: path, unlock: .noPassphrase, access: .readOnly, environment: .test())
        #expect(await reader.verify().isIntact)
        #expect(throws: VaultError(.readOnly)) { try reader.append([EntryDraft(kind: .note, body: Array("{}".utf8))]) }
        #expect(vault.size == 0)
    }

    @Test("entries of many sizes of batches are read back as they were written", arguments: Seeds.standard.prefix(6))
    func batches(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var bodies: [String] = []
        do {
            let vault = try Vault.create(at: path, passphrase: nil, environment: .test(seed: seed))
            for _ in 0..<Int.random(in: 3...12, using: &generator) {
                let count = [1, 2, 255, 256, 257, 1024, 1500].randomElement(using: &generator) ?? 1
                let batch = (0..<count).map { "{\"n\":\(bodies.count + $0)}" }
                _ = try vault.append(batch.map { EntryDraft(kind: .note, body: Array($0.utf8)) })
                bodies += batch
            }
            #expect(vault.size == UInt64(bodies.count))
        }
        let vault = try Vault.open(at: path, unlock: .noPassphrase, environment: .test())
        var read: [String] = []
        try vault.forEachBundle { read += $0.compactMap { $0.envelope.map { String(decoding: $0.body, as: UTF8.self) } } }
        #expect(read == bodies)
        let result = await vault.verify()
        #expect(result.isIntact, "\(result.findings)")
        let last = LogPosition(vault.size - 1)
        let proof = try vault.inclusionProof(of: last)
        let inclusion = InclusionProof(index: proof.index, size: vault.size, path: proof.path)
        #expect(inclusion.proves(leaf: try vault.entry(at: last).leaf, root: vault.root))
        let old = UInt64.random(in: 0...vault.size, using: &generator)
        let consistency = try vault.consistencyProof(from: old)
        #expect(
            ConsistencyProof(oldSize: old, newSize: vault.size, path: consistency.path)
                .proves(oldRoot: try vault.root(atSize: old), newRoot: vault.root))
    }

    @Test("removal waits, can be undone, and leaves a ledger that still verifies")
    func removal() async throws {
        let vault = try Vault.create(at: path, passphrase: nil, environment: .test())
        let outcome = try vault.sealAll([.memory("a.txt", Array("abc".utf8))])
        let digest = try #require(outcome[0].digest)
        let record = EntryDraft(kind: .record, body: Array("{\"source\":{\"object\":\"\(digest)\"},\"text\":\"秘密の言葉\"}".utf8))
        let position = try vault.append([record])[0].position
        _ = try vault.holdForRemoval(digest, reason: "間違えて入れた")
        #expect(try vault.openObject(digest).byteCount == 3)
        _ = try vault.keepAfterAll(digest)
        _ = try vault.holdForRemoval(digest, reason: "間違えて入れた")
        _ = try vault.erase(digest, positions: [position])
        #expect(throws: VaultError(.objectMissing)) { try vault.openObject(digest) }
        #expect(try vault.entry(at: position).bytes == nil)
        let result = await vault.verify()
        #expect(result.isIntact, "\(result.findings)")
        #expect(result.removedEntryCount == 1)
        let again = try vault.sealAll([.memory("a.txt", Array("abc".utf8))])
        #expect(again[0].digest == digest)
        #expect(await vault.verify().isIntact)
    }
}
