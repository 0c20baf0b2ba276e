import CBrotli

/// Brotli (RFC 7932), as web servers send it.
public enum Brotli {
    /// Unpacks some bytes; nil if they are damaged or unpack to more than `limit` bytes.
    public static func decompress(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        guard let decoder = BrotliDecoderCreateInstance(nil, nil, nil) else { return nil }
        defer { BrotliDecoderDestroyInstance(decoder) }
        var output: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 1 << 16)
        return bytes.withUnsafeBufferPointer { source in
            var left = source.count
            var next = source.baseAddress
            while true {
                let (status, count) = room.withUnsafeMutableBufferPointer { target in
                    var free = target.count
                    var place = target.baseAddress
                    let status = BrotliDecoderDecompressStream(decoder, &left, &next, &free, &place, nil)
                    return (status, target.count - free)
                }
                output += room[..<count]
                guard output.count <= limit else { return nil }
                if status == BROTLI_DECODER_RESULT_SUCCESS { return output }
                guard status == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT else { return nil }
            }
        }
    }
}
