import AkashiTesting
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
}
