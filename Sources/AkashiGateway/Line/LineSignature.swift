import Crypto
import Foundation

/// Whether a webhook comes from LINE: HMAC-SHA256 of the body as it came, keyed with the channel's secret, in Base64 (LINE Developers,
/// "Verify webhook signature").
struct LineSignature: Sendable {
    private let key: SymmetricKey

    init(secret: String) { key = SymmetricKey(data: Data(secret.utf8)) }

    /// Compared in constant time, byte by byte of the code itself: Base64 in other letters is another code.
    func isRight(_ header: String?, for body: [UInt8]) -> Bool {
        guard let header, let given = Data(base64Encoded: header), given.base64EncodedString() == header else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(given, authenticating: body, using: key)
    }
}
