import AkashiCasework
import AkashiIntake
public import AkashiModel
import AkashiVault

extension Desk {
    /// A file that is arriving.
    public struct IncomingFile: Hashable, Sendable {
        let number: Int
    }

    /// Begins to take a file in. It is encrypted as it arrives; nothing of it lies on the disk in clear.
    ///
    /// - Parameter path: its name, or its path below the folder that she chose; never the folders above it.
    /// - Parameter isPasted: whether she typed or pasted the words.
    public func beginIncoming(path: String, isPasted: Bool = false) throws -> IncomingFile {
        let parts = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).filter { $0 != "." && $0 != ".." }
        let clean = String(parts.joined(separator: "/").filter { $0 != "\0" }.prefix(1_000))
        let source = SourceDescription(way: isPasted ? .pasted : .upload, path: clean.isEmpty ? "file" : clean)
        incomingCount += 1
        incoming[incomingCount] = try vault.beginIncoming(source)
        return IncomingFile(number: incomingCount)
    }

    /// Takes the next piece of a file.
    public func receive(_ piece: [UInt8], for file: IncomingFile) throws { try incoming[file.number]?.append(piece) }

    /// Gives up what was arriving.
    public func drop(_ files: [IncomingFile]) { for file in files { incoming[file.number] = nil } }

    /// Seals and reads files that arrived whole.
    public func add(
        incoming files: [IncomingFile], progress: @Sendable (AddProgress) -> Void = { _ in }
    ) throws -> AddReport {
        let objects = files.compactMap { incoming.removeValue(forKey: $0.number) }
        return try add(incoming: objects, progress: progress)
    }

    /// The records that were read from what was given.
    public func records(from report: AddReport) throws -> [LogPosition] {
        try report.digests.flatMap { try index.records(readFrom: $0) }
    }
}
