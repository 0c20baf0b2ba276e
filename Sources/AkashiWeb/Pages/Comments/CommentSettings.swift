import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiModeration
import HTTPTypes

/// When comments are shown, which rules look, her own words, and her gateway.
struct CommentSettingsPage: Page {
    static let template = "comment-settings"
    static let title = "comment-settings.title"
    static let room = Room.comments

    struct Mode: Sendable {
        let value: String
        let label: String
        let help: String
        let isChosen: Bool
    }

    struct Pack: Sendable {
        let id: String
        let name: String
        let isOn: Bool
    }

    struct Word: Sendable {
        let number: Int
        let isPaused: Bool
        let count: Int
    }

    let modes: [Mode]
    let packs: [Pack]
    let words: [Word]
    let hasWords: Bool
    let lab: Lab?
    let gateway: String?
    let isSaved: Bool

    /// What a word would have held.
    struct Lab: Sendable {
        let word: String
        let reading: String
        let sentence: String
        let isTooMuch: Bool
        let examples: [RecordLine]
        let hasExamples: Bool
    }
}

extension Rooms {
    private static let shownExamples = 10

    func addCommentSettings(_ register: Register) {
        register(.get, "comments/settings", .owner) { visit in .page(try await settings(visit, lab: nil)) }
        register(.post, "comments/settings", .owner) { visit in
            guard let mode = QueueMode(rawValue: visit.form.text("mode")) else { throw RefusedRequest() }
            try await visit.desk.setQueue(mode)
            let on = Set(visit.form.list("pack"))
            try await visit.desk.setPacksOff(Set(visit.site.packNames.map(\.id)).subtracting(on))
            return .go("/comments/settings?saved=1")
        }
        // A word is sent in a form, never in an address: addresses stay in the browser's history.
        register(.post, "comments/lab", .owner) { visit in
            guard let word = Self.word(visit) else { return .page(try await settings(visit, lab: nil)) }
            return .page(try await settings(visit, lab: try await look(word, visit)))
        }
        register(.post, "comments/words", .owner) { visit in
            guard let word = Self.word(visit) else { return .go("/comments/settings") }
            var words = try await visit.desk.queueSettings().ownWords.filter { $0.text != word.text }
            // What would hold very much pauses itself unless she said yes to exactly that.
            let isTooMuch = try await visit.desk.tryWord(word).outlook.isTooMuch
            words.append(OwnWord(text: word.text, reading: word.reading, isPaused: isTooMuch && visit.form.text("sure") != "yes"))
            try await visit.desk.setOwnWords(words)
            return .go("/comments/settings?saved=1#own")
        }
        register(.post, "comments/words/:number", .owner) { visit in
            var words = try await visit.desk.queueSettings().ownWords
            guard let number = visit.parameters["number"].flatMap({ Int($0) }), words.indices.contains(number) else {
                throw RefusedRequest()
            }
            switch visit.form.text("act") {
            case "remove": words.remove(at: number)
            case "pause": words[number].isPaused = true
            default: words[number].isPaused = false
            }
            try await visit.desk.setOwnWords(words)
            return .go("/comments/settings?saved=1#own")
        }
        register(.post, "comments/words/:number/look", .owner) { visit in
            let words = try await visit.desk.queueSettings().ownWords
            guard let number = visit.parameters["number"].flatMap({ Int($0) }), words.indices.contains(number) else {
                throw RefusedRequest()
            }
            return .page(try await settings(visit, lab: try await look(words[number], visit)))
        }
        register(.post, "comments/gateway", .owner) { visit in
            let origins = visit.form.text("origins").split(whereSeparator: \.isWhitespace).map(String.init)
            let file = try await visit.desk.setGateway(
                address: visit.form.text("address"), origins: origins, behindProxy: visit.form.text("direct") != "yes")
            return .file(file, name: "gateway.json", type: "application/json")
        }
    }

    private static func word(_ visit: Visit) -> OwnWord? {
        guard let text = visit.form.optional("word").map({ String($0.prefix(60)) }), !text.contains("\n"), !text.contains("\t")
        else {
            return nil
        }
        return OwnWord(text: text, reading: visit.form.optional("reading").map { String($0.prefix(80)) })
    }

    private func look(_ word: OwnWord, _ visit: Visit) async throws -> CommentSettingsPage.Lab {
        let (outlook, records) = try await visit.desk.tryWord(word)
        var examples: [RecordLine] = []
        for example in outlook.examples.prefix(Self.shownExamples) {
            let record = try await visit.desk.record(at: records[example.comment], reveal: false)
            examples.append(RecordLine(record.entry, visit))
        }
        let sentence: String
        if outlook.searchedCount == 0 {
            sentence = visit.words("lab.empty")
        } else if outlook.held.count == 0 {
            sentence = visit.words("lab.none", ["all": String(outlook.searchedCount)])
        } else {
            sentence = visit.words(
                "lab.held",
                [
                    "all": String(outlook.searchedCount), "found": String(outlook.foundCount),
                    "percent": String(Double(Int(outlook.heldShare * 1_000)) / 10),
                ])
        }
        return CommentSettingsPage.Lab(
            word: word.text, reading: word.reading ?? "", sentence: sentence, isTooMuch: outlook.isTooMuch, examples: examples,
            hasExamples: !examples.isEmpty)
    }

    private func settings(_ visit: Visit, lab: CommentSettingsPage.Lab?) async throws -> CommentSettingsPage {
        let chosen = try await visit.desk.queueSettings()
        return CommentSettingsPage(
            modes: QueueMode.allCases.map { mode in
                CommentSettingsPage.Mode(
                    value: mode.rawValue, label: visit.words("queue.mode.\(mode.rawValue)"),
                    help: visit.words("queue.mode.\(mode.rawValue).help"), isChosen: mode == chosen.mode)
            },
            packs: visit.site.packNames.map { pack in
                CommentSettingsPage.Pack(id: pack.id, name: pack.name[visit.language], isOn: !chosen.packsOff.contains(pack.id))
            },
            words: chosen.ownWords.enumerated().map {
                CommentSettingsPage.Word(number: $0.offset, isPaused: $0.element.isPaused, count: $0.element.text.count)
            },
            hasWords: !chosen.ownWords.isEmpty, lab: lab, gateway: try await visit.desk.gatewayAddress(),
            isSaved: visit.asked("saved") != nil)
    }
}
