public import AkashiKnowledge
public import AkashiVault
public import Foundation

/// An authority that can be chosen by its name, as `Knowledge/authorities` has it.
public struct KnownAuthority: Decodable, Sendable {
    /// A short name for files: `a-z`, `0-9` and `-`.
    public let id: String
    /// Its name for people.
    public let name: String
    /// Who it is, what it costs, whether it is accredited; by language.
    public let what: [String: String]
    /// Where it answers RFC 3161 requests.
    public let url: URL
    /// Whether it is accredited (総務大臣認定).
    public let accredited: Bool
    /// SHA-256 of its root certificate, as the root's owner publishes it.
    public let fingerprint: String
    /// Its root certificate in PEM.
    public let certificates: String

    /// All of them.
    ///
    /// - Throws: ``KnowledgeError``.
    public static func all(_ knowledge: Knowledge) throws -> [KnownAuthority] {
        try knowledge.list("authorities", ending: ".yaml").map { try knowledge.yaml($0) }
    }

    /// The same for a vault.
    ///
    /// - Throws: ``VaultErrorCode/authorityUnknown``.
    public func authority() throws -> TimestampAuthority {
        try TimestampAuthority(id: id, name: name, url: url, certificatesPEM: certificates, isAccredited: accredited)
    }
}
