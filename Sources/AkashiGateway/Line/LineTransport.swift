public import AkashiModel
public import AkashiModeration
import Foundation

/// The channel's own secrets and the way to LINE's servers. The only calls that a gateway makes.
public struct LineTransport: Sendable {
    /// What came back.
    public struct Answer: Sendable {
        /// The status of HTTP.
        public let status: Int
        /// The type of the body.
        public let type: String?
        /// The body; nil where it was more than was asked for.
        public let body: [UInt8]?

        /// Takes the parts.
        public init(status: Int, type: String?, body: [UInt8]?) { (self.status, self.type, self.body) = (status, type, body) }
    }

    /// The secret by which webhooks are signed.
    public let secret: String
    /// Asks LINE: method, address, headers, body, and bytes at the most.
    public let call:
        @Sendable (_ method: String, _ address: String, _ headers: [String: String], _ body: [UInt8], _ most: Int) async ->
            Answer?
    /// Waits.
    public let wait: @Sendable (_ milliseconds: Int) async -> Void
    /// Where messages are sent, and where contents are fetched.
    public let origins: (api: String, data: String)

    /// Where LINE is.
    public static let line = (api: "https://api.line.me", data: "https://api-data.line.me")

    /// Takes the parts.
    public init(
        secret: String, origins: (api: String, data: String) = line,
        call: @escaping @Sendable (String, String, [String: String], [UInt8], Int) async -> Answer?,
        wait: @escaping @Sendable (Int) async -> Void
    ) {
        (self.secret, self.origins, self.call, self.wait) = (secret, origins, call, wait)
    }
}

extension LineConfiguration {
    /// Reads the file that the desk made.
    ///
    /// - Throws: ``GatewayErrorCode/configurationUnreadable``.
    public init(bytes: [UInt8]) throws(GatewayError) {
        guard let read = try? JSONDecoder().decode(LineConfiguration.self, from: Data(bytes)),
            Hex.decode(read.codeHash)?.count == 32
        else { throw GatewayError(.configurationUnreadable, ["part": "line"]) }
        self = read
    }
}
