import AkashiGuide
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
    let guides: [Language: Guide]
    let contacts: [Contact]
    private let libraries: [Language: MustacheLibrary]
    private let words: [Language: StringTable]

    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        style = try knowledge.text("gateway/assets/box.css")
        description = try knowledge.text("gateway/openapi.yaml")
        contacts = try knowledge.contacts()
        var libraries: [Language: MustacheLibrary] = [:]
        var words: [Language: StringTable] = [:]
        var guides: [Language: Guide] = [:]
        for language in Language.allCases {
            guides[language] = try Guide(knowledge, language)
            let table = StringTable(try knowledge.yamlByName("strings/gateway.\(language.rawValue).yaml"))
            words[language] = table
            var templates: [String: MustacheTemplate] = [:]
            for path in try knowledge.list("gateway/pages", ending: ".mustache") {
                guard let template = try? MustacheTemplate(string: Self.fill(try knowledge.text(path), table)) else {
                    throw KnowledgeError(.damaged, ["file": path])
                }
                templates[String((path.split(separator: "/").last ?? "").dropLast(".mustache".count))] = template
            }
            libraries[language] = MustacheLibrary(templates: templates)
        }
        self.libraries = libraries
        self.words = words
        self.guides = guides
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

    private struct CommentMarks: Sendable {
        struct Line: Sendable {
            let id: String
            let name: String
            let day: String
            let machineTime: String
            let paragraphs: [String]
            let isOwner: Bool
            let replyTo: String?
        }
        struct Notice: Sendable {
            let words: String
            let isProblem: Bool
        }
        let language: String
        let path: String
        let count: Int
        let isEmpty: Bool
        let lines: [Line]
        let next: String?
        let key: String
        let keptName: String
        let keptText: String
        let notice: Notice?
        /// Whether it stands below a part of the guide.
        let backTo: Bool
    }

    private struct BoxMarks {
        let language: String
        let otherLanguage: String
        let path: String
        let comments: CommentMarks
    }

    private struct GuidePartMarks {
        let language: String
        let otherLanguage: String
        let partID: String
        let partNumber: Int
        let partTitle: String
        let partChecked: String
        let intro: [GuideBlockMarks]
        let sections: [GuideSectionMarks]
        let comments: CommentMarks
    }

    private struct GuideMarks {
        struct Line {
            let number: String
            let title: String
            let summary: String
            let beginning: String
            let path: String
        }
        let language: String
        let otherLanguage: String
        let question: String
        let isAsked: Bool
        let isNothingFound: Bool
        let found: [Line]
        let parts: [Line]
    }

    private func other(_ language: Language) -> String { language == .ja ? "en" : "ja" }

    /// The box as a page of its own.
    func box(_ page: BoxPage) throws -> String {
        let comments = marks(page, isInGuide: false)
        return try render(
            BoxMarks(
                language: page.language.rawValue, otherLanguage: other(page.language), path: comments.path, comments: comments),
            "box", page.language)
    }

    /// A part of the guide with its comments.
    func guidePart(_ part: GuidePart, _ page: BoxPage) throws -> String {
        guard let guide = guides[page.language] else { throw KnowledgeError(.damaged, ["file": "guide"]) }
        let place = GuidePlace(guide, base: "/guide", contacts: contacts, language: page.language)
        return try render(
            GuidePartMarks(
                language: page.language.rawValue, otherLanguage: other(page.language), partID: part.id, partNumber: part.number,
                partTitle: part.title, partChecked: part.checked, intro: place.marks(part.intro),
                sections: part.sections.map { place.sectionMarks($0) }, comments: marks(page, isInGuide: true)),
            "guide-part", page.language)
    }

    /// The guide's first page, with what was found.
    func guide(_ language: Language, question: String?) throws -> String {
        guard let guide = guides[language] else { throw KnowledgeError(.damaged, ["file": "guide"]) }
        let place = GuidePlace(guide, base: "/guide", contacts: contacts, language: language)
        let found = question.map { guide.find($0, limit: 8) } ?? []
        return try render(
            GuideMarks(
                language: language.rawValue, otherLanguage: other(language), question: question ?? "", isAsked: question != nil,
                isNothingFound: question != nil && found.isEmpty,
                found: found.map {
                    GuideMarks.Line(
                        number: $0.number, title: $0.title, summary: "", beginning: $0.beginning, path: place.path(of: $0))
                },
                parts: guide.parts.map {
                    GuideMarks.Line(
                        number: String($0.number), title: $0.title, summary: $0.summary, beginning: "", path: place.path(of: $0))
                }), "guide", language)
    }

    private func marks(_ page: BoxPage, isInGuide: Bool) -> CommentMarks {
        let words = words[page.language] ?? StringTable([:])
        return CommentMarks(
            language: page.language.rawValue,
            path: page.thread.name.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? page.thread.name,
            count: page.count, isEmpty: page.count == 0,
            lines: page.comments.map { comment in
                let at = Instant(milliseconds: comment.at)
                return CommentMarks.Line(
                    id: comment.id, name: comment.name.isEmpty ? words("box.nameless") : comment.name, day: at.japanMinuteText,
                    machineTime: at.utcText, paragraphs: comment.text.split(separator: "\n").map(String.init),
                    isOwner: comment.isOwner, replyTo: comment.replyTo)
            },
            next: page.hasMore ? page.comments.last.map { ShownCursor(at: $0.at, id: $0.id).text } : nil, key: page.key,
            keptName: page.kept?.name ?? "", keptText: page.kept?.text ?? "",
            notice: page.sent.map { sent in
                CommentMarks.Notice(words: words("box.sent.\(sent.rawValue)"), isProblem: sent == .tooFast || sent == .unreadable)
            }, backTo: isInGuide)
    }

    private func render(_ marks: Any, _ template: String, _ language: Language) throws -> String {
        guard let text = libraries[language]?.render(marks, withTemplate: template) else {
            throw KnowledgeError(.damaged, ["file": "gateway/pages/\(template).mustache"])
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
