import AkashiFormats
import AkashiIntake

/// The bytes of one talk file, read up to a limit.
struct LineSource {
    /// Bytes of one file that are read. A talk of 64 MiB has more than half a million messages.
    static let maximumByteCount = 64 << 20

    /// The bytes.
    private(set) var bytes: [UInt8] = []
    /// Why the bytes are not all; nil if they are.
    private(set) var problem: String?

    /// Reads a stream. What could be read before it failed is kept.
    init(limit: Int = Self.maximumByteCount, _ open: () throws -> any ByteStream) {
        do {
            let stream = try open()
            while true {
                let piece = try stream.read(upTo: 1 << 18)
                if piece.isEmpty { return }
                bytes += piece
                if bytes.count > limit {
                    problem = "line.too-large"
                    break
                }
            }
            // Whole lines only: half a letter is not a bad byte.
            let end = bytes[..<limit].lastIndex(of: LineBytes.lineFeed).map { $0 + 1 } ?? limit
            bytes.removeSubrange(end...)
        } catch {
            problem = (error as? ZipProblem)?.rawValue ?? "source.unreadable"
        }
    }
}
