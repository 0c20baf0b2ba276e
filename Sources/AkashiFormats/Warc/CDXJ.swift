import Foundation

/// One line of the index of a web archive (CDXJ, as WACZ 1.1.1 section 5.3 uses it).
public struct CDXJLine: Sendable {
    /// The address.
    public let url: String
    /// The time of the record, `WARC-Date`.
    public let date: String
    /// The type of the content.
    public let mime: String?
    /// The status of an HTTP response.
    public let status: String?
    /// `WARC-Payload-Digest`, or that of the block.
    public let digest: String
    /// The name of the WARC file.
    public let filename: String
    /// The first byte of the record in the file.
    public let offset: Int
    /// Number of bytes of the record in the file.
    public let length: Int
    /// SHA-256 of the record as it is stored, in hexadecimal digits.
    public let recordDigest: String

    /// Takes the parts.
    public init(
        url: String, date: String, mime: String?, status: String?, digest: String, filename: String, offset: Int, length: Int,
        recordDigest: String
    ) {
        self.url = url
        self.date = date
        self.mime = mime
        self.status = status
        self.digest = digest
        self.filename = filename
        self.offset = offset
        self.length = length
        self.recordDigest = recordDigest
    }

    /// The line, without its end.
    public var text: String {
        var fields: [(String, String)] = [("url", url)]
        if let mime { fields.append(("mime", mime)) }
        if let status { fields.append(("status", status)) }
        fields += [("digest", digest), ("length", String(length)), ("offset", String(offset)), ("filename", filename)]
        fields.append(("recordDigest", "sha256:" + recordDigest))
        let json = fields.map { "\"\($0.0)\": \(Self.quoted($0.1))" }.joined(separator: ", ")
        // 2026-11-25T01:02:03.123Z becomes 20261125010203: seconds, as the tools that make such indexes have it.
        let stamp = date.prefix(19).filter { $0.isNumber }
        return "\(SURT.key(url)) \(stamp) {\(json)}"
    }

    /// The lines of an index, sorted by their bytes.
    public static func index(_ lines: [CDXJLine]) -> [UInt8] {
        let sorted = lines.map { Array($0.text.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        return Array(sorted.map { $0 + [10] }.joined())
    }

    private static func quoted(_ text: String) -> String {
        let data = (try? JSONSerialization.data(withJSONObject: [text], options: [.withoutEscapingSlashes])) ?? Data()
        return String(decoding: data.dropFirst().dropLast(), as: UTF8.self)
    }
}
