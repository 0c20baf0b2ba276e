public import AkashiModel
import SwiftASN1
import X509

/// Why a time stamp does not hold.
public enum TimestampProblem: Error, Equatable, Sendable {
    /// The bytes are not a time-stamp response or token.
    case malformed(String)
    /// The authority refused, with its status number (RFC 3161 section 2.4.2).
    case refused(status: Int)
    /// It stamps something else.
    case otherImprint
    /// It answers another request.
    case otherNonce
    /// It was made under another policy than the one asked for.
    case otherPolicy
    /// The signature inside, or what it must cover, does not fit.
    case badSignature(String)
    /// The signer's certificate is missing, does not fit, or may not sign time stamps.
    case badCertificate(String)
    /// The signer's certificate does not lead to one of the trusted roots.
    case untrusted
}

/// An RFC 3161 token that was read and not checked yet.
public struct TimestampToken: Sendable {
    /// The DER bytes of the token (a CMS ContentInfo).
    public let encoded: [UInt8]
    /// When it says it was made. Nothing vouches for it until ``TimestampVerifier`` has checked it.
    public let claimedTime: Instant
    /// The SHA-256 that it stamps.
    public let imprint: ContentDigest
    /// The policy it was made under, in dotted form.
    public let policy: String
    /// The authority's number for it, in hexadecimal.
    public let serial: String
    /// The nonce it repeats; nil if it has none.
    public let nonce: [UInt8]?

    let signed: SignedToken

    /// Reads a token, or a whole response (`.tsr`) with a token in it.
    ///
    /// - Throws: ``TimestampProblem``.
    public init(_ bytes: [UInt8]) throws(TimestampProblem) {
        do {
            let root = try DER.parse(bytes)
            let parts = try DERParts(root)
            let contentInfo = try Self.contentInfo(parts, root)
            signed = try SignedToken(contentInfo)
            encoded = Array(contentInfo.encodedBytes)
            let info = try DERParts(DER.parse(signed.content[...]))
            policy = "\(try ASN1ObjectIdentifier(derEncoded: info.required(1)))"
            let imprint = try DERParts(info.required(2))
            let algorithm = try ASN1ObjectIdentifier(derEncoded: DERParts(imprint.required(0)).required(0))
            guard algorithm == TimestampOID.sha256,
                let digest = ContentDigest(bytes: try imprint.required(1).primitiveBytes)
            else { throw TimestampProblem.malformed("the imprint is not SHA-256") }
            self.imprint = digest
            serial = Hex.encode(try info.required(3).primitiveBytes)
            claimedTime = try Self.time(info.required(4))
            // After genTime come accuracy, ordering, nonce, tsa, extensions; all may be missing. Only the nonce is an INTEGER.
            let nonceNode = info.nodes.dropFirst(5).first { $0.identifier == .integer }
            nonce = try nonceNode.map { Array(try $0.primitiveBytes) }
        } catch let problem as TimestampProblem {
            throw problem
        } catch {
            throw .malformed("not DER")
        }
    }

    /// Reads a whole response (TimeStampResp) and nothing else.
    ///
    /// - Throws: ``TimestampProblem``.
    public init(response bytes: [UInt8]) throws(TimestampProblem) {
        guard let first = try? DERParts(DER.parse(bytes)).required(0), first.identifier == .sequence else {
            throw .malformed("not a response")
        }
        try self.init(bytes)
    }

    private static func contentInfo(_ parts: DERParts, _ root: ASN1Node) throws -> ASN1Node {
        // A response begins with its status, a token with an object identifier.
        guard try parts.required(0).identifier == .sequence else { return root }
        let status = try Int(derEncoded: DERParts(parts.required(0)).required(0))
        guard status == 0 || status == 1 else { throw TimestampProblem.refused(status: status) }
        return try parts.required(1)
    }

    /// GeneralizedTime in UTC, with or without a fraction (RFC 3161 section 2.4.2).
    private static func time(_ node: ASN1Node) throws -> Instant {
        guard node.identifier == .generalizedTime else { throw TimestampProblem.malformed("genTime") }
        var digits = DigitReader(String(decoding: try node.primitiveBytes, as: UTF8.self))
        guard let year = digits.number(4), let month = digits.number(2), let day = digits.number(2),
            let hour = digits.number(2), let minute = digits.number(2), let second = digits.number(2)
        else { throw TimestampProblem.malformed("genTime") }
        let millisecond = digits.skip(".") ? digits.fraction() ?? 0 : 0
        guard digits.skip("Z"), digits.isAtEnd,
            let civil = CivilTime(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond)
        else { throw TimestampProblem.malformed("genTime") }
        return civil.instant(offsetMinutes: 0)
    }
}

/// The CMS SignedData around a token (RFC 5652 section 5), as far as a time stamp uses it.
///
/// swift-certificates has a CMS reader, but it refuses contents other than plain data and unsorted certificate sets.
struct SignedToken: Sendable {
    let content: [UInt8]
    let certificates: [Certificate]
    let digestAlgorithm: ASN1ObjectIdentifier
    let signatureAlgorithm: ASN1ObjectIdentifier
    let signature: [UInt8]
    /// The signed attributes re-tagged as a SET: the bytes that are signed (RFC 5652 section 5.4).
    let signedBytes: [UInt8]
    let attributes: [ASN1ObjectIdentifier: [UInt8]]
    let signerIssuer: [UInt8]?
    let signerSerial: [UInt8]?
    let signerKeyID: [UInt8]?

    init(_ contentInfo: ASN1Node) throws {
        let outer = try DERParts(contentInfo)
        guard try ASN1ObjectIdentifier(derEncoded: outer.required(0)) == TimestampOID.signedData else {
            throw TimestampProblem.malformed("not signed data")
        }
        let data = try DERParts(DERParts(outer.required(1)).required(0))
        let encapsulated = try DERParts(data.required(2))
        guard try ASN1ObjectIdentifier(derEncoded: encapsulated.required(0)) == TimestampOID.tstInfo else {
            throw TimestampProblem.malformed("not a time stamp")
        }
        content = Array(try DERParts(encapsulated.required(1)).required(0).primitiveBytes)
        let rest = DERTail(nodes: Array(data.nodes.dropFirst(3)))
        certificates =
            try rest.tagged(0).map { set in
                // Entries that are not plain certificates (attribute certificates) are of no use here.
                try DERParts(set).nodes.filter { $0.identifier == .sequence }.compactMap { try? Certificate(derEncoded: $0) }
            } ?? []
        guard let signers = rest.nodes.last, signers.identifier == .set else {
            throw TimestampProblem.malformed("no signer")
        }
        let signerNodes = try DERParts(signers).nodes
        guard signerNodes.count == 1 else { throw TimestampProblem.malformed("one signer is needed") }
        let signer = try DERParts(signerNodes[0])

        let sid = try signer.required(1)
        if sid.identifier == .sequence {
            let parts = try DERParts(sid)
            signerIssuer = Array(try parts.required(0).encodedBytes)
            signerSerial = Array(try parts.required(1).primitiveBytes)
            signerKeyID = nil
        } else {
            signerIssuer = nil
            signerSerial = nil
            signerKeyID = Array(try sid.primitiveBytes)
        }
        digestAlgorithm = try ASN1ObjectIdentifier(derEncoded: DERParts(signer.required(2)).required(0))
        let signedAttributes = try signer.required(3)
        guard signedAttributes.identifier.tagClass == .contextSpecific, signedAttributes.identifier.tagNumber == 0 else {
            throw TimestampProblem.malformed("no signed attributes")
        }
        var signedBytes = Array(signedAttributes.encodedBytes)
        signedBytes[0] = 0x31
        self.signedBytes = signedBytes
        var attributes: [ASN1ObjectIdentifier: [UInt8]] = [:]
        for attribute in try DERParts(signedAttributes).nodes {
            let parts = try DERParts(attribute)
            let values = try DERParts(parts.required(1)).nodes
            let type = try ASN1ObjectIdentifier(derEncoded: parts.required(0))
            guard values.count == 1, attributes[type] == nil else {
                throw TimestampProblem.malformed("a signed attribute stands twice")
            }
            attributes[type] = Array(values[0].encodedBytes)
        }
        self.attributes = attributes
        signatureAlgorithm = try ASN1ObjectIdentifier(derEncoded: DERParts(signer.required(4)).required(0))
        signature = Array(try signer.required(5).primitiveBytes)
    }
}

private struct DERTail {
    let nodes: [ASN1Node]

    func tagged(_ number: UInt) -> ASN1Node? {
        nodes.first { $0.identifier.tagClass == .contextSpecific && $0.identifier.tagNumber == number }
    }
}
