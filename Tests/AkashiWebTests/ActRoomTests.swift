import AkashiActions
import AkashiDesk
import AkashiFormats
import AkashiKnowledge
import AkashiTesting
import Foundation
import Testing

@Suite("rooms for what can be done")
struct ActRoomTests {
    /// A desk with the demo case.
    private static func visit<Value: Sendable>(_ body: @escaping @Sendable (WebClient) async throws -> Value) async throws
        -> Value
    {
        try await WebClient.withDesk(fill: { _ = try await DemoFill.fill($0, $1) }, body)
    }

    @Test("each way says what the other side will see before how it goes")
    func otherSide() async throws {
        let library = try LawLibrary(WebClient.environment.knowledge)
        try await Self.visit { client in
            let next = try await client.get("/next").text
            for action in library.actions {
                #expect(next.contains("/next/\(action.id)\""), "\(action.id) stands on the page")
                let page = try await client.get("/next/\(action.id)").text
                let seen = try #require(page.firstRange(of: "id=\"seen\""), "\(action.id)")
                let steps = try #require(page.firstRange(of: "id=\"steps\""))
                #expect(seen.lowerBound < steps.lowerBound)
                #expect(page.contains("当てはまるかどうかは、ここでは決めません"))
            }
            // What is not confirmed stands apart, with where it can be checked.
            let order = try await client.get("/next/disclosure-order").text
            #expect(order.contains("まだ確かめていません"))
            #expect(try await client.get("/next/no-such-way").text.contains("guide.unknown"))
        }
    }

    @Test("an answer is asked once and goes into dates and papers; left as it was, it stays the evidence's")
    func facts() async throws {
        try await Self.visit { client in
            let page = try await client.get("/facts").text
            #expect(page.contains("id=\"lastPost\"") && page.contains("value=\"2026-11-19\""))
            // Everything is sent, as a browser does; only one thing was changed.
            let sent = try await client.post(
                "/facts", [("perpetratorKnown", "2026-05-23"), ("lastPost", "2026-11-19"), ("harmEffect", "")])
            #expect(sent.status == 303)
            #expect(try await client.get("/deadlines").text.contains("2026年11月24日"))
            let after = try await client.get("/facts").text
            #expect(after.contains("記録から入れました"))
            #expect(try await client.post("/facts", [("perpetratorKnown", "春ごろ")]).text.contains("fact.unclear"))
            #expect(try await client.get("/facts").text.contains("value=\"2026-05-23\""))
        }
    }

    @Test("a paper is made as PDF and Word in one archive, and it is written down that it left")
    func papers() async throws {
        try await Self.visit { client in
            #expect(try await client.get("/papers").text.contains("/papers/removal-request\""))
            let page = try await client.get("/papers/removal-request").text
            #expect(page.contains("name=\"paper.removal-request.infringedRight@x\""))
            let reply = try await client.post("/papers/timeline/make")
            #expect(reply.header("Content-Disposition")?.hasPrefix("attachment") == true)
            let archive = ZipArchive(MemoryBytes(reply.body))
            #expect(archive.entries.map(\.path) == ["010_時系列表.pdf", "010_時系列表.docx"])
            #expect(try await client.get("/log").text.contains("書類を1つ作りました"))
        }
    }

    @Test("a request to a platform is begun, sent by herself, received, overdue on its day, answered")
    func requests() async throws {
        try await Self.visit { client in
            let begun = try await client.post("/reports", [("platform", "x"), ("kind", "removal")])
            let path = try #require(begun.header("Location")?.replacing(client.base, with: ""))
            #expect(try await client.get("/reports").text.contains("まだ送っていません"))
            _ = try await client.post(
                path, [("sent", "2026-11-10"), ("received", "2026-11-11"), ("receipt", "R-1"), ("outcome", "waiting")])
            let overdue = try await client.get(path.replacing("?saved=1", with: "")).text
            #expect(overdue.contains("2026年11月18日 を過ぎました") && overdue.contains("返事が無いとき"))
            #expect(try await client.get("/reports").text.contains("2026年11月18日 を過ぎました"))
            _ = try await client.post(
                path, [("sent", "2026-11-10"), ("received", "2026-11-11"), ("answered", "2026-11-20"), ("outcome", "refused")])
            let answered = try await client.get("/reports").text
            #expect(answered.contains("ことわられました") && !answered.contains("2026年11月18日 を過ぎました"))
            #expect(try await client.post(path, [("sent", "きのう")]).text.contains("time.unclear"))
        }
    }

    @Test("a plan is ticked, reworded, added to, and a finding goes to the timeline only when she says so")
    func plans() async throws {
        try await Self.visit { client in
            let index = try await client.get("/plans/accounts").text
            #expect(index.contains("/plans/accounts?section=") && !index.contains("id=\"step-"))
            let part = try await client.get("/plans/accounts?section=mail").text
            let step = try #require(part.firstMatch(of: /id="step-([a-z0-9-]+)"/)).1
            _ = try await client.post("/plans/accounts/\(step)", [("state", "done")])
            #expect(try await client.get("/plans/accounts").text.contains("すんだもの 1"))
            _ = try await client.post(
                "/plans/accounts/\(step)", [("note", "土曜に見た"), ("text", "メールの合言葉を変える"), ("by", "2026-12-01")])
            let changed = try await client.get("/plans/accounts?section=mail").text
            #expect(changed.contains("土曜に見た") && changed.contains("メールの合言葉を変える") && changed.contains("✓"))
            let added = try await client.post("/plans/accounts/add", [("section", "mail"), ("text", "古いアドレスを閉じる")])
            #expect(added.header("Location")?.contains("section=mail") == true)
            #expect(try await client.get("/plans/accounts?section=mail").text.contains("古いアドレスを閉じる"))
            let before = try await client.get("/search?q=%E8%A6%8B%E7%9F%A5%E3%82%89%E3%81%AC").text
            _ = try await client.post("/plans/accounts/\(step)/finding", [("finding", "見知らぬ端末が1つあった")])
            let found = try await client.get("/search?q=%E8%A6%8B%E7%9F%A5%E3%82%89%E3%81%AC").text
            #expect(!before.contains("memo-") && found.contains("memo-"))
            #expect(try await client.get("/plans/safety/print").text.contains("sheet"))
        }
    }

    @Test("T43: a statement with findings is printed as not for the public, and only after a yes")
    func statement() async throws {
        try await Self.visit { client in
            let bad = "犯人は京都の人です。高橋さんのしわざだと思います。"
            let checked = try await client.post("/shop/statement", [("do", "check"), ("text", bad)]).text
            #expect(checked.contains("class=\"findings\"") && checked.contains("高橋さん"))
            let refused = try await client.post("/shop/statement/print", [("text", bad), ("do", "check")]).text
            #expect(!refused.contains("<article class=\"paper\">"))
            let printed = try await client.post("/shop/statement/print", [("text", bad), ("do", "check"), ("anyway", "yes")]).text
            #expect(printed.contains("公開しません") && !printed.contains("公開用"))
            let good = "11月16日から、事実と異なる書き込みがあります。ご注文はこれまでどおりお届けします。"
            let fine = try await client.post("/shop/statement/print", [("text", good), ("do", "check")]).text
            #expect(fine.contains("公開用"))
        }
    }

    @Test("orders by week stand beside the weeks before, with what the numbers do not say")
    func shopLog() async throws {
        try await Self.visit { client in
            let page = try await client.get("/shop/log").text
            #expect(page.contains("class=\"bar cancelled\"") && page.contains("数は、理由を教えてくれません"))
            #expect(page.contains("前と後に4週ずついります"))
        }
    }
}
