import AkashiBrowser
import AkashiDesk
import AkashiTesting
import Foundation
import Testing

/// The friend to whom she hands the telephone for half an hour.
@Suite("the friend's walk", .serialized)
struct FriendWalk {
    @Test("reads what was chosen, sorts it, leaves a note, sees nothing else, and cannot get further; she sees it all afterwards")
    func walk() async throws {
        let passphrase = "kaze no ito 22"
        try await Visitor.visit(
            width: 360, height: 740, passphrase: passphrase, fill: { _ = try await DemoFill.fill($0, $1) }
        ) { visitor in
            try await visitor.type(passphrase, into: "passphrase")
            try await visitor.press("開く")
            try await visitor.goTo("身を守る")
            try await visitor.press("友だちに読んでもらう")
            try await visitor.look("友だちに読んでもらう")
            try await visitor.type("さき", into: "name")
            // Of the incidents the first, beside what nobody has sorted yet.
            try await visitor.tab.evaluate("document.querySelector('input[name=incident]').click()")
            try await visitor.press("この端末を友だちにわたす")

            try await visitor.look("さきさん、ありがとうございます")
            #expect(try await !visitor.text().contains("メニュー"))
            let item = try await visitor.tab.evaluate("document.querySelector('.lines a').getAttribute('href')").text ?? ""
            try await visitor.tab.loading { try await visitor.tab.evaluate("document.querySelector('.lines a').click()") }
            let covered = try await visitor.text()
            try await visitor.press("ことばを見る")
            #expect(try await visitor.text() != covered)
            try await visitor.tick("名誉")
            try await visitor.press("これで残す")
            try await visitor.type("読みました。大丈夫だよ。", into: "note")
            try await visitor.press("メモを残す")
            // Whatever address the friend may find: the helper's own page and nothing else.
            for path in ["/timeline", "/dossier", "/settings", "/papers", "/same-writer", "/akari", "/listen", "/helper"] {
                try await visitor.open(path)
                #expect(try await visitor.text().contains("さきさん、ありがとうございます"), "\(path)")
            }
            try await visitor.press("おわる")
            #expect(try await visitor.path().hasSuffix("/lock"))

            try await visitor.type(passphrase, into: "passphrase")
            try await visitor.press("開く")
            try await visitor.goTo("設定")
            try await visitor.press("友だちにたのむ")
            #expect(try await visitor.text().contains("さき："))
            try await visitor.tab.open("http://127.0.0.1:\(visitor.client.port)\(item)")
            let hers = try await visitor.text()
            #expect(hers.contains("読みました。大丈夫だよ。"))
        }
    }
}
