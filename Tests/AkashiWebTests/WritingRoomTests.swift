import AkashiCasework
import AkashiDesk
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("did one person write both?", .serialized)
struct WritingRoomTests {
    /// Comments of many writers, of one account that writes with a habit of its own, and one more that does so too.
    static func table(writers: Int, each: Int) -> String {
        var random = SeededGenerator(seed: 5)
        let things = ["色", "形", "手ざわり", "箱", "糸", "金具", "送り方", "値段", "大きさ", "説明"]
        let shapes = ["{}がよかったです", "{}は少し思っていたのとちがいました", "{}について聞きたいのですが", "前に買ったものより{}が好きです", "{}も気に入っています", "次は{}のちがうものがほしいです"]
        var lines = ["comment_id,comment_date,comment_author,comment_content"]
        func add(_ author: String, _ end: String, _ change: (String) -> String) {
            let thing = things[Int.random(in: 0..<things.count, using: &random)]
            let shape = shapes[Int.random(in: 0..<shapes.count, using: &random)]
            let number = lines.count
            lines.append(
                "\(number),2026-11-\(10 + number % 15) \(10 + number % 9):00:00,\(author),\(change(shape.replacing("{}", with: thing) + end))"
            )
        }
        let ends = ["。", "！", "", "。。", "♪", "です。", "…"]
        for writer in 0..<writers { for _ in 0..<each { add("kyaku\(writer)", ends[writer % ends.count]) { $0 } } }
        for _ in 0..<40 { add("kuro", "っす！！") { $0.replacing("が", with: "ガ") } }
        for _ in 0..<4 { add("shiro", "っす！！") { $0.replacing("が", with: "ガ") } }
        return lines.joined(separator: "\n") + "\n"
    }

    static func visit(_ table: String, _ body: @escaping @Sendable (WebClient) async throws -> Void) async throws {
        try await WebClient.withDesk(
            fill: { desk, folder in
                let file = folder.appending(path: "comments.csv")
                try Data(table.utf8).write(to: file)
                _ = try await desk.add([file])
            }, body)
    }

    /// The newest text of an account, and accounts by name.
    static func choices(_ page: String) -> (texts: [(record: String, label: String)], accounts: [(key: String, label: String)]) {
        let texts = page.matches(of: /name="record" value="([0-9]+)"> <span>([^<]*)/).map { (String($0.1), String($0.2)) }
        let accounts = page.matches(of: /name="account" value="([^"]+)"> <span>([^<]*)/).map { (String($0.1), String($0.2)) }
        return (texts, accounts)
    }

    static func chosen(_ client: WebClient, text: String, account: String) async throws -> [(String, String)] {
        let (texts, accounts) = choices(try await client.get("/same-writer").text)
        let record = try #require(texts.first { $0.label.contains(text) }?.record)
        let key = try #require(accounts.first { $0.label == account }?.key)
        return [
            ("record", record), ("account", key), ("prefecture", "京都府"), ("seen", "50"), ("likeliest", "20"), ("least", "1000"),
            ("locked", "2026-11-10"),
        ]
    }

    @Test("few texts by others end in no figure; the page says why, what would change it, and shows no word")
    func refused() async throws {
        try await Self.visit(Self.table(writers: 6, each: 5)) { client in
            let fields = try await Self.chosen(client, text: "shiro", account: "kuro")
            let made = try await client.post("/same-writer", fields)
            let page = try await client.get(try #require(made.header("Location")).replacing(/^.*(?=\/same-writer)/, with: ""))
                .text
            #expect(page.contains("この材料では、数を出せません") && page.contains("ほかの人の文が足りません"))
            #expect(page.contains("だれかを特定するものではありません") && page.contains("30人、2,000文から"))
            #expect(page.contains("64%") && page.contains("京都府") && page.contains("一つの数には、なりません"))
            for words in ["手ざわり", "金具", "っす！！"] { #expect(!page.contains(words)) }
        }
    }

    @Test("with enough others there is an answer in seven rows, as large for two persons as for one, and words only when asked")
    func answered() async throws {
        try await Self.visit(Self.table(writers: 36, each: 60)) { client in
            let fields = try await Self.chosen(client, text: "shiro", account: "kuro")
            let made = try await client.post("/same-writer", fields)
            let path = try #require(made.header("Location")).replacing(/^.*(?=\/same-writer)/, with: "")
            let page = try await client.get(path).text
            #expect(page.contains("同じ人をわずかに支える") && page.contains("別の人をわずかに支える"))
            #expect(page.contains("鍵をかけた日から") && page.contains("重さは、計れません"))
            #expect(page.contains("36人") && page.contains("くらべた相手：同じ所に書くほかの"))
            #expect(!page.contains("金具"))
            let shown = try await client.post(path + "/show").text
            #expect(shown.contains("<mark class=") && shown.contains("っす"))
            // Looked at again, it says the same.
            #expect(try await client.get(path).text.contains("36人"))
            let paper = try await client.post(path + "/print")
            #expect(paper.header("Content-Type") == "application/pdf" && paper.body.starts(with: Array("%PDF".utf8)))
            #expect(try await client.get("/same-writer").text.contains(path))
        }
    }

    @Test("a text is held against three accounts at the most, and the same one again is no fourth")
    func three() async throws {
        try await Self.visit(Self.table(writers: 6, each: 5)) { client in
            for account in ["kuro", "kyaku1", "kyaku2", "kuro"] {
                let fields = try await Self.chosen(client, text: "shiro", account: account)
                #expect(try await client.post("/same-writer", fields).status == 303)
            }
            let fourth = try await client.post("/same-writer", Self.chosen(client, text: "shiro", account: "kyaku3"))
            #expect(fourth.text.contains("writing.enough") && fourth.status != 303)
            #expect(
                try await client.post("/same-writer", Self.chosen(client, text: "shiro", account: "shiro")).text.contains(
                    "writing.unfit"))
            #expect(try await client.post("/same-writer", [("account", "x")]).text.contains("一つずつ選んでください"))
        }
    }

    @Test("the page has no field for a name, no list of results and no way to compare several at once")
    func noSearch() async throws {
        try await Self.visit(Self.table(writers: 6, each: 5)) { client in
            let page = try await client.get("/same-writer").text
            #expect(!page.contains("type=\"search\"") && !page.contains("type=\"checkbox\""))
            let (texts, accounts) = Self.choices(page)
            #expect(texts.count > 20 && accounts.count == 8)
            let several = texts.prefix(3).map { ("record", $0.record) } + [("account", accounts[0].key)]
            // Several texts only where one account wrote them all.
            #expect(try await client.post("/same-writer", several).text.contains("writing.unfit"))
        }
    }
}
