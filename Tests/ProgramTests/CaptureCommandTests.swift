import AkashiBrowser
import AkashiTesting
import Foundation
import Testing

@Suite("akashi capture")
struct CaptureCommandTests {
    private struct Output: Decodable {
        struct Report: Decodable {
            let grade: String
            let status: Int?
            let title: String
        }
        struct Proof: Decodable {
            let verdict: String
            let differingPixels: Int
        }
        let report: Report
        let proof: Proof
        let records: [String]
    }

    @Test("a page is sealed and found again; a missing one says so; an inner address leaves the vault as it was")
    func command() throws {
        let folder = try TemporaryFolder()
        let page = "<!DOCTYPE html><meta charset=utf-8><title>口コミ</title><h1>よもぎ色の布</h1><p>届いた布の色がちがいました。</p>"
        try Data(page.utf8).write(to: folder.url.appending(path: "r.html"))
        let site = try FileSite(folder.url)
        let vault = folder.url.appending(path: "v").path
        let akashi = Command.builtProgram("akashi")
        func run(_ arguments: [String]) throws -> Command.Result {
            try Command.run(akashi, arguments + ["--vault", vault], environment: ["AKASHI_LANG": "ja"])
        }
        #expect(try run(["vault", "create", "--no-passphrase"]).status == 0)
        let resolve = ["--resolve", "shop.example:80=127.0.0.1:\(site.port)", "--json"]
        let good = try run(["capture", "http://shop.example/r.html"] + resolve)
        #expect(good.status == 0, "\(good.text) \(good.errors)")
        let output = try JSONDecoder().decode(Output.self, from: Data(good.output))
        #expect(output.report.grade == "whole" && output.report.status == 200 && output.proof.verdict == "same")
        #expect(output.records.count == 1)
        #expect(try run(["find", "よもぎ色"]).text.contains("#\(output.records[0])"))

        let gone = try run(["capture", "http://shop.example/none.html"] + resolve)
        #expect(gone.status == 2)
        #expect(try JSONDecoder().decode(Output.self, from: Data(gone.output)).report.grade == "failed")

        let before = try run(["timeline", "--json"]).text
        let inner = try run(["capture", "http://127.0.0.1:\(site.port)/r.html"])
        #expect(inner.status == 3 && inner.errors.contains("開けません"), "\(inner.status) \(inner.errors)")
        let dead = try run(["capture", "http://shop.example/r.html", "--resolve", "shop.example:80=127.0.0.1:9"])
        #expect(dead.status == 3 && dead.errors.contains("何も届きませんでした"), "\(dead.status) \(dead.errors)")
        #expect(try run(["timeline", "--json"]).text == before)
        #expect(try run(["verify"]).status == 0)
    }

    @Test("letters in the pictures of a captured page are found")
    func picturesOfThePage() async throws {
        let folder = try TemporaryFolder()
        let words = "<body style='margin:0;font:48px \"Noto Sans CJK JP\";background:#fff'><p style='margin:40px'>晒してやると言った人</p>"
        let png = try await Browser().withTab { tab in
            try await tab.resize(width: 700, height: 240)
            try await tab.open(
                "data:text/html;charset=utf-8," + (words.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""))
            return try await tab.picture(isWhole: false)
        }
        try Data(png).write(to: folder.url.appending(path: "shot.png"))
        let page = "<!DOCTYPE html><meta charset=utf-8><title>t</title><p>写真です。</p><img src=shot.png width=350>"
        try Data(page.utf8).write(to: folder.url.appending(path: "r.html"))
        let site = try FileSite(folder.url)
        let vault = folder.url.appending(path: "v").path
        let akashi = Command.builtProgram("akashi")
        _ = try Command.run(akashi, ["vault", "create", "--no-passphrase", "--vault", vault])
        let resolve = ["--resolve", "shop.example:80=127.0.0.1:\(site.port)", "--vault", vault]
        let captured = try Command.run(akashi, ["capture", "http://shop.example/r.html"] + resolve)
        #expect(captured.status == 0, "\(captured.text) \(captured.errors)")
        let found = try Command.run(akashi, ["find", "晒してやる", "--vault", vault, "--lang", "ja"])
        #expect(found.text.contains("#"), "\(found.text)")
    }
}
