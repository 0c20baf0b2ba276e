import CLibArchive
import Foundation

/// libarchive's reader, which only goes forward. Used from one task at a time.
final class ZipCursor {
    struct Found {
        let path: String
        let byteCount: UInt64?
        let isFolder: Bool
        let refusal: ZipProblem?
    }

    /// Index of the member that was found last; -1 before the first.
    private(set) var position = -1
    private(set) var isBroken = false

    // archive_entry.h: AE_IFREG, AE_IFDIR (macros that Swift does not see).
    private static let fileType: mode_t = 0o100000
    private static let folderType: mode_t = 0o040000

    private let handle: OpaquePointer
    private let feed: Feed

    init(_ bytes: any RandomAccessBytes) throws {
        guard let handle = archive_read_new() else { throw ZipProblem.damaged }
        self.handle = handle
        feed = Feed(bytes)
        archive_read_support_format_zip(handle)
        // libarchive turns names into the locale's letters; C.UTF-8 keeps the bytes.
        setlocale(LC_CTYPE, "C.UTF-8")
        let client = Unmanaged.passUnretained(feed).toOpaque()
        archive_read_set_callback_data(handle, client)
        archive_read_set_read_callback(handle) { _, client, buffer in
            guard let client else { return -1 }
            return Unmanaged<Feed>.fromOpaque(client).takeUnretainedValue().next(buffer)
        }
        archive_read_set_seek_callback(handle) { _, client, offset, whence in
            guard let client else { return -1 }
            return Unmanaged<Feed>.fromOpaque(client).takeUnretainedValue().seek(offset, whence)
        }
        archive_read_set_skip_callback(handle) { _, client, count in
            guard let client else { return -1 }
            return Unmanaged<Feed>.fromOpaque(client).takeUnretainedValue().skip(count)
        }
        // All properties are set, so `deinit` runs and frees the handle: freeing it here as well would be twice.
        guard archive_read_open1(handle) == ARCHIVE_OK else { throw ZipProblem.damaged }
    }

    deinit { archive_read_free(handle) }

    /// Goes to the next member; nil at the end.
    func next() throws -> Found? {
        var entry: OpaquePointer?
        switch archive_read_next_header(handle, &entry) {
        case ARCHIVE_OK, ARCHIVE_WARN: break
        case ARCHIVE_EOF: return nil
        default:
            isBroken = true
            throw ZipProblem.damaged
        }
        guard let entry else { throw ZipProblem.damaged }
        position += 1
        let raw = Self.pathBytes(entry)
        let type = archive_entry_filetype(entry)
        let path = ZipName.decode(raw)
        let isFolder = type == Self.folderType || path.hasSuffix("/")
        var refusal: ZipProblem?
        if ZipName.isHostile(path) {
            refusal = .hostilePath
        } else if type != Self.fileType && type != 0 && !isFolder {
            refusal = .notAFile
        } else if archive_entry_is_encrypted(entry) == 1 {
            refusal = .encrypted
        }
        let byteCount = archive_entry_size_is_set(entry) != 0 ? UInt64(max(0, archive_entry_size(entry))) : nil
        return Found(path: path, byteCount: byteCount, isFolder: isFolder && refusal == nil, refusal: refusal)
    }

    func advance(to index: Int) throws {
        while position < index {
            guard try next() != nil else { throw ZipProblem.damaged }
        }
    }

    /// The next bytes of the current member; empty at its end.
    func read(upTo count: Int) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        let got = buffer.withUnsafeMutableBytes { archive_read_data(handle, $0.baseAddress, $0.count) }
        guard got >= 0 else {
            isBroken = true
            throw ZipProblem.damaged
        }
        buffer.removeLast(count - Int(got))
        return buffer
    }

    private static func pathBytes(_ entry: OpaquePointer) -> [UInt8] {
        guard let path = archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry) else { return [] }
        return Array(UnsafeRawBufferPointer(start: path, count: strlen(path)))
    }

    /// Hands libarchive the bytes it asks for.
    private final class Feed {
        private let bytes: any RandomAccessBytes
        private var offset: UInt64 = 0
        private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)

        init(_ bytes: any RandomAccessBytes) { self.bytes = bytes }

        deinit { buffer.deallocate() }

        func next(_ result: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
            guard let piece = try? bytes.read(at: offset, count: buffer.count) else { return -1 }
            buffer.copyBytes(from: piece)
            result?.pointee = UnsafeRawPointer(buffer.baseAddress)
            offset += UInt64(piece.count)
            return piece.count
        }

        func seek(_ delta: Int64, _ whence: Int32) -> Int64 {
            let base =
                switch whence {
                case SEEK_CUR: Int64(offset)
                case SEEK_END: Int64(bytes.byteCount)
                default: Int64(0)
                }
            let (target, overflow) = base.addingReportingOverflow(delta)
            guard !overflow, target >= 0 else { return -1 }
            offset = UInt64(target)
            return target
        }

        func skip(_ count: Int64) -> Int64 {
            guard count > 0 else { return 0 }
            let rest = bytes.byteCount > offset ? Int64(bytes.byteCount - offset) : 0
            let skipped = min(count, rest)
            offset += UInt64(skipped)
            return skipped
        }
    }
}

/// One member's content, counted against its claims and the limits.
final class ZipMemberStream: ByteStream {
    private let archive: ZipArchive
    private let cursor: ZipCursor
    private let entry: ZipEntry
    private var total: UInt64 = 0
    private var hasEnded = false

    init(archive: ZipArchive, cursor: ZipCursor, entry: ZipEntry) {
        self.archive = archive
        self.cursor = cursor
        self.entry = entry
    }

    func read(upTo count: Int) throws -> [UInt8] {
        if hasEnded { return [] }
        guard cursor.position == entry.index else { throw ZipProblem.damaged }
        let piece = try cursor.read(upTo: count)
        total += UInt64(piece.count)
        try archive.count(piece.count, ofMember: total)
        if piece.isEmpty {
            hasEnded = true
            if let claimed = entry.claimedByteCount, claimed != total { throw ZipProblem.wrongSize }
        }
        return piece
    }
}
