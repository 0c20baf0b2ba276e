import AkashiActions
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import HTTPTypes

/// The shop: answers, statements, rules, what happened to orders, plans.
struct ShopPage: Page {
    static let template = "shop"
    static let title = "shop.title"
    static let room = Room.shop

    struct Reply: Sendable {
        let id: String
        let name: String
        let when: String
    }

    let replies: [Reply]
    let plans: [PlanLine]
}

/// A place to fill in.
struct BlankLine: Sendable {
    let id: String
    let name: String
    let value: String

    /// The blanks of a text. What she filled in once is there again.
    static func all(_ blanks: [TextBlank], _ values: [String: String], _ visit: Visit) -> [BlankLine] {
        blanks.map { BlankLine(id: $0.id, name: $0.name[visit.language], value: values[$0.id] ?? "") }
    }
}

/// Answers to one kind of message.
struct ReplyPage: Page {
    static let template = "reply"
    static let title = "reply.title"
    static let room = Room.shop

    struct Tone: Sendable {
        let name: String
        let text: String
        let findings: [FindingLine]
        let hasFindings: Bool
    }

    let id: String
    let name: String
    let when: String
    let before: [String]
    let blanks: [BlankLine]
    let tones: [Tone]
    let noReply: String
    let noReplyWhen: [String]
}

/// Something that a text for the public should not say.
struct FindingLine: Sendable {
    let words: String
    let kind: String
    let reason: String
}

/// A statement to customers: choose, fill in, look over.
struct StatementPage: Page {
    static let template = "statement"
    static let title = "statement.title"
    static let room = Room.shop

    let choices: [TimelinePage.Choice]
    let blanks: [BlankLine]
    let text: String
    let findings: [FindingLine]
    let hasFindings: Bool
    let isChecked: Bool
    let count: String
    /// Whether it may be printed as one for the public.
    let isFine: Bool
    let canPrintAnyway: Bool
    /// Whether a blank is still empty.
    let hasBlanks: Bool
}

/// A text on paper.
struct StatementPaper: Page {
    static let template = "print-statement"
    static let title = "statement.title"
    static let room = Room.none

    let text: String
    let isForPublic: Bool
    let printed: String
}

/// The shop's page of rules.
struct RulesPage: Page {
    static let template = "rules"
    static let title = "rules.title"
    static let room = Room.shop

    struct Section: Sendable {
        let name: String
        let text: String
    }

    let when: String
    let before: [String]
    let note: String
    let blanks: [BlankLine]
    let sections: [Section]
}

extension Rooms {
    func addShop(_ register: Register) {
        register(.get, "shop", .owner) { visit in
            let replies = try await visit.desk.replies().map {
                ShopPage.Reply(id: $0.id, name: $0.name[visit.language], when: $0.when[visit.language])
            }
            return .page(ShopPage(replies: replies, plans: try await PlanLine.all(.business, visit)))
        }
        register(.get, "shop/replies/:reply", .owner) { visit in .page(try await reply(visit)) }
        register(.post, "shop/replies/:reply", .owner) { visit in .page(try await reply(visit)) }
        register(.get, "shop/statement", .owner) { visit in .page(try await statement(visit)) }
        register(.post, "shop/statement", .owner) { visit in .page(try await statement(visit)) }
        register(.post, "shop/statement/print", .owner) { visit in
            let text = visit.form.text("text")
            let findings = try await Self.findings(text, visit)
            let isReady = findings.isEmpty && !text.contains(/\{[a-z]+\}/)
            guard isReady || visit.form.text("anyway") == "yes" else { return .page(try await statement(visit)) }
            return .page(
                StatementPaper(text: text, isForPublic: isReady, printed: visit.dayText(await visit.desk.today())))
        }
        register(.get, "shop/rules", .owner) { visit in .page(try await rules(visit)) }
        register(.post, "shop/rules", .owner) { visit in .page(try await rules(visit)) }
        addShopLog(register)
    }

    /// The values of blanks in a form. The shop's name is known.
    private func values(_ blanks: [TextBlank], _ visit: Visit) async throws -> [String: String] {
        var values: [String: String] = [:]
        for blank in blanks { values[blank.id] = visit.form.optional(blank.id) }
        if values["shop"] == nil { values["shop"] = try await visit.desk.shopNames().first }
        return values
    }

    private static func findings(_ text: String, _ visit: Visit, except rules: Set<String> = []) async throws -> [FindingLine] {
        try await visit.desk.lint(text).filter { !rules.contains($0.rule) }.map {
            FindingLine(
                words: $0.text, kind: visit.words("lint." + $0.kind.rawValue), reason: $0.reason[visit.language])
        }
    }

    private func reply(_ visit: Visit) async throws -> ReplyPage {
        let id = visit.parameters["reply"] ?? ""
        guard let pack = try await visit.desk.replies().first(where: { $0.id == id }) else {
            throw DeskError(.guideUnknown, ["name": String(id.prefix(40))])
        }
        let language = visit.language
        let values = try await values(pack.blanks, visit)
        var tones: [ReplyPage.Tone] = []
        for (name, text) in [("short", pack.tones.short), ("polite", pack.tones.polite), ("firm", pack.tones.firm)] {
            let filled = text[language].filled(values)
            // The order is the customer's own: an answer may name it, a text for everybody may not.
            let findings = try await Self.findings(filled, visit, except: ["order-number"])
            tones.append(
                ReplyPage.Tone(
                    name: visit.words("tone." + name), text: filled, findings: findings, hasFindings: !findings.isEmpty))
        }
        return ReplyPage(
            id: id, name: pack.name[language], when: pack.when[language], before: pack.before.map { $0[language] },
            blanks: BlankLine.all(pack.blanks, values, visit), tones: tones, noReply: pack.noReply[language],
            noReplyWhen: pack.noReplyWhen.map { $0[language] })
    }

    private func statement(_ visit: Visit) async throws -> StatementPage {
        let templates = try await visit.desk.statementTemplates()
        let chosen = visit.form.optional("choice") ?? templates.texts[0].id
        let values = try await values(templates.blanks, visit)
        let template = templates.texts.first { $0.id == chosen } ?? templates.texts[0]
        let isFilling = visit.form.text("do") != "check"
        let text = isFilling ? template.text[visit.language].filled(values) : visit.form.text("text")
        let findings = try await Self.findings(text, visit)
        let hasBlanks = text.contains(/\{[a-z]+\}/)
        return StatementPage(
            choices: templates.texts.map {
                TimelinePage.Choice(
                    value: $0.id,
                    label: visit.words("statement.place." + $0.place) + "・" + visit.words("statement.size." + $0.size),
                    isChosen: $0.id == template.id)
            }, blanks: BlankLine.all(templates.blanks, values, visit), text: text, findings: findings,
            hasFindings: !findings.isEmpty, isChecked: !visit.form.all.isEmpty, count: String(text.count),
            isFine: findings.isEmpty && !hasBlanks,
            canPrintAnyway: !findings.isEmpty || hasBlanks, hasBlanks: hasBlanks)
    }

    private func rules(_ visit: Visit) async throws -> RulesPage {
        let rules = try await visit.desk.rulesText()
        let values = try await values(rules.blanks, visit)
        let language = visit.language
        return RulesPage(
            when: rules.when[language], before: rules.before.map { $0[language] }, note: rules.note[language],
            blanks: BlankLine.all(rules.blanks, values, visit),
            sections: rules.sections.map { RulesPage.Section(name: $0.name[language], text: $0.text[language].filled(values)) })
    }
}
