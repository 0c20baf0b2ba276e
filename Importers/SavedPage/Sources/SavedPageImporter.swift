import AkashiFormats
public import AkashiIntake
public import AkashiModel

/// Reads pages that somebody saved with a browser, as described in README.md.
public struct SavedPageImporter: Importer {
    /// Its name and version.
    public let parser = ParserVersion(id: "saved-page", version: 1)

    static let maximumByteCount = 256 << 20

    /// An importer.
    public init() {}

    /// Each file by itself, told from how it begins.
    public func recognise(_ unclaimed: [SealedMember], in tree: SealedTree) -> [Claim] {
        var left = unclaimed
        var claims: [Claim] = []
        for about in unclaimed where about.name == SavedPageNames.about {
            let root = String(about.path.dropLast(SavedPageNames.about.count))
            let inside = left.filter {
                [root + "page.mhtml", root + "page.html", root + "full-page.png", about.path].contains($0.path)
            }
            claims.append(Claim(root: root, members: inside))
            left.removeAll { member in inside.contains { $0.index == member.index } }
        }
        return claims
            + left.filter { member in
                guard let head = try? tree.head(member, count: 8_192) else { return false }
                return SavedPageForm(head, name: member.name) != nil
            }.map { Claim(root: "", members: [$0]) }
    }

    /// Reads each page.
    public func read(
        _ claim: Claim, from tree: SealedTree, record: (ParsedRecord) throws -> Void, file: (InnerFile) throws -> Void
    ) throws -> ReadingReport {
        var report = ReadingReport()
        var counter = ScopeCounter()
        let about = BrowserAbout(claim, tree)
        for member in claim.members {
            guard let bytes = tree.whole(member, limit: Self.maximumByteCount, tooLarge: "page.too-large", &report) else {
                continue
            }
            guard let form = SavedPageForm(Array(bytes.prefix(8_192)), name: member.name) else { continue }
            let reading = SavedPageReading(member: member, bytes: bytes, parser: parser)
            let pages: SavedPages
            switch form {
            case .mhtml: pages = reading.mhtml()
            case .html: pages = reading.html()
            case .har: pages = reading.har()
            }
            for problem in pages.problems { report.add(problem) }
            for inner in pages.pictures.handedOn { try file(inner) }
            for var page in pages.records {
                about?.fill(&page)
                counter.add(page.scope)
                try record(page)
            }
        }
        report.scopes = counter.scopes()
        return report
    }
}

/// The forms, told from the first bytes.
enum SavedPageForm {
    case mhtml
    case html
    case har

    init?(_ head: [UInt8], name: String) {
        let text = String(decoding: head.prefix(4_096), as: UTF8.self)
        let lower = text.lowercased()
        let start = lower.drop { $0.isWhitespace || $0 == "\u{feff}" }
        let ending = name.lowercased().split(separator: ".").last ?? ""
        let isMail = ["from: <saved by", "snapshot-content-location:"].contains { lower.contains($0) }
        if isMail || (["mht", "mhtml"].contains(ending) && lower.contains("multipart/related")) {
            self = .mhtml
        } else if start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
            || (["html", "htm", "xhtml"].contains(ending) && start.hasPrefix("<"))
            || (start.hasPrefix("<!--") && (lower.contains("<html") || lower.contains("page saved with singlefile")))
        {
            self = .html
        } else if start.hasPrefix("{"), ending == "har" || (lower.contains("\"entries\"") && lower.contains("\"creator\"")) {
            self = .har
        } else {
            return nil
        }
    }
}

/// What a file held.
struct SavedPages {
    var records: [ParsedRecord] = []
    var pictures = PagePictures()
    var problems: [ReadingProblem] = []
}
