import AkashiFormats
import AkashiIntake
import AkashiModel

/// One archive while it is read.
struct WebArchiveReading {
    /// Bytes of an unpacked body that is looked at.
    static let maximumBody = 64 << 20

    let claim: Claim
    let tree: SealedTree
    let parser: ParserVersion
    var report = ReadingReport()
    private var counter = ScopeCounter()
    /// Pages that the package lists, by address; nil where nothing is listed.
    private var listed: [String: PageLine]?
    private var own: OwnCapture?
    private var pictures = PagePictures()
    private var seenPayloads: [String: (bytes: [UInt8], type: String)] = [:]
    private var written: Set<String> = []

    init(_ claim: Claim, _ tree: SealedTree, _ parser: ParserVersion) {
        self.claim = claim
        self.tree = tree
        self.parser = parser
    }

    mutating func run(_ record: (ParsedRecord) throws -> Void, _ file: (InnerFile) throws -> Void) throws {
        let warcs = claim.members.filter { member in
            guard claim.members.count > 1 else { return true }
            return member.path.hasPrefix(claim.root + "archive/")
        }
        if let description = claim.members.first(where: { $0.path == claim.root + "datapackage.json" }) {
            let package = WaczPackage(claim, tree, description)
            for problem in package.problems() { report.add(problem) }
            listed = package.pages()
            own = OwnCapture(claim, tree)
        }
        for member in warcs { try read(member, record) }
        for inner in pictures.handedOn { try file(inner) }
        report.scopes = counter.scopes()
    }

    private mutating func read(_ member: SealedMember, _ record: (ParsedRecord) throws -> Void) throws {
        let reader: WarcReader
        do {
            reader = WarcReader(try tree.open(member), head: try tree.head(member, count: 1 << 14))
        } catch {
            report.add(ReadingProblem((error as? ZipProblem)?.rawValue ?? "source.unreadable", member: member.path))
            return
        }
        while true {
            let item: WarcReader.Item?
            do {
                item = try reader.next()
            } catch {
                report.add(ReadingProblem((error as? ZipProblem)?.rawValue ?? "source.unreadable", member: member.path))
                return
            }
            guard let item else { return }
            if let problem = item.problem {
                report.add(ReadingProblem(problem.rawValue, member: member.path, offset: item.offset))
            }
            guard let warc = item.record else { continue }
            for problem in WarcChecks.problems(warc, isCut: item.problem != nil) {
                report.add(ReadingProblem(problem, member: member.path, offset: item.offset))
            }
            if let made = page(warc, item, member) {
                counter.add(made.scope)
                try record(made)
            }
        }
    }

    /// The record of an answer that is a page; nil if it is none. Pictures are put aside.
    private mutating func page(_ warc: WarcRecord, _ item: WarcReader.Item, _ member: SealedMember) -> ParsedRecord? {
        guard let url = warc.target, let (bytes, message) = content(of: warc) else { return nil }
        let type = message.mediaType ?? ""
        if type.hasPrefix("image/") { pictures.add(bytes, named: url, in: member.object) }
        guard type == "text/html" || type == "application/xhtml+xml", (message.status ?? 200) < 300 else { return nil }
        let date = warc["WARC-Date"] ?? ""
        if let own { guard url.isSameAddress(own.report.address) || url.isSameAddress(own.report.asked) else { return nil } }
        let line = listed?[WebAddress.withoutFragment(url)]
        if own == nil, let listed, !listed.isEmpty, line == nil { return nil }
        guard written.insert("\(url) \(date)").inserted else { return nil }
        let place = Locator(
            object: member.object, member: member.member, offset: item.offset, length: UInt64(item.stored.count),
            digest: SliceDigest.of(item.stored))
        let html = HTMLDocument.decode(bytes, charset: message.charset)
        let host = WebAddress.host(of: url)
        var made = ParsedRecord(
            kind: .page, scope: "page/\(host)", key: "\(url) \(date)", url: url, source: place, parser: parser,
            details: ["capturedAt": date])
        made.takePageText(line?.text ?? HTMLText.text(of: html))
        if let title = line?.title ?? HTMLDocument.title(of: html), !title.isEmpty { made.details["title"] = title }
        if let status = message.status { made.details["status"] = String(status) }
        if let server = warc["WARC-IP-Address"] { made.details["server"] = server }
        if let own { own.fill(&made, claim) }
        return made
    }

    /// The body of an answer, unpacked, following `revisit` to an earlier record of the same archive.
    private mutating func content(of warc: WarcRecord) -> (bytes: [UInt8], message: HTTPMessage)? {
        guard warc.type == "response" || warc.type == "revisit", warc["Content-Type"]?.contains("http") ?? true,
            let message = HTTPMessage(warc.block)
        else { return nil }
        if warc.type == "revisit" {
            let key = warc["WARC-Refers-To-Target-URI"] ?? warc["WARC-Payload-Digest"] ?? ""
            guard let earlier = seenPayloads[key] ?? seenPayloads[warc["WARC-Payload-Digest"] ?? ""] else { return nil }
            var answered = message
            if answered.mediaType == nil { answered.fields.append(("Content-Type", earlier.type)) }
            return (earlier.bytes, answered)
        }
        guard let bytes = message.content(limit: Self.maximumBody) else { return nil }
        if message.mediaType == "text/html", bytes.count < 1 << 20, seenPayloads.count < 500 {
            let type = message["Content-Type"] ?? "text/html"
            for key in [warc.target, warc["WARC-Payload-Digest"]].compactMap(\.self) { seenPayloads[key] = (bytes, type) }
        }
        return (bytes, message)
    }
}

extension String {
    /// Whether both name the same page, whatever the fragment and a last slash.
    func isSameAddress(_ other: String) -> Bool {
        func plain(_ text: String) -> String {
            let text = WebAddress.withoutFragment(text)
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        }
        return plain(self) == plain(other)
    }
}
