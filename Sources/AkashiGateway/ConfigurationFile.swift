import AkashiAge
public import AkashiModel
public import AkashiModeration
import Foundation

extension GatewayConfiguration {
    /// Reads the file that the desk made.
    ///
    /// - Throws: ``GatewayErrorCode/configurationUnreadable`` with the name of what is wrong.
    public init(bytes: [UInt8]) throws(GatewayError) {
        guard let read = try? JSONDecoder().decode(GatewayConfiguration.self, from: Data(bytes)) else {
            throw GatewayError(.configurationUnreadable, ["part": "json"])
        }
        self = read
        guard (try? X25519Recipient(recipient)) != nil else {
            throw GatewayError(.configurationUnreadable, ["part": "recipient"])
        }
        guard Hex.decode(tokenHash)?.count == 32 else { throw GatewayError(.configurationUnreadable, ["part": "tokenHash"]) }
        guard burst >= 0, ratePerHour >= 0 else { throw GatewayError(.configurationUnreadable, ["part": "ratePerHour"]) }
        guard origins.allSatisfy(Self.isOrigin) else { throw GatewayError(.configurationUnreadable, ["part": "origins"]) }
    }
}
