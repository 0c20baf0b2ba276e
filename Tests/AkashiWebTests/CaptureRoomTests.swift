import AkashiTesting
import Foundation
import Testing

@Suite("capture in the desk")
struct CaptureRoomTests {
    @Test("T17: a page is visited only after a yes to that address; then it is sealed, judged, and its words stay covered")
    func consent() async throws {
        let folder = try TemporaryFolder()
        let page = """
            <!DOCTYPE html><meta charset="utf-8"><title>あんきもぽんずの店</title><h1>星ひとつ</h1><p>あんきもぽんずのような店でした。二度と行きません。</p>
            """
        try Data(page.utf8).write(to: folder.url.appending(path: "review.html"))
        let site = try FileSite(folder.url)
        try await WebClient.withDesk(captureOverrides: ["shop.example:80": "127.0.0.1:\(site.port)"]) { client in
            let address = "http://shop.example/review.html"
            let refused = try await client.get("/capture?address=http%3A%2F%2F127.0.0.1%3A\(client.port)%2F")
            #expect(refused.text.contains("開けません") && !refused.text.contains("capture/go"))
            let asked = try await client.get("/capture?address=" + WebClient.encode(address))
            #expect(asked.text.contains("回線の番号") && asked.text.contains("capture/go"))
            #expect(try await client.get("/timeline").text.contains("shop.example") == false)

            let go = try await client.post("/capture/go", [("address", address)])
            let place = try #require(go.header("Location"))
            let job = try #require(Int(place.split(separator: "/").last ?? ""))
            let done = try await client.finishedJob(job)
            #expect(
                done.contains("ページは、全部取れました。") && done.contains("写真と同じです。"),
                "\(done.firstRange(of: "<main").map { done[$0.lowerBound...].prefix(900) } ?? "")")
            let list = try await client.get("/timeline").text
            #expect(list.contains("ウェブページ"))
            for text in [done, list] { #expect(!text.contains("あんきもぽんず")) }
            let number = try #require(done.firstMatch(of: /items\/([0-9]+)/)?.1)
            let item = try await client.get("/items/\(number)")
            #expect(item.status == 200 && !item.text.contains("あんきもぽんず"))
        }
    }
}
