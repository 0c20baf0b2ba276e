import AkashiCasework
import AkashiConsult
import AkashiDesk
import AkashiModel
import AkashiTesting
import Foundation
import Synchronization
import Testing

@Suite("talking to Akari", .serialized)
struct AkariRoomTests {
    @Test("a turn is answered without script; help stands outside of the bubble; closing the desk forgets all of it")
    func plain() async throws {
        try await WebClient.withDesk { client in
            let first = try await client.get("/akari").text
            #expect(first.contains("プログラムです") && first.contains("name=\"said\""))
            #expect(try await client.post("/akari", [("said", "もう消えたい")]).status == 303)
            let page = try await client.get("/akari").text
            #expect(page.contains("help-card urgent") && page.contains("0120-279-338") && page.contains("tel:"))
            let help = try #require(page.firstRange(of: "help-card urgent"))
            let bubble = try #require(page.firstRange(of: "class=\"heard\""))
            #expect(help.lowerBound < bubble.lowerBound)
            #expect(page.contains("私はプログラムです"))
            _ = try await client.post("/akari/forget", [])
            #expect(try await !client.get("/akari").text.contains("もう消えたい"))
        }
    }

    @Test("what is typed comes back as text, whatever it is")
    func escaped() async throws {
        try await WebClient.withDesk { client in
            _ = try await client.post("/akari", [("said", "<script>alert(1)</script> ![絵](http://evil.example/a.png)")])
            let page = try await client.get("/akari").text
            #expect(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"))
            #expect(!page.contains("src=\"http://evil") && !page.contains("href=\"http://evil"))
        }
    }

    @Test("a fact becomes a record and a feeling a note, each by her own press and once")
    func keep() async throws {
        try await WebClient.withDesk { client in
            _ = try await client.post("/akari", [("said", "昨日の夜、また星1のレビューがついていました")])
            let page = try await client.get("/akari").text
            #expect(page.contains("できごととして残す"))
            #expect(try await client.get("/timeline").text.contains("line") == false || true)
            _ = try await client.post("/akari/keep", [("turn", "1")])
            _ = try await client.post("/akari/keep", [("turn", "1")])
            let kept = try await client.get("/akari").text
            #expect(kept.contains("残しました") && !kept.contains("できごととして残す"))
            let record = try #require(kept.firstMatch(of: /\/items\/([0-9]+)"/)?.1)
            #expect(try await client.get("/items/\(record)").status == 200)
            _ = try await client.post("/akari", [("said", "ずっと眠れなくて、心臓がばくばくする")])
            #expect(try await client.get("/akari").text.contains("気持ちとして残す"))
            _ = try await client.post("/akari/keep", [("turn", "2")])
            #expect(try await client.get("/listen").text.contains("心臓がばくばく"))
        }
    }

    @Test("a page that asks for the turn alone gets it alone")
    func alone() async throws {
        try await WebClient.withDesk { client in
            let answer = try await client.post("/akari", [("said", "レビューはどうやって残せばいいですか"), ("pieces", "1")])
            #expect(
                answer.text.contains("data-turn=\"1\"") && answer.text.contains("手引き") && !answer.text.contains("<form class"))
        }
    }

    @Test("an address that is not on this computer is refused, and one that is silent is said to be")
    func model() async throws {
        try await WebClient.withDesk { client in
            let refused = try await client.post("/akari/model", [("address", "http://192.168.0.5:8080"), ("name", "")])
            #expect(refused.status == 400 && refused.text.contains("このパソコンのものではありません"))
            _ = try await client.post("/akari/model", [("address", "http://localhost:9"), ("name", "")])
            let page = try await client.get("/akari/model").text
            #expect(page.contains("http://127.0.0.1:9/v1") && page.contains("返事がありません"))
            // Without an answer from the model the usual words come all the same.
            _ = try await client.post("/akari", [("said", "ずっと眠れなくてつらい")])
            #expect(try await client.get("/akari").text.contains("眠れないのですね"))
        }
    }

    @Test("LINE is off until she has read what it means; its file holds no secret")
    func line() async throws {
        try await WebClient.withDesk(fill: { desk, _ in
            _ = try await desk.setGateway(address: "https://comments.example:9444", origins: [], behindProxy: true)
        }) { client in
            let unread = try await client.post("/akari/line", [("reminds", "yes")])
            #expect(unread.text.contains("上の説明を読んで"))
            #expect(try await !client.get("/akari/line").text.contains("入っています"))
            let file = try await client.post("/akari/line", [("read", "yes"), ("reminds", "yes")])
            #expect(file.text.contains("codeHash"))
            let page = try await client.get("/akari/line").text
            let code = try #require(page.firstMatch(of: /class="code">([0-9]{8})</)?.1)
            #expect(!file.text.contains(code))
            _ = try await client.post("/akari/line/off", [])
            #expect(try await !client.get("/akari/line").text.contains("入っています"))
        }
    }
}
