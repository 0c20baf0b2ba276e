import AkashiFormats
import AkashiIntake
import AkashiModel
import Foundation

/// One saved file while it is read.
struct SavedPageReading {
    let member: SealedMember
    let bytes: [UInt8]
    let parser: ParserVersion

    private var whole: Locator {
        Locator(
            object: member.object, member: member.member, offset: 0, length: UInt64(bytes.count), digest: SliceDigest.of(bytes))
    }

    /// A page's record.
    private func page(_ html: String, url: String?, source: Locator, key: String) -> ParsedRecord {
        let host = url.map(WebAddress.host) ?? ""
        var record = ParsedRecord(
            kind: .page, scope: "page/\(host.isEmpty ? "unknown" : host)", key: key, url: url, source: source, parser: parser,
            details: ["name": member.name])
        record.takePageText(HTMLText.text(of: html))
        if let title = HTMLDocument.title(of: html) { record.details["title"] = title }
        return record
    }

    // MARK: MHTML

    func mhtml() -> SavedPages {
        var pages = SavedPages()
        let root = MIMEPart(bytes)
        let parts = root.parts.isEmpty ? [root] : Self.flat(root)
        guard let main = parts.first(where: { $0.mediaType == "text/html" || $0.mediaType == "application/xhtml+xml" }) else {
            pages.problems.append(ReadingProblem("page.no-html", member: member.path))
            return pages
        }
        let url = root.headers.text("snapshot-content-location") ?? main.headers.text("content-location")
        let text = main.text
        let html =
            text.isMislabelled || main.headers.text("content-type")?.contains("charset") != true
            ? HTMLDocument.decode(main.body, charset: nil) : text.text
        var record = page(html, url: url, source: whole, key: SliceDigest.of(bytes).hex)
        if let date = root.headers.text("date") { record.details["savedAt"] = date }
        record.remarks.append(Remark("page.saved-by-somebody"))
        pages.records = [record]
        for part in parts where part.mediaType.hasPrefix("image/") {
            pages.pictures.add(part.body, named: part.headers.text("content-location") ?? "picture", in: member.object)
        }
        if root.parts.isEmpty, root.mediaType.hasPrefix("multipart/") {
            pages.problems.append(ReadingProblem("page.no-parts", member: member.path))
        }
        return pages
    }

    private static func flat(_ part: MIMEPart) -> [MIMEPart] {
        part.parts.isEmpty ? [part] : part.parts.flatMap(flat)
    }

    // MARK: HTML

    func html() -> SavedPages {
        let html = HTMLDocument.decode(bytes, charset: nil)
        var saved: String?
        var url: String?
        var hasOwnAddress = false
        let head = html.prefix(4_000)
        if head.contains("SingleFile") {
            url = Self.line("url:", in: head)
            saved = Self.line("saved date:", in: head)
        } else if let mark = head.firstRange(of: "saved from url=(") {
            // Internet Explorer and Chromium: <!-- saved from url=(0031)https://example.com/ -->
            let rest = head[mark.upperBound...].drop { $0 != ")" }.dropFirst()
            url = String(rest.prefix { !$0.isWhitespace && $0 != ">" })
        }
        if url == nil, let own = HTMLDocument.canonical(of: html) ?? HTMLDocument.meta("og:url", of: html) {
            url = own
            hasOwnAddress = true
        }
        var record = page(html, url: url, source: whole, key: SliceDigest.of(bytes).hex)
        if let saved { record.details["savedAt"] = saved }
        if hasOwnAddress { record.remarks.append(Remark("page.address-of-its-own")) }
        record.remarks.append(Remark("page.saved-by-somebody"))
        var pages = SavedPages()
        pages.records = [record]
        for match in html.matches(of: /data:image\/(?:png|jpe?g|webp|gif);base64,([A-Za-z0-9+\/=]{2000,})/).prefix(200) {
            guard let data = Data(base64Encoded: String(match.1)) else { continue }
            pages.pictures.add(Array(data), named: "picture", in: member.object)
        }
        return pages
    }

    private static func line(_ name: String, in text: Substring) -> String? {
        for line in text.split(whereSeparator: \.isNewline) {
            let trimmed = line.drop { $0.isWhitespace }
            if trimmed.lowercased().hasPrefix(name) { return String(trimmed.dropFirst(name.count)).trimmed }
        }
        return nil
    }

    // MARK: HAR

    func har() -> SavedPages {
        var pages = SavedPages()
        let range = JSONFinder.range(of: ["log", "entries"], in: bytes) ?? JSONFinder.range(of: ["entries"], in: bytes)
        guard let range else {
            pages.problems.append(ReadingProblem("page.no-entries", member: member.path))
            return pages
        }
        var splitter = JSONArraySplitter(maximumElementByteCount: 64 << 20)
        func take(_ event: JSONArraySplitter.Event) {
            switch event {
            case .problem(_, let offset):
                pages.problems.append(
                    ReadingProblem("json.undecodable", member: member.path, offset: UInt64(range.lowerBound) + offset))
            case .element(let element): entry(element, base: UInt64(range.lowerBound), &pages)
            }
        }
        splitter.update(Array(bytes[range]), take)
        splitter.finish(take)
        return pages
    }

    private struct Entry: Decodable {
        struct Request: Decodable { let method: String?, url: String? }
        struct Response: Decodable {
            struct Content: Decodable { let mimeType: String?, text: String?, encoding: String? }
            let status: Int?
            let content: Content?
        }
        let startedDateTime: String?
        let request: Request?
        let response: Response?
        let serverIPAddress: String?
    }

    private func entry(_ element: JSONArraySplitter.Element, base: UInt64, _ pages: inout SavedPages) {
        guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(element.bytes)) else {
            pages.problems.append(ReadingProblem("json.undecodable", member: member.path, offset: base + element.offset))
            return
        }
        let content = entry.response?.content
        let type = (content?.mimeType ?? "").lowercased()
        guard let text = content?.text, let url = entry.request?.url else { return }
        let body = content?.encoding == "base64" ? Data(base64Encoded: text).map(Array.init) ?? [] : Array(text.utf8)
        if type.hasPrefix("image/") { return pages.pictures.add(body, named: url, in: member.object) }
        guard type.hasPrefix("text/html") || type.hasPrefix("application/xhtml"), (entry.response?.status ?? 200) < 300 else {
            return
        }
        let place = Locator(
            object: member.object, member: member.member, offset: base + element.offset, length: UInt64(element.bytes.count),
            digest: SliceDigest.of(element.bytes))
        // What was sent with a request may be a password: no address keeps its arguments of that kind.
        var record = page(
            HTMLDocument.decode(body, charset: content?.encoding == "base64" ? nil : "utf-8"), url: Self.withoutSecrets(url),
            source: place, key: "\(Self.withoutSecrets(url)) \(entry.startedDateTime ?? "")")
        if let start = entry.startedDateTime { record.details["savedAt"] = start }
        if let status = entry.response?.status { record.details["status"] = String(status) }
        if let server = entry.serverIPAddress, !server.isEmpty { record.details["server"] = server }
        record.remarks.append(Remark("page.saved-by-somebody"))
        pages.records.append(record)
    }

    /// An address without arguments whose name says that they are secret.
    static func withoutSecrets(_ url: String) -> String {
        guard let mark = url.firstIndex(of: "?") else { return url }
        let secret = ["token", "session", "sid", "auth", "password", "passwd", "key", "secret", "code", "signature", "jwt"]
        let kept = url[url.index(after: mark)...].split(separator: "&", omittingEmptySubsequences: false).filter { pair in
            let name = pair.prefix { $0 != "=" }.lowercased()
            return !secret.contains {
                name == $0 || name.hasSuffix("_" + $0) || name.hasSuffix($0 + "id") || name.contains("token")
            }
        }
        return kept.isEmpty ? String(url[..<mark]) : url[...mark] + kept.joined(separator: "&")
    }
}
