import AkashiCapture
import AkashiKnowledge
import AkashiTesting
import Foundation
import Testing

@Suite("what is known of sites")
struct PackTests {
    private struct Examples: Decodable {
        struct Example: Decodable {
            let url: String
            let post: String?
            let account: String?
        }
        let id: String
        let hosts: [String]
        let posts: [PlatformPack.Post]?
        let examples: [Example]?
        let source: String
        let checked: String
    }

    @Test("each pack's patterns are sound, and its examples give the post and the account that they say")
    func examples() throws {
        let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))
        var count = 0
        for path in try knowledge.list("platforms", ending: ".yaml") {
            let pack: Examples = try knowledge.yaml(path)
            let known: PlatformPack = try knowledge.yaml(path)
            #expect(path == "platforms/\(pack.id).yaml")
            for language in Language.allCases where pack.id != "general" {
                #expect(
                    try Strings(knowledge, language).table("kinds").keys.contains("platform.\(pack.id)"),
                    "\(pack.id) has no name for people")
            }
            let patterns = try (pack.posts ?? []).map { try Regex($0.pattern) }
            for example in pack.examples ?? [] {
                count += 1
                let url = try #require(URL(string: example.url))
                #expect(known.holds(example.url), "\(example.url)")
                let target = url.path() + (url.query().map { "?" + $0 } ?? "")
                let match = try #require(try patterns.lazy.compactMap { try $0.firstMatch(in: target) }.first, "\(example.url)")
                let found = Dictionary(
                    match.output.compactMap { output in output.name.map { ($0, output.substring.map(String.init)) } },
                    uniquingKeysWith: { $1 })
                #expect(found["post"] ?? nil == example.post, "\(example.url)")
                #expect((found["account"] ?? nil) == example.account, "\(example.url)")
            }
        }
        #expect(count >= 10)
    }
}
