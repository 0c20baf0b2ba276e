import AkashiCasework
import AkashiDesk
import AkashiFormats
import AkashiIntake
import AkashiModel
import AkashiTesting
import AkashiVault
import Foundation
import Testing

@Suite("taking in")
struct AddTests {
    private let fixture = DeskFixture()

    @Test("a second import of the same file adds nothing at all")
    func twice() async throws {
        let desk = try fixture.create()
        let zip = try fixture.zip("x.zip", DeskFixture.archive([("1", "一"), ("2", "二")], generated: "2026-11-20T00:00:00.000Z"))
        let note = try fixture.write("メモ.txt", "控え")
        let first = try await desk.add([zip, note])
        #expect(first.sealedCount == 2 && first.addedRecordCount == 3)
        let size = try await desk.summary().ledgerSize
        let second = try await desk.add([zip, note])
        #expect(second.sealedCount == 0 && second.knownCount == 2 && second.readings.isEmpty)
        #expect(try await desk.summary().ledgerSize == size)
    }

    @Test("a later, larger export adds only what is new; what is missing from it stays, and is marked")
    func laterExport() async throws {
        let desk = try fixture.create()
        let old = try fixture.zip(
            "old.zip", DeskFixture.archive([("1", "一"), ("2", "二")], generated: "2026-10-01T00:00:00.000Z"))
        let new = try fixture.zip(
            "new.zip", DeskFixture.archive([("2", "二"), ("3", "三")], generated: "2026-11-01T00:00:00.000Z"))
        _ = try await desk.add([old])
        let report = try await desk.add([new])
        #expect(report.addedRecordCount == 1)
        #expect(report.readings.map(\.known) == [1] && report.readings.map(\.absent) == [1])
        let timeline = try await desk.timeline()
        #expect(timeline.map(\.coveredText) == ["一", "二", "三"])
        #expect(timeline.map { $0.absentSince != nil } == [true, false, false])
        // An older export read afterwards marks nothing.
        let older = try fixture.zip("older.zip", DeskFixture.archive([("1", "一")], generated: "2026-09-01T00:00:00.000Z"))
        #expect(try await desk.add([older]).readings.map(\.absent) == [0])
    }

    @Test("a post that says something else in a later export is kept beside the first, and points to it")
    func changed() async throws {
        let desk = try fixture.create()
        _ = try await desk.add([
            try fixture.zip("a.zip", DeskFixture.archive([("1", "元の言葉")], generated: "2026-10-01T00:00:00.000Z"))
        ])
        _ = try await desk.add([
            try fixture.zip("b.zip", DeskFixture.archive([("1", "直した言葉")], generated: "2026-11-01T00:00:00.000Z"))
        ])
        let timeline = try await desk.timeline()
        #expect(timeline.map(\.coveredText) == ["元の言葉", "直した言葉"])
        #expect(timeline[1].revises == timeline[0].position)
    }

    @Test("a folder may hold an unpacked archive, talks, notes, and zips in zips")
    func folder() async throws {
        let desk = try fixture.create()
        for (path, text) in DeskFixture.archive([("1", "ほどいた")], generated: "2026-11-20T00:00:00.000Z") {
            _ = try fixture.write("box/twitter/" + path, text)
        }
        _ = try fixture.write(
            "box/[LINE] あきとのトーク.txt", "[LINE] あきとのトーク履歴\r\n保存日時：2026/11/20 10:00\r\n\r\n2026/11/19(木)\r\n10:01\tあき\tおはよう\r\n")
        let inner = try ZipWriter.zip([("深い所.txt", Array("中の中".utf8))])
        let middle = try ZipWriter.zip([("inner.zip", inner), ("中.txt", Array("中".utf8))])
        _ = try fixture.write("box/outer.zip", middle)
        _ = try fixture.write("box/.DS_Store", "x")
        try FileManager.default.createSymbolicLink(
            at: fixture.path("her/box/link.txt"), withDestinationURL: fixture.path("vault"))
        let report = try await desk.add([fixture.path("her/box")])
        #expect(report.problems.map(\.code) == ["source.symlink"])
        let kinds = try await desk.timeline().map(\.kind.name).sorted()
        #expect(kinds == ["file", "file", "message", "post"])
        #expect(Set(try await desk.timeline().compactMap(\.coveredText)) == ["ほどいた", "おはよう", "中の中", "中"])
        let again = try await desk.add([fixture.path("her/box")])
        #expect(again.sealedCount == 0 && again.addedRecordCount == 0 && again.readings.isEmpty)
    }

    @Test("hostile archives are read in part, within limits, with every problem named, and nothing lands outside")
    func hostile() async throws {
        let script = """
            import sys, zipfile, io
            out = sys.argv[1]
            def make(name, write):
                with zipfile.ZipFile(out + "/" + name, "w", zipfile.ZIP_DEFLATED) as z: write(z)
            make("traversal.zip", lambda z: [z.writestr(n, b"x") for n in ("../evil.txt", "/abs.txt", "a/../../b.txt", "C:\\\\x.txt", "ok.txt")])
            def link(z):
                i = zipfile.ZipInfo("link"); i.external_attr = 0o120777 << 16; z.writestr(i, "/etc/passwd"); z.writestr("ok2.txt", b"good")
            make("link.zip", link)
            make("twice.zip", lambda z: [z.writestr("same.txt", b"1"), z.writestr("same.txt", b"2"), z.writestr("SAME.txt", b"3")])
            make("bomb.zip", lambda z: z.writestr("zeros.bin", b"\\0" * (400 << 20)))
            with open(out + "/cut.zip", "wb") as f:
                b = io.BytesIO(); z = zipfile.ZipFile(b, "w"); z.writestr("one.txt", b"first"); z.writestr("two.txt", b"second" * 1000); z.close()
                f.write(b.getvalue()[:-900])
            """
        let folder = fixture.path("her/hostile")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let made = try Command.run("python3", ["-W", "ignore", "-c", script, folder.path])
        try #require(made.status == 0, "\(made.errors)")
        let desk = try fixture.create()
        let report = try await desk.add([folder])
        let codes = Set(report.readings.flatMap(\.problems).map(\.code))
        #expect(codes.isSuperset(of: ["zip.hostile-path", "zip.not-a-file", "zip.duplicate-path", "zip.too-large"]))
        #expect(report.readings.flatMap(\.problems).count { $0.code == "zip.hostile-path" } == 4)
        let texts = Set(try await desk.timeline().compactMap(\.coveredText))
        #expect(texts.isSuperset(of: ["x", "good", "1"]))
        #expect(!texts.contains("2"))
        #expect(await desk.verify().isIntact)
        #expect(!FileManager.default.fileExists(atPath: fixture.path("evil.txt").path))
    }

    @Test("a path that does not exist is refused before anything is done")
    func missing() async throws {
        let desk = try fixture.create()
        let note = try fixture.write("a.txt", "a")
        await #expect(throws: CaseworkError(.sourceMissing)) { try await desk.add([note, fixture.path("nowhere")]) }
        #expect(try await desk.summary().ledgerSize == 0)
    }

    @Test("one talk exported twice, by telephone and later by computer under another name, is one talk")
    func talks() async throws {
        let desk = try fixture.create()
        let lines = (1...6).map { "10:0\($0)\tあき\tメッセージその\($0)です\r\n" }.joined()
        let first = try fixture.write(
            "a/[LINE] あきとのトーク.txt", "[LINE] あきとのトーク履歴\r\n保存日時：2026/11/20 10:00\r\n\r\n2026/11/19(木)\r\n" + lines)
        let renamed = lines.replacing("あき", with: "秋さん") + "10:07\t秋さん\tあたらしい\r\n"
        let second = try fixture.write(
            "b/[LINE] 秋さんとのトーク.txt", "[LINE] 秋さんとのトーク履歴\r\n保存日時：2026/11/21 10:00\r\n\r\n2026/11/19(木)\r\n" + renamed)
        #expect(try await desk.add([first]).addedRecordCount == 6)
        let report = try await desk.add([second])
        #expect(report.addedRecordCount == 1)
        #expect(report.readings.first?.renamed == 1)
        #expect(try await desk.timeline().count == 7)
    }

    @Test("an index that is built anew says the same as the one that grew")
    func reindex() async throws {
        let desk = try fixture.create()
        let demo = try DemoCase(fixture.environment.knowledge)
        try demo.writeSources(to: fixture.path("her"))
        _ = try await desk.add([fixture.path("her")])
        _ = try await demo.enterCasework(into: desk)
        _ = try await desk.record(at: try #require(try await desk.timeline().first).position, reveal: true)
        #expect(try await desk.reindex())
        let before = try await desk.dumpIndex()
        #expect(before.count > 300)
    }

    @Test("removal takes words and bytes away after the hold, from the index too, and the vault stays intact")
    func removal() async throws {
        let note = try fixture.write("間違い.txt", "消したい言葉XYZZY")
        var desk: Desk? = try fixture.create()
        _ = try await desk?.add([note])
        let digest = try #require(try await desk?.evidence().first).digest
        let held = try await desk?.holdForRemoval(digest, reason: "間違えた")
        #expect(held?.state == .held)
        desk = nil
        var environment = fixture.environment
        let later = environment.vault.now
        environment.vault.now = { later().advanced(milliseconds: 8 * 86_400_000) }
        let reopened = try await Desk.open(at: fixture.path("vault").path, unlock: .noPassphrase, environment: environment)
        #expect(try await reopened.evidence().first?.state == .erased)
        #expect(try await reopened.timeline().isEmpty)
        #expect(try await reopened.find(SearchQuery("言葉")).isEmpty)
        let check = await reopened.verify()
        #expect(check.isIntact, "\(check.findings)")
        #expect(!(try await reopened.dumpIndex().joined().contains("XYZZY")))
        #expect(try await reopened.reindex())
    }

    @Test("the stamp queue survives being offline, and the newest request covers the older ones")
    func offline() async throws {
        let authority = try TestAuthority()
        let offline = try fixture.create()
        try await offline.addAuthority(
            TimestampAuthority(
                id: "test", name: "試験局", url: authority.url, certificatesPEM: authority.rootPEM, isAccredited: false))
        _ = try await offline.add([try fixture.write("a.txt", "a")])
        let failed = try await offline.sendStamps()
        #expect(failed.map(\.problem?.code) == ["stamp.offline"])
        _ = try await offline.add([try fixture.write("b.txt", "b")])
        #expect(try await offline.summary().pendingStampCount == 1)
        // The same vault, later, online.
        let folder = fixture.path("vault").path
        _ = consume offline
        let online = DeskFixture(authority: authority)
        let desk = try await Desk.open(at: folder, unlock: .noPassphrase, environment: online.environment)
        let sent = try await desk.sendStamps()
        #expect(sent.map(\.problem?.code) == [nil])
        #expect(try await desk.summary().pendingStampCount == 0)
        #expect(try await desk.sendStamps().isEmpty)
        let check = await desk.verify()
        #expect(check.isIntact && check.stamps.count == 1)
    }
}
