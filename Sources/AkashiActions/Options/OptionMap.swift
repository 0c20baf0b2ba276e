public import AkashiModel

/// An element of a provision with what speaks to it. It does not say whether the element is met.
public struct ElementStanding: Sendable {
    /// The element.
    public let element: Provision.Element
    /// Records that may speak to it, by time.
    public let records: [LogPosition]
    /// Answers that may speak to it, by the names of their facts.
    public let answers: [String]

    /// Whether nothing speaks to it yet.
    public var isMissing: Bool { records.isEmpty && answers.isEmpty }
}

/// A provision with its elements laid beside the case.
public struct ProvisionStanding: Sendable {
    /// The provision.
    public let provision: Provision
    /// Its elements.
    public let elements: [ElementStanding]
}

/// Something that can be done, with what it needs.
public struct ActionOption: Sendable {
    /// A need, and whether it is there. Papers are there when they can be made, which the one who asks knows.
    public struct Need: Sendable {
        /// The need.
        public let need: ActionDefinition.Need
        /// Records that are there for it.
        public let records: [LogPosition]
        /// Whether it is there; nil for a paper.
        public let isThere: Bool?
    }

    /// What can be done.
    public let action: ActionDefinition
    /// What it needs.
    public let needs: [Need]
    /// The period that matters for it and runs out first; nil while a shorter one waits for a day.
    public let nextDeadline: CaseDeadline?
    /// A period that matters for it and runs once a day is known, such as six months from knowing who it is.
    public let waiting: DeadlineRule?

    /// Whether everything that can be looked up is there.
    public var isReady: Bool { needs.allSatisfy { $0.isThere ?? true } }
}

/// From the facts of a case to what can be done. It orders and explains; it never judges.
public struct OptionMap: Sendable {
    /// The provisions that concern a harm of the case.
    public let provisions: [ProvisionStanding]
    /// What can be done, in order.
    public let options: [ActionOption]

    /// Lays the case beside the law.
    public init(_ library: LawLibrary, _ material: CaseMaterial, _ board: DeadlineBoard, today: CivilDate) {
        let harms = Set(material.harms)
        provisions = library.provisions.filter { !harms.isDisjoint(with: $0.harms) && material.holds($0.when) }.map { provision in
            ProvisionStanding(
                provision: provision,
                elements: provision.elements.map { element in
                    let found = Self.find(element.look, harms: provision.harms, material)
                    return ElementStanding(element: element, records: found.records, answers: found.answers)
                })
        }
        options = library.actions.filter { $0.harms.isEmpty || !harms.isDisjoint(with: $0.harms) }.map { action in
            let needs = (action.needs ?? []).map { need in
                guard let look = need.look else { return ActionOption.Need(need: need, records: [], isThere: nil) }
                let found = Self.find([look], harms: action.harms.isEmpty ? Harm.allCases : action.harms, material)
                return ActionOption.Need(
                    need: need, records: found.records, isThere: !found.records.isEmpty || !found.answers.isEmpty)
            }
            let ids = action.deadlines ?? []
            // A limit of many years would lull where one of months has not begun to run.
            let waiting = board.waiting.first { ids.contains($0.rule.id) && $0.rule.kind == .limit }?.rule
            let next = waiting == nil ? board.running.first { ids.contains($0.rule.id) && $0.daysLeft(on: today) >= 0 } : nil
            return ActionOption(action: action, needs: needs, nextDeadline: next, waiting: waiting)
        }
    }

    private static func find(
        _ looks: [EvidenceLook], harms: [Harm], _ material: CaseMaterial
    ) -> (records: [LogPosition], answers: [String]) {
        var records: [LogPosition] = []
        var answers: [String] = []
        for look in looks {
            if case .fact(let id) = look {
                if material.isAnswered(id) { answers.append(id) }
            } else {
                for position in material.records(look, harms: harms) where !records.contains(position) {
                    records.append(position)
                }
            }
        }
        return (records, answers)
    }
}
