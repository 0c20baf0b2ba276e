public import AkashiAge
public import AkashiModel
import Foundation
import Glibc

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
                var bytes = [UInt8](repeating: 0, count: count)
                // One call for all of it, unlike the standard generator: many comments a second are shut away.
                for start in stride(from: 0, to: count, by: 256) {
                    let length = min(256, count - start)
                    let got = bytes[start..<start + length].withUnsafeMutableBytes { getentropy($0.baseAddress, length) }
                    precondition(got == 0, "the system has no chance to give")
                }
                return bytes
            })
    }

    /// The PostgreSQL server's address, which may hold a password and so stands in no argument.
    public static var databaseAddress: String { ProcessInfo.processInfo.environment["AKASHI_GATEWAY_DATABASE"] ?? "" }
}
