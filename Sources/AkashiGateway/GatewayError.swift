public import AkashiModel

/// Why a gateway cannot work.
public typealias GatewayError = CodedFailure<GatewayErrorCode>

/// What went wrong. The words for each stand in `Knowledge/strings/errors`.
public enum GatewayErrorCode: String, Sendable, CaseIterable {
    /// The file that tells the gateway what it needs cannot be read.
    case configurationUnreadable = "gateway.configuration-unreadable"
    /// The database does not answer.
    case storeUnavailable = "gateway.store-unavailable"
    /// The program was built without PostgreSQL.
    case noPostgreSQL = "gateway.no-postgresql"
    /// The environment does not hold the channel's secret and token.
    case lineSecretMissing = "gateway.line-secret-missing"
    /// More comes than can be written down: the sender is asked to come again.
    case busy = "gateway.busy"
}
