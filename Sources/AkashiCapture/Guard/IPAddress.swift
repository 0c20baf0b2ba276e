import Foundation

/// A numeric address of the internet.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16 bytes.
    public let bytes: [UInt8]

    /// Takes 4 or 16 bytes.
    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads `203.0.113.7` or `2001:db8::1`; nothing else, no shortened or octal forms.
    public init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: &six) { Array($0) }
        } else {
            return nil
        }
    }

    /// The address as text.
    public var description: String {
        var room = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &room, socklen_t(room.count)) != nil else { return "" }
        return String(decoding: room.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether it belongs to the open internet: not this computer, not a home or office network, not an address that
    /// stands for another (IPv4 in IPv6, 6to4, NAT64, Teredo), not one that is set aside (IANA special-purpose registries).
    public var isPublic: Bool {
        if bytes.count == 4 { return !Self.reserved4.contains { matches($0.0, $0.1) } }
        // 2000::/3 is all that is handed out; what is set aside inside of it is taken away again.
        return bytes[0] & 0xe0 == 0x20 && !Self.reserved6.contains { matches($0.0, $0.1) }
    }

    private func matches(_ prefix: [UInt8], _ length: Int) -> Bool {
        for (number, byte) in prefix.enumerated() {
            let bits = min(8, length - number * 8)
            if bits <= 0 { break }
            let mask = UInt8(truncatingIfNeeded: 0xff << (8 - bits))
            if bytes[number] & mask != byte & mask { return false }
        }
        return true
    }

    /// IANA IPv4 special-purpose address registry, multicast, and the rest above 240.
    private static let reserved4: [([UInt8], Int)] = [
        ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24),
        ([192, 0, 2], 24), ([192, 31, 196], 24), ([192, 52, 193], 24), ([192, 88, 99], 24), ([192, 168], 16),
        ([192, 175, 48], 24), ([198, 18], 15), ([198, 51, 100], 24), ([203, 0, 113], 24), ([224], 4), ([240], 4),
    ]
    /// IANA IPv6 special-purpose address registry, as far as it lies in 2000::/3: Teredo and its neighbours,
    /// documentation, 6to4.
    private static let reserved6: [([UInt8], Int)] = [
        ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0d, 0xb8], 32), ([0x20, 0x02], 16), ([0x3f, 0xff, 0x00], 20),
    ]
}
