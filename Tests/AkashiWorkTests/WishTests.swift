import AkashiKnowledge
import AkashiModel
import AkashiTesting
import AkashiWork
import Foundation
import Testing

struct WishSentence: Decodable, Sendable {
    struct Change: Decodable, Sendable {
        let op: WishChange.Act
        let field: WishChange.Field
        let value: WishChange.Value?
    }
    let text: String
    let changes: [Change]

    static func all(_ name: String) throws -> [WishSentence] {
        let file = ProjectFolder.root.appending(path: "Tests/AkashiWorkTests/Sentences/\(name).jsonl")
        return try String(decoding: Data(contentsOf: file), as: UTF8.self).split(separator: "\n").map {
            try JSONDecoder().decode(WishSentence.self, from: Data($0.utf8))
        }
    }

    var wanted: Set<WishChange> { Set(changes.map { WishChange($0.op, $0.field, $0.value) }) }
}

@Suite("wishes for work")
struct WishTests {
    private let reader: WishReader

    init() throws { reader = try WishReader(PostingTests.knowledge) }

    /// Sentences of another hand; `heldout` is only measured.
    @Test(
        "sentences change what they ask for, and questions and stories change nothing",
        arguments: [("development", 0.9), ("heldout", 0.7)])
    func sentences(half: String, least: Double) throws {
        var right = 0
        var silent = (right: 0, all: 0)
        let sentences = try WishSentence.all(half)
        for sentence in sentences {
            let found = Set(reader.changes(in: sentence.text))
            let isRight = found == sentence.wanted
            right += isRight ? 1 : 0
            if sentence.changes.isEmpty { silent = (silent.right + (isRight ? 1 : 0), silent.all + 1) }
            if !isRight, ProcessInfo.processInfo.environment["AKASHI_WRONG"] == half {
                print("wrong: \(sentence.text)\n   wanted \(sentence.wanted)\n   found  \(found)")
            }
        }
        print("wishes, \(half): \(right) of \(sentences.count), nothing to change \(silent.right) of \(silent.all)")
        #expect(Double(right) >= least * Double(sentences.count))
        #expect(Double(silent.right) >= 0.9 * Double(silent.all))
    }
}
