public import Foundation

/// The files of a dossier, wherever they lie.
public protocol DossierFiles {
    /// Every file and everything that is not a plain file or folder.
    func list() throws -> [DossierItem]
    /// The bytes of a file.
    func read(_ path: String) throws -> [UInt8]
}

/// One thing that lies in a dossier.
public struct DossierItem: Equatable, Sendable {
    /// Its path, `/` between folders.
    public let path: String
    /// Whether it is a plain file. Links and devices are not.
    public let isPlainFile: Bool

    /// Takes the parts.
    public init(path: String, isPlainFile: Bool) {
        self.path = path
        self.isPlainFile = isPlainFile
    }
}

/// A dossier in memory.
public struct MemoryDossier: DossierFiles, Sendable {
    /// The files by path.
    public var files: [String: [UInt8]]

    /// Takes the files.
    public init(_ files: [String: [UInt8]] = [:]) { self.files = files }

    /// Every file.
    public func list() -> [DossierItem] { files.keys.sorted().map { DossierItem(path: $0, isPlainFile: true) } }

    /// The bytes of a file.
    public func read(_ path: String) throws -> [UInt8] {
        guard let bytes = files[path] else { throw CocoaError(.fileReadNoSuchFile) }
        return bytes
    }
}

/// A dossier in a folder. Links are reported and never followed.
public struct FolderDossier: DossierFiles, Sendable {
    private let root: URL

    /// Takes the folder.
    public init(_ root: URL) { self.root = root }

    /// Every file below the folder.
    public func list() throws -> [DossierItem] {
        var items: [DossierItem] = []
        try walk("", &items)
        return items.sorted { $0.path < $1.path }
    }

    private func walk(_ folder: String, _ items: inout [DossierItem]) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path) {
            let path = folder.isEmpty ? name : folder + "/" + name
            let attributes = try FileManager.default.attributesOfItem(atPath: root.appending(path: path).path)
            switch attributes[.type] as? FileAttributeType {
            case .typeDirectory?: try walk(path, &items)
            case .typeRegular?: items.append(DossierItem(path: path, isPlainFile: true))
            default: items.append(DossierItem(path: path, isPlainFile: false))
            }
        }
    }

    /// The bytes of a file.
    public func read(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appending(path: path), options: .alwaysMapped))
    }
}
