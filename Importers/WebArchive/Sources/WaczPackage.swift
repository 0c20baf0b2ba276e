import AkashiFormats
import AkashiIntake
import AkashiModel
import Foundation

/// A page as a package lists it.
struct PageLine: Decodable {
    let url: String?
    let title: String?
    let text: String?
    let ts: String?
}

/// The description of a WACZ package, and whether the package is what it says.
struct WaczPackage {
    private static let maximumFile = 256 << 20

    private let claim: Claim
    private let tree: SealedTree
    private let description: SealedMember

    init(_ claim: Claim, _ tree: SealedTree, _ description: SealedMember) {
        self.claim = claim
        self.tree = tree
        self.description = description
    }

    private func bytes(_ path: String) -> [UInt8]? {
        guard let member = claim.members.first(where: { $0.path == claim.root + path }) else { return nil }
        return try? tree.open(member).readAll(limit: Self.maximumFile)
    }

    /// What does not hold. Hashes are judged here; a signature is only named.
    func problems() -> [ReadingProblem] {
        var problems: [ReadingProblem] = []
        func add(_ code: String, _ path: String) { problems.append(ReadingProblem(code, member: path)) }
        guard let text = bytes("datapackage.json"),
            let package = try? JSONSerialization.jsonObject(with: Data(text)) as? [String: Any]
        else { return [ReadingProblem("wacz.description-unreadable", member: description.path)] }
        if let digest = bytes("datapackage-digest.json"),
            let said = try? JSONSerialization.jsonObject(with: Data(digest)) as? [String: Any]
        {
            if said["hash"] as? String != "sha256:" + SliceDigest.of(text).hex {
                add("wacz.description-differs", description.path)
            }
            if said["signedData"] != nil { add("wacz.signature-unchecked", claim.root + "datapackage-digest.json") }
        } else {
            add("wacz.no-digest", description.path)
        }
        var listed: Set<String> = ["datapackage.json", "datapackage-digest.json"]
        for resource in package["resources"] as? [[String: Any]] ?? [] {
            guard let path = resource["path"] as? String else { continue }
            listed.insert(path)
            guard let member = claim.members.first(where: { $0.path == claim.root + path }) else {
                add("wacz.file-missing", claim.root + path)
                continue
            }
            let hash = resource["hash"] as? String ?? (resource["stats"] as? [String: Any])?["hash"] as? String
            let found = (try? tree.open(member)).flatMap { try? SliceDigest.of($0).digest.hex }
            if let hash, hash.hasPrefix("sha256:"), let found, hash != "sha256:" + found { add("wacz.hash-differs", member.path) }
            if hash == nil { add("wacz.no-hash", member.path) }
        }
        for member in claim.members where !listed.contains(String(member.path.dropFirst(claim.root.count))) {
            add("wacz.unlisted", member.path)
        }
        if !claim.members.contains(where: { $0.path.hasPrefix(claim.root + "indexes/") }) {
            add("wacz.no-index", description.path)
        }
        if bytes("pages/pages.jsonl") == nil { add("wacz.no-pages", description.path) }
        return problems
    }

    /// The pages that it lists, by address.
    func pages() -> [String: PageLine] {
        var pages: [String: PageLine] = [:]
        for name in ["pages/extraPages.jsonl", "pages/pages.jsonl"] {
            for line in (bytes(name) ?? []).split(separator: 10) {
                guard let page = try? JSONDecoder().decode(PageLine.self, from: Data(line)), let url = page.url else { continue }
                pages[WebAddress.withoutFragment(url)] = page
            }
        }
        return pages
    }
}
