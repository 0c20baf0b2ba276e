public import AkashiActions
public import AkashiCasework
public import AkashiKnowledge
public import AkashiModel
import AkashiVault

/// A step of a plan, with what she made of it.
public struct PlanStep: Sendable {
    /// Its name in the plan.
    public let id: String
    /// What it is: her words, or the plan's.
    public let text: Bilingual
    /// How it is done.
    public let how: Bilingual?
    /// What she may have found, as words for the timeline.
    public let finding: Bilingual?
    /// Days after which it is done again.
    public let every: Int?
    /// Whether it stands on the card.
    public let isOnCard: Bool
    /// First values of the fields.
    public let start: [String: Bilingual]
    /// What she made of it; nil if nothing yet.
    public let state: PlanStepState?
    /// When she last touched it.
    public let touchedAt: ObservedTime?

    /// Whether it is done, and not to be done again yet.
    ///
    /// - Parameter today: a day such as `2026-11-24`.
    public func isDone(on today: String) -> Bool {
        guard state?.state == .done else { return false }
        return every == nil || (state?.by ?? "9999") > today
    }

    /// Whether its day has come.
    public func isDue(on today: String) -> Bool {
        guard let by = state?.by, by <= today else { return false }
        return state?.state == .open || (state?.state == .done && every != nil)
    }
}

/// A plan with what she made of it.
public struct PlanBoard: Sendable {
    /// Steps that belong together.
    public struct Section: Sendable {
        /// The section.
        public let id: String
        /// Its name.
        public let name: Bilingual
        /// What to know before.
        public let note: Bilingual?
        /// Its steps; those that she took off her list are not among them.
        public let steps: [PlanStep]
    }

    /// The plan.
    public let definition: PlanDefinition
    /// Its sections.
    public let sections: [Section]
    /// Steps that she took off her list.
    public let removed: [PlanStep]

    /// All steps of all sections.
    public var steps: [PlanStep] { sections.flatMap(\.steps) }

    /// Those that stand on the card.
    public var cardSteps: [PlanStep] { steps.filter { $0.isOnCard && $0.state?.state != .skipped } }
}

extension Desk {
    /// A plan as it stands.
    ///
    /// - Throws: ``DeskErrorCode/guideUnknown``.
    public func planBoard(_ id: String) throws -> PlanBoard {
        guard let plan = try library().plans.first(where: { $0.id == id }) else { throw DeskError(.guideUnknown, ["name": id]) }
        let kept = Dictionary(try index.planSteps(id).map { ($0.state.step, $0) }, uniquingKeysWith: { _, last in last })
        let own = try index.planSteps(id).filter(\.state.isOwn)
        var removed: [PlanStep] = []
        let sections = plan.sections.map { section in
            var steps = section.steps.map { step in
                let state = kept[step.id]
                return PlanStep(
                    id: step.id, text: state?.state.text.map { Bilingual(ja: $0, en: $0) } ?? step.text, how: step.how,
                    finding: step.finding, every: step.every, isOnCard: step.card ?? false, start: step.start ?? [:],
                    state: state?.state, touchedAt: state?.observedAt)
            }
            steps += own.filter { $0.state.section == section.id }.map { step in
                let text = step.state.text ?? ""
                return PlanStep(
                    id: step.state.step, text: Bilingual(ja: text, en: text), how: nil, finding: nil, every: nil,
                    isOnCard: plan.card ?? false, start: [:], state: step.state, touchedAt: step.observedAt)
            }
            removed += steps.filter { $0.state?.state == .removed }
            return PlanBoard.Section(
                id: section.id, name: section.name, note: section.note, steps: steps.filter { $0.state?.state != .removed })
        }
        return PlanBoard(definition: plan, sections: sections, removed: removed)
    }

    /// Writes down what she made of a step. A step that is done again and again gets its next day by itself.
    ///
    /// - Throws: ``DeskErrorCode/guideUnknown`` for a plan or step that is not there, ``CaseworkErrorCode/timeUnclear``.
    public func keepStep(_ state: PlanStepState) throws {
        let board = try planBoard(state.plan)
        let step = (board.steps + board.removed).first { $0.id == state.step }
        guard step != nil || state.isOwn else { throw DeskError(.guideUnknown, ["name": state.step]) }
        if let by = state.by, CivilDate(by) == nil { throw CaseworkError(.timeUnclear) }
        var state = state
        if state.state == .done, let every = step?.every, state.by == nil {
            state = PlanStepState(
                plan: state.plan, step: state.step, section: state.section, state: state.state, text: state.text,
                note: state.note,
                by: today().adding(days: every).description, fields: state.fields)
        }
        guard step?.state != state else { return }
        try append([try EntryDraft(.decision, Decision.keepStep(state))])
    }

    /// Adds a step of her own to a section.
    public func addStep(_ plan: String, section: String, text: String, by: String? = nil) throws -> String {
        guard try planBoard(plan).definition.sections.contains(where: { $0.id == section }) else {
            throw DeskError(.guideUnknown, ["name": section])
        }
        let handle: CaseID = newHandle("own")
        try keepStep(PlanStepState(plan: plan, step: handle.text, section: section, state: .open, text: text, by: by))
        return handle.text
    }
}

extension Desk {
    /// Puts what she found into the timeline: sealed and read like anything that she writes down.
    public func keepFinding(_ text: String, at time: Instant, _ caseID: CaseID) throws {
        _ = try index.caseFile(caseID)
        let digits = time.japan.text.filter(\.isNumber)
        let file = try beginIncoming(path: "memo-\(digits).txt", isPasted: true)
        try receive(Array("\(time.japanMinuteText)\n\(text)\n".utf8), for: file)
        _ = try add(incoming: [file])
    }
}
