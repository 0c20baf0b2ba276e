/// Makes a page that was kept harmless to look at: no script, no frame, no form, no way out, nothing from elsewhere.
///
/// It is the second line of defence; the first is that it is shown on an origin of its own, sandboxed, where nothing may be loaded.
public enum InertHTML {
    /// What an address of the page becomes; nil takes it away.
    public typealias Resolve = (_ address: String) -> String?

    /// Elements that go with all that is in them.
    private static let removed: Set<String> = ["script", "noscript", "template", "object", "applet", "frameset", "portal"]
    /// Elements that are kept; a site's own (with a hyphen in their name) are too. Others go, without what is in them.
    private static let elements: Set<String> = [
        "html", "head", "body", "title", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "a", "b", "i", "u", "s", "em",
        "strong", "small",
        "big", "sub", "sup", "mark", "code", "pre", "kbd", "samp", "var", "q", "cite", "abbr", "dfn", "time", "data", "del",
        "ins", "br", "hr",
        "wbr", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "col",
        "colgroup",
        "blockquote", "figure", "figcaption", "article", "section", "nav", "aside", "header", "footer", "main", "address",
        "details", "summary",
        "img", "picture", "video", "audio", "center", "font", "tt", "ruby", "rt", "rp", "bdi", "bdo", "label", "fieldset",
        "legend", "meter",
        "progress", "output", "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
        "defs", "use",
        "symbol", "image", "lineargradient", "radialgradient", "stop", "clippath", "mask", "map", "search", "hgroup", "menu",
    ]
    private static let pictures: Set<String> = ["src", "poster", "href", "xlink:href"]
    private static let kept: Set<String> = [
        "class", "id", "style", "lang", "dir", "width", "height", "alt", "title", "colspan", "rowspan", "align", "valign",
        "bgcolor", "color",
        "face", "size", "border", "cellpadding", "cellspacing", "datetime", "viewbox", "d", "fill", "stroke", "stroke-width",
        "points", "cx",
        "cy", "r", "rx", "ry", "x", "y", "x1", "x2", "y1", "y2", "transform", "xmlns", "role", "type", "media", "start", "value",
        "hidden",
        "open", "rel", "dominant-baseline", "text-anchor", "font-size", "preserveaspectratio",
    ]

    /// The page.
    public static func page(_ html: String, resolve: Resolve) -> String {
        var result = ""
        var rest = Substring(html)
        while let mark = rest.firstIndex(of: "<") {
            result += rest[..<mark]
            rest = rest[mark...]
            if rest.hasPrefix("<!--") {
                rest = rest.firstRange(of: "-->").map { rest[$0.upperBound...] } ?? rest[rest.endIndex...]
                continue
            }
            if rest.hasPrefix("<!") || rest.hasPrefix("<?") {
                rest = rest.firstIndex(of: ">").map { rest[rest.index(after: $0)...] } ?? rest[rest.endIndex...]
                continue
            }
            guard let tag = Tag(rest) else {
                result += "&lt;"
                rest = rest.dropFirst()
                continue
            }
            rest = rest[tag.end...]
            if removed.contains(tag.name) {
                if !tag.isEnd, !tag.isClosed { rest = after(tag.name, in: rest) }
            } else if tag.name == "style", !tag.isEnd {
                let end = rest.firstRange(of: /<\/style/.ignoresCase())?.lowerBound ?? rest.endIndex
                result += "<style>" + css(String(rest[..<end]), resolve: resolve).replacing("<", with: "") + "</style>"
                rest = after("style", in: rest)
            } else if tag.name == "link", !tag.isEnd {
                result += link(tag, resolve: resolve)
            } else if elements.contains(tag.name) || (tag.name.contains("-") && !tag.name.contains(":")) {
                result += text(of: tag, resolve: resolve)
            }
        }
        return "<!DOCTYPE html><meta charset=\"utf-8\">" + result + rest
    }

    /// A style sheet with its addresses resolved and nothing imported.
    public static func css(_ text: String, resolve: Resolve) -> String {
        let plain = text.replacing(/@import[^;]*;?/.ignoresCase(), with: "").replacing(
            /expression\s*\(|-moz-binding|[;{\s]behavior\s*:/.ignoresCase(), with: "x:")
        return plain.replacing(/url\(\s*(["']?)([^"')]*)\1\s*\)/.ignoresCase()) { match in
            resolve(String(match.2)).map { "url(\"\($0)\")" } ?? "none"
        }
    }

    private static func after(_ name: String, in text: Substring) -> Substring {
        var search = text
        while let mark = search.firstRange(of: "</") {
            let found = search[mark.upperBound...]
            if found.prefix(name.count).lowercased() == name {
                return found.firstIndex(of: ">").map { found[found.index(after: $0)...] } ?? found[found.endIndex...]
            }
            search = found
        }
        return text[text.endIndex...]
    }

    private static func link(_ tag: Tag, resolve: Resolve) -> String {
        guard tag["rel"]?.lowercased().contains("stylesheet") == true, let place = tag["href"].flatMap(resolve) else { return "" }
        let media = tag["media"].map { " media=\"\(escape($0))\"" } ?? ""
        return "<link rel=\"stylesheet\" href=\"\(escape(place))\"\(media)>"
    }

    private static func text(of tag: Tag, resolve: Resolve) -> String {
        if tag.isEnd { return "</\(tag.name)>" }
        var result = "<\(tag.name)"
        let hasPicture = ["img", "image", "video", "audio", "use", "picture"].contains(tag.name)
        for (name, value) in tag.attributes {
            if name == "style" {
                result += " style=\"\(escape(css(value, resolve: resolve)))\""
            } else if hasPicture, pictures.contains(name), let place = value.hasPrefix("#") ? value : resolve(value) {
                result += " \(name)=\"\(escape(place))\""
            } else if kept.contains(name) {
                result += " \(name)=\"\(escape(value))\""
            }
        }
        return result + ">"
    }

    private static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("<", with: "&lt;").replacing(
            ">", with: "&gt;")
    }

    /// A start or end tag at the front of some text.
    private struct Tag {
        let name: String
        let isEnd: Bool
        let isClosed: Bool
        let attributes: [(name: String, value: String)]
        let end: String.Index

        subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

        /// The value of an attribute, in quotes or without.
        private static func value(_ text: Substring, _ index: inout String.Index) -> Substring {
            guard text[index] == "\"" || text[index] == "'" else {
                let start = index
                while index < text.endIndex, !text[index].isWhitespace, text[index] != ">" { index = text.index(after: index) }
                return text[start..<index]
            }
            let start = text.index(after: index)
            let end = text[start...].firstIndex(of: text[index]) ?? text.endIndex
            index = end < text.endIndex ? text.index(after: end) : end
            return text[start..<end]
        }

        init?(_ text: Substring) {
            var index = text.index(after: text.startIndex)
            var isEnd = false
            if index < text.endIndex, text[index] == "/" {
                isEnd = true
                index = text.index(after: index)
            }
            let start = index
            while index < text.endIndex, text[index].isASCII,
                text[index].isLetter || text[index].isNumber || text[index] == "-" || text[index] == ":"
            {
                index = text.index(after: index)
            }
            guard index > start, text[start].isLetter else { return nil }
            name = text[start..<index].lowercased()
            self.isEnd = isEnd
            var attributes: [(String, String)] = []
            var isClosed = false
            while index < text.endIndex {
                let letter = text[index]
                if letter == ">" {
                    index = text.index(after: index)
                    break
                }
                if letter.isWhitespace || letter == "/" {
                    isClosed = letter == "/"
                    index = text.index(after: index)
                    continue
                }
                let nameStart = index
                while index < text.endIndex, !text[index].isWhitespace, !"=>/".contains(text[index]) {
                    index = text.index(after: index)
                }
                let name = text[nameStart..<index].lowercased()
                while index < text.endIndex, text[index].isWhitespace { index = text.index(after: index) }
                guard index < text.endIndex, text[index] == "=" else {
                    if name.isEmpty {
                        index = index < text.endIndex ? text.index(after: index) : index
                    } else {
                        attributes.append((name, ""))
                    }
                    continue
                }
                index = text.index(after: index)
                while index < text.endIndex, text[index].isWhitespace { index = text.index(after: index) }
                guard index < text.endIndex else { break }
                let value = Self.value(text, &index)
                attributes.append((name, HTMLText.text(of: String(value).replacing("\n", with: " "))))
            }
            self.isClosed = isClosed
            self.attributes = attributes
            end = index
        }
    }
}
