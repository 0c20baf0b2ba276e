import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiDocuments
import AkashiKnowledge
import AkashiModel
import ArgumentParser
import Foundation

/// `akashi papers …`
struct PapersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "papers",
        abstract: "Drafts of papers with numbered exhibits, to print and to change. They are not legal advice.",
        subcommands: [List.self, Draft.self, Render.self], defaultSubcommand: List.self)

    struct List: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "The papers that can be made.")
        @OptionGroup var global: GlobalOptions

        private struct Output: Encodable {
            let paper: String
            let title: String
            let `for`: String
            let expert: String
        }

        func perform(_ console: Console) async throws {
            let papers = try PaperDefinition.all(Knowledge(root: try KnowledgeLocation.find()))
            let language = console.strings.language
            for paper in papers { console.line("\(paper.id)  \(paper.title[language])\n    \(paper.what[language])") }
            try console.json(
                papers.map { Output(paper: $0.id, title: $0.title.ja, for: $0.for.rawValue, expert: $0.expert.rawValue) })
        }
    }

    struct Draft: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "draft", abstract: "What a paper needs: what is filled in, from where, and what is missing.")
        @Argument(help: "The paper, such as removal-request.") var paper: String
        @Option(help: "The case; the first one if it is left out.") var `case`: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Output: Encodable {
            let fact: String
            let label: String
            let value: String?
        }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            let caseID = try await CaseArgument.chosen(`case`, desk)
            let definition = try await desk.paperDefinition(paper)
            let language = console.strings.language
            console.line("\(definition.title[language])\n\(definition.what[language])")
            for line in definition.before ?? [] { console.line("! \(line[language])") }
            let fields = try await desk.paperFields(paper, caseID)
            for field in fields {
                let value = field.value.map { field.definition.text($0.text, language) } ?? "—"
                console.line("  \(field.fact)  \(field.definition.label[language])：\(value)")
            }
            try console.json(fields.map { Output(fact: $0.fact, label: $0.definition.label.ja, value: $0.value?.text) })
        }
    }

    struct Render: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "render", abstract: "Write papers as PDF and Word files.")
        @Argument(help: "Papers, such as timeline evidence-list.") var papers: [String] = []
        @Flag(help: "All papers that fit the case.") var all = false
        @Option(help: "The folder; it is made if it is not there.") var out: String
        @Option(help: "The case; the first one if it is left out.") var `case`: String?
        @Option(help: "Only for this platform, where a paper is for one.") var platform: String?
        @Option(help: "Only about this incident; may be repeated.") var incident: [String] = []
        @Flag(help: "Leave out her name and address, and the words on her private list.") var hideAddress = false
        @Flag(help: "Also write the page as HTML.") var html = false
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Output: Encodable {
            struct Paper: Encodable {
                let paper: String
                let file: String
                let gaps: [String]
                let problems: [String]
            }

            let folder: String
            let papers: [Paper]
        }

        func perform(_ console: Console) async throws {
            guard all || !papers.isEmpty else { throw CommandError(.badArgument, ["argument": "--all"]) }
            let desk = try await options.openDesk(console)
            var request = PaperRequest(caseID: try await CaseArgument.chosen(`case`, desk))
            request.papers = all ? nil : papers
            request.platform = platform
            request.isHidden = hideAddress
            if !incident.isEmpty {
                request.incidents = try incident.map { text in
                    guard let id = IncidentID(text) else { throw CommandError(.badArgument, ["argument": "--incident"]) }
                    return id
                }
            }
            let made = try await desk.makePapers(request)
            let folder = URL(filePath: out)
            _ = try await desk.writePapers(request, made, to: folder)
            if html {
                for paper in made {
                    try Data(paper.html.utf8).write(to: folder.appending(path: paper.fileName + ".html"), options: .atomic)
                }
            }
            for paper in made {
                console.line(paper.fileName + ".pdf")
                for gap in paper.gaps { console.line("    □ " + gap.label) }
                for problem in paper.problems { console.line("    ! " + problem) }
            }
            console.say("papers-written", ["count": String(made.count), "folder": out])
            try console.json(
                Output(
                    folder: out,
                    papers: made.map {
                        .init(paper: $0.definition.id, file: $0.fileName, gaps: $0.gaps.map(\.label), problems: $0.problems)
                    }))
        }
    }
}
