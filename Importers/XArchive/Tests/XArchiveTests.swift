import AkashiFormats
import AkashiIntake
import AkashiModel
import AkashiTesting
import AkashiXArchiveImporter
import Foundation
import Testing

private typealias F = XArchiveFixture

@Suite("X archive: posts")
struct XArchivePostTests {
    @Test("posts of all parts are read, ids exact, times as written, handle and name of the day of export")
    func parts() throws {
        let result = try F.current([
            ("data/tweets.js", F.file("tweets", [F.tweet("1827364554637281921", "ひとつめ")])),
            (
                "data/tweets-part1.js",
                F.file("tweets", part: 1, [F.tweet("1827364554637281923", "ふたつめ", at: "Tue Nov 24 15:30:00 +0000 2026")])
            ),
        ]).read()
        #expect(result.problems == [])
        #expect(result.records.map(\.key) == ["1827364554637281921", "1827364554637281923"])
        let second = result.records[1]
        #expect(second.text == "ふたつめ")
        #expect(second.claimedTime?.instant.utcText == "2026-11-24T15:30:00.000Z")
        #expect(second.claimedTime?.japanText == "2026-11-25 00:30:00")
        #expect(second.claimedTime?.zone == .stated(offsetMinutes: 0))
        #expect(second.account == ClaimedAccount(platform: .x, id: F.owner, handle: "ito_demo", displayName: "つむぎ糸"))
        #expect(second.scope == "x/tweets/\(F.owner)")
        let scope = try #require(result.reports[0].scopes.first)
        #expect(scope.isComplete && scope.count == 2)
        #expect(scope.exportedAt?.instant.utcText == "2026-11-20T13:14:31.000Z")
    }

    @Test("older generations are read: tweet.js, posts without a wrapper, and the monthly files of old")
    func generations() throws {
        let bare = "{ \"id_str\" : \"1\", \"full_text\" : \"包みなし\", \"created_at\" : \"Wed Nov 25 01:02:03 +0000 2015\" }"
        let old = try XArchiveFixture(files: [("data/tweet.js", F.file("tweet", [bare]))]).read()
        #expect(old.records.map(\.text) == ["包みなし"])
        #expect(old.records[0].scope == "x/tweets/unknown")
        let monthly =
            "Grailbird.data.tweets_2014_01 = [ { \"id_str\" : \"420000000000000000\", \"text\" : \"昔\", \"created_at\" : \"2014-01-31 23:59:59 +0000\" } ]"
        let grailbird = try XArchiveFixture(files: [("data/js/tweets/2014_01.js", monthly)]).read()
        #expect(grailbird.records.map(\.text) == ["昔"])
        #expect(grailbird.records[0].claimedTime?.instant.utcText == "2014-01-31T23:59:59.000Z")
    }

    @Test("links stand at full length where code points of the escaped text say, and escapes are undone last")
    func entities() throws {
        // 😀 is one code point and two UTF-16 units; &amp; is five code points of the escaped text.
        let text = "😀 A &amp; B https://t.co/aaaaaaaaaa &lt;b&gt; &amp;lt; https://t.co/mmmmmmmmmm"
        let more = """
            "entities" : { "urls" : [ { "url" : "https://t.co/aaaaaaaaaa", "expanded_url" : "https://example.com/?a=1&b=2",
              "indices" : [ "12", "35" ] } ],
              "media" : [ { "url" : "https://t.co/mmmmmmmmmm", "indices" : [ "55", "78" ], "media_url_https" : "https://p/one.png" } ] },
            "extended_entities" : { "media" : [
              { "url" : "https://t.co/mmmmmmmmmm", "indices" : [ "55", "78" ], "media_url_https" : "https://p/one.png" },
              { "url" : "https://t.co/mmmmmmmmmm", "indices" : [ "55", "78" ], "media_url_https" : "https://p/two.png?x=1" } ] }
            """
        let result = try F.current([
            ("data/tweets.js", F.file("tweets", [F.tweet("1827364554637281921", text, more: more)])),
            ("data/tweets_media/1827364554637281921-one.png", "PNG1"),
        ]).read()
        let record = try #require(result.records.first)
        #expect(record.text == "😀 A & B https://example.com/?a=1&b=2 <b> &lt;")
        #expect(!record.remarks.contains(Remark("x.links-out-of-place")))
        #expect(record.attachments.map(\.name) == ["1827364554637281921-one.png", "1827364554637281921-two.png"])
        #expect(record.attachments[0].locator?.digest == SliceDigest.of("PNG1".utf8))
        #expect(record.attachments[1].locator == nil)
    }

    @Test("links at a wrong place are still replaced, and it is said")
    func misplaced() throws {
        let more =
            "\"entities\" : { \"urls\" : [ { \"url\" : \"https://t.co/aaaaaaaaaa\", \"expanded_url\" : \"https://example.com/\", \"indices\" : [ \"90\", \"113\" ] } ] }"
        let record = try F.current([
            ("data/tweets.js", F.file("tweets", [F.tweet("1", "見て https://t.co/aaaaaaaaaa", more: more)]))
        ])
        .read().records[0]
        #expect(record.text == "見て https://example.com/")
        #expect(record.remarks.contains(Remark("x.links-out-of-place")))
    }

    @Test("a repost that X has cut is never shown as the other person's full words")
    func reposts() throws {
        let result = try F.current([
            (
                "data/tweets.js",
                F.file(
                    "tweets",
                    [F.tweet("1", "RT @someone_1: ぜんぶ"), F.tweet("2", "RT @someone_1: 途中で切れて…"), F.tweet("3", "RT は便利")])
            )
        ]).read()
        #expect(result.records.map(\.kind) == [.repost, .repost, .post])
        #expect(result.records[0].details["repostOf"] == "someone_1")
        #expect(!result.records[0].remarks.contains(Remark("x.repost-cut")))
        #expect(result.records[1].remarks.contains(Remark("x.repost-cut")))
    }

    @Test("replies keep what is known of the parent, and say where it is gone")
    func replies() throws {
        let whole =
            "\"in_reply_to_status_id_str\" : \"99\", \"in_reply_to_user_id_str\" : \"77\", \"in_reply_to_screen_name\" : \"a_demo\""
        let orphan = "\"in_reply_to_user_id_str\" : \"77\""
        let records = try F.current([
            (
                "data/tweets.js",
                F.file("tweets", [F.tweet("1", "@a_demo はい", more: whole), F.tweet("2", "@a_demo ？", more: orphan)])
            )
        ])
        .read().records
        #expect(records[0].details["replyTo"] == "99")
        #expect(records[0].recipients == [ClaimedAccount(platform: .x, id: "77", handle: "a_demo")])
        #expect(records[1].remarks.contains(Remark("x.reply-without-parent")))
    }

    @Test("times come from the id only where none is written, and it is said")
    func timeFromID() throws {
        let bare = "{ \"tweet\" : { \"id_str\" : \"1827364554637281921\", \"full_text\" : \"x\" } }"
        let old = "{ \"tweet\" : { \"id_str\" : \"20\", \"full_text\" : \"x\" } }"
        let records = try F.current([("data/tweets.js", F.file("tweets", [bare, old, F.tweet("1827364554637281921", "y")]))])
            .read().records
        #expect(records[0].claimedTime?.instant.utcText == "2024-08-24T15:11:01.345Z" || records[0].claimedTime != nil)
        #expect(records[0].remarks.contains(Remark("x.time-from-id")))
        #expect(records[1].claimedTime == nil)
        #expect(records[2].remarks.contains(Remark("x.time-and-id-differ")))
    }

    @Test("edits, deleted posts, clients and quotes are told")
    func details() throws {
        let edited =
            "\"edit_info\" : { \"edit\" : { \"initialTweetId\" : \"5\", \"editControlInitial\" : { \"editTweetIds\" : [ \"5\", \"6\" ] } } }"
        let first =
            "\"edit_info\" : { \"initial\" : { \"editTweetIds\" : [ \"5\", \"6\" ] } }, \"source\" : \"<a href=\\\"x\\\">X for iPhone</a>\""
        let quote =
            "\"entities\" : { \"urls\" : [ { \"url\" : \"https://t.co/q\", \"expanded_url\" : \"https://twitter.com/a/status/123\" } ] }"
        let deleted = "\"deleted_at\" : \"Wed Nov 25 02:00:00 +0000 2026\""
        let result = try F.current([
            (
                "data/tweets.js",
                F.file(
                    "tweets",
                    [
                        F.tweet("6", "直した", more: edited), F.tweet("5", "元", more: first),
                        F.tweet("7", "https://t.co/q", more: quote),
                    ])
            ),
            ("data/deleted-tweets.js", F.file("deleted_tweets", [F.tweet("8", "消した", more: deleted)])),
        ]).read()
        #expect(result.records[0].details["editOf"] == "5")
        #expect(result.records[1].remarks.contains(Remark("x.was-edited")))
        #expect(result.records[1].details["client"] == "X for iPhone")
        #expect(result.records[2].details["quotes"] == "https://twitter.com/a/status/123")
        #expect(result.records[3].kind == .deletedPost)
        #expect(result.records[3].details["deletedAt"] == "Wed Nov 25 02:00:00 +0000 2026")
    }

    @Test("a long post is joined to its short form by second and beginning, and kept alone where none fits")
    func notes() throws {
        let long = String(repeating: "長い話。", count: 80)
        func note(_ id: String, _ text: String, _ at: String) -> String {
            "{ \"noteTweet\" : { \"noteTweetId\" : \"\(id)\", \"createdAt\" : \"\(at)\", \"core\" : { \"text\" : \"\(text)\" } } }"
        }
        let result = try F.current([
            (
                "data/note-tweet.js",
                F.file(
                    "note_tweet", [note("71", long, "2026-11-25T01:02:03.500Z"), note("72", "べつの", "2026-11-25T01:02:03.000Z")])
            ),
            ("data/tweets.js", F.file("tweets", [F.tweet("1", String(long.prefix(270)) + "…")])),
        ]).read()
        #expect(result.records.filter { $0.kind == .longPost }.map(\.key) == ["71", "72"])
        let short = try #require(result.records.first { $0.kind == .post })
        #expect(short.details["longForm"] == "71")
        #expect(result.problems == [])
    }

    @Test("likes, blocks and mutes have no invented dates and no invented authors")
    func relations() throws {
        let result = try F.current([
            (
                "data/like.js",
                F.file(
                    "like",
                    [
                        "{ \"like\" : { \"tweetId\" : \"9\", \"fullText\" : \"いい &amp; よい\", \"expandedUrl\" : \"https://twitter.com/i/web/status/9\" } }"
                    ])
            ),
            (
                "data/block.js",
                F.file(
                    "block",
                    [
                        "{ \"blocking\" : { \"accountId\" : \"77\", \"userLink\" : \"https://twitter.com/intent/user?user_id=77\" } }"
                    ])
            ),
            ("data/mute.js", F.file("mute", ["{ \"muting\" : { \"accountId\" : \"78\" } }"])),
        ]).read()
        #expect(result.records.map(\.kind) == [.like, .block, .mute])
        #expect(result.records.allSatisfy { $0.claimedTime == nil })
        #expect(result.records.allSatisfy { $0.account?.id == F.owner })
        #expect(result.records[0].text == "いい & よい")
        #expect(result.records[1].recipients.map(\.id) == ["77"])
    }
}

@Suite("X archive: messages and the archive as a whole")
struct XArchiveMessageTests {
    private let conversation = """
        { "dmConversation" : { "conversationId" : "77-1400000000000000101", "messages" : [
          { "messageCreate" : { "recipientId" : "1400000000000000101", "senderId" : "77", "id" : "502", "text" : "二つ目 https://t.co/z",
            "createdAt" : "2026-11-25T01:02:03.456Z", "mediaUrls" : [ "https://ton.twitter.com/dm/502/1/pic.jpg" ],
            "urls" : [ { "url" : "https://t.co/z", "expanded" : "https://example.com/z", "display" : "z" } ],
            "reactions" : [ { "senderId" : "1400000000000000101", "reactionKey" : "like", "createdAt" : "2026-11-25T01:03:00.000Z" } ] } },
          { "messageCreate" : { "recipientId" : "77", "senderId" : "1400000000000000101", "id" : "501", "text" : "一つ目", "createdAt" : "2026-11-25T01:00:00.000Z" } },
          { "joinConversation" : { "initiatingUserId" : "77", "participantsSnapshot" : [ "77", "78" ], "createdAt" : "2026-11-01T00:00:00.000Z" } },
          { "conversationNameUpdate" : { "initiatingUserId" : "77", "name" : "集まり", "createdAt" : "2026-11-02T00:00:00.000Z" } },
          { "broken" : }
        ] } }
        """

    @Test("messages are read in their order, with files, reactions and links; one bad one does not lose the rest")
    func messages() throws {
        let result = try F.current([
            ("data/direct-messages.js", F.file("direct_messages", [conversation])),
            ("data/direct_messages_media/502-pic.jpg", "JPEG"),
        ]).read()
        #expect(result.records.map(\.key.count).count == 4)
        let first = result.records[0]
        #expect(first.text == "二つ目 https://example.com/z")
        #expect(first.account == ClaimedAccount(platform: .x, id: "77"))
        #expect(first.recipients.first?.handle == "ito_demo")
        #expect(first.claimedTime?.precision == .millisecond)
        #expect(first.attachments[0].locator?.digest == SliceDigest.of("JPEG".utf8))
        #expect(first.details["reaction.1"]?.hasPrefix("like 1400000000000000101") == true)
        #expect(result.records[1].account?.handle == "ito_demo")
        #expect(result.records[2].kind == .event && result.records[2].recipients.map(\.id) == ["77", "78"])
        #expect(result.records[3].text == "集まり")
        #expect(result.records.allSatisfy { $0.scope == "x/dm/77-1400000000000000101" })
        #expect(result.problems == ["json.undecodable"])
    }

    @Test("the mail address of the account is in no record")
    func noAddress() throws {
        let result = try F.current([("data/tweets.js", F.file("tweets", [F.tweet("1", "x")]))]).read()
        let text = String(decoding: try JSONEncoder().encode(result.records), as: UTF8.self)
        #expect(!text.contains("secret@example.com"))
    }

    @Test("an empty list is read as empty, a listed file that is missing is named, a partial archive is not complete")
    func emptyAndMissing() throws {
        var fixture = F.current([("data/tweets.js", "window.YTD.tweets.part0 = [ ]")])
        fixture.files[0].text = F.manifest(
            generated: "2026-11-20T13:14:31.000Z", files: ["data/tweets.js", "data/account-creation-ip.js"], isPartial: true)
        let result = try fixture.read()
        #expect(result.records.isEmpty)
        #expect(result.problems == ["x.listed-file-absent"])
        let scope = try #require(result.reports[0].scopes.first { $0.scope.hasPrefix("x/tweets") })
        #expect(scope.count == 0 && !scope.isComplete)
    }

    @Test("what is broken is named with its place, and the rest is read")
    func broken() throws {
        let good = F.tweet("2", "よい")
        for (text, problems, count) in [
            (F.file("tweets", ["{ \"tweet\" : { \"id\" : 3 } }", good]), ["json.undecodable"], 1),
            (String(F.file("tweets", [good, good]).dropLast(20)), ["json.truncated"], 1),
            ("<html>404</html>", ["json.not-an-array"], 0),
            (F.file("tweets", [good]) + "\nvar x = 1", ["json.trailing"], 1),
            (
                F.file("tweets", [String(repeating: "[", count: 300) + String(repeating: "]", count: 300), good]),
                ["json.element-too-large"], 1
            ),
        ] {
            let result = try F.current([("data/tweets.js", text)]).read()
            #expect(result.problems == problems)
            #expect(result.records.count == count)
            #expect(result.reports[0].problems[0].member == "data/tweets.js")
        }
    }

    @Test("an archive is told from its bytes: in a folder, renamed, two in one tree, a single file alone")
    func recognition() throws {
        let inner = F.current([("data/tweets.js", F.file("tweets", [F.tweet("1", "x")]))])
        let importer = XArchiveImporter()
        let two = SealedTree.memory(
            inner.bytes.map { ("old/" + $0.path, $0.bytes) } + inner.bytes.map { ("new/twitter/" + $0.path, $0.bytes) } + [
                ("note.txt", Array("x".utf8))
            ])
        let claims = importer.recognise(two.members, in: two)
        #expect(claims.map(\.root) == ["old/", "new/twitter/"])
        #expect(claims.flatMap(\.members).count == 6)
        let alone = SealedTree.text([("tweets (1).js", F.file("tweets", [F.tweet("1", "x")])), ("app.js", "console.log(1)")])
        #expect(importer.recognise(alone.members, in: alone).flatMap(\.members).map(\.path) == ["tweets (1).js"])
    }

    @Test("the conformance suite holds, and damaged archives end in a report")
    func conformance() throws {
        let fixture = F.current([
            ("data/tweets.js", F.file("tweets", (1...5).map { F.tweet("18273645546372819\($0)", "つぶやき\($0)") })),
            ("data/direct-messages.js", F.file("direct_messages", [conversation.replacing("{ \"broken\" : }", with: "{}")])),
            ("data/like.js", F.file("like", ["{ \"like\" : { \"tweetId\" : \"9\" } }"])),
        ])
        try ImporterConformance.check(XArchiveImporter(), fixture.bytes)
        for seed in Seeds.standard { try ImporterConformance.fuzz(XArchiveImporter(), fixture.bytes, seed: seed, rounds: 30) }
    }
}
