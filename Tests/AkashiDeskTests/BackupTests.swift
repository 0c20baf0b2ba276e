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
}

extension URL {
    fileprivate var fileSize: Int? { (try? resourceValues(forKeys: [.fileSizeKey]))?.fileSize }
}
