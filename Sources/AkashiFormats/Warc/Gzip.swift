import CZlib

/// Gzip (RFC 1952), one member at a time.
public enum Gzip {
    /// Compresses some bytes as one member, without a name or a date in it.
    ///
    /// - Parameter level: 0 (store) to 9.
    public static func compress(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
        var stream = z_stream()
        let window: Int32 = 15 + 16
        let status = deflateInit2_(
            &stream, level, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib cannot begin")
        defer { deflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        var input = bytes
        let count = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                deflate(&stream, Z_FINISH)
                return target.count - Int(stream.avail_out)
            }
        }
        output.removeLast(output.count - count)
        return output
    }

    /// Whether some bytes begin like a gzip member.
    public static func isGzip(_ head: some Collection<UInt8>) -> Bool { Array(head.prefix(2)) == [0x1f, 0x8b] }

    /// All members of some bytes, unpacked; what comes after damage is left out.
    ///
    /// - Returns: nil if nothing could be unpacked, or more than `limit` bytes came out.
    public static func decompress(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        let reader = GzipMemberReader(MemoryBytes(bytes).stream(), limit: limit)
        var all: [UInt8] = []
        while let member = try? reader.next(), member.isWhole || !member.bytes.isEmpty {
            all += member.bytes
            guard all.count <= limit else { return nil }
            if !member.isWhole { break }
        }
        return all.isEmpty && !bytes.isEmpty ? nil : all
    }

    /// Deflated bytes with or without a zlib header, as servers send them under the name `deflate`.
    public static func inflate(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        for window: Int32 in [15, -15] {
            let inflater = Inflater(window: window, limit: limit)
            if let output = inflater.all(bytes), !output.isEmpty || bytes.isEmpty { return output }
        }
        return nil
    }
}

/// One gzip member of a file.
public struct GzipMember: Sendable {
    /// Its first byte in the file.
    public let offset: UInt64
    /// Its bytes as they are stored.
    public let stored: [UInt8]
    /// Its bytes unpacked.
    public let bytes: [UInt8]
    /// Whether it ended as it should, with the right checksum.
    public let isWhole: Bool
}

/// Reads the gzip members of a stream one after the other.
public final class GzipMemberReader {
    /// Why reading stopped.
    public enum Problem: Error, Equatable {
        /// A member unpacks to more than the limit, or to very many times its size.
        case tooLarge
    }

    private static let pieceSize = 1 << 16

    private let stream: any ByteStream
    private let limit: Int
    private var waiting: [UInt8] = []
    private var position: UInt64 = 0
    private var isAtEnd = false

    /// Reads from a stream.
    ///
    /// - Parameter limit: the largest number of unpacked bytes of one member.
    public init(_ stream: any ByteStream, limit: Int) {
        self.stream = stream
        self.limit = limit
    }

    /// The next member; nil at the end, or where something that is no gzip follows.
    public func next() throws -> GzipMember? {
        try fill()
        guard !waiting.isEmpty else { return nil }
        let offset = position
        var stored: [UInt8] = []
        let inflater = Inflater(window: 15 + 16, limit: limit)
        while true {
            try fill()
            guard !waiting.isEmpty else { break }
            let used = inflater.take(waiting)
            stored += waiting[..<used]
            waiting.removeFirst(used)
            position += UInt64(used)
            if inflater.isTooLarge { throw Problem.tooLarge }
            if inflater.isFinished || inflater.isBroken || used == 0 { break }
        }
        if inflater.isBroken {
            // What follows damage cannot be told apart any more: the rest belongs to this place.
            stored += waiting
            waiting = []
            isAtEnd = true
        }
        return GzipMember(offset: offset, stored: stored, bytes: inflater.output, isWhole: inflater.isFinished)
    }

    private func fill() throws {
        guard waiting.isEmpty, !isAtEnd else { return }
        waiting = try stream.read(upTo: Self.pieceSize)
        if waiting.isEmpty { isAtEnd = true }
    }
}

/// Unpacks one deflated stream.
final class Inflater {
    private(set) var output: [UInt8] = []
    private(set) var isFinished = false
    private(set) var isBroken = false
    private(set) var isTooLarge = false
    private var stream = z_stream()
    private let limit: Int

    init(window: Int32, limit: Int) {
        self.limit = limit
        isBroken = inflateInit2_(&stream, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) != Z_OK
    }

    deinit { inflateEnd(&stream) }

    /// Takes bytes; the number that belonged to the stream.
    func take(_ bytes: [UInt8]) -> Int {
        var input = bytes
        var room = [UInt8](repeating: 0, count: 1 << 16)
        return input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            var isGoing = !isBroken
            while isGoing {
                let (status, count) = room.withUnsafeMutableBufferPointer { target in
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    let status = CZlib.inflate(&stream, Z_NO_FLUSH)
                    return (status, target.count - Int(stream.avail_out))
                }
                output += room[..<count]
                isTooLarge = output.count > limit
                isFinished = status == Z_STREAM_END
                isBroken = status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR
                isGoing = status == Z_OK && !isTooLarge && (stream.avail_in > 0 || count == 1 << 16)
            }
            return source.count - Int(stream.avail_in)
        }
    }

    func all(_ bytes: [UInt8]) -> [UInt8]? {
        _ = take(bytes)
        return isFinished && !isTooLarge ? output : nil
    }
}
