import AkashiCasework
import AkashiDesk
import AkashiIntake
import AkashiModel
import AkashiProof
import AkashiSorting
import AkashiTesting
import AkashiVault
import Foundation
import Testing

@Suite("sorting out in the vault")
struct SortingOutTests {
    private let fixture = DeskFixture()

    private func talk() throws -> URL {
        let lines = (0..<6).map { "0:4\($0)\t山田\t返事をしてください \($0)" }.joined(separator: "\n")
        let text =
            "[LINE] 山田とのトーク履歴\n保存日時:2026/11/20 10:00\n\n2026/11/14(土)\n21:05\t山田\tこんにちは\n21:06\t佐藤\tもう連絡しないでください\n\n2026/11/16(月)\n\(lines)\n"
        return try fixture.write("[LINE] 山田とのトーク.txt", text)
    }

    private let yamada = AccountKey(platform: .line, form: .name, value: "山田")
    private let sato = AccountKey(platform: .line, form: .name, value: "佐藤")

    @Test("contact after she refused is proposed as stalking, before it is not; her own words are left alone")
    func refusal() async throws {
        let desk = try fixture.create()
        _ = try await desk.add([talk()])
        #expect(try await desk.proposals(limit: 100).isEmpty)
        // The talk is named after the other of two: the second one is she, unless she says otherwise.
        #expect(try await desk.friendlyAccounts() == [sato])
        try await desk.setStanding(.other, of: [sato])
        #expect(try await desk.friendlyAccounts().isEmpty)
        try await desk.setStanding(.own, of: [sato])
        try await desk.refuse(yamada, at: try Desk.time("2026-11-14 21:06"))
        let proposals = try await desk.proposals(limit: 100)
        #expect(proposals.count == 6)
        #expect(proposals.allSatisfy { $0.proposal.harms.map(\.harm) == [.stalking] && $0.entry.coveredText == nil })
        let other = try await desk.gather([yamada, sato], as: "x", reason: "試し")
        #expect(try await desk.people().first?.id == other)
        let pattern = try await desk.pattern(of: [yamada])
        #expect(pattern.afterRefusal == 6 && pattern.hours[0] == 6 && pattern.hours[21] == 1)
        #expect(pattern.weeks.map(\.monday) == ["2026-11-09", "2026-11-16"])
    }

    @Test("words that few can know are noticed where they turn up, and can be forgotten")
    func privateWords() async throws {
        let desk = try fixture.create()
        _ = try await desk.add([fixture.write("投稿.txt", "https://x.com/a_demo/status/5\n2026年11月16日 0:41\n森野さんの糸は今日も静かだ")])
        #expect(try await desk.proposals(limit: 10).isEmpty)
        try await desk.setPrivate("森野こより", meaning: "本名")
        let proposal = try #require(try await desk.proposals(limit: 10).first)
        #expect(proposal.proposal.harms.map(\.harm) == [.dataLeak])
        #expect(proposal.proposal.harms.first?.reasons.first?.words == "森野さん")
        try await desk.setPrivate("森野こより", meaning: nil)
        #expect(try await desk.proposals(limit: 10).isEmpty)
    }

    @Test("a burst of low stars and cancelled orders are seen; decisions are kept, and what is missing is told")
    func patterns() async throws {
        let desk = try fixture.create()
        let reviews =
            "日付,評価,レビュー,名前\n2026/11/16,1,色が違う,しかく\n2026/11/18,1,だまされた,しかく\n2026/11/19,★★☆☆☆,角が折れていた,しかく\n2026/12/30,1,遅い,まる\n"
        let orders =
            "注文ID,注文日,作品名,注文状況,注文者のニックネーム,備考\n1,2026/11/01,糸,キャンセル,さんかく,\n2,2026/11/02,糸,キャンセル,さんかく,\n3,2026/11/03,糸,発送済み,さんかく,楽しみ\n"
        _ = try await desk.add([fixture.write("reviews.csv", reviews), fixture.write("orders.csv", orders)])
        let pattern = try await desk.pattern(of: [])
        #expect(pattern.lowStarBursts.map(\.count) == [3])
        #expect(pattern.lowStarBursts.first?.from == "2026-11-16" && pattern.cancelledOrders == 2)
        let record = try #require(try await desk.timeline().first { $0.kind == .review }).position
        try await desk.sort(record, harms: [.defamation, .obstruction], isLawfulCriticism: false, reason: "事実とちがう")
        let codes = Set(try await desk.missing().map(\.code))
        #expect(codes == ["missing.address", "missing.picture", "missing.stamp", "missing.loss", "missing.truth"])
        #expect(try await !desk.proposals(limit: 100).contains { $0.entry.position == record })
        #expect(try await desk.reindex())
    }

    @Test("a table is explained once, and tables like it are read from then on; private columns never reach a record")
    func tables() async throws {
        let desk = try fixture.create()
        let first = try fixture.write("a.csv", "いつ,だれ,ことば\n2026/11/16,しかく,ひとつめ\n")
        let report = try await desk.add([first])
        #expect(report.unknownTables.map(\.columns) == [["いつ", "だれ", "ことば"]])
        var mapping = SortingOutTests.mapping
        mapping.id = "hers"
        try await desk.explain(mapping)
        #expect(try await desk.add([first]).addedRecordCount == 1)
        #expect(try await desk.add([fixture.write("b.csv", "ことば,いつ,だれ\nふたつめ,2026/11/17,まる\n")]).unknownTables.isEmpty)
        #expect(try await desk.timeline().compactMap(\.coveredText).contains("ふたつめ"))
    }

    private static let mapping = TableMappingFixture.make()

    @Test("every shop's table in the knowledge folder is recognised by its own columns and read, hidden columns left out")
    func everyShop() async throws {
        let tables = try ImporterRegistry.knownTables(fixture.environment.knowledge)
        #expect(tables.count >= 8)
        for mapping in tables {
            let desk = DeskFixture(seed: UInt64(abs(mapping.id.utf8.reduce(7) { $0 &* 31 &+ Int($1) } % 10_000)))
            let created = try desk.create()
            var columns =
                mapping.recognise + mapping.key + mapping.time + mapping.text + mapping.hidden + Array(mapping.details.values)
            columns += [mapping.accountID, mapping.accountName, mapping.accountHandle, mapping.stars, mapping.area].compactMap {
                $0
            }
            var seen: Set<String> = []
            columns = columns.filter { seen.insert($0).inserted }.sorted()
            let cells = columns.map { column in
                if mapping.time.contains(column) { return mapping.dateOrder == .monthFirst ? "11/16/26" : "2026/11/16" }
                if mapping.hidden.contains(column), column != mapping.area { return "HIDDEN" }
                if column == mapping.area { return "京都府架空市HIDDEN" }
                return column == mapping.stars ? "2" : "\"値,\(column.count)\""
            }
            let text = columns.map { "\"\($0)\"" }.joined(separator: ",") + "\n" + cells.joined(separator: ",") + "\n"
            _ = try await created.add([desk.write("t.csv", text)])
            let line = try #require(try await created.timeline().first, "\(mapping.id)")
            #expect(line.kind.name == mapping.kind && line.claimedText?.hasPrefix("2026-11-16") == true, "\(mapping.id): \(line)")
            let record = try #require(try await created.record(at: line.position, reveal: true).record)
            let words = String(decoding: try JSONEncoder().encode(record), as: UTF8.self)
            #expect(!words.contains("HIDDEN"), "\(mapping.id)")
            #expect(
                record.account != nil || mapping.accountName == nil && mapping.accountHandle == nil && mapping.accountID == nil)
        }
    }

    @Test("mails bring their attachments, which are read in their own right; the same mail twice is one")
    func mails() async throws {
        let desk = try fixture.create()
        let picture = try Data(contentsOf: ProjectFolder.root.appending(path: "Importers/Picture/Cases/post.png"))
        let mail = """
            From: a@example.com\r
            To: b@example.com\r
            Message-ID: <1@example.com>\r
            Subject: x\r
            Date: Mon, 16 Nov 2026 00:41:00 +0900\r
            MIME-Version: 1.0\r
            Content-Type: multipart/mixed; boundary=b\r
            \r
            --b\r
            Content-Type: text/plain; charset=utf-8\r
            \r
            添付を見てください\r
            --b\r
            Content-Type: image/png; name=shot.png\r
            Content-Transfer-Encoding: base64\r
            \r
            \(picture.base64EncodedString())\r
            --b--\r

            """
        _ = try await desk.add([fixture.write("a.eml", mail)])
        let box = "From - Mon Nov 16 00:41:00 2026\nX-Gmail-Labels: x\n" + mail.replacing("\r\n", with: "\n") + "\n"
        let again = try await desk.add([fixture.write("all.mbox", box)])
        #expect(again.addedRecordCount == 0)
        let lines = try await desk.timeline()
        #expect(lines.map(\.kind) == [.mail, .picture])
        #expect(try await desk.find(SearchQuery("やめたほうがいい")).map(\.entry.kind) == [.picture])
        #expect(await desk.verify().isIntact)
        let caseID = try await desk.openCase(title: "x")
        _ = try await desk.describeIncident(caseID, title: "x", summary: "x", harms: [], records: lines.map(\.position))
        let dossier = try await desk.makeDossier(DossierRequest(caseID: caseID))
        #expect(dossier.verification.isConsistent, "\(dossier.verification.findings)")
        #expect(dossier.files.files.keys.contains { $0.hasSuffix("files/shot.png") })
    }

    @Test("every broken sample is kept, its problems are listed, and the vault is intact")
    func brokenFiles() async throws {
        let desk = try fixture.create()
        var generator = SeededGenerator(seed: 5)
        let sources = try [
            "Importers/Mail/Cases/nested.eml", "Importers/ShopCSV/Cases/minne-cp932.csv", "Importers/PDF/Cases/letter.pdf",
        ].map {
            try Array(Data(contentsOf: ProjectFolder.root.appending(path: $0)))
        }
        for (number, source) in sources.enumerated() {
            for round in 0..<4 {
                var bytes = source
                for _ in 0..<3 { Mutation.apply(to: &bytes, using: &generator) }
                _ = try fixture.write("broken/\(number)-\(round)", bytes)
            }
        }
        _ = try fixture.write("broken/empty.eml", [])
        _ = try fixture.write("broken/half.png", [0x89, 0x50, 0x4E, 0x47, 13, 10, 0x1A, 10, 0, 0])
        _ = try fixture.write("broken/deep.json", Array(String(repeating: "[", count: 100_000).utf8))
        let report = try await desk.add([fixture.path("her/broken")])
        #expect(report.sealedCount + report.knownCount >= 15, "\(report)")
        #expect(report.unreadable.isEmpty)
        #expect(await desk.verify().isIntact)
        #expect(try await desk.add([fixture.path("her/broken")]).addedRecordCount == 0)
    }
}
