import AkashiAge
public import AkashiFormats
import AkashiModel
import Crypto

/// Encrypted content on disk, each file a standard age file. Content that is there already is not written again.
struct ObjectStore {
    /// Bytes that are read, hashed and encrypted at a time.
    static let pieceByteCount = 1 << 20

    let layout: VaultLayout
    let files: DurableFiles
    let keys: VaultKeys
    let random: RandomBytes

    /// Content that is encrypted and on the disk, and has no name yet.
    struct Written {
        let digest: ContentDigest
        let byteCount: UInt64
        let file: DurableFiles.Unnamed
    }

    /// Encrypts a stream to a file without a name.
    func write(_ stream: any ByteStream) throws -> Written {
        let writer = try ObjectWriter(self)
        while true {
            let piece = try stream.read(upTo: Self.pieceByteCount)
            if piece.isEmpty { break }
            try writer.append(piece)
        }
        return try writer.end()
    }

    /// Gives written content its name. Where a sound file of the same content is there already, the new one is dropped.
    func name(_ written: [Written]) throws {
        var fresh: [(DurableFiles.Unnamed, String)] = []
        for object in written {
            let path = layout.object(keys.objectName(object.digest))
            if files.calls.byteCount(path) != nil, (try? check(object.digest)) == object.byteCount {
                files.discard(object.file)
            } else {
                fresh.append((object.file, path))
            }
        }
        try files.name(fresh)
    }

    /// Whether a file for this content is there.
    func exists(_ digest: ContentDigest) -> Bool {
        files.calls.byteCount(layout.object(keys.objectName(digest))) != nil
    }

    /// Opens content for reading from any place.
    func open(_ digest: ContentDigest) throws(VaultError) -> SealedBytes {
        let path = layout.object(keys.objectName(digest))
        guard let byteCount = files.calls.byteCount(path) else {
            throw VaultError(.objectMissing, ["digest": digest.short])
        }
        let calls = files.calls
        let file = try OpenFile(calls, path)
        do {
            let reader = try AgeSeekableReader(fileByteCount: byteCount, identities: [keys.identity]) { offset, count in
                try calls.read(file.descriptor, at: offset, count: count)
            }
            return SealedBytes(reader)
        } catch {
            throw VaultError(.objectDamaged, ["digest": digest.short])
        }
    }

    /// Decrypts content whole and compares its digest; its length in bytes.
    func check(_ digest: ContentDigest) throws(VaultError) -> UInt64 {
        let path = layout.object(keys.objectName(digest))
        guard files.calls.byteCount(path) != nil else { throw VaultError(.objectMissing, ["digest": digest.short]) }
        let file = try OpenFile(files.calls, path)
        do {
            var hasher = SHA256()
            var total: UInt64 = 0
            var offset: UInt64 = 0
            var decryptor = AgeDecryptor(identities: [keys.identity])
            var output: [UInt8] = []
            while true {
                let piece = try files.calls.read(file.descriptor, at: offset, count: Self.pieceByteCount)
                if piece.isEmpty { break }
                offset += UInt64(piece.count)
                try decryptor.update(piece, into: &output)
                hasher.update(data: output)
                total += UInt64(output.count)
                output.removeAll(keepingCapacity: true)
            }
            try decryptor.finish(into: &output)
            hasher.update(data: output)
            total += UInt64(output.count)
            guard ContentDigest(bytes: hasher.finalize()) == digest else { throw AgeError.payload("other content") }
            return total
        } catch {
            throw VaultError(.objectDamaged, ["digest": digest.short])
        }
    }

    /// Takes content away.
    func remove(_ digest: ContentDigest) throws(VaultError) {
        let path = layout.object(keys.objectName(digest))
        try files.calls.remove(path)
        try files.calls.syncFolder(DurableFiles.folder(of: path))
    }
}

/// Closes a file when nobody needs it any more.
private final class OpenFile: Sendable {
    let descriptor: Int32
    private let calls: any FileCalls

    init(_ calls: any FileCalls, _ path: String) throws(VaultError) {
        self.calls = calls
        descriptor = try calls.open(path)
    }

    deinit { calls.close(descriptor) }
}

/// Sealed content, decrypted where it is read. Never written to a disk in clear.
public final class SealedBytes: RandomAccessBytes {
    private let reader: AgeSeekableReader

    init(_ reader: AgeSeekableReader) { self.reader = reader }

    /// Number of bytes.
    public var byteCount: UInt64 { reader.byteCount }

    /// The bytes from `offset` on, at most `count`.
    public func read(at offset: UInt64, count: Int) throws -> [UInt8] { try reader.read(at: offset, count: count) }
}
