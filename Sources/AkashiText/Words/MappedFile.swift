import Foundation

/// A file's bytes, shared with every process that reads it; only what is looked at takes memory.
// SAFETY: the bytes are mapped for reading only and stay until the last reference is gone; nothing is ever written.
final class MappedFile: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    private let address: UnsafeMutableRawPointer

    /// Maps a file for reading. Nil if it cannot be.
    init?(_ url: URL) {
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return nil }
        let size = Int(status.st_size)
        guard let address = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), address != MAP_FAILED else { return nil }
        self.address = address
        bytes = UnsafeRawBufferPointer(start: address, count: size)
    }

    deinit { munmap(address, bytes.count) }
}
