import AkashiModel

/// The Ed25519 keys that fit every signature, in all their spellings (RFC 8032 section 5.1; Chalkias, Garillot and
/// Nikolaenko, "Taming the many EdDSAs", 2020, table 1). Cryptographic libraries differ in whether they take them.
enum SmallOrderPoint {
    /// Little-endian y coordinates, without the sign bit.
    private static let coordinates: Set<[UInt8]> = Set(
        [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ].compactMap { Hex.decode($0) })

    /// Whether 32 key bytes are one of them, or spell a coordinate past the field's end.
    static func isOne(_ key: some Collection<UInt8>) -> Bool {
        var bytes = Array(key)
        guard bytes.count == 32 else { return true }
        bytes[31] &= 0x7F
        let isPastEnd = bytes[0] >= 0xED && bytes[1..<31].allSatisfy { $0 == 0xFF } && bytes[31] == 0x7F
        return isPastEnd || coordinates.contains(bytes)
    }
}
