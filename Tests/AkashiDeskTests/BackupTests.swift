import AkashiCasework
import AkashiDesk
import AkashiModel
import AkashiTesting
import AkashiVault
import Foundation
import Testing

@Suite("backups")
struct BackupTests {
    @Test("T29: a copy opens on another machine with the same digests, and a flipped byte in it is reported")
    func readBack() async throws {
        let fixture = DeskFixture()
        let desk = try fixture.create()
        _ = try await desk.add([
            try fixture.write("a.txt", "2026-11-20 10:00\n\n一つめ"),
            try fixture.write("b.bin", [UInt8](repeating: 7, count: 300_000)),
        ])
        let digests = try await desk.evidence().map(\.digest).sorted { $0.hex < $1.hex }
        let stick = fixture.path("stick")
        try FileManager.default.createDirectory(at: stick, withIntermediateDirectories: true)
        let report = try await desk.backup(into: stick.path, unlock: .noPassphrase)
        #expect(report.verification.isIntact && report.fileCount > 5)

        // Another computer: only the stick is there, under another name.
        let other = fixture.path("other")
        try FileManager.default.moveItem(at: URL(filePath: report.folder), to: other)
        do {
            let copy = try await Desk.open(at: other.path, unlock: .noPassphrase, environment: fixture.environment)
            #expect(try await copy.evidence().map(\.digest).sorted { $0.hex < $1.hex } == digests)
            #expect(try await copy.timeline().contains { $0.name == "a.txt" })
        }

        let objects = other.appending(path: "objects")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: objects.path).map { objects.appending(path: $0) }
        let largest = try #require(
            paths.filter { !$0.hasDirectoryPath }.max { ($0.fileSize ?? 0) < ($1.fileSize ?? 0) })
        var bytes = try Data(contentsOf: largest)
        bytes[bytes.count / 2] ^= 1
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: largest.path)
        try bytes.write(to: largest)
        let found = try await Desk.verify(at: other.path, unlock: .noPassphrase, environment: fixture.environment)
        #expect(found.findings.map(\.code) == ["object.damaged"])
    }

    @Test("a copy that cannot be written says so, and leaves nothing half done")
    func refused() async throws {
        let fixture = DeskFixture()
        let desk = try Desk.create(
            at: fixture.path("vault").path, passphrase: "three plain words", environment: fixture.environment)
        _ = try await desk.add([try fixture.write("a.txt", "一つめ")])
        for place in [fixture.path("nowhere").path, fixture.path("vault").appending(path: "objects").path, "/proc"] {
            await #expect(throws: VaultError.self) { try await desk.backup(into: place, unlock: .noPassphrase) }
        }
        let stick = fixture.path("stick")
        try FileManager.default.createDirectory(at: stick, withIntermediateDirectories: true)
        // A copy that cannot be opened with what was given is no copy.
        await #expect(throws: VaultError.self) { try await desk.backup(into: stick.path, unlock: .passphrase("not this one")) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: stick.path).isEmpty)
        #expect(await desk.verify().isIntact)
    }

    @Test("a copy comes back on a clean machine, with its passphrase or its recovery line, and goes on from there")
    func restored() async throws {
        let fixture = DeskFixture()
        let words = "three plain words"
        let desk = try Desk.create(at: fixture.path("vault").path, passphrase: words, environment: fixture.environment)
        _ = try await desk.add([try fixture.write("a.txt", "2026-11-20 10:00\n\n一つめ")])
        let stick = fixture.path("stick")
        try FileManager.default.createDirectory(at: stick, withIntermediateDirectories: true)
        let copy = try await desk.backup(into: stick.path, unlock: .passphrase(words)).folder
        #expect(Desk.copies(in: stick.path, environment: fixture.environment) == [copy])
        let key = await desk.recoveryKey()
        for (name, unlock) in [("one", Unlock.passphrase(words)), ("two", .recoveryKey(key))] {
            let target = fixture.path(name).path
            let report = try await Desk.restore(from: copy, to: target, unlock: unlock, environment: fixture.environment)
            #expect(report.verification.isIntact)
            let back = try await Desk.open(at: target, unlock: unlock, environment: fixture.environment)
            #expect(try await back.timeline().contains { $0.name == "a.txt" })
            _ = try await back.add([try fixture.write("\(name).txt", "二つめ")])
            #expect(await back.verify().isIntact)
        }
    }

    @Test("nothing is written over, a broken copy is not taken, and a wrong passphrase takes nothing")
    func notRestored() async throws {
        let fixture = DeskFixture()
        let desk = try fixture.create()
        _ = try await desk.add([try fixture.write("a.txt", "一つめ")])
        let stick = fixture.path("stick")
        try FileManager.default.createDirectory(at: stick, withIntermediateDirectories: true)
        let copy = try await desk.backup(into: stick.path, unlock: .noPassphrase).folder
        let environment = fixture.environment
        await #expect(throws: VaultError.self) {
            try await Desk.restore(from: copy, to: fixture.path("vault").path, unlock: .noPassphrase, environment: environment)
        }
        await #expect(throws: DeskError.self) { try await desk.prepareRestore(from: copy, unlock: .noPassphrase) }
        #expect(await desk.verify().isIntact)
        // A file that has the folder's name is no empty folder.
        let note = try fixture.write("note", "mine").path
        await #expect(throws: VaultError.self) {
            try await Desk.restore(from: copy, to: note, unlock: .noPassphrase, environment: environment)
        }
        #expect(FileManager.default.contents(atPath: note) == Data("mine".utf8))
        let ledger = URL(filePath: copy).appending(path: "ledger/entries")
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: ledger.path).first)
        try Data("no".utf8).write(to: ledger.appending(path: name))
        let target = fixture.path("new").path
        await #expect(throws: (any Error).self) {
            try await Desk.restore(from: copy, to: target, unlock: .noPassphrase, environment: environment)
        }
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test("what was made ready takes the place of an empty vault once that is closed; the empty one stays beside it")
    func swapped() async throws {
        let fixture = DeskFixture()
        let other = try Desk.create(at: fixture.path("other").path, passphrase: nil, environment: fixture.environment)
        _ = try await other.add([try fixture.write("a.txt", "一つめ")])
        let folder = fixture.path("vault").path
        do {
            let empty = try fixture.create()
            _ = try await empty.prepareRestore(from: fixture.path("other").path, unlock: .noPassphrase)
            #expect(try await empty.evidence().isEmpty)
        }
        // What an interrupted copy left is never put in its place.
        let left = URL(filePath: folder + "-restoring")
        try FileManager.default.createDirectory(at: left, withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: left.appending(path: "vault.json"))
        Desk.takeRestored(at: folder, environment: fixture.environment)
        Desk.takeRestored(at: folder, environment: fixture.environment)
        let back = try await fixture.open()
        #expect(try await back.evidence().count == 1)
        #expect(Desk.isVault(folder + "-before-1", environment: fixture.environment))
        #expect(try await other.evidence().count == 1)
    }
}

extension URL {
    fileprivate var fileSize: Int? { (try? resourceValues(forKeys: [.fileSizeKey]))?.fileSize }
}
