import AkashiDesk
import AkashiTesting
import AkashiVault
import Foundation
import Testing

@Suite("settings")
struct SettingsTests {
    @Test("a vault in a folder that a cloud copies is named as such", arguments: ["Dropbox", "OneDrive", ""])
    func cloud(name: String) async throws {
        try await WebClient.withDesk(parent: name) { client in
            let page = try await client.get("/settings")
            #expect(page.text.contains("しまう場所が \(name) の中にあります。") == !name.isEmpty)
        }
    }

    @Test("a known authority is chosen with one press, and only then can time stamps be asked for")
    func authority() async throws {
        try await WebClient.withDesk { client in
            let before = try await client.get("/settings").text
            #expect(before.contains("DigiCert"))
            #expect(!before.contains("action=\"\(client.base)/settings/stamp\""))
            let chosen = try await client.post("/settings/authority/known", [("id", "digicert")])
            #expect(chosen.status == 303)
            let after = try await client.get("/settings").text
            #expect(after.contains("timestamp.digicert.com"))
            #expect(after.contains("action=\"\(client.base)/settings/stamp\""))
            #expect(!after.contains("settings/authority/known"))
            #expect(try await client.post("/settings/authority/known", [("id", "nobody")]).status >= 400)
        }
    }

    @Test("a copy is brought back in the desk: it closes, and opens with the copy's passphrase")
    func restore() async throws {
        let words = "three plain words"
        let fill: @Sendable (Desk, URL) async throws -> Void = { _, folder in
            let other = try Desk.create(
                at: folder.appending(path: "other").path, passphrase: words, environment: WebClient.environment)
            let file = folder.appending(path: "a.txt")
            try "2026-11-20 10:00\n\n一つめ".write(to: file, atomically: true, encoding: .utf8)
            _ = try await other.add([file])
            let stick = folder.appending(path: "stick")
            try FileManager.default.createDirectory(at: stick, withIntermediateDirectories: true)
            _ = try await other.backup(into: stick.path, unlock: .passphrase(words))
        }
        try await WebClient.withDesk(fill: fill) { client in
            #expect(try await client.get("/settings").text.contains("action=\"\(client.base)/settings/restore\""))
            let stick = client.folder.appending(path: "stick").path
            let wrong = try await client.post("/settings/restore", [("other", stick), ("passphrase", "not these words")])
            #expect(wrong.status >= 400)
            let none = try await client.post("/settings/restore", [("other", "/nowhere"), ("passphrase", words)])
            #expect(none.status >= 400)
            let done = try await client.post("/settings/restore", [("other", stick), ("passphrase", words)])
            #expect(done.status == 303)
            #expect(try await client.get("/lock").text.contains("name=\"passphrase\""))
            _ = try await client.post("/unlock", [("passphrase", words)])
            let settings = try await client.get("/settings").text
            #expect(settings.contains("/settings/backup") && !settings.contains("/settings/restore"))
            #expect(try await client.get("/timeline").text.contains("a.txt"))
        }
    }
}
