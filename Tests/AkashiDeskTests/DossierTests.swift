import AkashiCasework
import AkashiDesk
import AkashiModel
import AkashiProof
import AkashiTesting
import AkashiVault
import Foundation
import Testing

/// One small dossier, made once: two posts, a picture, a note, a stamp, an earlier dossier of the same receiver.
actor SharedDossier {
    static let shared = SharedDossier()
    private var made: Task<(first: MemoryDossier, second: MemoryDossier, sharing: MemoryDossier), any Error>?

    func dossiers() async throws -> (first: MemoryDossier, second: MemoryDossier, sharing: MemoryDossier) {
        if let made { return try await made.value }
        let task = Task { try await Self.make() }
        made = task
        return try await task.value
    }

    static let secrets = ["ito_demo", "14000000", "SECRET-NAME"]

    private static func make() async throws -> (first: MemoryDossier, second: MemoryDossier, sharing: MemoryDossier) {
        let authority = try TestAuthority()
        let fixture = DeskFixture(authority: authority)
        let desk = try fixture.create()
        var archive = DeskFixture.archive(
            [("1827364554637281921", "一つ目の投稿"), ("1827364554637281922", "二つ目の投稿")], generated: "2026-11-20T00:00:00.000Z")
        archive[1].1 = archive[1].1.replacing(
            "\"full_text\" : \"一つ目の投稿\"",
            with:
                "\"full_text\" : \"一つ目の投稿\", \"extended_entities\" : { \"media\" : [ { \"url\" : \"https://t.co/m\", \"media_url_https\" : \"https://p/a.png\" } ] }"
        )
        archive.append(("data/tweets_media/1827364554637281921-a.png", "\u{89}PNG"))
        let zip = try fixture.zip("SECRET-NAME.zip", archive)
        let note = try fixture.write("控え.txt", "https://x.com/a_demo/status/5\n2026年11月16日 0:41\n写した言葉")
        _ = try await desk.add([zip, note])
        let caseID = try await desk.openCase(title: "試しの件")
        let records = try await desk.timeline().map(\.position)
        try await desk.nameParty(
            caseID, letter: "A", role: "投稿したアカウント", accounts: [AccountKey(platform: .x, form: .handle, value: "a_demo")])
        _ = try await desk.describeIncident(caseID, title: "できごと", summary: "投稿が三つあった。", harms: [.defamation], records: records)
        try await desk.addAuthority(
            TimestampAuthority(
                id: "test", name: "試験局", url: authority.url, certificatesPEM: authority.rootPEM, isAccredited: false))
        _ = try await desk.sendStamps()
        var request = DossierRequest(caseID: caseID)
        request.receiver = "弁護士"
        request.includesOriginals = true
        let first = try await desk.makeDossier(request)
        let second = try await desk.makeDossier(request)
        #expect(first.verification.isConsistent, "\(first.verification.findings)")
        #expect(second.verification.isConsistent, "\(second.verification.findings)")
        #expect(second.verification.previous != nil)
        request.kind = .sharing
        request.receiver = "友人"
        let sharing = try await desk.makeDossier(request)
        #expect(sharing.verification.isConsistent, "\(sharing.verification.findings)")
        return (first.files, second.files, sharing.files)
    }
}

/// A dossier on a disk, checked by the Python verifier.
private struct OnDisk {
    let folder: TemporaryFolder
    var root: URL { folder.url.appending(path: "dossier") }

    init(_ dossier: MemoryDossier) throws {
        folder = try TemporaryFolder()
        try Desk.write(dossier, to: root)
    }

    func python(_ arguments: [String] = []) throws -> Command.Result {
        let script = ProjectFolder.root.appending(path: "Knowledge/dossier/verify.py").path
        return try Command.run("python3", [script, root.path] + arguments)
    }
}

@Suite("dossiers")
struct DossierTests {
    @Test("ours, the Python verifier, bagit.py, openssl and qpdf accept a dossier")
    func outsideCheckers() async throws {
        let dossier = try await SharedDossier.shared.dossiers().second
        let disk = try OnDisk(dossier)
        let python = try disk.python(["--json"])
        #expect(python.status == 0, "\(python.text) \(python.errors)")
        let own = try Command.run("python3", [disk.root.appending(path: "data/verify.py").path])
        #expect(own.status == 0, "\(own.text) \(own.errors)")
        let bagit = ProjectFolder.root.appending(path: ".tools/venv/bin/bagit.py").path
        #expect(try Command.run(bagit, ["--validate", disk.root.path]).status == 0)
        #expect(try Command.run("qpdf", ["--check", disk.root.appending(path: "data/dossier.pdf").path]).status == 0)
        let anchors = disk.root.appending(path: "data/proof/anchors")
        let names = try FileManager.default.contentsOfDirectory(atPath: anchors.path)
        let size = try #require(names.first { $0.hasSuffix(".checkpoint") }).dropLast(11)
        let stamp = try Command.run(
            "openssl", ["ts", "-verify", "-data", "\(size).checkpoint", "-in", "\(size).test.tsr", "-CAfile", "test.pem"],
            folder: anchors)
        #expect(stamp.status == 0, "\(stamp.errors)")
    }

    @Test("both verifiers find the same times, fingerprint and size")
    func verifiersAgree() async throws {
        let dossier = try await SharedDossier.shared.dossiers().second
        let ours = await DossierVerifier.verify(dossier)
        let python = try OnDisk(dossier).python(["--json"])
        let theirs = try #require(try JSONSerialization.jsonObject(with: Data(python.output)) as? [String: Any])
        #expect(theirs["ok"] as? Bool == true)
        #expect(theirs["fingerprint"] as? String == ours.fingerprint)
        let exhibits = try #require(theirs["exhibits"] as? [[String: Any]])
        #expect(exhibits.compactMap { $0["number"] as? String } == ours.exhibits.map(\.number))
        #expect(exhibits.count == 3 && ours.exhibits.allSatisfy { $0.before != nil })
        #expect(exhibits.allSatisfy { $0["before"] is String })
    }

    @Test("a dossier is compared with the one before it and with the fingerprint on paper")
    func anchorsOutside() async throws {
        let (first, second, sharing) = try await SharedDossier.shared.dossiers()
        let fingerprint = try #require(await DossierVerifier.verify(second).fingerprint)
        #expect(await DossierVerifier.verify(second, previous: first, fingerprint: fingerprint.uppercased()).isConsistent)
        #expect(await DossierVerifier.verify(second, previous: sharing).findings.map(\.code) == ["previous.other"])
        let wrong = "0000" + fingerprint.dropFirst(4)
        #expect(await DossierVerifier.verify(second, fingerprint: wrong).findings.map(\.code) == ["key.other"])
        let disk = try OnDisk(second)
        let before = try OnDisk(first)
        #expect(try disk.python(["--previous", before.root.path, "--key", fingerprint]).status == 0)
        #expect(try disk.python(["--key", wrong]).status == 1)
    }

    @Test("a sharing copy verifies, and holds no names of accounts, no file names, no entries, nothing of the computer")
    func sharing() async throws {
        let dossier = try await SharedDossier.shared.dossiers().sharing
        let disk = try OnDisk(dossier)
        #expect(try disk.python().status == 0)
        let pdf = try Command.run("pdftotext", [disk.root.appending(path: "data/dossier.pdf").path, "-"])
        #expect(pdf.text.contains("一つ目の投稿"))
        let information = try Command.run("pdfinfo", [disk.root.appending(path: "data/dossier.pdf").path]).text
        #expect(!information.contains("Linux") && !information.contains("X11"))
        for (path, bytes) in dossier.files where path != "data/verify.py" {
            let text = String(decoding: bytes, as: UTF8.self) + (path.hasSuffix(".pdf") ? pdf.text : "")
            for secret in SharedDossier.secrets + [NSUserName() + "@", NSHomeDirectory() + "/"] {
                #expect(!text.contains(secret), "\(secret) in \(path)")
            }
        }
    }

    @Test("T24: hidden words are gone from every file of a copy to share, whatever their width, kana or case")
    func hiddenWords() async throws {
        let fixture = DeskFixture()
        let desk = try fixture.create()
        let archive = DeskFixture.archive(
            [
                (id: "1827364554637280001", text: "大阪市西区1-2-3のﾔﾏﾀﾞさんの家に行く"),
                (id: "1827364554637280002", text: "ヤマダの店、IZUMI-Kはやめろ"),
            ], generated: "2026-11-20T00:00:00.000Z")
        _ = try await desk.add([try fixture.zip("x.zip", archive)])
        let caseID = try await desk.openCase(title: "山田の件とヤマダ")
        let records = try await desk.timeline().filter { $0.kind.name == "post" }.map(\.position)
        _ = try await desk.describeIncident(caseID, title: "やまださんのこと", summary: "izumi-k の話。", harms: [], records: records)
        var request = DossierRequest(caseID: caseID)
        request.hiddenWords = ["やまだ", "西区１−２−３", "Izumi-K", " "]
        #expect(try await desk.hiddenPlaces(request) == 4)
        await #expect(throws: DeskError(.hidingNeedsSharing)) { try await desk.makeDossier(request) }
        request.kind = .sharing
        let made = try await desk.makeDossier(request)
        #expect(made.verification.isConsistent)
        let disk = try OnDisk(made.files)
        #expect(try disk.python().status == 0)
        let pdf = try Command.run("pdftotext", [disk.root.appending(path: "data/dossier.pdf").path, "-"]).text
        #expect(pdf.contains("■■■") && pdf.contains("の家に行く") && pdf.contains("わたす人がかくしました"))
        for (path, bytes) in made.files.files where path != "data/verify.py" {
            let text = String(decoding: bytes, as: UTF8.self) + (path.hasSuffix(".pdf") ? pdf : "")
            for secret in ["ﾔﾏﾀﾞ", "ヤマダ", "やまだ", "1-2-3", "IZUMI", "izumi"] {
                #expect(!text.contains(secret), "\(secret) in \(path)")
            }
        }
    }

    @Test("what a telephone wrote into a picture stays in the vault, unless whole files are handed over")
    func picturesWithPlaces() async throws {
        let fixture = DeskFixture()
        let desk = try fixture.create()
        let post = try Array(Data(contentsOf: ProjectFolder.root.appending(path: "Importers/Picture/Cases/post.png")))
        let text = Array("Comment\0SECRET-PLACE".utf8)
        let chunk = [0, 0, 0, UInt8(text.count)] + Array("tEXt".utf8) + text + [0x4E, 0x1B, 0x6B, 0x5C]
        let withPlace = Array(post[0..<33]) + chunk + post[33...]
        _ = try await desk.add([fixture.write("photo.png", withPlace), fixture.write("plain.png", post)])
        let caseID = try await desk.openCase(title: "画像の件")
        let records = try await desk.timeline().map(\.position)
        _ = try await desk.describeIncident(caseID, title: "画像", summary: "二枚。", harms: [], records: records)
        var request = DossierRequest(caseID: caseID)
        let dossier = try await desk.makeDossier(request)
        #expect(dossier.verification.isConsistent, "\(dossier.verification.findings)")
        let place = Array("SECRET-PLACE".utf8)
        func holds(_ bytes: [UInt8]) -> Bool { Data(bytes).range(of: Data(place)) != nil }
        for (path, bytes) in dossier.files.files { #expect(!holds(bytes), "\(path)") }
        #expect(dossier.files.files.keys.contains { $0.hasSuffix("plain.png") })
        #expect(!dossier.files.files.keys.contains { $0.hasSuffix("photo.png") })
        #expect(try OnDisk(dossier.files).python().status == 0)
        request.includesOriginals = true
        #expect(try await desk.makeDossier(request).files.files.values.contains(where: holds))
    }

    @Test("a dossier encrypted to a lawyer's age key is opened by the age tool and verifies")
    func encrypted() async throws {
        let dossier = try await SharedDossier.shared.dossiers().second
        let desk = try DeskFixture().create()
        let folder = try TemporaryFolder()
        let key = try Command.run("age-keygen", []).text
        let recipient = try #require(key.split(separator: "\n").first { $0.contains("age1") }?.split(separator: " ").last)
        try Data(key.utf8).write(to: folder.url.appending(path: "key"))
        let file = try await desk.encrypt(dossier, to: [String(recipient)])
        let opened = try Command.run("age", ["-d", "-i", folder.url.appending(path: "key").path], input: file)
        #expect(opened.status == 0, "\(opened.errors)")
        try Data(opened.output).write(to: folder.url.appending(path: "d.zip"))
        let unpacked = try Command.run("python3", ["-m", "zipfile", "-e", "d.zip", "."], folder: folder.url)
        #expect(unpacked.status == 0, "\(unpacked.errors)")
        #expect(try Command.run("python3", ["dossier/data/verify.py"], folder: folder.url).status == 0)
        await #expect(throws: DeskError(.badRecipient)) { try await desk.encrypt(dossier, to: ["age1nonsense"]) }
    }
}
