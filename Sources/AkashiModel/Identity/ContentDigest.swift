/// The SHA-256 of some bytes (FIPS 180-4), 32 bytes.
///
/// This target is pure: the digest is computed elsewhere and carried here.
public struct ContentDigest: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Number of bytes of a SHA-256 digest.
    public static let byteCount = 32

    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Takes the bytes of a digest; nil unless there are exactly 32.
    public init?(bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Reads 64 lower-case hexadecimal digits; nil for anything else, upper case too, so that one digest has one spelling.
    public init?(hex: some StringProtocol) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// 64 lower-case hexadecimal digits.
    public var hex: String { Hex.encode(bytes) }

    /// The first 12 hexadecimal digits, for people to compare by eye. Never enough for a machine.
    public var short: String { String(hex.prefix(12)) }

    /// The hexadecimal digits.
    public var description: String { hex }

    /// Orders by the bytes.
    public static func < (left: Self, right: Self) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}

extension ContentDigest: Codable {
    /// Reads the hexadecimal form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = Self(hex: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a SHA-256 in lower-case hex")
        }
        self = digest
    }

    /// Writes the hexadecimal form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
