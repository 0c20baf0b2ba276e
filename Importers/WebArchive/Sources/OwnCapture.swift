import AkashiFormats
import AkashiIntake
import AkashiModel
import Foundation

/// What a capture of our own says of itself, as `akashi/capture.json` and `akashi/render.json` have it.
struct OwnCapture {
    struct Report: Decodable {
        struct Remark: Decodable {
            let code: String
            let detail: String?
        }
        struct Identity: Decodable {
            let platform: String?
            let post: String?
            let account: String?
            let shownName: String?
            let shownTime: String?
            let dataTime: String?
            let words: String?
        }
        let address: String
        let asked: String
        let title: String
        let grade: String
        let remarks: [Remark]
        let identity: Identity
        let observedAt: String
        let clockOffset: Int?
        let browser: String
        let server: String?
    }

    struct Proof: Decodable {
        let verdict: String
        let differingPixels: Int
        let comparedPixels: Int
        let maskedPixels: Int
    }

    let report: Report
    let proof: Proof?
    private let pictures: [Attachment]

    init?(_ claim: Claim, _ tree: SealedTree) {
        func member(_ path: String) -> SealedMember? { claim.members.first { $0.path == claim.root + path } }
        func bytes(_ member: SealedMember) -> [UInt8]? { try? tree.open(member).readAll(limit: 64 << 20) }
        guard let text = member("akashi/capture.json").flatMap(bytes),
            let report = try? JSONDecoder().decode(Report.self, from: Data(text))
        else { return nil }
        self.report = report
        proof = member("akashi/render.json").flatMap(bytes).flatMap { try? JSONDecoder().decode(Proof.self, from: Data($0)) }
        pictures = claim.members.filter { $0.path.hasPrefix(claim.root + "akashi/full-page") }.sorted { $0.path < $1.path }
            .compactMap { member in
                guard let content = bytes(member) else { return nil }
                let digest = SliceDigest.of(content)
                return Attachment(
                    name: member.name,
                    locator: Locator(
                        object: member.object, member: member.member, offset: 0, length: UInt64(content.count), digest: digest))
            }
    }

    /// Puts it into the page's record.
    func fill(_ record: inout ParsedRecord, _ claim: Claim) {
        let identity = report.identity
        record.attachments = pictures
        if let words = identity.words, !words.isEmpty { record.details["wordsOfPost"] = words }
        if let platform = identity.platform {
            record.scope = "page/\(platform)"
            if identity.account != nil || identity.shownName != nil {
                record.account = ClaimedAccount(
                    platform: Platform(platform), handle: identity.account, displayName: identity.shownName)
            }
        }
        if let post = identity.post { record.details["post"] = post }
        if let shown = identity.shownTime { record.details["shownTime"] = shown }
        if let time = identity.dataTime {
            record.details["dataTime"] = time
            if let instant = Instant(rfc3339: time) {
                record.claimedTime = ClaimedTime(
                    literal: time, instant: instant, precision: .second, zone: .stated(offsetMinutes: 0))
            }
        }
        record.details["asked"] = report.asked
        record.details["browser"] = report.browser
        record.details["grade"] = report.grade
        record.remarks.append(Remark("capture.\(report.grade)"))
        for remark in report.remarks { record.remarks.append(Remark("capture.\(remark.code)")) }
        if let proof {
            record.remarks.append(Remark("capture.render-\(proof.verdict)"))
            record.details["renderedAgain"] = "\(proof.verdict) \(proof.differingPixels)/\(proof.comparedPixels)"
        }
    }
}
