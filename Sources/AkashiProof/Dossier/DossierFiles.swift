public import Foundation

/// The files of a dossier, wherever they lie.
public protocol DossierFiles {
    /// Every file, every empty folder, and everything that is neither a plain file nor a folder.
    func list() throws -> [DossierItem]
    /// At most `count` bytes of a file from `offset`; fewer only at its end.
    ///
    /// - Parameter path: a path as `list` gave it, not another spelling of it.
    func read(_ path: String, at offset: UInt64, count: Int) throws -> [UInt8]
}

/// One thing that lies in a dossier.
public struct DossierItem: Equatable, Sendable {
    /// What it is.
    public enum Kind: Equatable, Sendable {
        /// A plain file.
        case file
        /// A folder with nothing in it.
        case emptyFolder
        /// A link, a device or the like.
        case other
    }

    /// Its path, `/` between folders.
    public let path: String
    /// What it is.
    public let kind: Kind

    /// Takes the parts.
    public init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
    }
}

/// A dossier in memory.
public struct MemoryDossier: DossierFiles, Sendable {
    /// The files by path.
    public var files: [String: [UInt8]]

    /// Takes the files.
    public init(_ files: [String: [UInt8]] = [:]) { self.files = files }

    /// Every file.
    public func list() -> [DossierItem] { files.keys.sorted().map { DossierItem(path: $0, kind: .file) } }

    /// Some bytes of a file.
    public func read(_ path: String, at offset: UInt64, count: Int) throws -> [UInt8] {
        guard let bytes = files[path] else { throw CocoaError(.fileReadNoSuchFile) }
        return Array(bytes.dropFirst(Int(clamping: offset)).prefix(count))
    }
}

/// A dossier in a folder. Links are reported and never followed.
public struct FolderDossier: DossierFiles, Sendable {
    private let root: URL

    /// Takes the folder.
    public init(_ root: URL) { self.root = root }

    /// Everything below the folder.
    public func list() throws -> [DossierItem] {
        var items: [DossierItem] = []
        try walk("", &items)
        return items.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private func walk(_ folder: String, _ items: inout [DossierItem]) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
        if names.isEmpty { items.append(DossierItem(path: folder, kind: .emptyFolder)) }
        for name in names {
            let path = folder.isEmpty ? name : folder + "/" + name
            let attributes = try FileManager.default.attributesOfItem(atPath: root.appending(path: path).path)
            switch attributes[.type] as? FileAttributeType {
            case .typeDirectory?: try walk(path, &items)
            case .typeRegular?: items.append(DossierItem(path: path, kind: .file))
            default: items.append(DossierItem(path: path, kind: .other))
            }
        }
    }

    /// Some bytes of a file.
    public func read(_ path: String, at offset: UInt64, count: Int) throws -> [UInt8] {
        let handle = try FileHandle(forReadingFrom: root.appending(path: path))
        defer { try? handle.close() }
        try handle.seek(toOffset: offset)
        return Array(try handle.read(upToCount: count) ?? Data())
    }
}
