import AkashiModel
import AkashiModeration
import Crypto
import Foundation
import Synchronization

/// How much one address may send. Addresses are hashed with a key that is made at each start and written nowhere.
final class SenderRate: Sendable {
    private let key = SymmetricKey(size: .bits256)
    private let rate: Mutex<CommentRate>?

    init(burst: Int, perHour: Int) {
        rate =
            burst == 0 || perHour == 0
            ? nil : Mutex(CommentRate(CommentRate.Limit(burst: Double(burst), perHour: Double(perHour))))
    }

    /// What stands for an address until the program ends. Of an IPv6 address only the network counts: a house has very many.
    func sender(_ address: String) -> String {
        var address = Substring(address)
        if address.contains(":"), !address.contains(".") {
            address = Substring(address.split(separator: ":", omittingEmptySubsequences: false).prefix(4).joined(separator: ":"))
        }
        return Hex.encode(HMAC<SHA256>.authenticationCode(for: Array(address.utf8), using: key).prefix(8))
    }

    /// Counts a comment, and says whether it is one too many.
    func isTooFast(_ sender: String, at: Int64) -> Bool { rate?.withLock { $0.isTooFast(sender, at: at) } ?? false }
}
