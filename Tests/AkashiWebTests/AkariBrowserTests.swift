import AkashiBrowser
import AkashiDesk
import AkashiTesting
import Foundation
import Testing

@Suite("talking to Akari in a browser", .serialized)
struct AkariBrowserTests {
    /// Says something and waits until it is answered.
    private static func say(_ words: String, turn: Int, _ visitor: Visitor) async throws {
        try await visitor.type(words, into: "said")
        try await visitor.tab.press("Enter", code: 13)
        let answered = "!!document.querySelector('[data-turn=\"\(turn)\"] .heard:not(.waiting)')"
        for _ in 0..<300 where try await visitor.tab.evaluate(answered).isTrue == false {
            try await Task.sleep(for: .milliseconds(50))
        }
        let isAnswered = try await visitor.tab.evaluate(answered).isTrue
        if !isAnswered { print(try await visitor.text(), visitor.tab.events.map(\.method).suffix(20)) }
        try #require(isAnswered, "turn \(turn) was not answered")
    }

    @Test(
        "a talk by the keyboard alone, narrow and wide: help outside of the bubble, the case with its places, the field in sight",
        arguments: [360, 1280])
    func talk(width: Int) async throws {
        let fill: @Sendable (Desk, URL) async throws -> Void = { desk, folder in _ = try await DemoFill.fill(desk, folder) }
        try await Visitor.visit(width: width, fill: fill) { visitor in
            try await visitor.open("/akari")
            #expect(try await visitor.tab.evaluate("document.activeElement.id").text == "said")
            try await Self.say("通知が鳴るたびに、心臓がばくばくして眠れません", turn: 1, visitor)
            try await Self.say("次の期限はいつですか。あと何日ありますか", turn: 2, visitor)
            try await Self.say("もう消えてしまいたい", turn: 3, visitor)
            let page = try await visitor.text()
            #expect(page.contains("眠れないのですね") && page.contains("あと") && page.contains("0120-279-338"))
            let outside = "document.querySelector('.help-card').closest('.heard') === null"
            #expect(try await visitor.tab.evaluate(outside).isTrue)
            // The field is empty, has the focus, and is inside of the window.
            let ready =
                "(() => { const f = document.getElementById('said'); const r = f.getBoundingClientRect(); return f.value === '' && document.activeElement === f && r.bottom <= innerHeight && r.top >= 0; })()"
            #expect(try await visitor.tab.evaluate(ready).isTrue)
            #expect(
                try await visitor.tab.evaluate("parseFloat(getComputedStyle(document.getElementById('said')).fontSize) >= 16")
                    .isTrue)
            if let folder = ProcessInfo.processInfo.environment["AKASHI_PICTURES"] {
                try Data(try await visitor.tab.picture(isWhole: true)).write(
                    to: URL(filePath: "\(folder)/akari-talk-\(width).png"))
                try Data(try await visitor.tab.picture(isWhole: false)).write(
                    to: URL(filePath: "\(folder)/akari-end-\(width).png"))
            }
            try visitor.expectQuiet()
            // The way out stands where it stands everywhere.
            try await visitor.press("すぐに閉じる")
            #expect(try await !visitor.text().contains("消えて"))
        }
    }
}
