import Foundation
import Glibc

/// Old encodings through the C library's iconv. Foundation lacks EUC-JP, and others too in a statically linked program.
public enum IconvDecoder {
    /// The text, or nil if a byte does not fit the encoding. Names are iconv's: `CP932`, `EUCJP-MS`, `ISO-2022-JP`.
    public static func decode(_ bytes: [UInt8], from encoding: String) -> String? {
        guard let (text, badBytes) = convert(bytes, encoding, stopsAtBadByte: true), badBytes == 0 else { return nil }
        return text
    }

    /// The text with U+FFFD for each byte that does not fit, and the number of such bytes; nil for an unknown encoding.
    public static func decodeLossy(_ bytes: [UInt8], from encoding: String) -> (text: String, badBytes: Int)? {
        convert(bytes, encoding, stopsAtBadByte: false)
    }

    private static func convert(
        _ bytes: [UInt8], _ encoding: String, stopsAtBadByte: Bool
    ) -> (text: String, badBytes: Int)? {
        let handle = iconv_open("UTF-8", encoding)
        guard handle != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(handle) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
        var inputLeft = input.count
        var outputLeft = output.count
        var badBytes = 0
        input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var from = input.baseAddress
                var to = output.baseAddress
                while iconv(handle, &from, &inputLeft, &to, &outputLeft) == .max {
                    badBytes += 1
                    guard !stopsAtBadByte, inputLeft > 0, outputLeft >= 3 else { return }
                    for byte: UInt8 in [0xEF, 0xBF, 0xBD] {
                        to?.pointee = CChar(bitPattern: byte)
                        to = to?.advanced(by: 1)
                    }
                    outputLeft -= 3
                    from = from?.advanced(by: 1)
                    inputLeft -= 1
                    iconv(handle, nil, nil, nil, nil)
                }
                iconv(handle, nil, nil, &to, &outputLeft)
            }
        }
        let used = output.prefix(output.count - outputLeft).map { UInt8(bitPattern: $0) }
        return (String(decoding: used, as: UTF8.self), badBytes + (stopsAtBadByte ? inputLeft : 0))
    }
}
