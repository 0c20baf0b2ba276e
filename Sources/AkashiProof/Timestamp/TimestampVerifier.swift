public import AkashiModel
import Crypto
import Foundation
import SwiftASN1
@_spi(FixedExpiryValidationTime) import X509

/// A time stamp that was checked whole: signature, certificate chain, imprint, policy, nonce.
public struct VerifiedTimestamp: Equatable, Sendable {
    /// What was stamped existed before this time, the authority says.
    public let time: AttestedTime
    /// The authority's name, as its certificate says.
    public let authority: String
    /// SHA-256 of the root certificate that it leads to, for comparing with what the authority publishes.
    public let rootFingerprint: String
    /// The authority's policy, in dotted form.
    public let policy: String
}

/// Checks time stamps against trusted root certificates.
public struct TimestampVerifier: Sendable {
    private let roots: [Certificate]
    private let extra: [Certificate]

    /// Takes certificates as PEM text. Those signed by themselves are trusted as roots, others only help to build chains.
    ///
    /// - Throws: ``TimestampProblem/badCertificate(_:)`` if there is no root among them, or one cannot be read.
    public init(certificatesPEM: String) throws(TimestampProblem) {
        do {
            let documents = try PEMDocument.parseMultiple(pemString: certificatesPEM)
            let certificates = try documents.map { try Certificate(pemDocument: $0) }
            roots = certificates.filter { $0.subject == $0.issuer }
            extra = certificates.filter { $0.subject != $0.issuer }
        } catch {
            throw .badCertificate("not PEM certificates")
        }
        guard !roots.isEmpty else { throw .badCertificate("no root certificate") }
    }

    /// Checks a token over a digest. With the request, the nonce and the policy are compared too.
    ///
    /// The certificates are judged as of the time in the token, so that a stamp holds after its authority's
    /// certificate has run out. That the authority was not broken into by then is what re-stamping is for.
    public func verify(
        _ token: TimestampToken, imprint: ContentDigest, request: TimestampRequest? = nil
    ) async throws(TimestampProblem) -> VerifiedTimestamp {
        guard token.imprint == imprint else { throw .otherImprint }
        if let request {
            guard token.nonce == request.nonce else { throw .otherNonce }
            guard request.policy == nil || request.policy == token.policy else { throw .otherPolicy }
        }
        let signer = try Self.signer(of: token.signed)
        try Self.checkSignature(token.signed, signer)
        let root = try await chainRoot(for: signer, helpers: token.signed.certificates, at: token.claimedTime)
        return VerifiedTimestamp(
            time: AttestedTime(token.claimedTime), authority: "\(signer.subject)",
            rootFingerprint: Self.fingerprint(root), policy: token.policy)
    }

    private static func signer(of signed: SignedToken) throws(TimestampProblem) -> Certificate {
        let found = signed.certificates.first { certificate in
            if let keyID = signed.signerKeyID {
                let own = try? certificate.extensions.subjectKeyIdentifier
                return own.map { Array($0.keyIdentifier) == keyID } ?? false
            }
            guard let issuer = der(certificate.issuer) else { return false }
            return issuer == signed.signerIssuer && Array(certificate.serialNumber.bytes) == minimal(signed.signerSerial)
        }
        guard let found else { throw .badCertificate("the signer's certificate is not in the token") }
        return found
    }

    private static func checkSignature(_ signed: SignedToken, _ signer: Certificate) throws(TimestampProblem) {
        guard let typeBytes = signed.attributes[TimestampOID.contentType],
            (try? ASN1ObjectIdentifier(derEncoded: typeBytes)) == TimestampOID.tstInfo
        else { throw .badSignature("content type") }
        guard let digestBytes = signed.attributes[TimestampOID.messageDigest],
            let digest = try? ASN1OctetString(derEncoded: digestBytes),
            let own = hash(signed.content, signed.digestAlgorithm), Array(digest.bytes) == own
        else { throw .badSignature("message digest") }
        try checkCertificateHash(signed, signer)
        guard let algorithm = algorithm(signed) else { throw .badSignature("unknown algorithm") }
        guard signer.publicKey.isValidSignature(signed.signature, for: signed.signedBytes, signatureAlgorithm: algorithm)
        else { throw .badSignature("signature") }
        guard let usage = try? signer.extensions.extendedKeyUsage,
            Array(usage) == [.timeStamping],
            signer.extensions.first(where: { $0.oid == .X509ExtensionID.extendedKeyUsage })?.critical == true
        else { throw .badCertificate("it may not sign time stamps only") }
    }

    /// The token names its certificate by hash, so that no other one can be put in its place (RFC 5816, RFC 2634).
    private static func checkCertificateHash(_ signed: SignedToken, _ signer: Certificate) throws(TimestampProblem) {
        let isVersion2 = signed.attributes[TimestampOID.signingCertificateV2] != nil
        guard
            let bytes = signed.attributes[TimestampOID.signingCertificateV2]
                ?? signed.attributes[TimestampOID.signingCertificate],
            let encoded = der(signer)
        else { throw .badSignature("signing certificate") }
        do {
            let first = try DERParts(DERParts(DERParts(DER.parse(bytes)).required(0)).required(0))
            let head = try first.required(0)
            var algorithm = isVersion2 ? TimestampOID.sha256 : TimestampOID.sha1
            var hashNode = head
            if head.identifier == .sequence {
                algorithm = try ASN1ObjectIdentifier(derEncoded: DERParts(head).required(0))
                hashNode = try first.required(1)
            }
            guard let own = hash(encoded, algorithm), own == Array(try hashNode.primitiveBytes) else {
                throw TimestampProblem.badSignature("signing certificate")
            }
        } catch {
            throw .badSignature("signing certificate")
        }
    }

    private func chainRoot(
        for signer: Certificate, helpers: [Certificate], at time: Instant
    ) async throws(TimestampProblem) -> Certificate {
        let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)
        var verifier = Verifier(rootCertificates: CertificateStore(roots)) {
            RFC5280Policy(fixedExpiryValidationTime: date)
            TimeStampingPolicy()
        }
        let intermediates = CertificateStore(extra + helpers.filter { $0 != signer })
        switch await verifier.validate(leaf: signer, intermediates: intermediates) {
        case .validCertificate(let chain):
            guard let root = chain.last else { throw .untrusted }
            return root
        case .couldNotValidate: throw .untrusted
        }
    }

    private static func algorithm(_ signed: SignedToken) -> Certificate.SignatureAlgorithm? {
        switch (signed.signatureAlgorithm, signed.digestAlgorithm) {
        case (TimestampOID.rsaEncryption, TimestampOID.sha256), (TimestampOID.sha256WithRSA, _): .sha256WithRSAEncryption
        case (TimestampOID.rsaEncryption, TimestampOID.sha384), (TimestampOID.sha384WithRSA, _): .sha384WithRSAEncryption
        case (TimestampOID.rsaEncryption, TimestampOID.sha512), (TimestampOID.sha512WithRSA, _): .sha512WithRSAEncryption
        case (TimestampOID.ecdsaWithSHA256, _): .ecdsaWithSHA256
        case (TimestampOID.ecdsaWithSHA384, _): .ecdsaWithSHA384
        case (TimestampOID.ecdsaWithSHA512, _): .ecdsaWithSHA512
        case (TimestampOID.ed25519, _): .ed25519
        default: nil
        }
    }

    private static func hash(_ bytes: [UInt8], _ algorithm: ASN1ObjectIdentifier) -> [UInt8]? {
        switch algorithm {
        case TimestampOID.sha256: Array(SHA256.hash(data: bytes))
        case TimestampOID.sha384: Array(SHA384.hash(data: bytes))
        case TimestampOID.sha512: Array(SHA512.hash(data: bytes))
        // Only ever for naming the certificate (RFC 2634), where the signature covers the certificate's key anyway.
        case TimestampOID.sha1: Array(Insecure.SHA1.hash(data: bytes))
        default: nil
        }
    }

    private static func der(_ value: some DERSerializable) -> [UInt8]? {
        var serializer = DER.Serializer()
        do { try serializer.serialize(value) } catch { return nil }
        return serializer.serializedBytes
    }

    private static func minimal(_ bytes: [UInt8]?) -> [UInt8]? {
        bytes.map { bytes in bytes.count > 1 && bytes[0] == 0 ? Array(bytes.dropFirst()) : bytes }
    }

    private static func fingerprint(_ certificate: Certificate) -> String {
        der(certificate).map { Hex.encode(SHA256.hash(data: $0)) } ?? ""
    }
}

/// Allows the one critical extension that every time-stamp signer has.
private struct TimeStampingPolicy: VerifierPolicy {
    var verifyingCriticalExtensions: [ASN1ObjectIdentifier] { [.X509ExtensionID.extendedKeyUsage] }

    func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) async -> PolicyEvaluationResult {
        .meetsPolicy
    }
}
