import AkashiKnowledge

/// What Akari can say: `Knowledge/consult/replies.yaml`, `feelings.yaml`, `case.yaml`, `notice.yaml`.
struct ReplyWords: Sendable {
    /// Some sentences in both languages.
    struct Texts: Decodable, Sendable {
        let ja: [String]
        let en: [String]

        subscript(language: Language) -> [String] { language == .ja ? ja : en }
    }

    /// What is said in one situation.
    struct Words: Decodable, Sendable {
        let receive: Texts
        let next: Texts
        let section: String
        let cards: [String]
    }

    private struct FeelingRow: Decodable {
        let words: [String]
        let ja: String
        let en: String
    }

    private let replies: [String: Words]
    private let feelings: [(words: CueList, text: Bilingual)]
    private let sentences: [String: Bilingual]
    let notice: Bilingual

    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        replies = try knowledge.yaml("consult/replies.yaml")
        let rows: [FeelingRow] = try knowledge.yaml("consult/feelings.yaml")
        feelings = rows.map { (CueList($0.words), Bilingual(ja: $0.ja, en: $0.en)) }
        sentences = try knowledge.yaml("consult/case.yaml")
        notice = try knowledge.yaml("consult/notice.yaml")
    }

    subscript(key: String) -> Words? { replies[key] }

    /// The words that take in a feeling; nil where none is named.
    func feeling(_ text: String, _ language: Language) -> String? {
        let folded = PlainText.fold(text)
        return feelings.first { $0.words.isIn(folded) }?.text[language]
    }

    /// A finding in words.
    func line(_ finding: CaseFinding, _ language: Language) -> Reply.CaseLine {
        var text = sentences[finding.key]?[language] ?? ""
        for (name, value) in finding.values.sorted(by: { $0.key < $1.key }) { text = text.replacing("{\(name)}", with: value) }
        return Reply.CaseLine(text: text, sources: finding.sources)
    }

    /// Everything that can be said, for telling what is the program's own vocabulary.
    var all: String {
        var texts = [notice.ja, notice.en]
        for reply in replies.values { texts += reply.receive.ja + reply.receive.en + reply.next.ja + reply.next.en }
        for feeling in feelings { texts += [feeling.text.ja, feeling.text.en] }
        for sentence in sentences.values { texts += [sentence.ja, sentence.en] }
        return texts.joined(separator: "\n")
    }
}
