import AkashiKnowledge
import AkashiModel
import Foundation
import Mustache

/// A page's content: a struct with a field for every mark of its template.
protocol Page: Sendable {
    /// The template below `Knowledge/desk/pages`.
    static var template: String { get }
    /// The key of its title.
    static var title: String { get }
    /// Where it stands in the menu.
    static var room: Room { get }
}

/// A place in the menu.
enum Room: String, Sendable, CaseIterable {
    case home, akari, next, take, timeline, search, people, incidents, talks, papers, reports, dossier, safety, shop, comments,
        work, guide,
        log, settings
    /// Not in the menu.
    case none
}

/// The templates of one language, with its sentences in place.
///
/// `[[key]]` is a sentence of `Knowledge/strings/desk`; a `{mark}` in it is a mark of the template. `"~/` begins an
/// address below the desk's own secret path.
struct PageLibrary: Sendable {
    private let library: MustacheLibrary

    init(_ knowledge: Knowledge, _ strings: Strings, base: String) throws {
        let words = strings.table("desk")
        var templates: [String: MustacheTemplate] = [:]
        for file in try knowledge.list("desk/pages", ending: ".mustache") {
            let name = URL(filePath: file).lastPathComponent.replacing(".mustache", with: "")
            let source = try Self.fill(knowledge.text(file), words, base: base)
            templates[name] = try MustacheTemplate(string: source)
        }
        library = MustacheLibrary(templates: templates)
    }

    /// Puts sentences and addresses in place.
    static func fill(_ source: String, _ words: StringTable, base: String) -> String {
        source.replacing(/\[\[([A-Za-z0-9.\-]+)\]\]/) { match in
            escape(words(String(match.1))).replacing(/\{([A-Za-z]+|\.)\}/) { "{{\($0.1)}}" }
        }.replacing("\"~/", with: "\"\(base)/")
    }

    private static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing(
            "\"", with: "&quot;")
    }

    func render(_ value: Any, template: String) throws -> String {
        guard let text = library.render(value, withTemplate: template) else {
            throw KnowledgeError(.damaged, ["file": "desk/pages/\(template).mustache"])
        }
        return text
    }
}
