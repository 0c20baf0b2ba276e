import AkashiBrowser
import AkashiDesk
import AkashiTesting
import Foundation
import Testing

/// Whoever looks after the comments of her shop, in the morning, without wanting to read the worst of them.
@Suite("the moderator's walk", .serialized)
struct ModeratorWalk {
    private static let table = """
        comment_id,comment_date,comment_author,comment_content
        1,2026-11-01 10:00:00,mina,色がとてもきれいでした
        2,2026-11-01 11:00:00,ken,お前を殺★すぞ
        3,2026-11-02 09:00:00,mina,また買います
        4,2026-11-02 10:00:00,tomo,アカウントが停止されました。こちらから確認してください
        5,2026-11-02 11:00:00,aki,糸くずが少し付いていました

        """

    @Test(
        "chooses what is held back, has the comments looked over, decides each by its reasons, and tries a word before it counts")
    func walk() async throws {
        try await Visitor.visit(
            width: 360, height: 740,
            fill: { desk, folder in
                let file = folder.appending(path: "comments.csv")
                try Data(Self.table.utf8).write(to: file)
                _ = try await desk.add([file])
            }
        ) { visitor in
            try await visitor.goTo("コメント")
            try await visitor.press("決まりを変える")
            try await visitor.look("コメントの決まり")
            try await visitor.tick("先に出す")
            for pack in ["おどし", "にせの案内"] { try await visitor.tick(pack) }
            try await visitor.press("この決まりにする")
            try await visitor.goTo("コメント")
            try await visitor.press("新しい5件を見分ける")
            let list = try await visitor.text()
            for words in ["殺", "停止", "色がとても"] { #expect(!list.contains(words), "\(words) stands on the page") }
            try await visitor.press("わけを見る")
            try await visitor.look("2026-11-0")
            #expect(try await visitor.text().contains("見つけた決まり"))
            try await visitor.press("出さない")
            try await visitor.goTo("コメント")
            try await visitor.press("決まりを変える")
            try await visitor.type("糸くず", into: "word")
            try await visitor.press("これまでのコメントで試す")
            #expect(try await visitor.text().contains("これまでの"))
        }
    }
}
