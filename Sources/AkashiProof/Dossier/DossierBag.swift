import AkashiModel
import Crypto
import Foundation

/// The plain files of a dossier by path, with digest and length; nothing else of it is ever read.
struct DossierBag {
    struct File {
        /// The path as the system spells it; some change が into か and a mark.
        let spelling: String
        let digest: ContentDigest
        let length: UInt64
    }

    /// Largest file that is read whole, in bytes: everything but originals, slices and attachments.
    static let maximumRead: UInt64 = 64 << 20
    private static let pieceSize = 1 << 20

    private let files: any DossierFiles
    let found: [String: File]

    /// Walks the folder and reads every file once (step 1 of section 4).
    ///
    /// - Throws: if the folder cannot be read.
    init(_ files: any DossierFiles, _ result: inout DossierVerification) throws {
        self.files = files
        var found: [String: File] = [:]
        var taken: Set<String> = []
        let tags = Set(DossierPath.tagFiles + [DossierPath.tagManifest])
        for item in try files.list() {
            let path = item.path.precomposedStringWithCanonicalMapping
            switch item.kind {
            case .other: result.add("bag.link", path)
            case .emptyFolder: result.add("contents.extra", path)
            case .file:
                if !DossierPath.isAllowed(path) || !taken.insert(path.lowercased()).inserted { result.add("bag.path", path) }
                if !path.hasPrefix("data/"), !tags.contains(path) { result.add("bag.extra", path) }
                guard let (digest, length) = try? Self.digest(files, item.path, at: 0, length: .max) else {
                    result.add("contents.file", path)
                    continue
                }
                found[path] = File(spelling: item.path, digest: digest, length: length)
            }
        }
        self.found = found
    }

    func digest(of path: String) -> ContentDigest? { found[path]?.digest }

    /// Whether a file has this digest and this length.
    func holds(_ path: String, _ digest: ContentDigest, _ length: UInt64) -> Bool {
        found[path].map { $0.digest == digest && $0.length == length } ?? false
    }

    /// A small file's bytes; nil if it is not there, too large, or not what it was a moment ago.
    func bytes(_ path: String) -> [UInt8]? {
        guard let file = found[path], file.length <= Self.maximumRead,
            let bytes = try? files.read(file.spelling, at: 0, count: Int(file.length)),
            ContentDigest(bytes: SHA256.hash(data: bytes)) == file.digest
        else { return nil }
        return bytes
    }

    func text(_ path: String) -> String? { bytes(path).flatMap { String(validating: $0, as: UTF8.self) } }

    /// The digest of some bytes of a file; nil if it has fewer.
    func digest(of path: String, at offset: UInt64, length: UInt64) -> ContentDigest? {
        guard let file = found[path], let (digest, count) = try? Self.digest(files, file.spelling, at: offset, length: length),
            count == length
        else { return nil }
        return digest
    }

    /// Read in pieces: a film may be larger than the memory.
    private static func digest(
        _ files: any DossierFiles, _ path: String, at start: UInt64, length: UInt64
    ) throws -> (ContentDigest, UInt64) {
        var hasher = SHA256()
        var count: UInt64 = 0
        while count < length {
            let wanted = Int(min(UInt64(pieceSize), length - count))
            let piece = try files.read(path, at: start + count, count: wanted)
            hasher.update(data: piece)
            count += UInt64(piece.count)
            if piece.count < wanted { break }
        }
        guard let digest = ContentDigest(bytes: hasher.finalize()) else { throw CocoaError(.fileReadUnknown) }
        return (digest, count)
    }

    /// Whether the declaration and both manifests have exactly the bytes that the files ask for.
    func check(_ result: inout DossierVerification) {
        if text(DossierPath.declaration) != DossierPath.declarationText {
            result.add("bag.declaration", DossierPath.declaration)
        }
        let digests = found.mapValues(\.digest)
        let payload = DossierPath.manifestText(digests.filter { $0.key.hasPrefix("data/") })
        if bytes(DossierPath.manifest) != Array(payload.utf8) { result.add("bag.manifest", DossierPath.manifest) }
        let tags = DossierPath.manifestText(digests.filter { DossierPath.tagFiles.contains($0.key) })
        if bytes(DossierPath.tagManifest) != Array(tags.utf8) { result.add("bag.tagmanifest", DossierPath.tagManifest) }
    }
}
