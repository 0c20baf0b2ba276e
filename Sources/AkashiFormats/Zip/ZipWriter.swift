import CLibArchive
import Foundation

/// Writes a zip archive of files in memory. No dates, no owner, no names but the given ones: it says nothing of the
/// computer it was made on.
public enum ZipWriter {
    /// 1980-01-01T00:00:00Z, the earliest date that a zip archive can hold.
    private static let fixedDate = 315_532_800

    /// The bytes of an archive.
    ///
    /// - Parameter isStored: whether members are kept as they are, not compressed.
    /// - Throws: ``ZipProblem/damaged`` if libarchive fails.
    public static func zip(
        _ files: [(path: String, bytes: [UInt8])], isStored: Bool = false
    ) throws(ZipProblem) -> [UInt8] {
        guard let writer = archive_write_new(), let entry = archive_entry_new() else { throw .damaged }
        defer {
            archive_entry_free(entry)
            archive_write_free(writer)
        }
        setlocale(LC_CTYPE, "C.UTF-8")
        archive_write_set_format_zip(writer)
        // No more than a writer that says so: names are UTF-8.
        archive_write_set_options(writer, "zip:hdrcharset=UTF-8")
        // The archive ends where it ends: filled up with zeros, some programs would call it damaged.
        archive_write_set_bytes_in_last_block(writer, 1)
        if isStored { archive_write_zip_set_compression_store(writer) }
        let sink = Sink()
        let opened = archive_write_open(
            writer, Unmanaged.passUnretained(sink).toOpaque(), nil,
            { _, client, bytes, count in
                guard let client, let bytes else { return -1 }
                Unmanaged<Sink>.fromOpaque(client).takeUnretainedValue().bytes += UnsafeRawBufferPointer(
                    start: bytes, count: count)
                return count
            }, nil)
        guard opened == ARCHIVE_OK else { throw .damaged }
        for file in files {
            archive_entry_clear(entry)
            archive_entry_set_pathname_utf8(entry, file.path)
            archive_entry_set_size(entry, Int64(file.bytes.count))
            archive_entry_set_filetype(entry, 0o100000)
            archive_entry_set_perm(entry, 0o644)
            archive_entry_set_mtime(entry, time_t(fixedDate), 0)
            guard archive_write_header(writer, entry) == ARCHIVE_OK else { throw .damaged }
            var done = 0
            while done < file.bytes.count {
                let count = file.bytes.withUnsafeBytes {
                    archive_write_data(writer, $0.baseAddress?.advanced(by: done), $0.count - done)
                }
                guard count > 0 else { throw .damaged }
                done += count
            }
        }
        guard archive_write_close(writer) == ARCHIVE_OK else { throw .damaged }
        return sink.bytes
    }

    private final class Sink { var bytes: [UInt8] = [] }
}
