import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import HTTPTypes

/// A question in a form.
struct Question: Sendable {
    struct Choice: Sendable {
        let value: String
        let label: String
        let isChosen: Bool
    }

    let name: String
    let question: String
    let help: String?
    let value: String
    let isDate: Bool
    let isLong: Bool
    let isLine: Bool
    let isMoney: Bool
    let choices: [Choice]
    let isChoice: Bool
    /// Where the value comes from, if she did not say it here.
    let origin: String?
    let records: [String]
    let isHidden: Bool

    init(_ definition: FactDefinition, name: String, value: FactValue?, of platform: String? = nil, _ visit: Visit) {
        let language = visit.language
        self.name = name
        question = (platform.map { "\($0)：" } ?? "") + definition.question[language]
        help = definition.help?[language]
        self.value = value?.text ?? ""
        isDate = definition.kind == .date
        isLong = definition.kind == .long
        isLine = definition.kind == .text
        isMoney = definition.kind == .money
        isChoice = definition.kind == .choice
        choices = (definition.options ?? []).map {
            Choice(value: $0.id, label: $0.name[language], isChosen: $0.id == value?.text)
        }
        isHidden = definition.hides != nil
        switch value?.origin {
        case .evidence(let positions)?:
            origin = visit.words("facts.evidence")
            records = positions.prefix(4).map { String($0.index) }
        case .noted?:
            origin = visit.words("facts.noted")
            records = []
        case .answered?, nil:
            origin = nil
            records = []
        }
    }
}

/// The questions that matter.
struct FactsPage: Page {
    static let template = "facts"
    static let title = "facts.title"
    static let room = Room.next

    let questions: [Question]
    let done: [Question]
    let isSaved: Bool
}

extension Rooms {
    func addFacts(_ register: Register) {
        register(.get, "facts", .owner) { visit in
            let facts = try await visit.desk.facts(try await visit.currentCase().id)
            func questions(_ ask: FactDefinition.Ask) -> [Question] {
                facts.filter { $0.definition.ask == ask }.map {
                    Question($0.definition, name: $0.definition.id, value: $0.value, visit)
                }
            }
            return .page(FactsPage(questions: questions(.first), done: questions(.done), isSaved: visit.asked("saved") != nil))
        }
        register(.post, "facts", .owner) { visit in
            let caseID = try await visit.currentCase().id
            let facts = try await visit.desk.facts(caseID)
            try await Self.keep(
                facts.map { ($0.definition.id, $0.value) }.filter { visit.form.all[$0.0] != nil }, caseID, visit)
            return .go("/facts?saved=1")
        }
    }

    /// Keeps what was changed in a form of questions. What the evidence says and she left as it is stays the evidence's.
    static func keep(_ fields: [(name: String, value: FactValue?)], _ caseID: CaseID, _ visit: Visit) async throws {
        for (name, before) in fields {
            let answer = visit.form.optional(name)
            guard answer != before?.text else { continue }
            if answer == nil, before == nil { continue }
            try await visit.desk.answer(caseID, fact: name, value: answer)
        }
    }
}
