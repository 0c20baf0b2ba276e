/// The ways in which bytes are dressed up as ASCII (RFC 2045 section 6), undone leniently: what does not fit is passed over.
public enum TransferDecoding {
    /// Base64; blanks, line ends and anything else outside the alphabet are passed over, missing padding is no matter.
    public static func base64(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            guard let value = value(byte) else { continue }
            bits = bits << 6 | UInt32(value)
            count += 1
            if count == 4 {
                result += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
                bits = 0
                count = 0
            }
        }
        if count == 2 { result.append(UInt8(bits >> 4 & 0xFF)) }
        if count == 3 { result += [UInt8(bits >> 10 & 0xFF), UInt8(bits >> 2 & 0xFF)] }
        return result
    }

    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 65...90: byte - 65
        case 97...122: byte - 71
        case 48...57: byte + 4
        case 43: 62
        case 47: 63
        default: nil
        }
    }

    /// Quoted-printable; an escape that is none stands for itself.
    public static func quotedPrintable(_ bytes: some Sequence<UInt8>, inHeader: Bool = false) -> [UInt8] {
        let bytes = Array(bytes)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if inHeader, byte == UInt8(ascii: "_") {
                result.append(32)
            } else if byte == UInt8(ascii: "=") {
                if index + 2 < bytes.count, let high = hex(bytes[index + 1]), let low = hex(bytes[index + 2]) {
                    result.append(high << 4 | low)
                    index += 2
                } else if let end = softBreak(bytes, after: index) {
                    index = end
                } else {
                    result.append(byte)
                }
            } else {
                result.append(byte)
            }
            index += 1
        }
        return result
    }

    /// The last byte of `=` blanks line end.
    private static func softBreak(_ bytes: [UInt8], after start: Int) -> Int? {
        var index = start + 1
        while index < bytes.count, bytes[index] == 32 || bytes[index] == 9 { index += 1 }
        if index == bytes.count { return index - 1 }
        if bytes[index] == 13, index + 1 < bytes.count, bytes[index + 1] == 10 { return index + 1 }
        return bytes[index] == 10 ? index : nil
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
