/// Bech32 (BIP 173) without the length limit, as age uses it for keys.
enum Bech32 {
    private static let charset = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

    static func encode(prefix: String, bytes: [UInt8]) -> String {
        let values = regroup(bytes, from: 8, to: 5, pad: true) ?? []
        let check = checksum(prefix: prefix, values: values)
        let data = (values + check).map { charset[Int($0)] }
        return prefix + "1" + String(decoding: data, as: UTF8.self)
    }

    /// The prefix in lower case, and the bytes; nil for mixed case, a wrong checksum or bits left over.
    static func decode(_ text: String) -> (prefix: String, bytes: [UInt8])? {
        guard text == text.lowercased() || text == text.uppercased() else { return nil }
        let characters = Array(text.lowercased().utf8)
        guard let separator = characters.lastIndex(of: UInt8(ascii: "1")), separator > 0,
            characters.count - separator - 1 >= 6, characters[..<separator].allSatisfy({ (33...126).contains($0) })
        else { return nil }
        let prefix = String(decoding: characters[..<separator], as: UTF8.self)
        var values: [UInt8] = []
        for character in characters[(separator + 1)...] {
            guard let value = charset.firstIndex(of: character) else { return nil }
            values.append(UInt8(value))
        }
        guard polymod(expand(prefix) + values) == 1,
            let bytes = regroup(Array(values.dropLast(6)), from: 5, to: 8, pad: false)
        else { return nil }
        return (prefix, bytes)
    }

    private static func expand(_ prefix: String) -> [UInt8] {
        prefix.utf8.map { $0 >> 5 } + [0] + prefix.utf8.map { $0 & 31 }
    }

    private static func checksum(prefix: String, values: [UInt8]) -> [UInt8] {
        let sum = polymod(expand(prefix) + values + [UInt8](repeating: 0, count: 6)) ^ 1
        return (0..<6).map { UInt8(sum >> (5 * (5 - UInt32($0))) & 31) }
    }

    private static func polymod(_ values: [UInt8]) -> UInt32 {
        let generator: [UInt32] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
        var sum: UInt32 = 1
        for value in values {
            let top = sum >> 25
            sum = (sum & 0x1ff_ffff) << 5 ^ UInt32(value)
            for bit in 0..<5 where top >> UInt32(bit) & 1 == 1 { sum ^= generator[bit] }
        }
        return sum
    }

    private static func regroup(_ values: [UInt8], from: UInt32, to: UInt32, pad: Bool) -> [UInt8]? {
        var accumulator: UInt32 = 0
        var bits: UInt32 = 0
        var result: [UInt8] = []
        let mask: UInt32 = 1 << to - 1
        for value in values {
            guard UInt32(value) >> from == 0 else { return nil }
            accumulator = accumulator << from | UInt32(value)
            bits += from
            while bits >= to {
                bits -= to
                result.append(UInt8(accumulator >> bits & mask))
            }
            accumulator &= 1 << bits - 1
        }
        if pad {
            if bits > 0 { result.append(UInt8(accumulator << (to - bits) & mask)) }
        } else if bits >= from || accumulator != 0 {
            return nil
        }
        return result
    }
}
