public import AkashiModel
import Dispatch
public import Foundation
import Synchronization
import Yams

/// The data that belongs to the program: strings, papers, the demo case. Formats only; what they say is data.
public struct Knowledge: Sendable {
    /// Bytes of one file that are read before giving up.
    private static let maximumFileByteCount = 16 << 20

    /// The folder.
    public let root: URL

    /// Texts by path, instead of files; nil for a folder.
    private let texts: [String: String]?

    /// What was decoded, by path and type: data does not change while a program runs, and to read YAML takes long.
    private final class Decoded: Sendable {
        let values = Mutex<[String: any Sendable]>([:])
    }

    private let decoded = Decoded()

    /// Takes the folder `Knowledge`.
    public init(root: URL) {
        self.root = root
        texts = nil
    }

    /// Takes texts that were kept, by their paths; there are no other files.
    public init(texts: [String: String]) {
        root = URL(filePath: "/nonexistent")
        self.texts = texts
    }

    /// A text file.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public func text(_ path: String) throws(KnowledgeError) -> String {
        if let texts {
            guard let text = texts[path] else { throw KnowledgeError(.damaged, ["file": path]) }
            return text
        }
        let url = root.appending(path: path)
        guard let data = try? Data(contentsOf: url), data.count <= Self.maximumFileByteCount,
            let text = String(data: data, encoding: .utf8)
        else { throw KnowledgeError(.damaged, ["file": path]) }
        return text
    }

    /// A file's bytes.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public func bytes(_ path: String) throws(KnowledgeError) -> [UInt8] {
        if texts != nil { return Array(try text(path).utf8) }
        guard let data = try? Data(contentsOf: root.appending(path: path)), data.count <= Self.maximumFileByteCount else {
            throw KnowledgeError(.damaged, ["file": path])
        }
        return Array(data)
    }

    /// The files of a folder with an ending, as paths, sorted.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public func list(_ folder: String, ending: String) throws(KnowledgeError) -> [String] {
        if let texts {
            let inside = texts.keys.filter { $0.hasPrefix(folder + "/") && !$0.dropFirst(folder.count + 1).contains("/") }
            return inside.filter { $0.hasSuffix(ending) }.sorted()
        }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path) else {
            throw KnowledgeError(.damaged, ["file": folder])
        }
        return names.filter { $0.hasSuffix(ending) }.sorted().map { "\(folder)/\($0)" }
    }

    /// Told its encoding: asked for none, the library looks through the environment for each value.
    private static func decoder() -> YAMLDecoder { YAMLDecoder(encoding: .utf8) }

    /// A file of data.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public func yaml<Value: Decodable & Sendable>(
        _ path: String, as type: Value.Type = Value.self
    ) throws(KnowledgeError) -> Value {
        let name = "\(path) \(String(reflecting: type))"
        if let value = decoded.values.withLock({ $0[name] }) as? Value { return value }
        let text = try text(path)
        do {
            // No rules for what a plain word may be: each would be a regular expression for each name of each mapping.
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            let value = try withExtendedLifetime(parser) { try Self.decoder().decode(type, from: try parser.singleRoot() ?? "") }
            decoded.values.withLock { $0[name] = value }
            return value
        } catch {
            throw KnowledgeError(.damaged, ["file": path])
        }
    }

    /// A file of data that is one long list of names with values. Asked for one by one, each name is looked for through the
    /// whole list, which takes the longer the longer it is.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public func yamlByName<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) throws(KnowledgeError)
        -> [String: Value]
    {
        let text = try text(path)
        do {
            guard let list = try Yams.compose(yaml: text, .basic, .default, .utf8)?.mapping else {
                throw KnowledgeError(.damaged, ["file": path])
            }
            let decoder = Self.decoder()
            var values: [String: Value] = [:]
            for (name, node) in list {
                guard let name = name.string else { throw KnowledgeError(.damaged, ["file": path]) }
                values[name] = try decoder.decode(type, from: node)
            }
            return values
        } catch {
            throw KnowledgeError(.damaged, ["file": path])
        }
    }

    /// The files of data in a folder, in the order of their names; read side by side.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public func yamls<Value: Decodable & Sendable>(_ folder: String, as type: Value.Type = Value.self) throws(KnowledgeError)
        -> [Value]
    {
        let files = try list(folder, ending: ".yaml")
        let read = Mutex<[Int: Result<Value, KnowledgeError>]>([:])
        DispatchQueue.concurrentPerform(iterations: files.count) { number in
            let result = Result { () throws(KnowledgeError) -> Value in try yaml(files[number]) }
            read.withLock { $0[number] = result }
        }
        var values: [Value] = []
        for (_, result) in read.withLock({ $0 }).sorted(by: { $0.key < $1.key }) { values.append(try result.get()) }
        return values
    }

    /// The folders in a folder, as paths, in the order of their names.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public func folders(_ folder: String) throws(KnowledgeError) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path) else {
            throw KnowledgeError(.damaged, ["file": folder])
        }
        return names.filter { name in
            (try? root.appending(path: "\(folder)/\(name)").resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
        }.sorted().map { "\(folder)/\($0)" }
    }

    /// Whether there is a file.
    public func has(_ path: String) -> Bool {
        texts.map { $0[path] != nil } ?? FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }
}
