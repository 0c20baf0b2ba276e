import AkashiBrowser
import Testing

@Suite("the browser")
struct BrowserTabTests {
    @Test("a page is opened, asked, looked at and closed; what fails in it is told")
    func tab() async throws {
        try await Browser().withTab { tab in
            try await tab.resize(width: 360, height: 640)
            try await tab.open("data:text/html;charset=utf-8,<title>%E8%A8%BC</title><p id=a>1</p>")
            #expect(try await tab.evaluate("document.title").text == "証")
            #expect(try await tab.evaluate("innerWidth + 0") == .number(360))
            await #expect(throws: BrowserError.self) { try await tab.evaluate("nothing.at.all") }
            #expect(try await tab.picture().starts(with: [0x89, 0x50, 0x4E, 0x47]))
        }
    }

    @Test("a name on the net leads nowhere")
    func noNetwork() async throws {
        let title = try await Browser().withTab { tab in
            try await tab.open("http://example.com/")
            return try await tab.evaluate("location.protocol").text
        }
        #expect(title == "chrome-error:")
    }
}
