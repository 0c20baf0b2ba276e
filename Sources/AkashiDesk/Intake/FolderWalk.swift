import AkashiCasework
import AkashiFormats
import AkashiIntake
import AkashiModel
import Foundation

/// Finds the files under what she chose. Links are not followed; nothing outside is ever read.
struct FolderWalk {
    /// Files that systems leave behind and nobody wrote.
    private static let ignoredNames: Set<String> = [".DS_Store", "Thumbs.db", "desktop.ini"]
    private static let ignoredFolders: Set<String> = ["__MACOSX", ".git", ".Trashes", ".Spotlight-V100", ".fseventsd"]
    /// Levels of folders.
    private static let maximumDepth = 64

    private(set) var items: [IntakeItem] = []
    private(set) var problems: [ReadingProblem] = []

    /// Adds a file or a folder.
    ///
    /// - Throws: ``CaseworkErrorCode/sourceMissing``.
    mutating func add(_ url: URL) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw CaseworkError(.sourceMissing, ["file": url.lastPathComponent])
        }
        // What she names herself may be a link; what lies inside may not.
        let url = url.resolvingSymlinksInPath()
        if isFolder.boolValue {
            walk(url, path: "", depth: 0)
        } else {
            addFile(url, path: url.lastPathComponent, way: .file)
        }
    }

    private mutating func walk(_ folder: URL, path: String, depth: Int) {
        guard depth < Self.maximumDepth, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            problems.append(ReadingProblem("source.unreadable", member: path))
            return
        }
        for name in names.sorted() where !Self.ignoredNames.contains(name) {
            let url = folder.appending(path: name)
            let inner = path.isEmpty ? name : path + "/" + name
            switch (try? FileManager.default.attributesOfItem(atPath: url.path))?[.type] as? FileAttributeType {
            case .typeDirectory?: if !Self.ignoredFolders.contains(name) { walk(url, path: inner, depth: depth + 1) }
            case .typeRegular?: addFile(url, path: inner, way: .folder)
            case .typeSymbolicLink?: problems.append(ReadingProblem("source.symlink", member: inner))
            default: problems.append(ReadingProblem("source.special", member: inner))
            }
        }
    }

    private mutating func addFile(_ url: URL, path: String, way: IntakeWay) {
        let date = (try? FileManager.default.attributesOfItem(atPath: url.path))?[.modificationDate] as? Date
        let modified = date.map { Instant(milliseconds: Int64($0.timeIntervalSince1970 * 1000)) }
        items.append(
            IntakeItem(source: SourceDescription(way: way, path: path, claimedModification: modified)) {
                try FileStream(url)
            })
    }
}

/// A file on a disk, from front to back.
private final class FileStream: ByteStream {
    private let handle: FileHandle

    init(_ url: URL) throws { handle = try FileHandle(forReadingFrom: url) }

    deinit { try? handle.close() }

    func read(upTo count: Int) throws -> [UInt8] { Array(try handle.read(upToCount: count) ?? Data()) }
}
