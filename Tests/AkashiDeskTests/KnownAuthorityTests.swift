import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiTesting
import AkashiVault
import Foundation
import Testing

@Suite("authorities that are known")
struct KnownAuthorityTests {
    private let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))

    @Test("each one's certificate is the one whose fingerprint its owner publishes, and it can be chosen")
    func certificates() throws {
        let all = try KnownAuthority.all(knowledge)
        #expect(!all.isEmpty)
        for known in all {
            let printed = try Command.run(
                "openssl", ["x509", "-noout", "-fingerprint", "-sha256"], input: Array(known.certificates.utf8))
            let fingerprint = printed.text.split(separator: "=").last.map { $0.lowercased().filter(\.isHexDigit) }
            #expect(fingerprint == known.fingerprint, "\(known.id)")
            #expect(Set(known.what.keys) == ["ja", "en"])
            #expect(try known.authority().url == known.url)
        }
    }
}
