import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiVault
import HTTPTypes

/// A plan in a list.
struct PlanLine: Sendable {
    let id: String
    let name: String
    let lead: String
    let done: String?
    let due: String?

    static func all(_ room: PlanDefinition.Room, _ visit: Visit) async throws -> [PlanLine] {
        let today = await visit.desk.today().description
        var lines: [PlanLine] = []
        for plan in try await visit.desk.library().plans where plan.room == room {
            let board = try await visit.desk.planBoard(plan.id)
            let done = board.steps.count { $0.isDone(on: today) }
            let due = board.steps.count { $0.isDue(on: today) }
            lines.append(
                PlanLine(
                    id: plan.id, name: plan.name[visit.language], lead: plan.lead[visit.language],
                    done: done > 0 ? visit.words("plans.done", ["count": String(done)]) : nil,
                    due: due > 0 ? visit.words("plans.due", ["count": String(due)]) : nil))
        }
        return lines
    }
}

/// Accounts, traces, the way home, rest.
struct SafetyPage: Page {
    static let template = "safety"
    static let title = "safety.title"
    static let room = Room.safety

    let plans: [PlanLine]
    let care: [PlanLine]
}

/// A plan: tick, note, date, change, add.
struct PlanPage: Page {
    static let template = "plan"
    static let title = "plan.title"
    static let room = Room.safety

    struct FieldValue: Sendable {
        let id: String
        let name: String
        let value: String
    }

    struct Step: Sendable {
        let id: String
        let section: String
        let text: String
        let how: String?
        let isDone: Bool
        let isSkipped: Bool
        let isDue: Bool
        let note: String
        let by: String
        let byText: String?
        let every: String?
        let finding: String?
        let fields: [FieldValue]
        let hasFields: Bool
    }

    struct Section: Sendable {
        let id: String
        let name: String
        let note: String?
        let steps: [Step]
    }

    /// A section to open.
    struct Line: Sendable {
        let id: String
        let name: String
        let count: String
        let done: String?
        let due: String?
    }

    let plan: String
    let name: String
    let lead: String
    /// The sections to choose from, if there are too many steps for one page.
    let lines: [Line]
    let isIndex: Bool
    /// Whether one section of several is shown.
    let isPart: Bool
    let sections: [Section]
    let removed: [Step]
    let hasRemoved: Bool
    let isCard: Bool
    let sources: [SourceLine]
    let checked: String
    let isSaved: Bool
    let printed: String
}

/// The same on paper.
struct PlanPaper: Page {
    static let template = "print-plan"
    static let title = "plan.title"
    static let room = Room.none
    let plan: PlanPage
}

extension Rooms {
    func addPlans(_ register: Register) {
        register(.get, "safety", .owner) { visit in
            .page(SafetyPage(plans: try await PlanLine.all(.safety, visit), care: try await PlanLine.all(.care, visit)))
        }
        register(.get, "plans/:plan", .owner) { visit in .page(try await plan(visit)) }
        register(.get, "plans/:plan/print", .owner) { visit in .page(PlanPaper(plan: try await plan(visit, isWhole: true))) }
        register(.post, "plans/:plan/add", .owner) { visit in
            let plan = visit.parameters["plan"] ?? ""
            if let text = visit.form.optional("text") {
                _ = try await visit.desk.addStep(
                    plan, section: visit.form.text("section"), text: text, by: visit.form.optional("by"))
            }
            return .go(Self.path(plan, visit.form.text("section")))
        }
        register(.post, "plans/:plan/:step", .owner) { visit in
            let plan = visit.parameters["plan"] ?? ""
            let id = visit.parameters["step"] ?? ""
            let board = try await visit.desk.planBoard(plan)
            guard let step = (board.steps + board.removed).first(where: { $0.id == id }) else {
                throw DeskError(.guideUnknown, ["name": String(id.prefix(40))])
            }
            try await visit.desk.keepStep(Self.state(plan, step, visit))
            let section = board.sections.first { $0.steps.contains { $0.id == step.id } }?.id ?? visit.form.text("section")
            return .go(Self.path(plan, section) + "#step-\(step.id)")
        }
        register(.post, "plans/:plan/:step/finding", .owner) { visit in
            let plan = visit.parameters["plan"] ?? ""
            if let text = visit.form.optional("finding") {
                let caseFile = try await visit.currentCase()
                let now = visit.site.environment.vault.now()
                try await visit.desk.keepFinding(text, at: now, caseFile.id)
            }
            let board = try await visit.desk.planBoard(plan)
            let step = visit.parameters["step"] ?? ""
            return .go(Self.path(plan, board.sections.first { $0.steps.contains { $0.id == step } }?.id ?? ""))
        }
    }

    /// Steps of a plan that are shown on one page.
    private static let shownSteps = 30

    /// The page of a section, which says that something was saved.
    private static func path(_ plan: String, _ section: String) -> String {
        "/plans/\(plan)?saved=1&section=\(section.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })"
    }

    /// What a form makes of a step; what it does not ask stays.
    private static func state(_ plan: String, _ step: PlanStep, _ visit: Visit) -> PlanStepState {
        let form = visit.form
        let before = step.state
        let state = PlanStepState.State(rawValue: form.text("state")) ?? before?.state ?? .open
        var fields = before?.fields ?? [:]
        for (name, values) in form.all where name.hasPrefix("field.") {
            fields[String(name.dropFirst(6))] = values.first ?? ""
        }
        func kept(_ name: String, _ old: String?) -> String? { form.all[name] == nil ? old : form.optional(name) }
        var text = kept("text", before?.text)
        if text == step.text.ja || text == step.text.en { text = before?.text }
        // A step that is done again gets its next day from the plan.
        let by = state == .done && before?.state != .done && step.every != nil ? nil : kept("by", before?.by)
        return PlanStepState(
            plan: plan, step: step.id, section: before?.section, state: state, text: text, note: kept("note", before?.note),
            by: by,
            fields: fields.isEmpty ? nil : fields)
    }

    private func plan(_ visit: Visit, isWhole: Bool = false) async throws -> PlanPage {
        let board = try await visit.desk.planBoard(visit.parameters["plan"] ?? "")
        let language = visit.language
        let today = await visit.desk.today()
        func step(_ step: PlanStep, _ section: String) -> PlanPage.Step {
            let fields = (board.definition.fields ?? []).map { field in
                PlanPage.FieldValue(
                    id: field.id, name: field.name[language],
                    value: step.state?.fields?[field.id] ?? step.start[field.id]?[language] ?? "")
            }
            return PlanPage.Step(
                id: step.id, section: section, text: step.text[language], how: step.how?[language],
                isDone: step.isDone(on: today.description), isSkipped: step.state?.state == .skipped,
                isDue: step.isDue(on: today.description), note: step.state?.note ?? "", by: step.state?.by ?? "",
                byText: step.state?.by.flatMap(CivilDate.init).map { visit.words("plan.by", ["day": visit.dayText($0)]) },
                every: step.every.map { visit.words("plan.every", ["days": String($0)]) }, finding: step.finding?[language],
                fields: fields, hasFields: !fields.isEmpty)
        }
        let isLong = !isWhole && board.steps.count > Self.shownSteps
        let wanted = visit.asked("section")
        let chosen = isLong ? board.sections.filter { $0.id == wanted } : board.sections
        let lines = board.sections.map { section in
            let done = section.steps.count { $0.isDone(on: today.description) }
            let due = section.steps.count { $0.isDue(on: today.description) }
            return PlanPage.Line(
                id: section.id, name: section.name[language],
                count: visit.words("plan.steps", ["count": String(section.steps.count)]),
                done: done > 0 ? visit.words("plans.done", ["count": String(done)]) : nil,
                due: due > 0 ? visit.words("plans.due", ["count": String(due)]) : nil)
        }
        return PlanPage(
            plan: board.definition.id, name: board.definition.name[language], lead: board.definition.lead[language],
            lines: isLong && chosen.isEmpty ? lines : [], isIndex: isLong && chosen.isEmpty, isPart: isLong && !chosen.isEmpty,
            sections: chosen.map { section in
                PlanPage.Section(
                    id: section.id, name: section.name[language], note: section.note?[language],
                    steps: section.steps.map { step($0, section.id) })
            },
            removed: board.removed.map { step($0, "") }, hasRemoved: !board.removed.isEmpty,
            isCard: board.definition.card ?? false,
            sources: SourceLine.all(board.definition.sources, nil, visit), checked: visit.dayText(board.definition.checked),
            isSaved: visit.asked("saved") != nil, printed: visit.dayText(today))
    }
}
