import AkashiCasework
import AkashiFormats
import AkashiIntake
public import AkashiModel
import AkashiVault
import Foundation

/// A kept page made harmless, with the parts that it needs to be looked at.
public struct ReplayPage: Sendable {
    /// One part.
    public struct Part: Sendable {
        /// Its type: a picture, a font, a style sheet.
        public let type: String
        /// Its bytes.
        public let bytes: [UInt8]
    }

    /// The page; its parts are at `part/<number>`.
    public let html: String
    /// The parts.
    public let parts: [Part]
}

extension Desk {
    /// Largest archive that is opened to show a page, in bytes.
    private static let maximumReplayByteCount = 512 << 20

    /// A kept page for looking at; nil if the record is none, or holds no document.
    public func replay(of position: LogPosition) throws -> ReplayPage? { try keptPage(of: position)?.replay() }

    /// The document of a kept page; nil if the record is none.
    ///
    /// - Parameter needsAddress: whether it is to be shown, with its parts; its words can be read without an address.
    func keptPage(of position: LogPosition, needsAddress: Bool = true) throws -> KeptPage? {
        guard let envelope = try vault.entry(at: position).envelope, envelope.kind == .record else { return nil }
        let record = try envelope.decode(ParsedRecord.self)
        guard record.kind == .page, let url = record.url ?? (needsAddress ? nil : "") else { return nil }
        let reader = SourceReader(vault)
        guard let bytes = try reader.whole(record.source, limit: Self.maximumReplayByteCount) else { return nil }
        let head = String(decoding: bytes.prefix(4_096), as: UTF8.self).lowercased()
        let kept: KeptPage?
        if WarcReader.isWarc(Array(bytes.prefix(1 << 14))) {
            kept = KeptPage(warc: bytes, url: url)
        } else if head.contains("multipart/related") || head.contains("snapshot-content-location:") {
            kept = KeptPage(mhtml: bytes, url: url)
        } else {
            kept = KeptPage(html: bytes, url: url)
        }
        return kept
    }
}

/// A document and the answers that it was made of.
struct KeptPage {
    let html: String
    private let url: String
    private var answers: [String: ReplayPage.Part] = [:]

    init?(html: [UInt8], url: String) {
        self.html = HTMLDocument.decode(html, charset: nil)
        self.url = url
    }

    init?(mhtml: [UInt8], url: String) {
        let root = MIMEPart(mhtml)
        func flat(_ part: MIMEPart) -> [MIMEPart] { part.parts.isEmpty ? [part] : part.parts.flatMap(flat) }
        let parts = flat(root)
        guard let main = parts.first(where: { $0.mediaType == "text/html" }) else { return nil }
        html = HTMLDocument.decode(main.body, charset: nil)
        self.url = url
        for part in parts {
            guard let place = part.headers.text("content-location") else { continue }
            answers[Self.plain(place)] = ReplayPage.Part(type: part.mediaType, bytes: part.body)
        }
    }

    /// The document as it stood at the picture where that was kept, otherwise as the server sent it.
    init?(warc: [UInt8], url: String) {
        let reader = WarcReader(MemoryBytes(warc).stream(), head: Array(warc.prefix(1 << 14)))
        var dom: String?
        var sent: String?
        self.url = url
        while let item = try? reader.next() {
            guard let record = item.record, let target = record.target else { continue }
            if record.type == "resource", target.hasPrefix("urn:dom:") { dom = String(decoding: record.block, as: UTF8.self) }
            guard record.type == "response", let message = HTTPMessage(record.block), let body = message.content(limit: 64 << 20)
            else {
                continue
            }
            answers[Self.plain(target)] = ReplayPage.Part(type: message.mediaType ?? "", bytes: body)
            if Self.plain(target) == Self.plain(url) { sent = HTMLDocument.decode(body, charset: message.charset) }
        }
        guard let found = dom ?? sent else { return nil }
        html = found
    }

    private static func plain(_ address: String) -> String { String(address.prefix { $0 != "#" }) }

    /// The page with its parts numbered. What was not kept is not there: nothing is fetched.
    func replay() -> ReplayPage {
        var parts: [ReplayPage.Part] = []
        var numbers: [String: Int] = [:]
        func number(_ address: String, base: String, depth: Int) -> String? {
            if address.lowercased().hasPrefix("data:image/"), address.utf8.count < 2 << 20 { return address }
            guard let absolute = URL(string: address, relativeTo: URL(string: base))?.absoluteURL.absoluteString else {
                return nil
            }
            let key = Self.plain(absolute)
            if let known = numbers[key] { return "part/\(known)" }
            guard let part = answers[key], Self.isHarmless(part.type), depth < 4 else { return nil }
            let place = parts.count
            numbers[key] = place
            parts.append(part)
            if part.type == "text/css" {
                let text = InertHTML.css(String(decoding: part.bytes, as: UTF8.self)) { inner in
                    // A style sheet's own address is part/<n>; what it names lies beside it.
                    number(inner, base: key, depth: depth + 1).map { $0.hasPrefix("part/") ? String($0.dropFirst(5)) : $0 }
                }
                parts[place] = ReplayPage.Part(type: "text/css", bytes: Array(text.utf8))
            }
            return "part/\(place)"
        }
        let page = InertHTML.page(html) { number($0, base: url, depth: 0) }
        return ReplayPage(html: page, parts: parts)
    }

    private static func isHarmless(_ type: String) -> Bool {
        type == "text/css" || type.hasPrefix("font/") || type.hasPrefix("application/font")
            || type.hasPrefix("application/x-font")
            || ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/x-icon"].contains(type)
    }
}
