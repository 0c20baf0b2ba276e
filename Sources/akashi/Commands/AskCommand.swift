import AkashiConsult
import AkashiKnowledge
import AkashiModel
import ArgumentParser
import Foundation

/// `akashi ask`
struct AskCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Ask Akari, the program that listens; with --batch, measure it on turns of your own. It reads no vault.",
        discussion: """
            Turns, a JSON object on each line: {"id", "text", "history"?: [the person's turn, Akari's turn, ..]}. Out: {"id", "route", \
            "section", "text", "sources"}. The text has what is shown: taking in, one question or step, a sentence of the guide with its \
            number, and the contacts from the dated table. Akari is a program; nobody reads along.
            """)
    @Argument(help: "What you want to say.") var words: [String] = []
    @Option(help: "Turns, a JSON object on each line.") var batch: String?
    @Option(help: "A model on this computer that may reword two sentences, such as http://127.0.0.1:8080.") var model: String?
    @OptionGroup var global: GlobalOptions

    private struct Turn: Decodable {
        let id: FlexibleID
        let text: String
        let history: [String]?
    }

    private struct Output: Encodable {
        let id: FlexibleID
        let route: String
        let section: String?
        let text: String
        let sources: [String]
    }

    func perform(_ console: Console) async throws {
        let knowledge = Knowledge(root: try KnowledgeLocation.find())
        let consultant = try Consultant(knowledge, languages: [global.language])
        let contacts = try knowledge.contacts()
        let local = try model.map { try LocalModel(knowledge, ModelAddress($0), name: nil, line: .live()) }
        guard let batch else {
            let reply = await answer(words.joined(separator: " "), [], consultant, local)
            if let notice = reply.notice { print(notice) }
            print(reply.text(global.language, contacts))
            return
        }
        guard let text = try? String(contentsOf: URL(filePath: batch), encoding: .utf8) else {
            throw ConsultError(.linesUnreadable, ["line": "1"])
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for (number, line) in text.split(separator: "\n").enumerated() {
            guard let turn = try? JSONDecoder().decode(Turn.self, from: Data(line.utf8)) else {
                throw ConsultError(.linesUnreadable, ["line": String(number + 1)])
            }
            let earlier = (turn.history ?? []).enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
            let reply = await answer(turn.text, earlier, consultant, local)
            let output = Output(
                id: turn.id, route: reply.route.rawValue, section: reply.fact?.section,
                text: reply.text(global.language, contacts), sources: reply.fact.map { [$0.number] } ?? [])
            print(String(decoding: try encoder.encode(output), as: UTF8.self))
        }
    }

    private func answer(
        _ text: String, _ earlier: [String], _ consultant: Consultant, _ local: LocalModel?
    ) async -> Reply {
        let heard = consultant.hear(text, earlier: earlier)
        let reply = consultant.reply(to: heard, in: global.language)
        guard let local, LocalModel.mayReword(reply) else { return reply }
        return await local.reworded(reply, to: heard, earlier: earlier, in: global.language)
    }
}
