import Foundation

/// Reads any part of an age file without decrypting what stands before it.
///
/// The last chunk is opened first, so that a file that was cut is refused at once.
public final class AgeSeekableReader {
    /// Fetches up to `count` bytes of the encrypted file from a byte offset; fewer only at its end.
    public typealias Fetch = (_ offset: UInt64, _ count: Int) throws -> [UInt8]

    /// Length of the content in bytes.
    public let byteCount: UInt64

    private let fetch: Fetch
    private let cipher: PayloadCipher
    private let headByteCount: UInt64
    private let chunkCount: UInt64
    private var cached: (index: UInt64, bytes: Data)?

    /// Opens a file of `fileByteCount` bytes.
    ///
    /// - Throws: ``AgeError``, or what `fetch` throws.
    public init(fileByteCount: UInt64, identities: [any AgeIdentity], fetch: @escaping Fetch) throws {
        self.fetch = fetch
        var head: [UInt8] = []
        var found: (PayloadCipher, byteCount: Int)?
        while found == nil {
            let more = try fetch(UInt64(head.count), 4096)
            guard !more.isEmpty else { throw AgeError.header("the file ends inside the header") }
            head += more
            found = try AgeDecryptor.openHeader(head, identities: identities)
        }
        guard let found else { throw AgeError.header("unreadable") }
        cipher = found.0
        headByteCount = UInt64(found.byteCount)
        let sealed = fileByteCount - headByteCount
        let size = UInt64(PayloadCipher.sealedChunkByteCount)
        chunkCount = max(1, (sealed + size - 1) / size)
        let tags = chunkCount * UInt64(PayloadCipher.tagByteCount)
        guard sealed >= tags else { throw AgeError.payload("the file is cut short") }
        byteCount = sealed - tags
        if chunkCount > 1, (sealed - 1) % size < UInt64(PayloadCipher.tagByteCount) {
            throw AgeError.payload("the last chunk is empty")
        }
        _ = try chunk(chunkCount - 1)
    }

    /// Reads up to `count` bytes of content from a byte offset; fewer only at its end.
    public func read(at offset: UInt64, count: Int) throws -> [UInt8] {
        guard offset < byteCount, count > 0 else { return [] }
        var output: [UInt8] = []
        let end = min(byteCount, offset + UInt64(count))
        output.reserveCapacity(Int(end - offset))
        var position = offset
        while position < end {
            let index = position / UInt64(PayloadCipher.chunkByteCount)
            let bytes = try chunk(index)
            let from = Int(position - index * UInt64(PayloadCipher.chunkByteCount))
            let to = min(bytes.count, from + Int(end - position))
            output += bytes[bytes.startIndex + from..<bytes.startIndex + to]
            position += UInt64(to - from)
        }
        return output
    }

    private func chunk(_ index: UInt64) throws -> Data {
        if let cached, cached.index == index { return cached.bytes }
        let size = UInt64(PayloadCipher.sealedChunkByteCount)
        let sealed = try fetch(headByteCount + index * size, PayloadCipher.sealedChunkByteCount)
        let opened = sealed.withUnsafeBytes { cipher.open($0, counter: index, isLast: index == chunkCount - 1) }
        guard let opened else { throw AgeError.payload("a chunk is not authentic") }
        cached = (index, opened)
        return opened
    }
}
