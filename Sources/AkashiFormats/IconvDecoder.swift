import Foundation
import Glibc

/// Old encodings through the C library's iconv. Foundation lacks EUC-JP, and others too in a statically linked program.
public enum IconvDecoder {
    /// The text, or nil if a byte does not fit the encoding. Names are iconv's: `CP932`, `EUCJP-MS`, `ISO-2022-JP`.
    public static func decode(_ bytes: [UInt8], from encoding: String) -> String? {
        let handle = iconv_open("UTF-8", encoding)
        guard handle != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(handle) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
        var inputLeft = input.count
        var outputLeft = output.count
        let failed = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var from = input.baseAddress
                var to = output.baseAddress
                let result = iconv(handle, &from, &inputLeft, &to, &outputLeft)
                return result == .max || iconv(handle, nil, nil, &to, &outputLeft) == .max
            }
        }
        guard !failed, inputLeft == 0 else { return nil }
        let used = output.prefix(output.count - outputLeft).map { UInt8(bitPattern: $0) }
        return String(validating: used, as: UTF8.self)
    }
}
