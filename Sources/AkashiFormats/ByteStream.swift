/// Bytes that are read from front to back, a piece at a time.
public protocol ByteStream: AnyObject {
    /// The next bytes, at most `count`; empty only at the end.
    func read(upTo count: Int) throws -> [UInt8]
}

/// Bytes that can be read from any place.
public protocol RandomAccessBytes: AnyObject {
    /// Number of bytes.
    var byteCount: UInt64 { get }
    /// The bytes from `offset` on, at most `count`; fewer only at the end.
    func read(at offset: UInt64, count: Int) throws -> [UInt8]
}

extension RandomAccessBytes {
    /// A stream from the first byte to the last.
    public func stream() -> any ByteStream { RandomAccessStream(self) }
}

private final class RandomAccessStream: ByteStream {
    private let bytes: any RandomAccessBytes
    private var position: UInt64 = 0

    init(_ bytes: any RandomAccessBytes) { self.bytes = bytes }

    func read(upTo count: Int) throws -> [UInt8] {
        let piece = try bytes.read(at: position, count: count)
        position += UInt64(piece.count)
        return piece
    }
}

/// Bytes that are in memory.
public final class MemoryBytes: RandomAccessBytes {
    private let bytes: [UInt8]

    /// Takes the bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Number of bytes.
    public var byteCount: UInt64 { UInt64(bytes.count) }

    /// The bytes from `offset` on.
    public func read(at offset: UInt64, count: Int) throws -> [UInt8] {
        guard offset < byteCount else { return [] }
        return Array(bytes[Int(offset)..<min(bytes.count, Int(offset) + count)])
    }
}

extension ByteStream {
    /// Everything up to the end, but no more than `limit` bytes; nil if there is more.
    public func readAll(limit: Int) throws -> [UInt8]? {
        var all: [UInt8] = []
        while true {
            let piece = try read(upTo: 1 << 16)
            if piece.isEmpty { return all }
            all += piece
            if all.count > limit { return nil }
        }
    }
}
