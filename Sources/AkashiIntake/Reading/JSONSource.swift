import AkashiFormats
public import AkashiModel
import Foundation

/// A JSON file of a source in memory, read element by element, so that one bad element does not lose the rest.
public struct JSONSource {
    /// The largest file that is read, in bytes.
    public static let maximumByteCount = 512 << 20

    /// One element of a list in the file.
    public struct Element {
        /// Its bytes.
        public let bytes: [UInt8]
        /// Its place in the sealed bytes.
        public let place: Locator

        /// The element as a value; nil if it is not of that shape. `snake_case` names are read as `snakeCase`.
        public func decode<Value: Decodable>(_ type: Value.Type = Value.self) -> Value? {
            JSONSource.decode(bytes)
        }

        /// The value at a path of names inside it, without reading the rest; nil if there is none of that shape.
        public func value<Value: Decodable>(at path: [String], _ type: Value.Type = Value.self) -> Value? {
            JSONSource.value(at: path, in: bytes)
        }
    }

    /// The file.
    public let member: SealedMember
    /// Its bytes.
    public let bytes: [UInt8]

    /// Reads a file; nil, with a problem, if that is not possible.
    public init?(_ member: SealedMember, _ tree: SealedTree, _ report: inout ReadingReport) {
        guard let bytes = tree.whole(member, limit: Self.maximumByteCount, &report) else { return nil }
        self.member = member
        self.bytes = bytes
    }

    /// The whole file as a value; nil if it is not of that shape. `snake_case` names are read as `snakeCase`.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) -> Value? { Self.decode(bytes) }

    /// The value at a path of names, without reading the rest; nil if there is none of that shape.
    public func value<Value: Decodable>(at path: [String], _ type: Value.Type = Value.self) -> Value? {
        Self.value(at: path, in: bytes)
    }

    private static func value<Value: Decodable>(at path: [String], in bytes: [UInt8]) -> Value? {
        JSONFinder.range(of: path, in: bytes).flatMap { decode(Array(bytes[$0])) }
    }

    private static func decode<Value: Decodable>(_ bytes: [UInt8]) -> Value? {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        // Some programs write control characters as `\x1b`, which JSON does not know (RFC 8259, section 7). Two backslashes are one.
        guard bytes.contains(UInt8(ascii: "\\")), let text = String(validating: bytes, as: UTF8.self), text.contains("\\x") else {
            return try? decoder.decode(Value.self, from: Data(bytes))
        }
        let mended = text.replacing(/\\(?:\\|x([0-9A-Fa-f]{2}))/) { match in match.1.map { "\\u00" + $0 } ?? String(match.0) }
        return try? decoder.decode(Value.self, from: Data(mended.utf8))
    }

    /// Hands out the elements of the list at a path of names; of the file itself where the path is empty.
    ///
    /// - Returns: whether there is such a list.
    @discardableResult
    public func each(
        of path: [String], _ report: inout ReadingReport, _ take: (Element, inout ReadingReport) throws -> Void
    ) rethrows -> Bool {
        try each(of: path, in: bytes, at: 0, &report, take)
    }

    /// Hands out the elements of a list inside an element, each with its place in the file.
    ///
    /// - Returns: whether there is such a list.
    @discardableResult
    public func each(
        of path: [String], in outer: Element, _ report: inout ReadingReport, _ take: (Element, inout ReadingReport) throws -> Void
    ) rethrows -> Bool {
        try each(of: path, in: outer.bytes, at: outer.place.offset, &report, take)
    }

    private func each(
        of path: [String], in bytes: [UInt8], at start: UInt64, _ report: inout ReadingReport,
        _ take: (Element, inout ReadingReport) throws -> Void
    ) rethrows -> Bool {
        guard let range = path.isEmpty ? 0..<bytes.count : JSONFinder.range(of: path, in: bytes) else { return false }
        let first = start + UInt64(range.lowerBound)
        var splitter = JSONArraySplitter(maximumElementByteCount: 64 << 20)
        var isList = true
        let member = member
        func event(_ event: JSONArraySplitter.Event) throws {
            switch event {
            case .problem(let problem, let offset):
                if problem == .notAnArray { isList = false }
                report.add(ReadingProblem("json.\(problem.code)", member: member.path, offset: first + offset))
            case .element(let element):
                let place = Locator(
                    object: member.object, member: member.member, offset: first + element.offset,
                    length: UInt64(element.bytes.count), digest: SliceDigest.of(element.bytes))
                try take(Element(bytes: element.bytes, place: place), &report)
            }
        }
        try splitter.update(Array(bytes[range]), event)
        try splitter.finish(event)
        return isList
    }
}

/// Counts records by stream while a source is read.
public struct ScopeCounter {
    private var counts: [String: Int] = [:]

    /// Nothing yet.
    public init() {}

    /// Counts one.
    public mutating func add(_ scope: String) { counts[scope, default: 0] += 1 }

    /// What was counted.
    public func scopes(isComplete: Bool = false) -> [ScopeReport] {
        counts.keys.sorted().map { ScopeReport(scope: $0, exportedAt: nil, isComplete: isComplete, count: counts[$0] ?? 0) }
    }
}

/// Tells apart what has no id of its own: the same time, writer and words twice are two records.
public struct OrdinalKeys {
    private var seen: [String: Int] = [:]

    /// Nothing yet.
    public init() {}

    /// A key that is the same in every export: the parts, and which of the equal ones it is.
    public mutating func key(_ parts: [String]) -> String {
        let digest = SliceDigest.of(parts.joined(separator: "\u{1f}").utf8).hex.prefix(24)
        let number = seen[String(digest), default: 0]
        seen[String(digest)] = number + 1
        return "\(digest)-\(number)"
    }
}
