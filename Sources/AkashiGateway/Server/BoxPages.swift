import AkashiKnowledge
import AkashiModel
import AkashiModeration
import Foundation
import Hummingbird
import Mustache

/// The box as a page.
struct BoxPage: Sendable {
    /// What became of what was just sent.
    enum Sent: String, Sendable, CaseIterable {
        case waits, shown
        case tooFast = "too-fast"
        case unreadable
    }

    let thread: ThreadName
    let language: Language
    let comments: [ShownComment]
    let count: Int
    let hasMore: Bool
    /// A fresh id for one sending: pressing twice sends once.
    let key: String
    let sent: Sent?
    /// What was typed and not taken.
    let kept: (name: String, text: String)?
}

/// Pages, script and description of the box, with sentences in place.
struct BoxPages: Sendable {
    let script: String
    let style: String
    let description: String
    private let libraries: [Language: MustacheLibrary]
    private let words: [Language: StringTable]

    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        style = try knowledge.text("gateway/assets/box.css")
        description = try knowledge.text("gateway/openapi.yaml")
        var libraries: [Language: MustacheLibrary] = [:]
        var words: [Language: StringTable] = [:]
        let source = try knowledge.text("gateway/pages/box.mustache")
        for language in Language.allCases {
            let table = StringTable(try knowledge.yamlByName("strings/gateway.\(language.rawValue).yaml"))
            words[language] = table
            guard let template = try? MustacheTemplate(string: Self.fill(source, table)) else {
                throw KnowledgeError(.damaged, ["file": "gateway/pages/box.mustache"])
            }
            libraries[language] = MustacheLibrary(templates: ["box": template])
        }
        self.libraries = libraries
        self.words = words
        // The script gets its sentences in both languages, as JSON.
        let keys = (words[.ja]?.keys ?? []).filter { $0.hasPrefix("box.") }.sorted()
        var sentences: [String: [String: String]] = [:]
        for language in Language.allCases {
            sentences[language.rawValue] = Dictionary(
                uniqueKeysWithValues: keys.map { (String($0.dropFirst("box.".count)), words[language]?($0) ?? "") })
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(sentences) else { throw KnowledgeError(.damaged, ["file": "strings/gateway"]) }
        script = try knowledge.text("gateway/assets/box.js").replacing("__WORDS__", with: String(decoding: data, as: UTF8.self))
    }

    /// The language that a browser asks for; Japanese where it asks for none of ours.
    static func language(_ request: Request) -> Language {
        if let chosen = request.uri.queryParameters.get("lang").flatMap({ Language(rawValue: String($0)) }) { return chosen }
        for part in request.headers[.acceptLanguage]?.split(separator: ",") ?? [] {
            let tag = part.split(separator: ";")[0].trimmingCharacters(in: .whitespaces).lowercased()
            if tag.hasPrefix("ja") { return .ja }
            if tag.hasPrefix("en") { return .en }
        }
        return .ja
    }

    private struct Marks {
        struct Line {
            let id: String
            let name: String
            let day: String
            let machineTime: String
            let paragraphs: [String]
            let isOwner: Bool
            let replyTo: String?
        }
        struct Notice {
            let words: String
            let isProblem: Bool
        }
        let language: String
        let otherLanguage: String
        let path: String
        let count: Int
        let isEmpty: Bool
        let lines: [Line]
        let next: String?
        let key: String
        let keptName: String
        let keptText: String
        let notice: Notice?
    }

    func box(_ page: BoxPage) throws -> String {
        let words = words[page.language] ?? StringTable([:])
        let path = page.thread.name.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? page.thread.name
        let marks = Marks(
            language: page.language.rawValue, otherLanguage: page.language == .ja ? "en" : "ja", path: path, count: page.count,
            isEmpty: page.count == 0,
            lines: page.comments.map { comment in
                let at = Instant(milliseconds: comment.at)
                return Marks.Line(
                    id: comment.id, name: comment.name.isEmpty ? words("box.nameless") : comment.name, day: at.japanMinuteText,
                    machineTime: at.utcText, paragraphs: comment.text.split(separator: "\n").map(String.init),
                    isOwner: comment.isOwner, replyTo: comment.replyTo)
            },
            next: page.hasMore ? page.comments.last.map { ShownCursor(at: $0.at, id: $0.id).text } : nil, key: page.key,
            keptName: page.kept?.name ?? "", keptText: page.kept?.text ?? "",
            notice: page.sent.map { sent in
                Marks.Notice(words: words("box.sent.\(sent.rawValue)"), isProblem: sent == .tooFast || sent == .unreadable)
            })
        guard let text = libraries[page.language]?.render(marks, withTemplate: "box") else {
            throw KnowledgeError(.damaged, ["file": "gateway/pages/box.mustache"])
        }
        return text
    }

    private static func fill(_ source: String, _ words: StringTable) -> String {
        source.replacing(/\[\[([a-z0-9.\-]+)\]\]/) { match in
            words(String(match.1)).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
                .replacing(/\{([A-Za-z]+)\}/) { "{{\($0.1)}}" }
        }
    }
}
