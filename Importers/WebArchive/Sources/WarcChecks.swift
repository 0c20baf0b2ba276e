import AkashiFormats
import Crypto

/// Digests of a WARC record. A record without one proves nothing, and tools that others wrote let it pass: here it is said.
enum WarcChecks {
    static func problems(_ record: WarcRecord, isCut: Bool) -> [String] {
        guard ["response", "resource", "request", "revisit"].contains(record.type), !isCut else { return [] }
        var problems: [String] = []
        let block = record["WARC-Block-Digest"]
        let payload = record["WARC-Payload-Digest"]
        if block == nil, payload == nil, record.type == "response" || record.type == "resource" {
            problems.append("warc.no-digest")
        }
        if let block {
            switch check(block, [record.block]) {
            case false: problems.append("warc.digest-differs")
            case nil: problems.append("warc.digest-unknown")
            default: break
            }
        }
        if let payload, record.type == "response" || record.type == "resource", record["WARC-Truncated"] == nil {
            let bodies = record.type == "resource" ? [record.block] : bodies(record.block)
            if check(payload, bodies) == false { problems.append("warc.payload-differs") }
        }
        return problems
    }

    /// The body as it stands, out of its chunks, and unpacked: tools do not agree on what they take the digest of.
    private static func bodies(_ block: [UInt8]) -> [[UInt8]] {
        guard let message = HTTPMessage(block) else { return [block] }
        var plain = message
        plain.fields.removeAll { $0.name.lowercased() == "content-encoding" }
        let limit = WebArchiveReading.maximumBody
        return [message.body] + [plain.content(limit: limit), message.content(limit: limit)].compactMap(\.self)
    }

    /// Whether one of the contents has the digest; nil if its form is not known.
    private static func check(_ text: String, _ contents: [[UInt8]]) -> Bool? {
        guard let digest = WarcDigest(text) else { return nil }
        return contents.contains { bytes in
            switch digest.algorithm {
            case "sha1": Array(Insecure.SHA1.hash(data: bytes)) == digest.bytes
            case "sha256": Array(SHA256.hash(data: bytes)) == digest.bytes
            case "sha512": Array(SHA512.hash(data: bytes)) == digest.bytes
            case "md5": Array(Insecure.MD5.hash(data: bytes)) == digest.bytes
            default: false
            }
        }
    }
}
