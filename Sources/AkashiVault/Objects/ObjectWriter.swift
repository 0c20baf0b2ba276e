import AkashiAge
import AkashiModel
import Crypto

/// Encrypts content piece by piece to a file without a name. What is given up leaves nothing behind.
final class ObjectWriter {
    private let files: DurableFiles
    private let file: DurableFiles.Open
    private var hasher = SHA256()
    private var encryptor: AgeEncryptor
    private var output: [UInt8] = []
    private var isOpen = true
    private(set) var byteCount: UInt64 = 0

    init(_ store: ObjectStore) throws {
        files = store.files
        encryptor = try AgeEncryptor(to: [store.keys.identity.recipient], random: store.random)
        file = try store.files.begin()
        encryptor.start(into: &output)
    }

    deinit { if isOpen { files.abandon(file) } }

    func append(_ piece: [UInt8]) throws {
        guard !piece.isEmpty else { return }
        hasher.update(data: piece)
        byteCount += UInt64(piece.count)
        try encryptor.update(piece, into: &output)
        try files.calls.write(file.descriptor, output)
        output.removeAll(keepingCapacity: true)
    }

    /// Writes what is left and waits until it is on the disk.
    func end() throws -> ObjectStore.Written {
        try encryptor.finish(into: &output)
        try files.calls.write(file.descriptor, output)
        guard let digest = ContentDigest(bytes: hasher.finalize()) else { preconditionFailure("SHA-256 has 32 bytes") }
        isOpen = false
        return ObjectStore.Written(digest: digest, byteCount: byteCount, file: try files.end(file))
    }
}
