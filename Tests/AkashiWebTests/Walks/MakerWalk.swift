import AkashiBrowser
import AkashiDesk
import AkashiTesting
import Foundation
import Testing

/// The story from its first minute to its last, on a telephone's screen, by what the pages say alone.
@Suite("the maker's walk", .serialized)
struct MakerWalk {
    @Test(
        "from the first minute to the copy on a stick: taken in, sorted, gathered, asked, handed over, without once reading the abuse"
    )
    func walk() async throws {
        try await Visitor.visit(
            width: 360, height: 740, isSafe: false,
            fill: { _, folder in try DemoCase(WebClient.environment.knowledge).writeSources(to: folder.appending(path: "sources"))
            }
        ) { visitor in
            try await begins(visitor)
            try await takesIn(visitor)
            try await sortsOut(visitor)
            try await asksWhetherItIsHim(visitor)
            try await acts(visitor)
            try await goesOn(visitor)
            try await handsOver(visitor)
            try await keepsACopy(visitor)
        }
    }

    private func begins(_ visitor: Visitor) async throws {
        try await visitor.look("ここは、あなたのノートです")
        try await visitor.press("1つ記録する")
        try await visitor.press("いいえ")
        try await visitor.type("また、星1のレビューが来た。京都の人だった。", into: "words")
        try await visitor.press("しまう")
        try await visitor.wait(for: "1件、保存しました。")
        try await visitor.press("合言葉を決める")
        try await visitor.type("kaze no ito 22", into: "new")
        try await visitor.type("kaze no ito 22", into: "again")
        try await visitor.press("残す")
        try await visitor.wait(for: "回復シート")
        try await visitor.press("次へ")
        try await visitor.press("えらぶ")
        try await visitor.press("止めたい")
    }

    /// Her archive, her talks, her mails, the shop's table, all in one heap.
    private func takesIn(_ visitor: Visitor) async throws {
        let sources = visitor.client.folder.appending(path: "sources")
        let all = (FileManager.default.subpaths(atPath: sources.path) ?? []).map { sources.appending(path: $0) }
        let files = try all.filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
        try #require(files.count > 10)
        // The browser is another user of this machine.
        for file in files { try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path) }
        for folder in Set(files.map { $0.deletingLastPathComponent().path }).union([visitor.client.folder.path, sources.path]) {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
        }
        try await visitor.goTo("記録する")
        try await visitor.look("1つ記録する")
        try await visitor.choose(files, in: "files")
        try await visitor.press("しまう")
        try await visitor.wait(for: "件、保存しました。")
        #expect(try await !visitor.text().contains("読めませんでした"))
        try await visitor.press("次へ")
    }

    private func sortsOut(_ visitor: Visitor) async throws {
        // The first page leads: once past what could not be read and the time stamp, to sorting.
        for button in ["見てみる", "時刻印を見る"] where try await visitor.text().contains(button) {
            try await visitor.press(button)
            if button == "時刻印を見る" { try await visitor.press("いまは、もらわない") } else { try await visitor.goHome() }
        }
        try await visitor.press("記録を分ける")
        try await visitor.look("記録を分ける")
        for _ in 0..<6 { try await visitor.press("これで残す") }
        try await visitor.goHome()
        try await visitor.press("できごとを作る")
        try await visitor.look("できごとと害")
        try await visitor.type("お店へのうその投稿とレビュー", into: "title")
        try await visitor.type("9月からの投稿と、11月のレビュー。だれかは分からない。", into: "summary")
        for harm in ["ネットストーカー", "名誉", "業務"] { try await visitor.tick(harm) }
        try await visitor.press("できごとを作る")
        let count = try await visitor.tab.evaluate("document.querySelectorAll('input[name=record]').length")
        #expect(count != .number(0), "nothing is proposed for the incident")
        try await visitor.tab.evaluate("document.querySelectorAll('input[name=record]').forEach(e => e.checked = true)")
        try await visitor.press("えらんだ記録を入れる")
        try await visitor.goTo("時系列")
        try await visitor.look("時系列")
        try await visitor.goTo("さがす")
        try await visitor.type("レビュー", into: "q")
        try await visitor.press("さがす")
        #expect(try await visitor.tab.evaluate("document.querySelectorAll('.lines li').length > 0") == .bool(true))
        let address = try await visitor.tab.evaluate("location.href").text ?? ""
        #expect(address.contains("/search?kept=") && !address.contains("q="), "\(address)")
    }

    private func asksWhetherItIsHim(_ visitor: Visitor) async throws {
        try await visitor.goHome()
        try await visitor.press("同じ人が書いたのか")
        try await visitor.look("同じ人が書いたのか")
        // The savage review, and him.
        try await visitor.tick("2026-11-19")
        try await visitor.tick("@yoinokani")
        try await visitor.press("くらべる")
        try await visitor.look("くらべた結果")
        let said = try await visitor.text()
        #expect(said.contains("この答えの限り") && said.contains("だれかを特定"))
        try await visitor.goTo("あかりに話す")
        try await visitor.type("あの人なのかな。考えすぎ？", into: "said")
        try await visitor.press("送る", waits: false)
        try await visitor.wait(for: "あかり：")
    }

    private func acts(_ visitor: Visitor) async throws {
        try await visitor.goTo("これからすること")
        try await visitor.look("これから、できること")
        try await visitor.press("大事な質問")
        try await visitor.look("大事な質問")
        try await visitor.press("残す")
        try await visitor.goTo("書類")
        try await visitor.press("相談メモ")
        try await visitor.look("相談メモ")
        try await visitor.goTo("運営への連絡")
        try await visitor.press("X")
        try await visitor.press("控えを作る")
        try await visitor.press("残す")
        try await visitor.goTo("相談の記録")
        try await visitor.pick("警察", in: "role")
        try await visitor.type("風待署の生活安全課", into: "with")
        try await visitor.type("記録を続けるように言われた。", into: "advised")
        try await visitor.press("残す")
        #expect(try await visitor.text().contains("風待署の生活安全課"))
    }

    private func goesOn(_ visitor: Visitor) async throws {
        try await visitor.goTo("身を守る")
        try await visitor.look("身を守る、休む")
        try await visitor.goTo("お店を守る")
        try await visitor.look("お店を守る")
        try await visitor.goTo("コメント")
        try await visitor.look("コメント")
        try await visitor.goTo("しごとをさがす")
        try await visitor.look("しごと")
        try await visitor.goTo("お役立ちガイド")
        try await visitor.look("お役立ちガイド")
    }

    private func handsOver(_ visitor: Visitor) async throws {
        try await visitor.goTo("資料をわたす")
        try await visitor.look("資料をわたす")
        try await visitor.type("風待署", into: "receiver")
        try await visitor.press("中身を見る")
        try await visitor.look("入るものを")
        try await visitor.press("この中身で作る")
        try await visitor.wait(for: "資料ができました")
        try await visitor.press("わたした相手との話を書く")
        try await visitor.look("相談の記録")
        // What she did is written down, and to read the words was never needed.
        try await visitor.goTo("したことの記録")
        let done = try await visitor.text()
        #expect(done.contains("わたした") && !done.contains("ことばを見た"))
    }

    private func keepsACopy(_ visitor: Visitor) async throws {
        let stick = visitor.client.folder.appending(path: "stick")
        try FileManager.default.createDirectory(at: stick, withIntermediateDirectories: true)
        try await visitor.goTo("設定")
        try await visitor.type(stick.path, into: "other")
        try await visitor.type("kaze no ito 22", into: "bpass")
        try await visitor.press("写しを作る")
        try await visitor.wait(for: "写しができました")
        #expect(try FileManager.default.contentsOfDirectory(atPath: stick.path).count == 1)
        try await visitor.press("すぐに閉じる")
        #expect(try await visitor.tab.evaluate("document.title").text == "ノート")
    }
}
