/// A mail, or a part of one (RFC 2045, RFC 2046). Any bytes at all give one.
///
/// Our own reader and not GMime: that one loses the end of subjects that Japanese programs write, and does not tell where
/// in the bytes a part stands (docs/adr/0011).
public struct MIMEPart: Sendable {
    /// Deepest nesting that is followed.
    static let maximumDepth = 24
    /// Most parts of one mail.
    static let maximumParts = 2_000

    /// Its header.
    public let headers: MailHeaders
    /// `type/subtype`, lower-case; `text/plain` if none is stated.
    public let mediaType: String
    /// The body as it stands in the mail, not decoded.
    public let rawBody: ArraySlice<UInt8>
    /// The parts of a multipart.
    public let parts: [MIMEPart]

    private let typeParameters: [String: String]

    /// Reads a mail.
    public init(_ bytes: [UInt8]) {
        var budget = Self.maximumParts
        self.init(bytes[...], depth: 0, budget: &budget, defaultType: "text/plain")
    }

    private init(_ bytes: ArraySlice<UInt8>, depth: Int, budget: inout Int, defaultType: String) {
        let split = Self.endOfHeader(bytes)
        headers = MailHeaders(bytes[..<split.header])
        rawBody = bytes[split.body...]
        let field = MailParameters(headers.raw("content-type") ?? [])
        mediaType = field.value.contains("/") ? field.value : defaultType
        typeParameters = field.parameters
        guard mediaType.hasPrefix("multipart/"), let boundary = field.parameters["boundary"], !boundary.isEmpty,
            depth < Self.maximumDepth
        else {
            parts = []
            return
        }
        var found: [MIMEPart] = []
        for range in Self.pieces(rawBody, boundary: Array(boundary.utf8)) {
            guard budget > 0 else { break }
            budget -= 1
            let type = mediaType == "multipart/digest" ? "message/rfc822" : "text/plain"
            found.append(MIMEPart(rawBody[range], depth: depth + 1, budget: &budget, defaultType: type))
        }
        parts = found
    }

    /// The end of the header's lines, and the beginning of the body after the empty line.
    private static func endOfHeader(_ bytes: ArraySlice<UInt8>) -> (header: Int, body: Int) {
        var lineStart = bytes.startIndex
        while lineStart < bytes.endIndex {
            let end = bytes[lineStart...].firstIndex(of: 10) ?? bytes.endIndex
            let isEmpty = end == lineStart || end == lineStart + 1 && bytes[lineStart] == 13
            if isEmpty { return (lineStart, min(end + 1, bytes.endIndex)) }
            lineStart = min(end + 1, bytes.endIndex)
        }
        return (bytes.endIndex, bytes.endIndex)
    }

    /// What stands between the boundary's lines. A missing last boundary is no matter; without any there are no pieces.
    private static func pieces(_ body: ArraySlice<UInt8>, boundary: [UInt8]) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start: Int?
        var lineStart = body.startIndex
        let mark = [45, 45] + boundary
        while lineStart < body.endIndex {
            let end = body[lineStart...].firstIndex(of: 10) ?? body.endIndex
            let line = body[lineStart..<end]
            if line.starts(with: mark) {
                let rest = line.dropFirst(mark.count)
                let isLast = rest.starts(with: [45, 45])
                if isLast || rest.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) {
                    if let start { pieces.append(start..<max(start, Self.beforeLineEnd(body, lineStart, from: start))) }
                    start = isLast ? nil : min(end + 1, body.endIndex)
                    if isLast { return pieces }
                }
            }
            lineStart = min(end + 1, body.endIndex)
        }
        if let start, start < body.endIndex { pieces.append(start..<body.endIndex) }
        return pieces
    }

    /// The line end before a boundary belongs to the boundary.
    private static func beforeLineEnd(_ body: ArraySlice<UInt8>, _ position: Int, from start: Int) -> Int {
        var end = position
        if end > start, body[end - 1] == 10 { end -= 1 }
        if end > start, body[end - 1] == 13 { end -= 1 }
        return end
    }

    /// The body without its transfer encoding.
    public var body: [UInt8] {
        let encoding = String(decoding: headers.raw("content-transfer-encoding") ?? [], as: UTF8.self).lowercased()
        if encoding.contains("base64") { return TransferDecoding.base64(rawBody) }
        if encoding.contains("quoted-printable") { return TransferDecoding.quotedPrintable(rawBody) }
        return Array(rawBody)
    }

    /// The text of a text part.
    public var text: CharsetText { CharsetDecoder.decode(body, label: typeParameters["charset"]) }

    /// The name that a file has, without anything that could lead elsewhere or trick the eye; nil if it has none.
    public var fileName: String? {
        let disposition = MailParameters(headers.raw("content-disposition") ?? [])
        guard let name = disposition.parameters["filename"] ?? typeParameters["name"] else { return nil }
        let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let clean = String(
            String.UnicodeScalarView(
                last.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 && $0.properties.generalCategory != .format }))
        return clean.isEmpty || clean == "." || clean == ".." ? nil : clean
    }

    /// Whether it is meant to be a file and not part of the words.
    public var isAttachment: Bool {
        let disposition = MailParameters(headers.raw("content-disposition") ?? []).value
        if disposition == "attachment" || mediaType == "message/rfc822" { return true }
        return parts.isEmpty && !mediaType.hasPrefix("multipart/") && (!mediaType.hasPrefix("text/") || fileName != nil)
    }
}
