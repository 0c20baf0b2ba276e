import AkashiTesting
import Foundation

/// A source file of the project.
struct SourceFile {
    let path: String
    let text: String
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    var name: String { String(path.split(separator: "/").last ?? "") }

    /// Every file with this ending below these folders.
    static func all(in folders: [String], ending: String = ".swift") -> [SourceFile] {
        folders.flatMap { folder in
            let root = ProjectFolder.root.appending(path: folder)
            let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
            return paths.filter { $0.hasSuffix(ending) }.sorted().compactMap { path -> SourceFile? in
                guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) else { return nil }
                return SourceFile(path: "\(folder)/\(path)", text: text)
            }
        }
    }
}

/// The package as SwiftPM sees it.
struct PackageDump: Decodable {
    struct Target: Decodable {
        let name: String
        let type: String
        let path: String?
        let dependencies: [[String: [DependencyPart?]]]

        /// Names of targets and products that it may import.
        var allowed: [String] {
            dependencies.flatMap { dependency in dependency.values.compactMap { $0.first.flatMap { $0?.name } } }
        }

        var folder: String { path ?? (type == "test" ? "Tests/\(name)" : "Sources/\(name)") }
    }

    /// A name; conditions and the like are left alone.
    struct DependencyPart: Decodable {
        let name: String?
        init(from decoder: any Decoder) throws { name = try? decoder.singleValueContainer().decode(String.self) }
    }

    let targets: [Target]

    /// Asks SwiftPM, in a folder of its own: the tests may be running inside a build.
    static func load() throws -> PackageDump {
        let scratch = try TemporaryFolder()
        let dump = try Command.run(
            "swift", ["package", "--scratch-path", scratch.url.path, "dump-package"], folder: ProjectFolder.root)
        return try JSONDecoder().decode(PackageDump.self, from: Data(dump.output))
    }
}
