/// A post's text as its readers saw it: links at full length, pictures' links taken out, escapes undone.
enum XText {
    /// The text, and whether each entity stood where the archive says.
    static func readable(_ text: String, urls: [XURLEntity], media: [XURLEntity]) -> (text: String, entitiesFit: Bool) {
        // Offsets count code points of the escaped text, so entities go first and escapes after (FORMATS: never the
        // other way round). From the end to the beginning, so that offsets stay right.
        var scalars = Array(text.unicodeScalars)
        var fit = true
        var replacements: [(range: Range<Int>, with: String)] = []
        var later: [(String, String)] = []
        for (entity, replacement) in urls.map({ ($0, $0.expanded ?? $0.short) }) + unique(media).map({ ($0, "") }) {
            if let range = entity.range, range.upperBound <= scalars.count,
                scalars[range].elementsEqual(entity.short.unicodeScalars)
            {
                replacements.append((range, escape(replacement)))
            } else {
                fit = false
                later.append((entity.short, escape(replacement)))
            }
        }
        replacements.sort { $0.range.lowerBound > $1.range.lowerBound }
        var end = scalars.count
        for (range, replacement) in replacements where range.upperBound <= end {
            scalars.replaceSubrange(range, with: replacement.unicodeScalars)
            end = range.lowerBound
        }
        var result = String(String.UnicodeScalarView(scalars))
        for (short, replacement) in later { result = result.replacing(short, with: replacement) }
        result = unescape(result)
        if !media.isEmpty { while result.last?.isWhitespace == true { result.removeLast() } }
        return (result, fit)
    }

    /// Only these three are ever escaped. `&` last, or `&amp;lt;` would become `<`.
    static func unescape(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }

    /// Makes a replacement safe from `unescape`, which runs over the whole text afterwards.
    private static func escape(_ text: String) -> String { text.replacing("&", with: "&amp;") }

    /// Four pictures share one link at one place.
    private static func unique(_ entities: [XURLEntity]) -> [XURLEntity] {
        var seen: Set<String> = []
        return entities.filter { seen.insert("\($0.short) \($0.range?.lowerBound ?? -1)").inserted }
    }
}
