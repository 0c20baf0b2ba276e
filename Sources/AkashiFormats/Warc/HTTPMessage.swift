/// An HTTP/1.1 message as archives keep it (RFC 9112): a first line, fields, a body.
public struct HTTPMessage: Sendable {
    /// `HTTP/1.1 200 OK` or `GET /path HTTP/1.1`.
    public var firstLine: String
    /// Its fields, in order.
    public var fields: [(name: String, value: String)]
    /// The body as it is kept: it may be in chunks and compressed.
    public var body: [UInt8]

    /// Takes the parts.
    public init(firstLine: String, fields: [(name: String, value: String)], body: [UInt8]) {
        self.firstLine = firstLine
        self.fields = fields
        self.body = body
    }

    /// Reads a message; nil if it has no head.
    public init?(_ bytes: [UInt8]) {
        guard let end = Self.headEnd(bytes[...], from: 0) else { return nil }
        let head = Array(bytes[..<end])
        let line = head.prefix { $0 != 10 && $0 != 13 }
        firstLine = Self.text(line)
        guard firstLine.contains("HTTP/") else { return nil }
        fields = Self.fields(head)
        body = Array(bytes[end...])
    }

    /// The status of a response.
    public var status: Int? {
        let parts = firstLine.split(separator: " ")
        return parts.count > 1 && firstLine.hasPrefix("HTTP/") ? Int(parts[1]) : nil
    }

    /// The first field of a name, whatever its case.
    public subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name.lowercased() == wanted }?.value
    }

    /// The type of the body without its parameters, in small letters.
    public var mediaType: String? {
        self["Content-Type"]?.split(separator: ";").first.map { $0.lowercased().filter { $0 != " " } }
    }

    /// The charset that the head names.
    public var charset: String? {
        guard let type = self["Content-Type"], let range = type.lowercased().firstRange(of: "charset=") else { return nil }
        return String(type[range.upperBound...].prefix { $0 != ";" && $0 != " " }.filter { $0 != "\"" && $0 != "'" })
    }

    /// The body as a reader sees it: out of its chunks and unpacked. Where a head lies about that, the bytes as they are.
    ///
    /// - Returns: nil if it unpacks to more than `limit` bytes.
    public func content(limit: Int) -> [UInt8]? {
        var bytes = body
        if self["Transfer-Encoding"]?.lowercased().contains("chunked") == true { bytes = Self.unchunk(bytes) ?? bytes }
        let encodings = (self["Content-Encoding"] ?? "").lowercased().split(separator: ",").map { $0.filter { $0 != " " } }
        for encoding in encodings.reversed() where !bytes.isEmpty {
            switch encoding {
            case "gzip", "x-gzip":
                guard Gzip.isGzip(bytes) else { continue }
                guard let plain = Gzip.decompress(bytes, limit: limit) else { return nil }
                bytes = plain
            case "deflate": bytes = Gzip.inflate(bytes, limit: limit) ?? bytes
            case "br": bytes = Brotli.decompress(bytes, limit: limit) ?? bytes
            default: continue
            }
        }
        return bytes.count <= limit ? bytes : nil
    }

    /// The bytes of the message.
    public func encoded() -> [UInt8] {
        var head = firstLine + "\r\n"
        for field in fields { head += "\(field.name): \(field.value)\r\n" }
        return Array((head + "\r\n").utf8) + body
    }

    /// Number of bytes up to the first byte after the empty line; line ends may be LF alone.
    static func headEnd(_ bytes: ArraySlice<UInt8>, from: Int) -> Int? {
        var index = bytes.startIndex + from
        while index < bytes.endIndex {
            guard bytes[index] == 10 else {
                index += 1
                continue
            }
            var next = index + 1
            if next < bytes.endIndex, bytes[next] == 13 { next += 1 }
            if next < bytes.endIndex, bytes[next] == 10 { return next + 1 - bytes.startIndex }
            index += 1
        }
        return nil
    }

    /// The fields of a head; lines that begin with a blank go on with the one before.
    static func fields(_ head: [UInt8]) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for var line in head.split(separator: 10).dropFirst() {
            if line.last == 13 { line = line.dropLast() }
            if let first = line.first, first == 32 || first == 9, !fields.isEmpty {
                fields[fields.count - 1].value += " " + trimmed(text(line))
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                fields.append((trimmed(text(line[..<colon])), trimmed(text(line[(colon + 1)...]))))
            }
        }
        return fields
    }

    private static func unchunk(_ bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            guard let end = bytes[place...].firstIndex(of: 10) else { return result.isEmpty ? nil : result }
            let size = bytes[place..<end].prefix { $0 != 13 && $0 != UInt8(ascii: ";") }
            guard let count = Int(trimmed(text(size)), radix: 16), count >= 0, count <= bytes.count else {
                return result.isEmpty ? nil : result
            }
            if count == 0 { return result }
            let last = min(bytes.count, end + 1 + count)
            result += bytes[end + 1..<last]
            place = last
            while place < bytes.count, bytes[place] == 13 || bytes[place] == 10 { place += 1 }
        }
        return result
    }

    /// UTF-8 where it is that, otherwise each byte as its Latin-1 letter: nothing is lost.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { UnicodeScalar($0) }))
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" || last == "\r" { rest.removeLast() }
        return String(rest)
    }
}
