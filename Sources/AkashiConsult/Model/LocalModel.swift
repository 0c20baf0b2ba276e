public import AkashiKnowledge
import Foundation

/// A model on this computer that may word two sentences of an answer anew. It has no tools and no memory, decides nothing, and whatever it
/// says is held against the ``Contract``: where that fails, the answer stands as it was.
public struct LocalModel: Sendable {
    /// Milliseconds to the first words, and to the last.
    public static let mostMilliseconds = (first: 2_000, last: 10_000)
    /// Earlier turns of hers that it is shown.
    private static let shownTurns = 4
    /// Letters of each.
    private static let shownLetters = 400

    private let address: ModelAddress
    private let name: String
    private var line: ModelLine
    private let orders: Bilingual
    private let contract: Contract

    /// Takes the endpoint and the model's name there.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge, _ address: ModelAddress, name: String?, line: ModelLine) throws(KnowledgeError) {
        orders = try knowledge.yaml("consult/model.yaml")
        contract = try Contract(knowledge)
        (self.address, self.name, self.line) = (address, name ?? "local", line)
    }

    /// The same, spoken to over another line.
    public func over(_ line: ModelLine) -> LocalModel {
        var other = self
        other.line = line
        return other
    }

    /// Whether the words of an answer may be a model's at all: never where there is danger, where something is refused, or where the case speaks.
    public static func mayReword(_ reply: Reply) -> Bool {
        guard reply.route == .everyday, reply.lines.isEmpty, reply.cards.isEmpty, let topic = reply.topic else { return false }
        return topic.isTold || (topic == .guide && reply.fact != nil) || (topic == .chat && !reply.receive.isEmpty)
    }

    /// The answer with its two sentences worded by the model; the same answer where it may not, cannot, is slow, or breaks the contract.
    ///
    /// - Parameter earlier: what she said before, the oldest first.
    public func reworded(
        _ reply: Reply, to heard: Heard, earlier: [String], in language: Language = .ja
    ) async -> Reply {
        guard Self.mayReword(reply), let body = body(reply, heard, earlier, language), let words = await words(body),
            let answer = ModelAnswer(words)
        else { return reply }
        let given = reply.fact.map { [$0.number] } ?? []
        let breaches = contract.breaches(
            receive: answer.receive, next: answer.next, said: [heard.text] + earlier.suffix(Self.shownTurns),
            cited: answer.sources ?? [], given: given, in: language)
        guard breaches.isEmpty else { return reply }
        var reworded = reply
        reworded.receive = answer.receive.trimmingCharacters(in: .whitespaces)
        reworded.next = answer.next.trimmingCharacters(in: .whitespaces)
        return reworded
    }

    /// Whether pages of others may ask the model, as llama.cpp's server allows by default; nil where nobody answers.
    public func isOpenToPages() async -> Bool? {
        let stranger = "https://page.invalid"
        guard let answer = await line.probe(address.models, stranger) else { return nil }
        return answer.allowed == "*" || answer.allowed == stranger
    }

    private enum Event: Sendable {
        case begun
        case words(String?)
        case first, last
    }

    private func words(_ body: [UInt8]) async -> String? {
        let (events, sink) = AsyncStream<Event>.makeStream()
        let (line, address) = (line, address.completions)
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { sink.yield(.words(await Self.read(line.send(address, body)) { sink.yield(.begun) })) }
            group.addTask {
                await line.wait(Self.mostMilliseconds.first)
                sink.yield(.first)
            }
            group.addTask {
                await line.wait(Self.mostMilliseconds.last)
                sink.yield(.last)
            }
            defer { group.cancelAll() }
            var hasBegun = false
            for await event in events {
                switch event {
                case .begun: hasBegun = true
                case .words(let words): return words
                case .first: if !hasBegun { return nil }
                case .last: return nil
                }
            }
            return nil
        }
    }

    private static func read(
        _ pieces: AsyncThrowingStream<[UInt8], any Error>, begun: @Sendable () -> Void
    ) async -> String? {
        var words = ModelWords()
        do {
            for try await piece in pieces {
                words.take(piece)
                if words.isTooLong { return nil }
                if !words.content.isEmpty { begun() }
                if words.isWhole { break }
            }
        } catch { return nil }
        words.finish()
        return words.content.isEmpty ? nil : words.content
    }

    private struct Request: Encodable {
        struct Message: Encodable {
            let role: String
            let content: String
        }
        struct Format: Encodable {
            struct Named: Encodable {
                let name = "answer"
                let strict = true
                let schema = Schema()
            }
            struct Schema: Encodable {
                struct Kind: Encodable {
                    let type: String
                    var items: [String: String]?
                }
                let type = "object"
                let properties = [
                    "receive": Kind(type: "string"), "next": Kind(type: "string"),
                    "sources": Kind(type: "array", items: ["type": "string"]),
                ]
                let required = ["receive", "next", "sources"]
                let additionalProperties = false
            }
            let type = "json_schema"
            let jsonSchema = Named()
            enum CodingKeys: String, CodingKey {
                case type
                case jsonSchema = "json_schema"
            }
        }
        let model: String
        let messages: [Message]
        let stream = true
        let temperature = 0
        let seed = 1
        let maxTokens = 200
        let format = Format()
        enum CodingKeys: String, CodingKey {
            case model, messages, stream, temperature, seed
            case maxTokens = "max_tokens"
            case format = "response_format"
        }
    }

    /// What a model is told. Everything that is not an order is marked as data.
    private struct Material: Encodable {
        struct Quote: Encodable {
            let id: String
            let text: String
        }
        let earlier: [String]
        let turn: String
        let receive: String
        let next: String
        let quotes: [Quote]
    }

    private func body(_ reply: Reply, _ heard: Heard, _ earlier: [String], _ language: Language) -> [UInt8]? {
        let material = Material(
            earlier: earlier.suffix(Self.shownTurns).map { String($0.prefix(Self.shownLetters)) },
            turn: String(heard.text.prefix(Self.shownLetters)), receive: reply.receive, next: reply.next,
            quotes: reply.fact.map { [Material.Quote(id: $0.number, text: $0.sentence)] } ?? [])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(material) else { return nil }
        let request = Request(
            model: name,
            messages: [
                .init(role: "system", content: orders[language]),
                .init(role: "user", content: "DATA\n" + String(decoding: data, as: UTF8.self) + "\nEND OF DATA"),
            ])
        return (try? encoder.encode(request)).map { Array($0) }
    }
}
