import AkashiModel
import AkashiProof
import AkashiTesting
import AkashiVault
import Foundation
import Testing

/// What every bad-day test does: make a vault, seal, append, change the passphrase, remove.
private enum Day {
    static let firstText = Array("はじめの一件".utf8)
    static let bigText = [UInt8](repeating: 65, count: 200_000)

    /// Tells each thing that is reported as saved to `saved`.
    static func live(at path: String, files: any FileCalls, saved: (String) throws -> Void) throws {
        let vault: Vault
        if SystemFileCalls().byteCount(path + "/vault.json") == nil {
            vault = try Vault.create(at: path, passphrase: nil, environment: .test(seed: 5, files: files))
        } else {
            vault = try Vault.open(at: path, unlock: .noPassphrase, environment: .test(seed: 6, files: files))
        }
        try saved("vault")
        try vault.seal([.memory("1.txt", firstText), .memory("2.bin", bigText)], isKnown: { _ in false }) { outcome in
            try saved("object \(outcome.digest?.hex ?? "")")
        }
        for entry in try vault.append((0..<300).map { EntryDraft(kind: .note, body: Array("{\"n\":\($0)}".utf8)) }) {
            try saved("entry \(entry.position) \(entry.leaf)")
        }
        _ = try vault.append([EntryDraft(kind: .note, body: Array("{}".utf8))]).map {
            try saved("entry \($0.position) \($0.leaf)")
        }
    }

    /// Opens the vault as the next program would, and holds it to what was reported.
    static func check(at path: String, saved: [String], _ what: String) async throws {
        guard saved.contains("vault") else { return }
        let vault = try Vault.open(at: path, unlock: .noPassphrase, environment: .test(seed: 7))
        let result = await vault.verify()
        #expect(result.isIntact, "\(what): \(result.findings)")
        for line in saved {
            let parts = line.split(separator: " ").map(String.init)
            if parts[0] == "object" {
                let digest = try #require(ContentDigest(hex: parts[1]))
                #expect(throws: Never.self, "\(what)") { try vault.openObject(digest) }
            } else if parts[0] == "entry" {
                let position = LogPosition(try #require(UInt64(parts[1])))
                #expect(try vault.entry(at: position).leaf.description == parts[2], "\(what)")
            }
        }
        // And life goes on.
        _ = try vault.append([EntryDraft(kind: .note, body: Array("{}".utf8))])
        let later = await vault.verify()
        #expect(later.isIntact, "\(what), afterwards: \(later.findings)")
    }
}

@Suite("bad days", .serialized)
struct BadDayTests {
    /// Calls that change the disk on a good day.
    private func goodDayCallCount() throws -> Int {
        let folder = try TemporaryFolder()
        let files = FaultyFiles(faultAt: .max - 1, .kill)
        try Day.live(at: folder.url.appending(path: "vault").path, files: files) { _ in }
        return files.callCount
    }

    @Test("each file call fails in turn, once or from then on: intact, and what was reported saved is there")
    func everyCallFails() async throws {
        let count = try goodDayCallCount()
        #expect(count > 40)
        for fault in [FaultyFiles.Fault.failOnce(.fileFailure), .failFromThenOn(.diskFull), .failOnce(.notWritable)] {
            for number in 0..<count {
                let folder = try TemporaryFolder()
                let path = folder.url.appending(path: "vault").path
                var saved: [String] = []
                do {
                    try Day.live(at: path, files: FaultyFiles(faultAt: number, fault)) { saved.append($0) }
                } catch is VaultError {}
                try await Day.check(at: path, saved: saved, "call \(number)")
            }
        }
    }

    @Test("the process is killed at each file call, a write half done: intact, and what was reported saved is there")
    func everyCallKills() async throws {
        let count = try goodDayCallCount()
        for number in 0..<count {
            let folder = try TemporaryFolder()
            let path = folder.url.appending(path: "vault").path
            let log = folder.url.appending(path: "saved").path
            _ = await #expect(processExitsWith: .signal(SIGKILL)) {
                [number = number as Int, path = path as String, log = log as String] in
                let out = open(log, O_CREAT | O_WRONLY | O_APPEND, 0o600)
                try Day.live(at: path, files: FaultyFiles(faultAt: number, .kill)) { line in
                    let bytes = Array((line + "\n").utf8)
                    _ = write(out, bytes, bytes.count)
                }
            }
            let saved = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            try await Day.check(at: path, saved: saved.split(separator: "\n").map(String.init), "killed at call \(number)")
        }
    }

    @Test("a flipped bit in any file is noticed, named, and harms nothing else", arguments: Seeds.standard)
    func flippedBit(seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "vault").path
        try Day.live(at: path, files: SystemFileCalls()) { _ in }
        var generator = SeededGenerator(seed: seed)
        let names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted().filter { name in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
            return !isFolder.boolValue && name != "lock"
        }
        for name in names {
            let url = URL(filePath: path + "/" + name)
            let good = try Data(contentsOf: url)
            guard !good.isEmpty else { continue }
            var bad = good
            bad[Int.random(in: 0..<bad.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            try bad.write(to: url)
            do {
                let vault = try Vault.open(at: path, unlock: .noPassphrase, access: .readOnly, environment: .test())
                let result = await vault.verify()
                // The time of making and white space in vault.json, and the comment in identity.txt, prove nothing.
                if name != "vault.json", name != "identity.txt" {
                    #expect(!result.isIntact, "\(name)")
                    #expect(result.findings.count <= 2, "\(name): \(result.findings)")
                }
            } catch {}
            try good.write(to: url)
        }
        let vault = try Vault.open(at: path, unlock: .noPassphrase, environment: .test())
        #expect(await vault.verify().isIntact)
    }

    @Test("a missing object is named with the entry that speaks of it")
    func missingObject() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "vault").path
        try Day.live(at: path, files: SystemFileCalls()) { _ in }
        let objects = try FileManager.default.subpathsOfDirectory(atPath: path + "/objects").filter { $0.hasSuffix(".age") }
        try FileManager.default.removeItem(atPath: path + "/objects/" + (try #require(objects.first)))
        let vault = try Vault.open(at: path, unlock: .noPassphrase, environment: .test())
        let result = await vault.verify()
        #expect(result.findings.map(\.code) == ["object.missing"])
        #expect(result.findings.first?.position != nil)
        #expect(result.objectCount == 1)
    }

    @Test("a damaged object is put right by sealing the original again")
    func heal() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "vault").path
        try Day.live(at: path, files: SystemFileCalls()) { _ in }
        for name in try FileManager.default.subpathsOfDirectory(atPath: path + "/objects") where name.hasSuffix(".age") {
            let url = URL(filePath: path + "/objects/" + name)
            try Data(try Data(contentsOf: url).dropLast(3)).write(to: url)
        }
        let vault = try Vault.open(at: path, unlock: .noPassphrase, environment: .test())
        #expect(await vault.verify().findings.map(\.code) == ["object.damaged", "object.damaged"])
        let known = Set(
            [Day.firstText, Day.bigText].compactMap { try? vault.sealAll([.memory("x", $0)], known: []).first?.digest })
        #expect(known.count == 2)
        #expect(await vault.verify().isIntact)
    }

    @Test("a ledger put back from an old copy is refused once a later state was time-stamped")
    func rollback() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "vault").path
        let authority = try TestAuthority()
        let old: Data
        do {
            let vault = try Vault.create(at: path, passphrase: nil, environment: .test())
            try vault.setAuthorities([
                TimestampAuthority(
                    id: "test", name: "試験局", url: authority.url, certificatesPEM: authority.rootPEM, isAccredited: false)
            ])
            _ = try vault.append([EntryDraft(kind: .note, body: Array("{}".utf8))])
            old = try Data(contentsOf: URL(filePath: path + "/ledger/checkpoint"))
            _ = try vault.append([EntryDraft(kind: .note, body: Array("{\"n\":2}".utf8))])
            try vault.queueStamps()
            let pending = try vault.pendingStamps()
            #expect(pending.count == 1)
            let (kept, entry) = try await vault.acceptStamp(pending[0], response: try authority.answer(pending[0].query))
            #expect(kept.size == 2)
            #expect(entry.position == LogPosition(2))
            #expect(try vault.pendingStamps().isEmpty)
            let result = await vault.verify()
            #expect(result.isIntact, "\(result.findings)")
            #expect(result.stamps.count == 1)
        }
        try old.write(to: URL(filePath: path + "/ledger/checkpoint"))
        #expect(throws: VaultError(.rolledBack)) { try Vault.open(at: path, unlock: .noPassphrase, environment: .test()) }
        #expect(throws: VaultError(.rolledBack)) {
            try Vault.open(at: path, unlock: .noPassphrase, access: .readOnly, environment: .test())
        }
    }

    @Test("an answer that does not hold is refused, and the request stays in the queue")
    func refusedStamp() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "vault").path
        let authority = try TestAuthority()
        let stranger = try TestAuthority()
        let vault = try Vault.create(at: path, passphrase: nil, environment: .test())
        try vault.setAuthorities([
            TimestampAuthority(
                id: "test", name: "試験局", url: authority.url, certificatesPEM: authority.rootPEM, isAccredited: false)
        ])
        _ = try vault.append([EntryDraft(kind: .note, body: Array("{}".utf8))])
        try vault.queueStamps()
        let pending = try vault.pendingStamps()[0]
        await #expect(throws: VaultError(.stampRefused)) {
            try await vault.acceptStamp(pending, response: try stranger.answer(pending.query))
        }
        await #expect(throws: VaultError(.stampRefused)) { try await vault.acceptStamp(pending, response: [1, 2, 3]) }
        #expect(try vault.pendingStamps() == [pending])
        #expect(vault.size == 1)
    }
}
