import AkashiFormats
import AkashiIntake
import AkashiModel

/// Files that an importer found inside a source, sealed a handful at a time.
struct InnerFiles {
    /// Bytes and files that wait in memory at the most.
    private static let maximumByteCount = 32 << 20
    private static let maximumCount = 256

    /// Whether what lies this deep is still opened.
    let canOpen: Bool
    private var waiting: [InnerFile] = []
    private var byteCount = 0
    /// What was sealed, to be read.
    private(set) var sealed: [(path: String, digest: ContentDigest)] = []
    /// Names of files that lie too deep.
    private(set) var tooDeep: [String] = []

    init(canOpen: Bool) { self.canOpen = canOpen }

    var isFull: Bool { byteCount >= Self.maximumByteCount || waiting.count >= Self.maximumCount }

    mutating func add(_ file: InnerFile) {
        guard canOpen else { return tooDeep.append(file.name) }
        waiting.append(file)
        byteCount += file.bytes.count
    }

    mutating func seal(_ seal: ([IntakeItem]) throws -> [(path: String, digest: ContentDigest)]) throws {
        guard !waiting.isEmpty else { return }
        let items = waiting.map { file in
            let source = SourceDescription(way: .archiveMember, path: file.name, container: file.container)
            return IntakeItem(source: source) { MemoryBytes(file.bytes).stream() }
        }
        sealed += try seal(items)
        waiting = []
        byteCount = 0
    }
}
