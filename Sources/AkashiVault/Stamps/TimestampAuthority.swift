public import AkashiModel
public import AkashiProof
public import Foundation

/// A time-stamp authority that she has chosen. Several may stamp the same checkpoint.
public struct TimestampAuthority: Codable, Equatable, Sendable {
    /// A short name for files: `a-z`, `0-9` and `-`.
    public let id: String
    /// Its name for people.
    public let name: String
    /// Where it answers RFC 3161 requests over HTTP.
    public let url: URL
    /// The policy to ask for, in dotted form; nil for its default.
    public let policy: String?
    /// Its root certificate, and others that help to build the chain, in PEM.
    public let certificatesPEM: String
    /// Whether it is accredited (総務大臣認定). Papers say so, either way.
    public let isAccredited: Bool

    /// Takes the parts.
    ///
    /// - Throws: ``VaultErrorCode/authorityUnknown`` if the id or the certificates cannot be used.
    public init(
        id: String, name: String, url: URL, policy: String? = nil, certificatesPEM: String, isAccredited: Bool
    ) throws(VaultError) {
        let isPlain = id.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        guard isPlain, (1...40).contains(id.utf8.count), (try? TimestampVerifier(certificatesPEM: certificatesPEM)) != nil
        else { throw VaultError(.authorityUnknown) }
        self.id = id
        self.name = name
        self.url = url
        self.policy = policy
        self.certificatesPEM = certificatesPEM
        self.isAccredited = isAccredited
    }
}

/// A request that waits to be sent.
public struct PendingStamp: Equatable, Sendable {
    /// The ledger's size at the checkpoint that is to be stamped.
    public let size: UInt64
    /// Who is to stamp it.
    public let authority: TimestampAuthority
    /// The request's bytes.
    public let query: [UInt8]
}

/// A stamp that was checked and kept.
public struct KeptStamp: Equatable, Sendable {
    /// The ledger's size at the stamped checkpoint: entries below it existed at the time.
    public let size: UInt64
    /// Who stamped it.
    public let authority: TimestampAuthority
    /// The signed checkpoint that was stamped, byte for byte.
    public let checkpointNote: String
    /// The authority's answer.
    public let response: [UInt8]
    /// What was found when it was checked.
    public let verified: VerifiedTimestamp
}
