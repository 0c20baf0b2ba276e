import AkashiCasework
import AkashiDesk
import AkashiFormats
import AkashiKnowledge
import AkashiModel
import Foundation
import Hummingbird

/// One look at the desk: who, what was asked for, and the open desk.
struct Visit: Sendable {
    let site: Site
    let desk: Desk
    let session: Session
    let language: Language
    /// What the address itself says.
    let address: [String: [String]]
    /// What a form asked and the address only names (``Sessions/keep(_:for:)``).
    let kept: [String: [String]]
    let parameters: [String: String]
    let form: Form
    let settings: [String: String]

    var strings: Strings { site.strings(language) }
    var words: StringTable { strings.table("desk") }
    var kinds: StringTable { strings.table("kinds") }
    var helper: String? { session.role.helperName }

    /// What is asked for, by the address or by a form that it names.
    var query: [String: [String]] { kept.merging(address) { _, said in said } }

    /// A value of what is asked for; nil if it is missing or empty.
    func asked(_ name: String) -> String? { query[name]?.first.flatMap { $0.isEmpty ? nil : $0 } }

    /// The query of an address that asks for what stands in the form: some fields openly, the others by a name that this desk alone knows.
    func asking(open: Set<String>) -> String {
        let said = form.all.filter { $0.key != "token" && !$0.value.allSatisfy(\.isEmpty) }
        var items = said.filter { open.contains($0.key) }.sorted { $0.key < $1.key }.flatMap { name, values in
            values.map { URLQueryItem(name: name, value: $0) }
        }
        let hidden = said.filter { !open.contains($0.key) }
        if !hidden.isEmpty { items.append(URLQueryItem(name: "kept", value: site.sessions.keep(hidden, for: session))) }
        var components = URLComponents()
        components.queryItems = items
        return (components.percentEncodedQuery ?? "").replacing("+", with: "%2B")
    }

    /// The record that the address names.
    ///
    /// - Throws: ``CaseworkErrorCode/unknownRecord``; also where a helper may not see it.
    func record() throws -> LogPosition {
        guard let text = parameters["record"], let index = UInt64(text) else {
            throw CaseworkError(.unknownRecord, ["index": parameters["record"].map { String($0.prefix(20)) } ?? ""])
        }
        try requireRight(LogPosition(index))
        return LogPosition(index)
    }

    /// A helper sees only what was chosen for the helper.
    func requireRight(_ record: LogPosition) throws {
        if case .helper(_, let records) = session.role, !records.contains(record) {
            throw CaseworkError(.unknownRecord, ["index": "\(record)"])
        }
    }
}

/// The fields of a form.
struct Form: Sendable {
    private var fields: [String: [String]] = [:]

    init() {}

    /// Reads `application/x-www-form-urlencoded` (WHATWG URL, 5.1), in a body or an address.
    init(urlEncoded text: String) {
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.decode(parts[0])
            fields[name, default: []].append(parts.count > 1 ? Self.decode(parts[1]) : "")
        }
    }

    private static func decode(_ text: Substring) -> String {
        text.replacing("+", with: " ").removingPercentEncoding ?? ""
    }

    /// Bytes of a form with files. Evidence comes in another way, piece by piece.
    static let mostFileBytes = 24 << 20

    /// Files that were chosen; those left empty have no name.
    private(set) var files: [(name: String, bytes: [UInt8])] = []

    /// Reads `multipart/form-data` (RFC 7578).
    ///
    /// - Throws: ``RefusedRequest`` for a form that is cut or malformed.
    init(multipart bytes: some Sequence<UInt8>, boundary: String) throws {
        var reader = MultipartReader(boundary: boundary)
        var head: MultipartReader.Head?
        var body: [UInt8] = []
        guard let events = try? reader.take(bytes), reader.isFinished else { throw RefusedRequest() }
        for event in events {
            switch event {
            case .begin(let next): (head, body) = (next, [])
            case .data(let piece): body += piece
            case .end:
                guard let part = head else { continue }
                if let name = part.fileName {
                    if !name.isEmpty { files.append((name: name, bytes: body)) }
                } else {
                    fields[part.name, default: []].append(String(decoding: body, as: UTF8.self))
                }
                head = nil
            }
        }
    }

    var all: [String: [String]] { fields }

    /// A field, without blanks around it; empty if it is missing.
    func text(_ name: String) -> String {
        (fields[name]?.first ?? "").replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A field exactly as it was sent.
    func exact(_ name: String) -> String { fields[name]?.first ?? "" }

    /// A field; nil if it is empty.
    func optional(_ name: String) -> String? {
        let text = text(name)
        return text.isEmpty ? nil : text
    }

    /// All values of a field.
    func list(_ name: String) -> [String] { fields[name] ?? [] }

    mutating func add(_ name: String, _ value: String) { fields[name, default: []].append(value) }

    /// The harms that were ticked.
    var harms: [Harm] { list("harm").compactMap(Harm.init(rawValue:)) }
    /// The records that were ticked.
    var records: [LogPosition] { list("record").compactMap(UInt64.init).map { LogPosition($0) } }
}
