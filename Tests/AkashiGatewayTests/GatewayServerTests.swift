import AkashiKnowledge
import AkashiModeration
import AkashiTesting
import Foundation
import Testing

@testable import AkashiGateway

@Suite("the gateway", .serialized)
struct GatewayServerTests {
    private struct Listing: Decodable {
        struct Comment: Decodable {
            let id: String
            let name: String
            let text: String
            let owner: Bool
        }
        let count: Int
        let comments: [Comment]
        let next: String?
    }

    private static func listing(_ fixture: GatewayFixture, _ query: String = "", thread: String = "page") async throws -> Listing
    {
        try JSONDecoder().decode(
            Listing.self, from: Data(try await fixture.ask("GET", "/v1/threads/\(thread)/comments\(query)").body))
    }

    private static func rules() throws -> String {
        let packs = try Dictionary(
            uniqueKeysWithValues: ["threats", "insults", "obstruction", "personal", "spam"].map {
                ($0, try GatewayFixture.knowledge.text("moderation/packs/\($0).yaml"))
            })
        return String(
            decoding: try JSONEncoder().encode(GatewayRules(packs: packs, privateWords: "白鳥まどか", ownWords: "")), as: UTF8.self)
    }

    @Test("what arrives waits; the desk gets it, shows it, takes it back; the gateway forgets it", arguments: StoreKind.built)
    func whole(kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        try await GatewayFixture.serving(place.storage) { fixture in
            let sent = try await fixture.send("きれいな糸ですね", key: "one")
            #expect(sent.status == 202)
            #expect(sent.text == #"{"shown":false}"#)
            #expect(try await fixture.send("きれいな糸ですね", key: "one").text == #"{"before":true}"#)
            #expect(try await fixture.send("きれいな糸ですね", key: "one", thread: "other").text == #"{"shown":false}"#)
            let empty = try await Self.listing(fixture)
            #expect(empty.count == 0)
            #expect(try await fixture.desk("GET", "state").text == #"{"hasRules":false,"mode":"approve-first","waiting":2}"#)

            let deliveries = try await fixture.deliveries()
            #expect(deliveries.map(\.thread).sorted() == ["other", "page"])
            let first = try #require(deliveries.first { $0.thread == "page" })
            #expect(first.text == "きれいな糸ですね" && first.name == "はる" && !first.isShown)
            let shown = [
                ShownComment(
                    id: first.id, thread: "page", name: first.name, text: first.text, at: first.receivedAt, isOwner: false,
                    replyTo: nil),
                ShownComment(
                    id: "answer", thread: "page", name: "", text: "ありがとう", at: first.receivedAt + 1, isOwner: true,
                    replyTo: first.id),
            ]
            func list(_ show: [ShownComment], _ withdraw: [String]) throws -> String {
                String(decoding: try JSONEncoder().encode(GatewayShowList(show: show, withdraw: withdraw)), as: UTF8.self)
            }
            #expect(try await fixture.desk("POST", "show", try list(shown, [])).status == 204)
            let listed = try await Self.listing(fixture)
            #expect(listed.comments.map(\.text) == ["きれいな糸ですね", "ありがとう"])
            #expect(listed.comments.map(\.owner) == [false, true])
            #expect(try await fixture.ask("GET", "/v1/threads/page/count").text == #"{"count":2}"#)
            #expect(try await fixture.desk("GET", "shown").text.contains(first.id))

            let sequences = try await fixture.gateway.store.waiting(limit: 10, bytes: .max).map(\.sequence)
            #expect(try await fixture.desk("POST", "forget", "\(sequences)").status == 204)
            #expect(try await fixture.deliveries().isEmpty)
            #expect(try await fixture.send("きれいな糸ですね", key: "one").text == #"{"before":true}"#)
            #expect(try await fixture.desk("POST", "show", try list([], [first.id])).status == 204)
            #expect(try await Self.listing(fixture).comments.map(\.text) == ["ありがとう"])
        }
    }

    @Test("a seized folder holds no word that was not shown, and none that was withdrawn", arguments: StoreKind.built)
    func seized(kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let files = place.files
        let secrets = ["紫陽花柄の巾着", "白鳥まどか", "gentle-visitor", "the desk's token", "203.0.113.77", "my-own-key"]
        try await GatewayFixture.serving(place.storage, mode: .publishFirst, change: { $0.trustsProxy = true }) { fixture in
            #expect(try await fixture.desk("POST", "rules", try Self.rules()).status == 204)
            let address = ["X-Forwarded-For: 203.0.113.77"]
            // Shown at once, and so in the files: what may be there.
            #expect(try await fixture.send("麻の葉の刺繍がすてきです", key: "my-own-key", address).text == #"{"shown":true}"#)
            // Held, for it tells her name.
            #expect(try await fixture.send("白鳥まどかさんの紫陽花柄の巾着", name: "gentle-visitor", address).text == #"{"shown":false}"#)
            _ = try await fixture.desk("GET", "state", token: "the desk's token")
            _ = try await fixture.ask("GET", "/v1/threads/\(Self.encoded("紫陽花柄の巾着"))/comments")
            // Shown, and withdrawn.
            let words = "藍染めの風呂敷でした"
            let gone = ShownComment(id: "gone", thread: "page", name: "", text: words, at: 1, isOwner: false, replyTo: nil)
            for list in [GatewayShowList(show: [gone], withdraw: []), GatewayShowList(show: [], withdraw: ["gone"])] {
                let body = String(decoding: try JSONEncoder().encode(list), as: UTF8.self)
                #expect(try await fixture.desk("POST", "show", body).status == 204)
            }
            if kind == .sqlite { #expect(try !Self.grep(words, files)) }
        }
        for secret in secrets { #expect(try !Self.grep(secret, files), "\(secret)") }
        #expect(try Self.grep("麻の葉の刺繍がすてきです", files))
    }

    /// Whether any file below a folder has the words, in UTF-8, UTF-16 or as hexadecimal digits.
    private static func grep(_ words: String, _ folder: URL) throws -> Bool {
        let utf16 = words.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        let hexadecimal = Array(words.utf8.map { String(format: "%02x", $0) }.joined().utf8)
        let forms = [Array(words.utf8), utf16, hexadecimal]
        let list = try Command.run("find", [folder.path, "-type", "f"]).text.split(separator: "\n")
        #expect(!list.isEmpty)
        for file in list {
            let bytes = try Data(contentsOf: URL(filePath: String(file)))
            for form in forms where bytes.range(of: Data(form)) != nil { return true }
        }
        return false
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(.init(charactersIn: "a"..."z"))) ?? ""
    }

    @Test("shown first: what the rules let pass is shown at once, but not before the desk sent rules")
    func publishFirst() async throws {
        let place = try StorePlace(.sqlite)
        try await GatewayFixture.serving(place.storage, mode: .publishFirst) { fixture in
            #expect(try await fixture.send("お花がすてき").text == #"{"shown":false}"#)
            #expect(try await fixture.desk("POST", "rules", try Self.rules()).status == 204)
            #expect(try await fixture.send("お花がすてき", name: "はる").text == #"{"shown":true}"#)
            #expect(try await fixture.send("お届けも早かったです", name: "白鳥まどか").text == #"{"shown":false}"#)
            let held = try await fixture.ask(
                "POST", "/v1/threads/page/comments", ["Content-Type: application/json"], #"{"text":"お花がすてき","website":"x"}"#)
            #expect(held.text == #"{"shown":false}"#)
            #expect(try await Self.listing(fixture).comments.map(\.text) == ["お花がすてき"])
            #expect(try await fixture.deliveries().map(\.isShown) == [false, true, false, false])
        }
        withExtendedLifetime(place) {}
    }

    @Test("a crowd that says the same is not shown, though the rules let it pass")
    func raid() async throws {
        let place = try StorePlace(.sqlite)
        try await GatewayFixture.serving(place.storage, mode: .publishFirst, change: { $0.trustsProxy = true }) { fixture in
            #expect(try await fixture.desk("POST", "rules", try Self.rules()).status == 204)
            var shown: [Bool] = []
            for number in 0..<8 {
                let answer = try await fixture.send(
                    "ここで買ってはいけないと聞きました、みなさん http://gossip.example/\(number % 2)", name: "n\(number)",
                    ["X-Forwarded-For: 198.51.100.\(number)"])
                shown.append(answer.text.contains("true"))
            }
            #expect(shown.suffix(3) == [false, false, false])
        }
        withExtendedLifetime(place) {}
    }

    @Test("one address is slowed down, others are not; a form gives back what was typed")
    func rates() async throws {
        let place = try StorePlace(.sqlite)
        try await GatewayFixture.serving(place.storage, change: { ($0.burst, $0.trustsProxy) = (3, true) }) { fixture in
            let one = ["X-Forwarded-For: 10.0.0.1, 198.51.100.1"]
            for _ in 0..<3 { #expect(try await fixture.send("a", one).status == 202) }
            let refused = try await fixture.send("a", ["X-Forwarded-For: 10.9.9.9, 198.51.100.1"])
            #expect(refused.status == 429)
            #expect(refused.header("Retry-After") == "600")
            #expect(try await fixture.send("a", ["X-Forwarded-For: 10.0.0.1, 198.51.100.2"]).status == 202)
            // One house has one network.
            for end in 1...3 { #expect(try await fixture.send("a", ["X-Forwarded-For: 2001:db8:1:2::\(end)"]).status == 202) }
            #expect(try await fixture.send("a", ["X-Forwarded-For: 2001:db8:1:2:ff::9"]).status == 429)
            let form = try await fixture.ask("POST", "/box/page", one, "name=n&text=%3Cb%3Ewaiting")
            #expect(form.status == 429)
            #expect(form.text.contains("&lt;b&gt;waiting</textarea>"))
            #expect(try await fixture.deliveries().count == 7)
        }
        withExtendedLifetime(place) {}
    }

    @Test("the desk's listener opens to its token only, and the open one has nothing of it")
    func token() async throws {
        let place = try StorePlace(.sqlite)
        try await GatewayFixture.serving(place.storage) { fixture in
            for path in ["state", "waiting", "shown", "unknown"] {
                #expect(try await fixture.desk("GET", path, token: "another").status == 401)
                #expect(try await fixture.ask("GET", "/desk/\(path)", desk: true).status == 401)
                let open = try await fixture.ask("GET", "/desk/\(path)", ["Authorization: Bearer \(GatewayFixture.token)"])
                #expect(open.status == 404)
            }
            #expect(try await fixture.desk("GET", "unknown").status == 404)
            #expect(try await fixture.desk("POST", "forget", "no list").status == 400)
            #expect(
                try await fixture.desk("POST", "rules", #"{"packs":{"x":"not a pack"},"privateWords":"","ownWords":""}"#).status
                    == 422)
        }
        withExtendedLifetime(place) {}
    }

    @Test("bad requests get their problem's name and nothing else")
    func problems() async throws {
        let place = try StorePlace(.sqlite)
        try await GatewayFixture.serving(place.storage, change: { $0.threads = ["page"] }) { fixture in
            let json = ["Content-Type: application/json"]
            let cases: [(body: String, headers: [String], thread: String, status: Int, title: String)] = [
                ("{", json, "page", 400, "unreadable"), (#"{"text":""}"#, json, "page", 422, "text-missing"),
                (#"{"text":"a"}"#, ["Content-Type: text/plain"], "page", 415, "json-only"),
                (String(repeating: "a", count: 40_000), json, "page", 413, "too-large"),
                (#"{"text":"a"}"#, json, "another", 404, "refused"), (#"{"text":"a"}"#, json, "%2e%2e", 404, "refused"),
            ]
            for (body, headers, thread, status, title) in cases {
                let answer = try await fixture.ask("POST", "/v1/threads/\(thread)/comments", headers, body)
                #expect(answer.status == status)
                #expect(answer.text == #"{"status":\#(status),"title":"\#(title)"}"#)
            }
            #expect(try await fixture.ask("GET", "/v1/threads/page/comments?after=x").status == 400)
            #expect(try await fixture.ask("GET", "/nothing").status == 404)
            #expect(try await fixture.ask("GET", "/health").text == "ok\n")
            #expect(try await fixture.ask("GET", "/v1/openapi.yaml").text.hasPrefix("openapi: 3.1"))
        }
        withExtendedLifetime(place) {}
    }

    @Test("pages of her site may ask, others not; no cookie is ever set")
    func origins() async throws {
        let place = try StorePlace(.sqlite)
        try await GatewayFixture.serving(place.storage) { fixture in
            let own = try await fixture.ask("OPTIONS", "/v1/threads/page/comments", ["Origin: https://shop.example"])
            #expect(own.status == 204)
            #expect(own.header("Access-Control-Allow-Origin") == "https://shop.example")
            let other = try await fixture.ask("GET", "/v1/threads/page/comments", ["Origin: https://other.example"])
            #expect(other.header("Access-Control-Allow-Origin") == nil)
            for path in ["/box/page", "/box.js", "/box.css", "/v1/threads/page/comments", "/nothing"] {
                let answer = try await fixture.ask("GET", path)
                #expect(answer.header("Set-Cookie") == nil)
                #expect(answer.header("X-Content-Type-Options") == "nosniff")
                #expect(answer.header("Content-Security-Policy")?.contains("frame-ancestors https://shop.example") == true)
            }
            #expect(try await fixture.ask("GET", "/box.js").body.count < 10_000)
        }
        withExtendedLifetime(place) {}
    }

    @Test("the box works without script, in both languages, and pressing twice sends once")
    func withoutScript() async throws {
        let place = try StorePlace(.sqlite)
        try await GatewayFixture.serving(place.storage) { fixture in
            let page = try await fixture.ask("GET", "/box/page?lang=en")
            #expect(page.text.contains("<html lang=\"en\">") && page.text.contains("There are no comments yet."))
            let key = try #require(page.text.firstMatch(of: /name="key" value="([0-9a-f]{32})"/)).1
            for _ in 0..<2 {
                let sent = try await fixture.ask("POST", "/box/page?lang=en", [], "key=\(key)&name=H&text=one%0D%0Atwo&website=")
                #expect(sent.status == 303)
                let place = try #require(sent.header("Location"))
                let after = try await fixture.ask("GET", String(place.prefix { $0 != "#" }))
                #expect(after.text.contains("id=\"sent\"") && after.text.contains("after the shop has looked at it"))
            }
            #expect(try await fixture.deliveries().map(\.text) == ["one\ntwo"])
            let evil = ShownComment(
                id: "x", thread: "page", name: "<i>n", text: "<script>alert(1)</script>\n{{count}}", at: 0, isOwner: false,
                replyTo: nil)
            try await fixture.gateway.store.show([evil], withdraw: [])
            let shown = try await fixture.ask("GET", "/box/page", ["Accept-Language: fr, ja;q=0.5"]).text
            #expect(
                shown.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && shown.contains("&lt;i&gt;n")
                    && shown.contains("<p>{{count}}</p>"))
            #expect(shown.contains("<html lang=\"ja\">"))
        }
        withExtendedLifetime(place) {}
    }

    @Test("the guide is shown where it is wanted, found by everyday words, and takes comments below each part")
    func guide() async throws {
        let place = try StorePlace(.sqlite)
        try await GatewayFixture.serving(place.storage) { fixture in
            let closed = try await fixture.ask("GET", "/guide")
            #expect(closed.status == 404)
        }
        try await GatewayFixture.serving(place.storage, change: { $0.servesGuide = true }) { fixture in
            #expect(try await fixture.ask("GET", "/guide?lang=en").text.contains("<a href=\"/guide/evidence\">"))
            let found = try await fixture.ask("POST", "/guide", [], "q=%E3%82%B9%E3%82%AF%E3%82%B7%E3%83%A7")
            #expect(found.text.contains("/guide/evidence#posts"))
            let part = try await fixture.ask("GET", "/guide/evidence")
            #expect(part.text.contains("action=\"/box/guide-evidence?lang=ja&amp;back=guide\"") && !part.text.contains("{{"))
            let sent = try await fixture.ask("POST", "/box/guide-evidence?lang=ja&back=guide", [], "text=thanks")
            #expect(sent.header("Location") == "/guide/evidence?sent=waits&lang=ja#sent")
            #expect(try await fixture.deliveries().map(\.thread) == ["guide-evidence"])
            #expect(try await fixture.ask("GET", "/guide/nothing").status == 404)
        }
        withExtendedLifetime(place) {}
    }
}
