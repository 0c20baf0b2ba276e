import Foundation

/// JSON as pages really hold it: wrapped in comments, with line ends inside of strings, with a comma too many.
enum LooseJSON {
    static func value(_ text: String) -> Any? {
        if let value = parse(text) { return value }
        return parse(mended(text))
    }

    private static func parse(_ text: String) -> Any? {
        try? JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
    }

    /// From the first bracket to the last; control letters in strings escaped; commas before a closing bracket left out.
    private static func mended(_ text: String) -> String {
        let text = text.replacing("<![CDATA[", with: "").replacing("]]>", with: "")
        let open = text.unicodeScalars.firstIndex { $0 == "{" || $0 == "[" }
        let close = text.unicodeScalars.lastIndex { $0 == "}" || $0 == "]" }
        guard let open, let close, open < close else { return text }
        var result = String.UnicodeScalarView()
        var isString = false
        var isEscaped = false
        var comma: String.UnicodeScalarView?
        for scalar in text.unicodeScalars[open...close] {
            if isString {
                switch scalar {
                case _ where isEscaped: isEscaped = false
                case "\\": isEscaped = true
                case "\"": isString = false
                case "\n":
                    result.append(contentsOf: "\\n".unicodeScalars)
                    continue
                case _ where scalar.value < 0x20: continue
                default: break
                }
                result.append(scalar)
                continue
            }
            if scalar == "," {
                if let waiting = comma { result.append(contentsOf: waiting) }
                comma = ",".unicodeScalars
                continue
            }
            if let waiting = comma, !scalar.properties.isWhitespace {
                if scalar != "}", scalar != "]" { result.append(contentsOf: waiting) }
                comma = nil
            }
            if scalar == "\"" { isString = true }
            result.append(scalar)
        }
        return String(result)
    }
}
