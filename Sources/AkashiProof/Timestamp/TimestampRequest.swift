public import AkashiModel
import SwiftASN1

/// What is sent to a time-stamp authority (RFC 3161 section 2.4.1): a SHA-256 and a nonce, nothing else.
public struct TimestampRequest: Equatable, Sendable {
    /// Number of random bytes of a nonce.
    public static let nonceByteCount = 8

    /// The SHA-256 that is stamped.
    public let imprint: ContentDigest
    /// Positive random number, big-endian, that the answer must repeat.
    public let nonce: [UInt8]
    /// The policy asked for, as an object identifier in dotted form; nil for the authority's default.
    public let policy: String?

    /// Takes the digest, 8 random bytes and, if one is wanted, a policy.
    public init(imprint: ContentDigest, nonce: [UInt8], policy: String? = nil) {
        self.imprint = imprint
        // A DER integer is signed and minimal: made positive and not zero, so that it has one spelling.
        var nonce = Array(nonce.prefix(Self.nonceByteCount))
        if let first = nonce.first { nonce[0] = first & 0x3f | 0x40 }
        self.nonce = nonce
        self.policy = policy
    }

    /// The DER bytes for `application/timestamp-query`. They ask for the authority's certificates too.
    ///
    /// - Throws: if the policy is not an object identifier.
    public func encoded() throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.appendConstructedNode(identifier: .sequence) { request in
            try request.serialize(1)
            try request.appendConstructedNode(identifier: .sequence) { imprint in
                try imprint.appendConstructedNode(identifier: .sequence) { algorithm in
                    try algorithm.serialize(TimestampOID.sha256)
                    try algorithm.serialize(ASN1Null())
                }
                try imprint.serialize(ASN1OctetString(contentBytes: self.imprint.bytes[...]))
            }
            if let policy { try request.serialize(ASN1ObjectIdentifier(dotRepresentation: policy)) }
            request.appendPrimitiveNode(identifier: .integer) { $0.append(contentsOf: nonce) }
            try request.serialize(true)
        }
        return serializer.serializedBytes
    }

    /// Reads a request that ``encoded()`` wrote, from the queue; nil if it is damaged.
    public init?(encoded: [UInt8]) {
        do {
            let root = try DER.parse(encoded)
            let parts = try DERParts(root)
            let imprintParts = try DERParts(try parts.required(1))
            guard let digest = ContentDigest(bytes: try imprintParts.required(1).primitiveBytes) else { return nil }
            imprint = digest
            var index = 2
            if let node = parts[index], node.identifier == .objectIdentifier {
                policy = "\(try ASN1ObjectIdentifier(derEncoded: node))"
                index += 1
            } else {
                policy = nil
            }
            nonce = Array(try parts.required(index).primitiveBytes)
        } catch {
            return nil
        }
    }
}

/// Object identifiers of RFC 3161, RFC 5652, RFC 5816 and the digests.
enum TimestampOID {
    static let sha1: ASN1ObjectIdentifier = [1, 3, 14, 3, 2, 26]
    static let sha256: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 1]
    static let sha384: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 2]
    static let sha512: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 3]
    static let signedData: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 7, 2]
    static let tstInfo: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 16, 1, 4]
    static let contentType: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 3]
    static let messageDigest: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 4]
    static let signingCertificate: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 16, 2, 12]
    static let signingCertificateV2: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 16, 2, 47]
    static let timeStamping: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 8]
    static let rsaEncryption: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 1]
    static let sha256WithRSA: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 11]
    static let sha384WithRSA: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 12]
    static let sha512WithRSA: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 13]
    static let ecdsaWithSHA256: ASN1ObjectIdentifier = [1, 2, 840, 10045, 4, 3, 2]
    static let ecdsaWithSHA384: ASN1ObjectIdentifier = [1, 2, 840, 10045, 4, 3, 3]
    static let ecdsaWithSHA512: ASN1ObjectIdentifier = [1, 2, 840, 10045, 4, 3, 4]
    static let ed25519: ASN1ObjectIdentifier = [1, 3, 101, 112]
}

/// The parts of a constructed DER node. SET OF is taken in the order it stands: many authorities do not sort it.
struct DERParts {
    let nodes: [ASN1Node]

    init(_ node: ASN1Node) throws {
        guard case .constructed(let children) = node.content else { throw TimestampProblem.malformed("not constructed") }
        nodes = Array(children)
    }

    subscript(index: Int) -> ASN1Node? { nodes.indices.contains(index) ? nodes[index] : nil }

    func required(_ index: Int) throws -> ASN1Node {
        guard let node = self[index] else { throw TimestampProblem.malformed("a part is missing") }
        return node
    }

    /// The first part with this context-specific tag.
    func tagged(_ number: UInt) -> ASN1Node? {
        nodes.first { $0.identifier.tagClass == .contextSpecific && $0.identifier.tagNumber == number }
    }
}

extension ASN1Node {
    var primitiveBytes: ArraySlice<UInt8> {
        get throws {
            guard case .primitive(let bytes) = content else { throw TimestampProblem.malformed("not primitive") }
            return bytes
        }
    }
}
