public import AkashiModel
import Foundation

/// What `vault.json` says. Nothing in it is secret.
public struct VaultDescription: Codable, Equatable, Sendable {
    static let currentFormat = "akashi-vault/1"

    /// The version of the format.
    public let format: String
    /// The vault's id: random, says nothing.
    public let id: String
    /// The age recipient to which everything is encrypted.
    public let recipient: String
    /// The ledger's public key (C2SP signed-note verifier key).
    public let ledger: String
    /// When the vault was made, by this computer's clock.
    public let createdAt: ObservedTime

    func encoded() throws(VaultError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { throw VaultError(.notAVault) }
        return Array(data) + [10]
    }

    init(format: String, id: String, recipient: String, ledger: String, createdAt: ObservedTime) {
        self.format = format
        self.id = id
        self.recipient = recipient
        self.ledger = ledger
        self.createdAt = createdAt
    }

    init(_ bytes: [UInt8]) throws(VaultError) {
        guard let description = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else {
            throw VaultError(.notAVault, ["file": "vault.json"])
        }
        guard description.format == Self.currentFormat else {
            throw VaultError(.unknownFormat, ["format": String(description.format.prefix(40))])
        }
        self = description
    }
}
