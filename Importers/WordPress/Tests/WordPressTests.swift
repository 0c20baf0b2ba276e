import AkashiIntake
import AkashiModel
import AkashiTesting
import AkashiWordPressImporter
import Foundation
import Testing

@Suite("WordPress")
struct WordPressTests {
    private static let files: [(path: String, bytes: [UInt8])] = [
        (
            "export.xml",
            Array(
                """
                <?xml version="1.0" encoding="UTF-8" ?>
                <!-- This is a WordPress eXtended RSS file <wp:comment> -->
                <rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>糸の店</title>
                <wp:base_blog_url>https://ito.example</wp:base_blog_url>
                <item><title><![CDATA[春の糸]]></title><link>https://ito.example/spring/</link><content:encoded><![CDATA[<p>hers</p>]]></content:encoded>
                <wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_author><![CDATA[はる]]></wp:comment_author>
                <wp:comment_author_email>haru@example.com</wp:comment_author_email><wp:comment_author_IP>203.0.113.9</wp:comment_author_IP>
                <wp:comment_date>2026-03-01 09:00:00</wp:comment_date><wp:comment_date_gmt>2026-03-01 00:00:00</wp:comment_date_gmt>
                <wp:comment_content><![CDATA[すてき & <b>春</b>
                二行目 </wp:comment> ここまで]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>
                <wp:comment_type>comment</wp:comment_type><wp:comment_parent>0</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id>
                <wp:commentmeta><wp:meta_key>x</wp:meta_key><wp:meta_value><![CDATA[plugin]]></wp:meta_value></wp:commentmeta></wp:comment>
                <wp:comment><wp:comment_id>8</wp:comment_id><wp:comment_author>Owner &amp; co</wp:comment_author>
                <wp:comment_date>2026-03-02 10:00:00</wp:comment_date><wp:comment_date_gmt>0000-00-00 00:00:00</wp:comment_date_gmt>
                <wp:comment_content>ありがとう&#x3042;</wp:comment_content><wp:comment_approved>trash</wp:comment_approved>
                <wp:comment_parent>7</wp:comment_parent><wp:comment_user_id>1</wp:comment_user_id></wp:comment>
                </item>
                <item><title>夏</title><wp:comment><wp:comment_author>x</wp:comment_author></wp:comment><wp:comment><wp:comment_id>9</wp:comment_id></item></channel></rss>
                """.utf8)
        )
    ]

    @Test(
        "comments are read with their page, spam and bin too; what a comment contains ends nothing; the rest is reported with its place"
    )
    func read() throws {
        let result = try ImportResult(WordPressImporter(), SealedTree.memory(Self.files))
        #expect(result.records.map(\.key) == ["7", "8"])
        let first = result.records[0]
        #expect(first.text?.hasPrefix("すてき & 春\n") == true && first.text?.hasSuffix("ここまで") == true)
        #expect(first.account?.displayName == "はる" && first.account?.id == nil)
        #expect(first.claimedTime?.instant == Instant(rfc3339: "2026-03-01T00:00:00Z"))
        #expect(first.url == "https://ito.example/spring/" && first.scope == "wordpress/https://ito.example")
        #expect(first.details == ["page": "春の糸", "status": "1"])
        #expect(first.remarks == [Remark("csv.private-columns")])
        let second = result.records[1]
        #expect(second.text == "ありがとうあ" && second.account?.id == "wordpress-1")
        #expect(second.claimedTime?.instant == Instant(rfc3339: "2026-03-02T10:00:00+09:00"))
        #expect(second.details == ["page": "春の糸", "status": "trash", "replyTo": "7"])
        #expect(result.problems == ["wordpress.comment-no-id", "wordpress.comment-cut"])
        try ImporterConformance.check(WordPressImporter(), Self.files)
    }

    @Test("any damage ends in a report", arguments: Array(Seeds.standard.prefix(6)))
    func fuzz(seed: UInt64) throws { try ImporterConformance.fuzz(WordPressImporter(), Self.files, seed: seed, rounds: 60) }
}
