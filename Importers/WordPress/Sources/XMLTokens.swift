/// Walks XML bytes token by token: tags without their attributes, and text with CDATA and entities undone. Any bytes end.
///
/// Declared entities are not known, so none can grow or reach outside.
struct XMLTokens {
    enum Token: Equatable {
        case open(String)
        case close(String)
        case text(String)
    }

    private let bytes: [UInt8]
    /// Where the next token begins.
    private(set) var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next token; nil at the end, or where a tag is never closed.
    mutating func next() -> Token? {
        while offset < bytes.count {
            guard bytes[offset] == UInt8(ascii: "<") else { return .text(text()) }
            if starts("<![CDATA[") {
                let start = offset + 9
                let end = find("]]>", from: start)
                offset = min(bytes.count, (end ?? bytes.count) + 3)
                return .text(String(decoding: bytes[start..<(end ?? bytes.count)], as: UTF8.self))
            }
            if starts("<!--") {
                offset = min(bytes.count, (find("-->", from: offset + 4) ?? bytes.count) + 3)
                continue
            }
            guard let end = find(">", from: offset + 1) else {
                offset = bytes.count
                return nil
            }
            let inside = bytes[(offset + 1)..<end]
            offset = end + 1
            if inside.first == UInt8(ascii: "?") || inside.first == UInt8(ascii: "!") { continue }
            if inside.first == UInt8(ascii: "/") { return .close(Self.name(inside.dropFirst())) }
            // An element without content opens only: nothing here waits for its end.
            return .open(Self.name(inside))
        }
        return nil
    }

    private mutating func text() -> String {
        let start = offset
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "<") { offset += 1 }
        let raw = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard raw.contains("&") else { return raw }
        return raw.replacing(/&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/) { match in
            if let name = match.3 { return ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"][String(name)] ?? "" }
            let value = match.1.flatMap { UInt32($0, radix: 16) } ?? match.2.flatMap { UInt32($0) }
            return value.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? "\u{FFFD}"
        }
    }

    private static func name(_ inside: ArraySlice<UInt8>) -> String {
        String(decoding: inside.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }, as: UTF8.self)
    }

    private func starts(_ mark: String) -> Bool { bytes[offset...].starts(with: mark.utf8) }

    private func find(_ mark: String, from start: Int) -> Int? {
        let mark = Array(mark.utf8)
        guard start <= bytes.count - mark.count else { return nil }
        return (start...(bytes.count - mark.count)).first {
            bytes[$0] == mark[0] && bytes[$0..<$0 + mark.count].elementsEqual(mark)
        }
    }
}
