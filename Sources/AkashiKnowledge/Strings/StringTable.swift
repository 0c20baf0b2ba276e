public import AkashiModel
import Synchronization

/// Sentences by key, in one language, with `{marks}` for values.
public struct StringTable: Sendable {
    private let texts: [String: String]

    /// Takes sentences.
    public init(_ texts: [String: String]) { self.texts = texts }

    /// The keys.
    public var keys: Set<String> { Set(texts.keys) }

    /// The sentence, with its marks filled in; the key itself where there is none, so that nothing is ever silent.
    public func callAsFunction(_ key: String, _ arguments: [String: String] = [:]) -> String {
        guard var text = texts[key] else { return key }
        for (name, value) in arguments { text = text.replacing("{\(name)}", with: value) }
        return text
    }
}

/// What a person is told about an error: what happened, what it means for the evidence, what to do now.
public struct ErrorText: Sendable, Equatable, Decodable {
    /// What happened.
    public let what: String
    /// What it means for the evidence.
    public let evidence: String
    /// What to do now.
    public let next: String
    /// What to do now on a page, where that is not what one does at a command line.
    public let page: String?

    /// What to do now on a page.
    public var nextOnPage: String { page ?? next }
}

/// All sentences of one language.
public struct Strings: Sendable {
    /// The language.
    public let language: Language
    private let errors: ErrorTable
    private let tables: [String: StringTable]

    /// The tables, each in a file `strings/<table>.<language>.yaml`.
    public static let tableNames = ["cli", "desk", "dossier", "findings", "gateway", "kinds", "papers", "problems", "remarks"]

    /// Loads all tables.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge, _ language: Language) throws(KnowledgeError) {
        self.language = language
        errors = ErrorTable(try knowledge.text("strings/errors.\(language.rawValue).yaml"))
        var tables: [String: StringTable] = [:]
        for name in Self.tableNames {
            let file = "strings/\(name).\(language.rawValue).yaml"
            if let texts = FlatTable.texts(try knowledge.text(file)) {
                tables[name] = StringTable(texts)
            } else {
                tables[name] = StringTable(try knowledge.yamlByName(file))
            }
        }
        self.tables = tables
    }

    /// A table.
    public func table(_ name: String) -> StringTable { tables[name] ?? StringTable([:]) }

    /// What to say about an error.
    public func text(for error: any CodedError) -> ErrorText {
        guard let text = errors.texts[error.code] else {
            return ErrorText(what: error.description, evidence: "", next: "", page: nil)
        }
        func fill(_ text: String) -> String { StringTable(["": text])("", error.arguments) }
        return ErrorText(what: fill(text.what), evidence: fill(text.evidence), next: fill(text.next), page: text.page.map(fill))
    }

    /// The codes that have words.
    public var errorCodes: Set<String> { Set(errors.texts.keys) }
}

/// What is said about errors, read when the first one happens: most programs end without any.
private final class ErrorTable: Sendable {
    private let source: String
    private let read = Mutex<[String: ErrorText]?>(nil)

    init(_ source: String) { self.source = source }

    /// Nothing where the file is damaged: an error is then told by its code.
    var texts: [String: ErrorText] {
        read.withLock { read in
            let texts = read ?? (try? Knowledge(texts: ["errors": source]).yamlByName("errors")) ?? [:]
            read = texts
            return texts
        }
    }
}

/// A table whose every line is `key: "sentence"`: read line by line, because a program loads thousands of them each time it starts.
enum FlatTable {
    /// Nil where a line has another form; YAML's own reader then says what is wrong.
    static func texts(_ text: String) -> [String: String]? {
        var texts: [String: String] = [:]
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line.last == UInt8(ascii: "\"") else { return nil }
            let start = line.index(colon, offsetBy: 3, limitedBy: line.endIndex) ?? line.endIndex
            let end = line.index(before: line.endIndex)
            guard start <= end, line[colon..<start].elementsEqual(": \"".utf8) else { return nil }
            let value = line[start..<end]
            guard !value.contains(UInt8(ascii: "\"")), !value.contains(UInt8(ascii: "\\")) else { return nil }
            let key = String(decoding: line[..<colon], as: UTF8.self)
            guard texts.updateValue(String(decoding: value, as: UTF8.self), forKey: key) == nil else { return nil }
        }
        return texts
    }
}
