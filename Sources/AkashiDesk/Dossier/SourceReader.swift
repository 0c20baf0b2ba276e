import AkashiFormats
import AkashiIntake
import AkashiModel
import AkashiVault

/// Cuts the bytes of records out of sealed objects again, and holds them to their digests.
final class SourceReader {
    /// Bytes of one member that are kept for the next cut.
    private static let maximumCachedByteCount = 256 << 20

    private let vault: Vault
    private var archives: [ContentDigest: ZipArchive] = [:]
    private var cached: (object: ContentDigest, member: String, bytes: [UInt8])?

    init(_ vault: Vault) { self.vault = vault }

    /// The bytes at a place.
    ///
    /// - Throws: ``VaultError`` if they are missing, damaged or not what the record says.
    func bytes(at place: Locator) throws -> [UInt8] {
        let bytes: [UInt8]
        if let member = place.member {
            let whole = try self.member(member, of: place.object)
            let end = place.offset + place.length
            guard end <= UInt64(whole.count) else { throw VaultError(.objectDamaged, ["digest": place.object.short]) }
            bytes = Array(whole[Int(place.offset)..<Int(end)])
        } else {
            bytes = try vault.openObject(place.object).read(at: place.offset, count: Int(place.length))
        }
        guard SliceDigest.of(bytes) == place.digest else {
            throw VaultError(.objectDamaged, ["digest": place.object.short])
        }
        return bytes
    }

    /// The file or member that a place lies in, whole; nil if it is larger than the limit.
    func whole(_ place: Locator, limit: Int) throws -> [UInt8]? {
        if let path = place.member { return try member(path, of: place.object) }
        let bytes = try vault.openObject(place.object)
        return bytes.byteCount <= UInt64(limit) ? try bytes.read(at: 0, count: Int(bytes.byteCount)) : nil
    }

    private func member(_ path: String, of object: ContentDigest) throws -> [UInt8] {
        if let cached, cached.object == object, cached.member == path { return cached.bytes }
        let archive = try archives[object] ?? ZipArchive(vault.openObject(object))
        archives[object] = archive
        archive.restartCounting()
        guard let entry = archive.entries.first(where: { $0.path == path && $0.refusal == nil }),
            let bytes = try archive.open(entry).readAll(limit: 2 << 30)
        else { throw VaultError(.objectDamaged, ["digest": object.short]) }
        if bytes.count <= Self.maximumCachedByteCount { cached = (object, path, bytes) }
        return bytes
    }
}
