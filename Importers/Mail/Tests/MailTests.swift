import AkashiFormats
import AkashiIntake
import AkashiMailImporter
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("mail")
struct MailTests {
    static let cases = ProjectFolder.root.appending(path: "Importers/Mail/Cases")

    private func read(_ name: String, _ bytes: [UInt8]) throws -> ImportResult {
        try ImportResult(MailImporter(), SealedTree.memory([(name, bytes)]))
    }

    private func read(_ text: String, name: String = "a.eml") throws -> ImportResult { try read(name, Array(text.utf8)) }

    private func sample(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: Self.cases.appending(path: name))) }

    @Test(
        "subjects are decoded by label and in spite of it",
        arguments: [
            ("=?iso-2022-jp-ms?B?GyRCLWokIiQkJCYkKCQqfGIkKyQtJC8kMSQzGyhC?=", "㈱あいうえお髙かきくけこ"),
            (
                "=?iso-2022-jp?Q?=1B$B300Y=1B(I5]W2]C^S=1B(B(25?=\r\n =?iso-2022-jp?Q?)(=1B$B%G%b=1B(B)=1B$B7h:QLsDj$N$*CN$i$;=1B(B?=",
                "外為ｵﾝﾗｲﾝﾃﾞﾓ(25)(デモ)決済約定のお知らせ"
            ),
            ("=?UTF-8?B?44G+44G/44KA44KB44KC?=", "まみむめも"), ("=?utf-8?q?caf=C3=A9_noir?=", "café noir"),
            ("=?utf-8*ja?B?44G+?= =?utf-8*ja?B?44G/?=", "まみ"),
            // One letter cut in two by the program that wrote it.
            ("=?utf-8?B?44E=?= =?utf-8?B?vg==?=", "ま"),
            // Padding in the middle of a run: some readers lose everything after it.
            ("=?utf-8?B?44GC?= =?utf-8?B?44GE44GG?=", "あいう"), ("plain =?utf-8?B?44GC?= plain", "plain あ plain"),
            ("=?x-sjis?B?g1yDdIN9?=", "ソフマ"), ("=?windows-31j?B?h0CHig==?=", "①㈱"), ("=?euc-jp?B?pKKkpA==?=", "あい"),
            ("=?unknown?B?44GC?=", "あ"), ("=?utf-8?B?broken", "=?utf-8?B?broken"), ("a = b ?= c", "a = b ?= c"),
        ] as [(String, String)])
    func subjects(raw: String, expected: String) throws {
        let result = try read("From: a@example.com\r\nDate: Mon, 16 Nov 2026 00:41:00 +0900\r\nSubject: \(raw)\r\n\r\nx\r\n")
        #expect(result.records.first?.details["subject"].map { Array($0.utf8) } == Array(expected.utf8))
    }

    @Test("eight-bit headers without any label are read, in each Japanese encoding")
    func rawHeaders() throws {
        for bytes in [Array("件名".utf8), [0x8C, 0x8F, 0x96, 0xBC], [0x1B, 0x24, 0x42, 0x37, 0x6F, 0x4C, 0x3E, 0x1B, 0x28, 0x42]]
            as [[UInt8]]
        {
            let mail = Array("From: a@example.com\r\nTo: b@example.com\r\nSubject: ".utf8) + bytes + Array("\r\n\r\nx".utf8)
            #expect(try read("a.eml", mail).records.first?.details["subject"] == "件名")
        }
    }

    @Test("bodies are read in every encoding that Japanese mail uses, and a wrong label is noticed")
    func bodies() throws {
        func body(_ label: String, _ bytes: [UInt8]) throws -> ParsedRecord? {
            let head = "From: a@example.com\r\nTo: b@example.com\r\nContent-Type: text/plain; charset=\(label)\r\n\r\n"
            return try read("a.eml", Array(head.utf8) + bytes).records.first
        }
        #expect(
            try body("iso-2022-jp", [0x1B, 0x24, 0x42, 0x24, 0x3F, 0x1B, 0x28, 0x49, 0x35, 0x5D, 0x1B, 0x28, 0x42])?.text == "たｵﾝ"
        )
        // No escape back at the end of the line.
        #expect(try body("iso-2022-jp", [0x1B, 0x24, 0x42, 0x24, 0x3F, 13, 10, 0x41])?.text == "た\nA")
        #expect(try body("Shift_JIS", [0x95, 0x5C, 0x83, 0x5C, 0x94, 0x5C, 0x87, 0x40, 0xFB, 0xFC])?.text == "表ソ能①髙")
        #expect(try body("euc-jp", [0xAD, 0xA1, 0xA4, 0xA2])?.text == "①あ")
        let wrong = try body("iso-8859-1", [0x95, 0x5C])
        #expect(wrong?.text != nil)
        let mislabelled = try body("utf-8", [0x82, 0xA0, 0x82, 0xA2])
        #expect(mislabelled?.text == "あい" && mislabelled?.remarks.contains(Remark("mail.wrong-charset")) == true)
        let carrier = try body("Shift_JIS", [0x82, 0xA0, 0xF9, 0x8B])
        #expect(carrier?.text == "あ〓" && carrier?.remarks.contains(Remark("mail.carrier-letters")) == true)
        let bad = try body("shift_jis", [0x82, 0xA0, 0x82])
        #expect(bad?.text?.hasPrefix("あ") == true && bad?.remarks.contains(Remark("text.bad-bytes")) == true)
        #expect(try body("iso-2022-jp", Array("$B$\"(B".utf8))?.remarks.contains(Remark("mail.escapes-lost")) == true)
    }

    @Test("dates that are none fall back to the server's, with a remark; zones are kept")
    func dates() throws {
        func time(_ date: String, received: String? = nil) throws -> ParsedRecord? {
            let server = received.map { "Received: from x by y; \($0)\r\n" } ?? ""
            return try read("\(server)From: a@example.com\r\nTo: b@example.com\r\nDate: \(date)\r\n\r\nx").records.first
        }
        #expect(try time("Mon, 16 Nov 2026 00:41:05 +0900 (JST)")?.claimedTime?.instant.utcText == "2026-11-15T15:41:05.000Z")
        #expect(try time("16 Nov 26 00:41 GMT")?.claimedTime?.instant.utcText == "2026-11-16T00:41:00.000Z")
        #expect(try time("Mon, 16 Nov 2026 00:41:05 -0500")?.claimedTime?.zone == .stated(offsetMinutes: -300))
        #expect(try time("Mon, 16 Nov 2026 00:41:05")?.claimedTime?.zone == .assumedJapan)
        for broken in ["<HR>", "15 Dec 2010    59:10 -0500", "Pn, 29 paX 2007", ""] {
            let record = try time(broken, received: "Tue, 17 Nov 2026 10:00:00 +0000")
            #expect(record?.claimedTime?.instant.utcText == "2026-11-17T10:00:00.000Z", "\(broken)")
            #expect(record?.remarks.contains(Remark("mail.date-of-server")) == true)
            #expect(try time(broken)?.claimedTime == nil)
        }
    }

    @Test("attachments are files with their own names and digests; a forwarded mail is one too")
    func attachments() throws {
        let nested = try read("n.eml", sample("nested.eml"))
        #expect(nested.records.count == 1)
        #expect(nested.files.contains { $0.name.hasSuffix(".eml") })
        let inner = try #require(nested.files.first { $0.name.hasSuffix(".eml") })
        #expect(try read("i.eml", inner.bytes).records.count == 1)
        let named = try read(
            """
            From: a@example.com
            To: b@example.com
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="b b"

            --b b
            Content-Type: text/plain; charset=utf-8

            本文
            --b b
            Content-Type: image/png; name="=?iso-2022-jp?B?GyRCPExGQxsoQg==?=.png"
            Content-Transfer-Encoding: base64

            aGVsbG8=
            --b b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*0*=utf-8'ja'%E8%AB%8B%E6%B1; filename*1*=%82%E6%9B%B8.pdf
            Content-Transfer-Encoding: base64

            aGVsbG8
            --b b
            Content-Type: text/plain
            Content-Disposition: attachment; filename="../../etc/\u{202E}evil.txt"

            x
            --b b--
            """)
        #expect(named.records.first?.text == "本文")
        #expect(named.files.map(\.name) == ["写特.png", "請求書.pdf", "evil.txt"])
        #expect(named.files.map(\.bytes)[0] == Array("hello".utf8) && named.files.map(\.bytes)[1] == Array("hello".utf8))
        #expect(named.records.first?.attachments.map(\.name) == named.files.map(\.name))
    }

    @Test("the plain form of an alternative is read; HTML alone gives its words, and nothing in it runs or shows markup")
    func html() throws {
        let head = "From: a@example.com\nTo: b@example.com\nMIME-Version: 1.0\n"
        let both = try read(
            head
                + "Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nplain\n--x\nContent-Type: text/html\n\n<p>html</p>\n--x--\n"
        )
        #expect(both.records.first?.text == "plain")
        let only = try read(
            head
                + "Content-Type: text/html; charset=utf-8\n\n<html><head><title>t</title><style>p{}</style></head><body><p>一つ目&amp;二&#x3042;</p><script>alert(1)</script><div>次<br>行</div></body>"
        )
        #expect(only.records.first?.text == "一つ目&二あ\n次\n行")
        #expect(only.records.first?.remarks.contains(Remark("mail.html")) == true)
    }

    private static let mailbox = """
        From 1457861861978585811@xxx Mon Nov 16 04:49:45 +0000 2026
        X-GM-THRID: 1
        X-Gmail-Labels: =?UTF-8?B?5Y+X5L+h?=
        From: a@example.com
        To: b@example.com
        Message-ID: <1@example.com>
        Date: Mon, 16 Nov 2026 04:49:45 +0000
        Subject: one

        first
        >From here it goes on
        >>From there

        From - Tue Nov 17 04:49:45 2026
        From: c@example.com
        To: b@example.com
        Message-ID: <1@example.com>
        Date: Tue, 17 Nov 2026 04:49:45 +0000
        Subject: two

        second
        From the first word this is no separator

        """

    @Test("a mailbox gives each mail with its place; two mails under one number stay two; LF and CRLF are the same mail")
    func mailboxes() throws {
        let unix = try read("Takeout/Mail/受信.mbox", Array(Self.mailbox.utf8))
        #expect(unix.records.count == 2)
        #expect(unix.records.first?.text == "first\nFrom here it goes on\n>From there")
        #expect(unix.records.first?.details["labels"] == "受信")
        #expect(unix.records[1].text?.contains("From the first word") == true)
        #expect(Set(unix.records.map(\.key)).count == 2)
        let windows = try read("a.mbox", Array(Self.mailbox.replacing("\n", with: "\r\n").utf8))
        #expect(windows.records.map(\.key) == unix.records.map(\.key))
        let single = Self.mailbox.split(separator: "\n", omittingEmptySubsequences: false)[3..<13].joined(separator: "\n")
            .replacing("\n>", with: "\n")
        #expect(try read(single + "\n").records.first?.key == unix.records.first?.key)
        let cut = Array(Self.mailbox.utf8.dropLast(70))
        #expect(try read("a.mbox", cut).records.count == 2)
    }

    @Test("old carrier addresses, names in quotes, groups and comments are read")
    func addresses() throws {
        let result = try read(
            "From: \"=?utf-8?B?44GC?=, x\" <a..b.@docomo.ne.jp>\nTo: c@example.com (しい), d@example.com\nCc: team: e@example.com;\nSubject: x\n\nx"
        )
        let record = try #require(result.records.first)
        #expect(record.account == ClaimedAccount(platform: .mail, handle: "a..b.@docomo.ne.jp", displayName: "あ, x"))
        #expect(record.recipients.map(\.handle) == ["c@example.com", "d@example.com", "e@example.com"])
    }

    @Test("a signature is mentioned and never called valid; a mail without a number is still itself")
    func remarks() throws {
        let result = try read("DKIM-Signature: v=1; a=rsa-sha256; b=xx\nFrom: a@example.com\nTo: b@example.com\nSubject: x\n\nx")
        let codes = try #require(result.records.first).remarks.map(\.code)
        for code in ["mail.dkim-unchecked", "mail.no-message-id", "mail.no-date"] { #expect(codes.contains(code)) }
    }

    @Test("notes, source code and saved pages are not taken for mail")
    func others() throws {
        #expect(try read("メモ: 11月の記録\nFrom: 友人\n今日は雨。\n", name: "memo.txt").records.isEmpty)
        #expect(
            try read("From: <Saved by Blink>\nSubject: x\nDate: x\nMIME-Version: 1.0\n\nx", name: "page.mhtml").records.isEmpty)
        #expect(try read("", name: "a.eml").records.isEmpty)
    }

    @Test(
        "every sample keeps the importers' contract",
        arguments: ["nested.eml", "japanese.eml", "japanese_iso_2022.eml", "bad_date_header.eml", "nonascii_filename.eml"])
    func conformance(name: String) throws {
        let bytes = try sample(name)
        try ImporterConformance.check(MailImporter(), [(name, bytes)])
        #expect(try read(name, bytes).records.count == 1)
    }

    @Test("a mailbox keeps the contract, and any damage ends in a report", arguments: Seeds.standard)
    func fuzz(seed: UInt64) throws {
        try ImporterConformance.check(MailImporter(), [("a.mbox", Array(Self.mailbox.utf8))])
        try ImporterConformance.fuzz(MailImporter(), [("a.mbox", Array(Self.mailbox.utf8))], seed: seed, rounds: 15)
        try ImporterConformance.fuzz(MailImporter(), [("n.eml", sample("nested.eml"))], seed: seed, rounds: 15)
    }
}
