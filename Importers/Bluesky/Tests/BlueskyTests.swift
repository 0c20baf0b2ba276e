import AkashiBlueskyImporter
import AkashiIntake
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("Bluesky")
struct BlueskyTests {
    private static func sample(_ name: String) -> [UInt8]? {
        (try? Data(contentsOf: ProjectFolder.root.appending(path: "../shared/samples/bluesky/\(name)"))).map(Array.init)
    }

    @Test(
        "real repositories: posts that the root reaches are live, others are read as deleted",
        arguments: ["fakermaker.repo.car", "greenground.repo.car", "repo_slice.car"])
    func samples(name: String) throws {
        guard let bytes = Self.sample(name) else { return }
        let result = try ImportResult(BlueskyImporter(), SealedTree.memory([(name, bytes)]))
        let posts = result.records.filter { $0.kind == .post }
        // The smallest of them holds a profile and whom it follows, and no post.
        #expect(!posts.isEmpty || name == "greenground.repo.car")
        for post in posts {
            #expect(post.account?.id?.hasPrefix("did:") == true)
            #expect(post.claimedTime != nil && post.details["serverTime"] != nil)
        }
        try ImporterConformance.check(BlueskyImporter(), [(name, bytes)])
    }

    @Test("a changed block is named and left out; the rest is read")
    func changed() throws {
        guard var bytes = Self.sample("fakermaker.repo.car") else { return }
        let whole = try ImportResult(BlueskyImporter(), SealedTree.memory([("a.car", bytes)]))
        let post = try #require(whole.records.last { $0.kind == .post })
        bytes[Int(post.source.offset) + 20] ^= 1
        let result = try ImportResult(BlueskyImporter(), SealedTree.memory([("a.car", bytes)]))
        #expect(result.problems.contains("bluesky.block-differs"))
        #expect(result.records.count == whole.records.count - 1)
    }

    @Test("any damage ends in a report", arguments: Array(Seeds.standard.prefix(4)))
    func fuzz(seed: UInt64) throws {
        guard let bytes = Self.sample("repo_slice.car") else { return }
        try ImporterConformance.fuzz(BlueskyImporter(), [("a.car", bytes)], seed: seed, rounds: 10)
    }
}
