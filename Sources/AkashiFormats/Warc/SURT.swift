/// The key under which indexes of web archives file an address: `jp,example)/path?a=1`.
///
/// The rules are those of the Internet Archive's canonicalizer, as the tools that read WACZ files use them: host turned
/// round and without `www`, everything in small letters, fragment and session numbers gone, arguments sorted.
public enum SURT {
    /// The key of an address.
    public static func key(_ address: String) -> String {
        let text = Array(address.utf8).filter { $0 != 10 && $0 != 13 && $0 != 9 }.trimmingBlanks()
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), isScheme(text[..<colon]) else {
            return key("http://" + address)
        }
        let scheme = String(decoding: text[..<colon], as: UTF8.self).lowercased()
        var rest = text[(colon + 1)...]
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) { rest = rest[..<hash] }
        var query: [UInt8]?
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = Array(rest[(mark + 1)...])
            rest = rest[..<mark]
        }
        guard rest.starts(with: Array("//".utf8)) else {
            // `urn:…` and the like have no host: only the letters are made small, and what is not ASCII is escaped.
            let path = stripSlash(escape(unescape(Array(rest))).map(lower))
            return "\(scheme):" + String(decoding: path, as: UTF8.self) + queryText(query)
        }
        rest = rest.dropFirst(2)
        let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        let (host, port) = hostAndPort(Array(rest[..<slash]), scheme)
        var path = escape(unescape(normalised(Array(rest[slash...])))).map(lower)
        path = stripSlash(path)
        return host + port + ")" + String(decoding: path, as: UTF8.self) + queryText(query)
    }

    private static func hostAndPort(_ authority: [UInt8], _ scheme: String) -> (String, String) {
        var host = authority
        if let at = host.lastIndex(of: UInt8(ascii: "@")) { host = Array(host[(at + 1)...]) }
        var port = ""
        if let colon = host.lastIndex(of: UInt8(ascii: ":")), host[(colon + 1)...].allSatisfy({ (48...57).contains($0) }) {
            port = String(decoding: host[(colon + 1)...], as: UTF8.self)
            host = Array(host[..<colon])
        }
        let isDefault = port.isEmpty || (scheme == "http" && port == "80") || (scheme == "https" && port == "443")
        var name = String(decoding: escape(unescape(host)).map(lower), as: UTF8.self)
        if name.hasPrefix("www") {
            let rest = name.dropFirst(3).drop { $0.isASCII && $0.isNumber }
            if rest.first == "." { name = String(rest.dropFirst()) }
        }
        let parts = name.split(separator: ".").reversed().joined(separator: ",")
        return (parts, isDefault ? "" : ":" + port)
    }

    /// Without `.`, `..` and doubled slashes.
    private static func normalised(_ path: [UInt8]) -> [UInt8] {
        guard !path.isEmpty else { return [UInt8(ascii: "/")] }
        var kept: [ArraySlice<UInt8>] = []
        for part in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
            if part.elementsEqual(".".utf8) { continue }
            if part.elementsEqual("..".utf8), !kept.isEmpty {
                kept.removeLast()
            } else {
                kept.append(part)
            }
        }
        var result: [UInt8] = [UInt8(ascii: "/")]
        for (number, part) in kept.enumerated() {
            if number == kept.count - 1 {
                result += part
            } else if !part.isEmpty {
                result += part + [UInt8(ascii: "/")]
            }
        }
        return result
    }

    private static func stripSlash(_ path: [UInt8]) -> [UInt8] {
        path.count > 1 && path.last == UInt8(ascii: "/") ? Array(path.dropLast()) : path
    }

    private static func queryText(_ query: [UInt8]?) -> String {
        guard let query, !query.isEmpty else { return "" }
        let bytes = escape(unescape(query)).map(lower)
        let text = withoutSession(String(decoding: bytes, as: UTF8.self))
        guard !text.isEmpty else { return "" }
        let pairs = text.split(separator: "&", omittingEmptySubsequences: false).map { argument in
            argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { Array($0.utf8) }
        }
        let sorted = pairs.sorted { left, right in
            for (one, other) in zip(left, right) where one != other { return one.lexicographicallyPrecedes(other) }
            return left.count < right.count
        }
        let joined = sorted.map { $0.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "=") }
        return "?" + joined.joined(separator: "&")
    }

    /// Without the numbers of sessions that common servers add.
    private static func withoutSession(_ query: String) -> String {
        var query = query
        for name in ["jsessionid", "phpsessid", "sid"] {
            guard let place = query.ranges(of: "\(name)=").last else { continue }
            let value = query[place.upperBound...].prefix { $0 != "&" }
            guard value.count == 32, value.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else { continue }
            let after = query[value.endIndex...].dropFirst()
            query = String(query[..<place.lowerBound] + after)
        }
        return query
    }

    private static func isScheme(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, UnicodeScalar(first).properties.isAlphabetic, first < 128 else { return false }
        return text.allSatisfy { byte in
            byte < 128
                && (UnicodeScalar(byte).properties.isAlphabetic || (48...57).contains(byte) || [43, 45, 46].contains(byte))
        }
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }

    /// Unescapes until nothing is left to unescape.
    private static func unescape(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        while true {
            var result: [UInt8] = []
            var place = 0
            while place < bytes.count {
                if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count, let high = digit(bytes[place + 1]),
                    let low = digit(bytes[place + 2])
                {
                    result.append(high << 4 | low)
                    place += 3
                } else {
                    result.append(bytes[place])
                    place += 1
                }
            }
            if result == bytes { return bytes }
            bytes = result
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map { UInt8($0) }
    }

    /// Escapes what is not printable ASCII, and `#` and `%`.
    private static func escape(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return bytes.flatMap { byte in
            byte > 32 && byte < 127 && byte != UInt8(ascii: "#") && byte != UInt8(ascii: "%")
                ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}

extension [UInt8] {
    fileprivate func trimmingBlanks() -> [UInt8] {
        var rest = self[...]
        while rest.first == 32 { rest.removeFirst() }
        while rest.last == 32 { rest.removeLast() }
        return Array(rest)
    }
}
