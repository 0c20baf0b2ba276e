import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiModeration
import AkashiTesting
import Foundation
import Testing

@Suite("rooms for comments and the guide", .serialized)
struct CommentRoomTests {
    private static let table = """
        comment_id,comment_date,comment_author,comment_content
        1,2026-11-01 10:00:00,mina,色がとてもきれいでした
        2,2026-11-01 11:00:00,ken,お前を殺★すぞ
        3,2026-11-02 09:00:00,mina,また買います
        4,2026-11-02 10:00:00,tomo,糸くずが少し付いていました

        """

    /// A desk with four comments that nobody looked at.
    private static func visit(_ body: @escaping @Sendable (WebClient) async throws -> Void) async throws {
        try await WebClient.withDesk(
            fill: { desk, folder in
                let file = folder.appending(path: "comments.csv")
                try Data(table.utf8).write(to: file)
                _ = try await desk.add([file])
            }, body)
    }

    private static func records(_ page: String) -> [String] { page.matches(of: /comments\/([0-9]+)"/).map { String($0.1) } }

    @Test("comments are looked over, decided, decided again, and none of their words stands on the pages")
    func queue() async throws {
        try await Self.visit { client in
            #expect(try await client.get("/comments").text.contains("新しい4件を見分ける"))
            _ = try await client.post(
                "/comments/settings", [("mode", "publish-first"), ("pack", "threats"), ("pack", "insults")])
            #expect(try await client.post("/comments/place").status == 303)
            let held = try await client.get("/comments?show=held").text
            let record = try #require(Self.records(held).first)
            #expect(Set(Self.records(held)).count == 1)
            #expect(held.contains("言葉の決まりに当たりました"))
            let one = try await client.get("/comments/\(record)").text
            #expect(one.contains("かくし方をほどいたところ"))
            for page in [held, one, try await client.get("/comments?show=shown").text] {
                for words in ["殺", "色がとても", "また買い", "糸くず"] { #expect(!page.contains(words)) }
            }
            #expect(try await client.post("/comments/\(record)/replay").text.contains("その日と同じ答えです"))
            _ = try await client.post("/comments/\(record)/decide", [("outcome", "rejected"), ("reason", "x")])
            #expect(try await client.get("/comments?show=rejected").text.contains("あなたが決めました"))
            _ = try await client.post("/comments/\(record)/decide", [("outcome", "shown")])
            #expect(Set(Self.records(try await client.get("/comments?show=shown").text)).count == 4)
            #expect(try await client.post("/comments/\(record)/decide", [("outcome", "gone")]).status != 303)
        }
    }

    @Test("what one rule held by mistake is shown at once")
    func takeBack() async throws {
        try await Self.visit { client in
            _ = try await client.post("/comments/words", [("word", "糸くず"), ("sure", "yes")])
            _ = try await client.post("/comments/settings", [("mode", "publish-first"), ("pack", "threats")])
            _ = try await client.post("/comments/place")
            #expect(try await client.get("/comments").text.contains("自分で決めた言葉"))
            let back = try await client.post("/comments/take-back", [("rule", "own.words")])
            #expect(back.header("Location")?.contains("back=1") == true)
            #expect(Set(Self.records(try await client.get("/comments?show=held").text)).count == 1)
        }
    }

    @Test("a word is tried before it counts; one that would hold much rests until she says yes")
    func lab() async throws {
        try await Self.visit { client in
            let looked = try await client.post("/comments/lab", [("word", "また")])
            #expect(looked.text.contains("これまでの4件のうち") && looked.text.contains("休ませておきます"))
            #expect(!looked.text.contains("また買います"))
            #expect(try await client.post("/comments/lab", [("word", "みどりいろのかえる")]).text.contains("止めるものはありません"))
            _ = try await client.post("/comments/words", [("word", "また")])
            let resting = try await client.get("/comments/settings").text
            #expect(resting.contains("休んでいます") && resting.contains("2文字の言葉") && !resting.contains(">また<"))
            _ = try await client.post("/comments/words/0", [("act", "use")])
            #expect(!(try await client.get("/comments/settings").text.contains("休んでいます")))
            _ = try await client.post("/comments/words/0", [("act", "remove")])
            #expect(!(try await client.get("/comments/settings").text.contains("文字の言葉")))
        }
    }

    @Test("the gateway's file is made here; a bad address is said in words")
    func gateway() async throws {
        try await Self.visit { client in
            let bad = try await client.post("/comments/gateway", [("address", "http://shop.example")])
            #expect(bad.status == 400 && bad.text.contains("住所の形が"))
            let made = try await client.post(
                "/comments/gateway",
                [("address", "https://comments.example:8444"), ("origins", "https://a.example https://b.example")])
            #expect(made.header("Content-Disposition")?.contains("gateway.json") == true)
            let file = try JSONDecoder().decode(GatewayConfiguration.self, from: Data(made.body))
            #expect(file.origins == ["https://a.example", "https://b.example"] && file.recipient.hasPrefix("age1"))
            #expect(try await client.get("/comments").text.contains("受け口へ取りに行く"))
            // Nobody answers there, and the desk says so.
            #expect(try await client.post("/comments/visit").text.contains("受け口から、返事がありません"))
        }
    }

    @Test("the guide is found by everyday words, read without script, and its sections say where they come from")
    func guide() async throws {
        try await Self.visit { client in
            let guide = try await client.get("/guide").text
            let parts = Set(guide.matches(of: /\/guide\/([a-z]+)"/).map { String($0.1) })
            #expect(parts.count == 9)
            for part in parts {
                let page = try await client.get("/guide/\(part)").text
                // What a mark lacks is not looked for in the frame, whose menu has fields of the same names.
                #expect(!page.contains("<ul></ul>") && !page.contains("<ol class=\"steps\"></ol>"))
                #expect(!page.contains("{contact") && !page.contains("**") && !page.contains("](#"), "\(part)")
                #expect(page.utf8.count < 130_000, "\(part) has \(page.utf8.count)")
            }
            #expect(try await client.post("/guide", [("q", "スクショの撮り方")]).text.contains("/guide/evidence#posts"))
            #expect(try await client.post("/guide", [("q", "qqqq")]).text.contains("見つかりませんでした"))
            #expect(try await client.get("/guide/nothing").text.contains("guide.unknown"))
        }
    }
}
