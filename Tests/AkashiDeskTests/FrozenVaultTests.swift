import AkashiCasework
import AkashiDesk
import AkashiModel
import AkashiTesting
import AkashiVault
import Foundation
import Testing

@Suite("vaults of earlier versions")
struct FrozenVaultTests {
    private static let folder = ProjectFolder.root.appending(path: "Tests/AkashiDeskTests/Frozen")
    /// The line of its recovery sheet: a passphrase takes half a minute here.
    private static let unlock = Unlock.recoveryKey("AGE-SECRET-KEY-155P7NMS28RH00RWED7JDRERSE3NXD4NFNAV54HX96JFR4VTZ3X2QYXGWAM")

    static let all: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (names ?? []).filter { $0.hasSuffix(".tar.gz") }.sorted()
    }()

    @Test("each opens, holds, says what it said, and takes more in", arguments: all)
    func opens(name: String) async throws {
        let fixture = DeskFixture()
        let place = fixture.path("frozen")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let tar = Process()
        tar.executableURL = URL(filePath: "/usr/bin/tar")
        tar.arguments = ["-xzf", Self.folder.appending(path: name).path, "-C", place.path]
        try tar.run()
        tar.waitUntilExit()
        #expect(tar.terminationStatus == 0)
        let vault = place.appending(path: "vault").path

        let found = try await Desk.verify(at: vault, unlock: Self.unlock, environment: fixture.environment)
        #expect(found.isIntact && found.objectCount == 4 && found.entryCount == 21)
        let desk = try await Desk.open(at: vault, unlock: Self.unlock, environment: fixture.environment)
        let names = try await desk.timeline().map(\.name)
        #expect(names.contains("memo.txt") && names.count == 6)
        #expect(try await desk.evidence().count == 4)
        #expect(try await desk.cases().flatMap(\.incidents).map(\.title) == ["来店"])
        let report = try await desk.add([try fixture.write("new.txt", "2026-11-25 10:00\n\n新しい")])
        #expect(report.sealedCount == 1)
        #expect(await desk.verify().isIntact)
    }

    @Test("a format of later times is refused, and nothing in its folder changes")
    func later() async throws {
        let fixture = DeskFixture()
        _ = try fixture.create()
        let file = fixture.path("vault").appending(path: "vault.json")
        let text = try String(contentsOf: file, encoding: .utf8).replacing("akashi-vault/1", with: "akashi-vault/2")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let before = try FileManager.default.subpathsOfDirectory(atPath: fixture.path("vault").path).sorted()
        await #expect { try await fixture.open() } throws: { ($0 as? VaultError)?.kind == .unknownFormat }
        #expect(try FileManager.default.subpathsOfDirectory(atPath: fixture.path("vault").path).sorted() == before)
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }
}
