import AkashiFormats
import AkashiIntake
import AkashiModel
import Foundation

/// What the browser's extension says of a page that it sent.
struct BrowserAbout {
    private struct About: Decodable {
        let url: String?
        let title: String?
        let clickedAt: String?
        let userAgent: String?
    }

    private let about: About
    private let picture: Attachment?

    /// Nil if the claim did not come from the extension.
    init?(_ claim: Claim, _ tree: SealedTree) {
        guard let member = claim.members.first(where: { $0.name == SavedPageNames.about }),
            let bytes = try? tree.open(member).readAll(limit: 1 << 20),
            let about = try? JSONDecoder().decode(About.self, from: Data(bytes))
        else { return nil }
        self.about = about
        picture = claim.members.first { $0.path == claim.root + "full-page.png" }.flatMap { member in
            (try? tree.open(member)).flatMap { try? SliceDigest.of($0) }.map { digest, count in
                Attachment(
                    name: member.name,
                    locator: Locator(object: member.object, member: member.member, offset: 0, length: count, digest: digest))
            }
        }
    }

    /// Marks the record as having come through her own session.
    func fill(_ record: inout ParsedRecord) {
        if let url = about.url {
            record.url = url
            record.scope = "page/" + WebAddress.host(of: url)
        }
        if let title = about.title, !title.isEmpty { record.details["title"] = title }
        if let time = about.clickedAt { record.details["savedAt"] = time }
        if let agent = about.userAgent { record.details["browser"] = agent }
        record.remarks.removeAll { ["page.saved-by-somebody", "page.address-of-its-own"].contains($0.code) }
        record.remarks.append(Remark("page.through-her-session"))
        if let picture { record.attachments = [picture] }
    }
}
