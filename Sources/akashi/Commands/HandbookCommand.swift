import AkashiDocuments
import AkashiKnowledge
import ArgumentParser
import Foundation

/// `akashi handbook`
struct HandbookCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "handbook", abstract: "Print the handbook as PDF, with pictures of the pages.")
    @Option(help: "The file to write.") var out: String
    @Option(help: "One part: maker, receivers or operators; without it, all.") var part: String?
    @OptionGroup var global: GlobalOptions

    func perform(_ console: Console) async throws {
        let knowledge = Knowledge(root: try KnowledgeLocation.find())
        let paper = try HandbookPaper(knowledge, global.language, part: part)
        guard !paper.parts.isEmpty else { throw CommandError(.badArgument, ["argument": "--part"]) }
        let bytes = try await DocumentRenderer(knowledge).pdf(paper, file: "body.\(global.language.rawValue).mustache")
        try Data(bytes).write(to: URL(filePath: out), options: .atomic)
        console.say("handbook-written", ["file": out])
        try console.json(["file": out])
    }
}
