public import AkashiAge
public import AkashiModel
import Foundation

/// What makes a gateway differ from run to run.
public struct GatewayEnvironment: Sendable {
    /// The clock.
    public var now: @Sendable () -> Instant
    /// Chance that nobody can foresee.
    public var random: RandomBytes

    /// Takes the parts.
    public init(now: @escaping @Sendable () -> Instant, random: RandomBytes) {
        self.now = now
        self.random = random
    }

    /// The real clock and randomness.
    public static var live: GatewayEnvironment {
        GatewayEnvironment(
            now: { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
            random: RandomBytes { count in
                var generator = SystemRandomNumberGenerator()
                var bytes: [UInt8] = []
                bytes.reserveCapacity(count + 8)
                while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes += $0 } }
                return Array(bytes.prefix(count))
            })
    }

    /// The PostgreSQL server's address, which may hold a password and so stands in no argument.
    public static var databaseAddress: String { ProcessInfo.processInfo.environment["AKASHI_GATEWAY_DATABASE"] ?? "" }
}
