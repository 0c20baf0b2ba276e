import AkashiFormats
import AkashiIntake
import AkashiModel
import Foundation

/// Writes a visit as WARC 1.1: what was asked and answered, then what was made of it.
struct CaptureWarc {
    static let filename = "data.warc.gz"

    private let date: String
    private let newID: () -> String
    private(set) var bytes: [UInt8] = []
    private(set) var index: [CDXJLine] = []
    private var infoID = ""

    /// - Parameter newID: makes a new UUID.
    init(_ raw: RawCapture, software: String, newID: @escaping () -> String) {
        date = raw.start.utcText
        self.newID = newID
        infoID = newRecordID()
        let info =
            "software: \(software)\r\nformat: WARC File Format 1.1\r\n"
            + "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
        add(
            [
                ("WARC-Type", "warcinfo"), ("WARC-Record-ID", infoID), ("WARC-Filename", Self.filename),
                ("Content-Type", "application/warc-fields"),
            ], Array(info.utf8), target: nil, mime: nil)
        for exchange in raw.exchanges where exchange.isAnswered { add(exchange, raw) }
        let main = raw.facts.address.hasPrefix("http") ? raw.facts.address : raw.address
        for (number, picture) in raw.pictures.enumerated() {
            addResource("urn:fullPage\(number == 0 ? "" : "-\(number + 1)"):\(main)", "image/png", picture)
        }
        addResource("urn:text:\(main)", "text/plain; charset=utf-8", Array(raw.facts.text.utf8))
        addResource("urn:dom:\(main)", "text/html; charset=utf-8", Array(raw.html.utf8))
        addResource("urn:mhtml:\(main)", "multipart/related", raw.mhtml)
        addResource("urn:pdf:\(main)", "application/pdf", raw.pdf)
        for (origin, chain) in raw.certificates {
            let pem = chain.map { certificate in
                "-----BEGIN CERTIFICATE-----\n"
                    + Data(certificate).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
                    + "\n-----END CERTIFICATE-----\n"
            }
            addResource("urn:tls:\(origin)", "application/pem-certificate-chain", Array(pem.joined().utf8))
        }
    }

    private func newRecordID() -> String { "<urn:uuid:\(newID())>" }

    private mutating func add(_ exchange: Exchange, _ raw: RawCapture) {
        let response = newRecordID()
        let url = URL(string: exchange.url)
        let host = url?.host()?.lowercased() ?? ""
        let port = url.map { $0.port ?? ($0.scheme == "https" ? 443 : 80) } ?? 0
        var fields: [(String, String)] = [
            ("WARC-Type", "response"), ("WARC-Record-ID", response), ("WARC-Target-URI", exchange.url),
            ("WARC-Warcinfo-ID", infoID), ("Content-Type", "application/http; msgtype=response"),
        ]
        if let server = raw.servers["\(host):\(port)"] { fields.append(("WARC-IP-Address", server)) }
        if !exchange.wireProtocol.isEmpty { fields.append(("WARC-Protocol", exchange.wireProtocol)) }
        if case .missing(let reason) = exchange.body {
            fields.append(("WARC-Truncated", reason == "too-large" ? "length" : "unspecified"))
        }
        let body = exchange.bodyBytes
        fields.append(("WARC-Payload-Digest", Self.digest(body)))
        let message = HTTPMessage(
            firstLine: "HTTP/1.1 \(exchange.status) \(exchange.statusText)", fields: Self.plainFields(exchange, body.count),
            body: body)
        let level: Int32 = ["image/", "video/", "audio/", "font/"].contains { exchange.mimeType.hasPrefix($0) } ? 1 : 6
        add(
            fields, message.encoded(), target: exchange.url, mime: message.mediaType, status: String(exchange.status),
            digest: Self.digest(body), level: level)

        let target = (url?.path(percentEncoded: true) ?? "/") + (url?.query(percentEncoded: true).map { "?" + $0 } ?? "")
        let request = HTTPMessage(
            firstLine: "\(exchange.method) \(target.isEmpty ? "/" : target) HTTP/1.1",
            fields: exchange.requestFields.filter { !$0.name.hasPrefix(":") }, body: exchange.requestBody ?? [])
        add(
            [
                ("WARC-Type", "request"), ("WARC-Record-ID", newRecordID()), ("WARC-Target-URI", exchange.url),
                ("WARC-Concurrent-To", response), ("WARC-Warcinfo-ID", infoID),
                ("Content-Type", "application/http; msgtype=request"),
            ], request.encoded(), target: nil, mime: nil)
    }

    /// The fields for a body that is kept unpacked: the server's own encoding and length under other names.
    private static func plainFields(_ exchange: Exchange, _ count: Int) -> [(name: String, value: String)] {
        var fields = exchange.responseFields.filter { !$0.name.hasPrefix(":") }.map { field -> (name: String, value: String) in
            switch field.name.lowercased() {
            case "content-encoding", "transfer-encoding", "content-length": ("x-orig-\(field.name.lowercased())", field.value)
            default: (field.name, field.value.replacing("\r", with: " ").replacing("\n", with: " "))
            }
        }
        fields.append(("Content-Length", String(count)))
        return fields
    }

    private mutating func addResource(_ target: String, _ type: String, _ block: [UInt8]) {
        guard !block.isEmpty else { return }
        let digest = Self.digest(block)
        add(
            [
                ("WARC-Type", "resource"), ("WARC-Record-ID", newRecordID()), ("WARC-Target-URI", target),
                ("WARC-Warcinfo-ID", infoID), ("Content-Type", type), ("WARC-Payload-Digest", digest),
            ], block, target: target, mime: type.split(separator: ";").first.map(String.init), digest: digest,
            level: type.hasPrefix("image/") || type.hasSuffix("pdf") ? 1 : 6)
    }

    private mutating func add(
        _ fields: [(String, String)], _ block: [UInt8], target: String?, mime: String?, status: String? = nil,
        digest: String = "", level: Int32 = 6
    ) {
        let all = fields + [("WARC-Date", date), ("WARC-Block-Digest", Self.digest(block))]
        let record = WarcRecord(fields: all.map { (name: $0.0, value: $0.1) }, block: block)
        let stored = Gzip.compress(record.encoded(), level: level)
        if let target {
            index.append(
                CDXJLine(
                    url: target, date: date, mime: mime, status: status, digest: digest, filename: Self.filename,
                    offset: bytes.count, length: stored.count, recordDigest: SliceDigest.of(stored).hex))
        }
        bytes += stored
    }

    private static func digest(_ bytes: [UInt8]) -> String { "sha256:" + SliceDigest.of(bytes).hex }
}
