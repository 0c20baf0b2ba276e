import AkashiModel
import AkashiProof

/// Where everything lies in a vault's folder (docs/vault-format.md).
struct VaultLayout: Sendable {
    let root: String

    var description: String { root + "/vault.json" }
    var protectedIdentity: String { root + "/identity.age" }
    var openIdentity: String { root + "/identity.txt" }
    var lock: String { root + "/lock" }
    var temporary: String { root + "/tmp" }
    var authorities: String { root + "/authorities.json" }
    var objects: String { root + "/objects" }
    var ledger: String { root + "/ledger" }
    var checkpoint: String { ledger + "/checkpoint" }
    var checkpoints: String { ledger + "/checkpoints" }
    var entries: String { ledger + "/entries" }
    var interrupted: String { ledger + "/interrupted" }
    var index: String { root + "/index" }

    func object(_ name: String) -> String { "\(objects)/\(name.prefix(2))/\(name.dropFirst(2)).age" }

    func bundle(first: UInt64) -> String { "\(entries)/\(Self.bundleName(first: first))" }

    func tile(_ tile: Tile) -> String { "\(ledger)/\(tile.path)" }

    func stampedCheckpoint(_ size: UInt64) -> String { "\(checkpoints)/\(size)" }

    func stampRequest(_ size: UInt64, _ authority: String) -> String { "\(checkpoints)/\(size).\(authority).tsq" }

    func stamp(_ size: UInt64, _ authority: String) -> String { "\(checkpoints)/\(size).\(authority).tsr" }

    /// Twelve digits, so that names sort as numbers do.
    static func bundleName(first: UInt64) -> String {
        let digits = String(first)
        return String(repeating: "0", count: max(0, 12 - digits.count)) + digits + ".age"
    }

    static func bundleFirst(name: String) -> UInt64? {
        guard name.hasSuffix(".age"), let first = UInt64(name.dropLast(4)), bundleName(first: first) == name else {
            return nil
        }
        return first
    }
}
