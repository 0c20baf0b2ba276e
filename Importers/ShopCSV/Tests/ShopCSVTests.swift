import AkashiFormats
import AkashiIntake
import AkashiModel
import AkashiShopCSVImporter
import AkashiTesting
import Foundation
import Testing

@Suite("shop tables")
struct ShopCSVTests {
    private static let minne = TableMapping(
        id: "minne-orders", platform: "minne", kind: "order", recognise: ["注文ID", "注文日", "作品名"], key: ["注文ID"], time: ["注文日"],
        accountID: "注文者のユーザーID", accountName: "注文者のニックネーム", text: ["備考"], area: "配送先の住所1",
        details: ["item": "作品名", "status": "注文状況"], hidden: ["注文者の氏名", "配送先の住所1"])
    private static let reviews = TableMapping(
        id: "reviews", platform: "shop", kind: "review", recognise: ["日付", "レビュー"], time: ["日付"], accountName: "名前",
        text: ["レビュー"], stars: "評価")

    private func read(_ bytes: [UInt8], _ mapping: TableMapping = Self.minne) throws -> ImportResult {
        try ImportResult(ShopCSVImporter(mappings: [mapping]), SealedTree.memory([("a.csv", bytes)]))
    }

    @Test("a table in Japanese Windows' encoding is read, and what says who somebody is stays out of the record")
    func sample() throws {
        let bytes = try Array(Data(contentsOf: ProjectFolder.root.appending(path: "Importers/ShopCSV/Cases/minne-cp932.csv")))
        let result = try read(bytes)
        let first = try #require(result.records.first)
        #expect(first.key == "90000001")
        #expect(first.text == "一行目\n二行目 \"引用\"")
        #expect(first.details["item"] == "ピアス ①, 「花～」")
        #expect(first.account?.key == AccountKey(platform: Platform("minne"), form: .id, value: "100001"))
        #expect(first.claimedTime?.japanText == "2024-03-05" && first.claimedTime?.zone == .assumedJapan)
        #expect(first.remarks.contains(Remark("csv.private-columns")))
        for record in result.records {
            let words = String(decoding: try JSONEncoder().encode(record), as: UTF8.self)
            #expect(!words.contains("架空市") && !words.contains("00000000000"))
        }
        try ImporterConformance.check(ShopCSVImporter(mappings: [Self.minne]), [("a.csv", bytes)])
    }

    private let table =
        "注文ID,注文日,作品名,注文状況,備考,注文者のニックネーム,注文者のユーザーID,注文者の氏名,配送先の住所1\r\n1,2026/11/16,糸A,発送済み,\"色が\r\n違う\",さんかく,77,氏名,京都府架空市1\r\n1,2026/11/16,糸B,発送済み,,さんかく,77,氏名,京都府架空市1\r\n2,2026/11/17 09:30,\"糸 \"\"C\"\"\",キャンセル,=1+1,しかく,78,,\r\n"

    @Test("rows of one order are one record; the area is the prefecture alone")
    func orders() throws {
        for bytes in [Array(table.utf8), [0xEF, 0xBB, 0xBF] + Array(table.utf8)] {
            let records = try read(bytes).records
            #expect(records.map(\.key) == ["1", "2"])
            #expect(records[0].details["item"] == "糸A、糸B" && records[0].text == "色が\n違う" && records[0].details["area"] == "京都府")
            #expect(
                records[1].text == "=1+1" && records[1].details["item"] == "糸 \"C\"" && records[1].details["status"] == "キャンセル")
            #expect(records[1].claimedTime?.precision == .minute)
        }
    }

    @Test("columns may come in another order, be unknown, wide or narrow, or missing at the end of a row")
    func columns() throws {
        let other = "備考,新しい欄,作品名,注文ＩＤ,注文日\nこんにちは,x,糸,5,2026-11-20\n短い,y\n"
        let result = try read(Array(other.utf8))
        #expect(result.records.map(\.text) == ["こんにちは", "短い"])
        #expect(result.records[1].remarks.contains(Remark("csv.ragged")))
    }

    @Test("one cell that cannot be decoded is one problem and nothing more")
    func badCell() throws {
        var bytes = Array("注文ID,注文日,作品名,備考\n".utf8)
        for number in 0..<50 {
            bytes += Array("\(number),2026/11/16,糸,".utf8) + (number == 25 ? [0xFF, 0xFE, 0x41] : Array("よい".utf8)) + [10]
        }
        let result = try read(bytes)
        #expect(result.records.count == 50 && result.problems == ["text.bad-bytes"])
        #expect(result.records.count { $0.text == "よい" } == 49)
    }

    @Test("a quote that is never closed costs its own line and no other")
    func unclosed() throws {
        let text = "注文ID,注文日,作品名,備考\n1,2026/11/16,糸,よい\n2,2026/11/16,糸,\"始まって終わらない\n3,2026/11/16,糸,よい\n"
        let result = try read(Array(text.utf8))
        #expect(result.records.map(\.key) == ["1", "2", "3"])
        #expect(result.problems == ["csv.unclosed-quote"])
    }

    @Test(
        "times in every way that shops write them",
        arguments: [
            ("2026/11/16", "2026-11-15T15:00:00.000Z"), ("2026-11-16 09:30:05", "2026-11-16T00:30:05.000Z"),
            ("2026年11月16日 9時30分", "2026-11-16T00:30:00.000Z"),
            ("2026-11-16 09:30:05 +0900", "2026-11-16T00:30:05.000Z"), ("2026-11-16T09:30:05+09:00", "2026-11-16T00:30:05.000Z"),
            ("2026-11-16T00:30:05Z", "2026-11-16T00:30:05.000Z"), ("20261116", "2026-11-15T15:00:00.000Z"),
            ("2026/11/16 午後 3:05", "2026-11-16T06:05:00.000Z"),
        ] as [(String, String)])
    func times(literal: String, expected: String) throws {
        let record = try read(Array("日付,レビュー,名前,評価\n\(literal),ひどい,しかく,★☆☆☆☆\n".utf8), Self.reviews).records.first
        #expect(record?.claimedTime?.instant.utcText == expected)
        #expect(record?.details["stars"] == "1")
    }

    @Test("American dates are read as such when the table says so")
    func american() throws {
        var mapping = Self.reviews
        mapping.dateOrder = .monthFirst
        let record = try read(Array("日付,レビュー\n12/31/25,x\n".utf8), mapping).records.first
        #expect(record?.claimedTime?.japanText == "2025-12-31")
    }

    @Test("tables that nobody explained, notes and binary files are left to others")
    func others() throws {
        #expect(try read(Array("a,b\n1,2\n".utf8)).records.isEmpty)
        #expect(try read(Array("ただの文章、です。\n".utf8)).records.isEmpty)
        #expect(try read([0, 1, 2, 44, 10]).records.isEmpty)
    }

    @Test("places fit and any damage ends in a report", arguments: Seeds.standard)
    func fuzz(seed: UInt64) throws {
        let importer = ShopCSVImporter(mappings: [Self.minne])
        try ImporterConformance.check(importer, [("a.csv", Array(table.utf8))])
        try ImporterConformance.fuzz(importer, [("a.csv", Array(table.utf8))], seed: seed, rounds: 40)
    }

    @Test("rows come out the same however the bytes are cut", arguments: [1, 2, 3, 7, 50])
    func pieces(size: Int) {
        func rows(_ size: Int) -> [[[UInt8]]] {
            var reader = CSVReader()
            var rows: [[[UInt8]]] = []
            let bytes = Array(table.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                reader.update(
                    Array(bytes[start..<min(start + size, bytes.count)]), { rows.append($0.fields) }, problem: { _, _ in })
            }
            reader.finish({ rows.append($0.fields) }, problem: { _, _ in })
            return rows
        }
        #expect(rows(size) == rows(100_000))
    }
}
