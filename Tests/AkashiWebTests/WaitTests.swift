import AkashiTesting
import Foundation
import Testing

@Suite("long reading")
struct WaitTests {
    @Test("while much is being read, the progress page is there and every other page leads to it")
    func long() async throws {
        var talk = "[LINE] つむぎとのトーク履歴\r\n保存日時：2026/11/20 10:00\r\n\r\n2026/11/19(木)\r\n"
        for number in 0..<30_000 { talk += "\(10 + number / 3_000):\(10 + number % 50)\tつむぎ\tことば\(number)\r\n" }
        let bytes = Array(talk.utf8)
        try await WebClient.withDesk { client in
            let reply = try await client.upload([("talk.txt", bytes)])
            let place = try #require(reply.header("Location"))
            let job = try #require(Int(place.split(separator: "/").last ?? ""))
            var waits = 0
            while true {
                let page = try await client.get("/take/jobs/\(job)")
                #expect(page.status == 200)
                guard page.text.contains("data-job=") else { break }
                waits += 1
                let other = try await client.get("/timeline")
                // It may have ended between the two.
                #expect(other.status == 200 || other.header("Location") == place)
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(waits > 0, "the talk is too short for this test")
            #expect(try await client.get("/timeline").status == 200)
        }
    }
}
