import Glibc

/// Text into old encodings, through the C library's iconv.
public enum IconvEncoder {
    /// The bytes, or nil if a letter does not exist there. Names are iconv's.
    public static func encode(_ text: String, to encoding: String) -> [UInt8]? {
        let handle = iconv_open(encoding, "UTF-8")
        guard handle != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(handle) }
        var input = text.utf8.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: input.count * 4 + 32)
        var inputLeft = input.count
        var outputLeft = output.count
        let failed = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var from = input.baseAddress
                var to = output.baseAddress
                return iconv(handle, &from, &inputLeft, &to, &outputLeft) == .max
                    || iconv(handle, nil, nil, &to, &outputLeft) == .max
            }
        }
        guard !failed, inputLeft == 0 else { return nil }
        return output.prefix(output.count - outputLeft).map { UInt8(bitPattern: $0) }
    }
}
