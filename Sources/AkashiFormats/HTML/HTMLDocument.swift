/// What an HTML page says of itself in its head. Nothing is run or fetched.
public enum HTMLDocument {
    /// The bytes where a page names its charset (WHATWG HTML, "prescan a byte stream").
    private static let prescan = 2_048

    /// The page as text: by the charset of the transport, then the one that the page names, then by its bytes.
    public static func decode(_ bytes: [UInt8], charset: String?) -> String {
        CharsetDecoder.decode(bytes, label: charset ?? namedCharset(bytes)).text
    }

    private static func namedCharset(_ bytes: [UInt8]) -> String? {
        let head = String(decoding: bytes.prefix(prescan).filter { $0 < 128 }, as: UTF8.self).lowercased()
        guard let place = head.firstRange(of: "charset=") else { return nil }
        let value = head[place.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
        let name = value.prefix { $0.isLetter || $0.isNumber || "-_".contains($0) }
        return name.isEmpty ? nil : String(name)
    }

    /// The words between `<title>` and `</title>`.
    public static func title(of html: String) -> String? {
        guard let open = html.firstRange(of: /<title[^>]{0,200}>/.ignoresCase()),
            let close = html[open.upperBound...].firstRange(of: /<\/title/.ignoresCase())
        else { return nil }
        let words = HTMLText.text(of: String(html[open.upperBound..<close.lowerBound]))
        return words.isEmpty ? nil : String(words.prefix(500))
    }

    /// The content of a `<meta>` with this name or property.
    public static func meta(_ name: String, of html: String) -> String? {
        for match in html.prefix(200_000).matches(of: /<meta\s[^>]{1,2000}>/.ignoresCase()) {
            let tag = String(match.0)
            let key = attribute("property", of: tag) ?? attribute("name", of: tag) ?? attribute("itemprop", of: tag)
            if key?.lowercased() == name.lowercased(), let content = attribute("content", of: tag) { return content }
        }
        return nil
    }

    /// The address that a page gives as its own (`<link rel="canonical">`).
    public static func canonical(of html: String) -> String? {
        for match in html.prefix(200_000).matches(of: /<link\s[^>]{1,2000}>/.ignoresCase()) {
            let tag = String(match.0)
            if attribute("rel", of: tag)?.lowercased() == "canonical" { return attribute("href", of: tag) }
        }
        return nil
    }

    /// The value of an attribute of a tag.
    static func attribute(_ name: String, of tag: String) -> String? {
        var rest = tag[...]
        while let place = rest.firstRange(of: name + "=") {
            let before = place.lowerBound == rest.startIndex ? " " : rest[rest.index(before: place.lowerBound)]
            let value = rest[place.upperBound...]
            rest = value
            guard before.isWhitespace else { continue }
            guard let quote = value.first, quote == "\"" || quote == "'" else {
                return String(value.prefix { !$0.isWhitespace && $0 != ">" })
            }
            return HTMLText.text(of: String(value.dropFirst().prefix { $0 != quote }))
        }
        return nil
    }
}
