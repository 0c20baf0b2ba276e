public import AkashiKnowledge
public import AkashiModel

/// Everything that `Knowledge/law`, `Knowledge/reporting` and `Knowledge/plans` hold.
public struct LawLibrary: Sendable {
    /// The questions.
    public let facts: [FactDefinition]
    /// The holidays.
    public let holidays: HolidayTable
    /// The periods, in the order of their names.
    public let deadlines: [DeadlineRule]
    /// The provisions, in the order of their names.
    public let provisions: [Provision]
    /// What can be done, in its order.
    public let actions: [ActionDefinition]
    /// How platforms are told.
    public let reporting: [ReportingPack]
    private let knowledge: Knowledge

    /// Loads everything but the plans.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) {
        facts = try knowledge.yaml("law/facts.yaml")
        holidays = try knowledge.yaml("law/holidays.yaml")
        deadlines = try knowledge.yamls("law/deadlines")
        provisions = try knowledge.yamls("law/provisions")
        actions = (try knowledge.yamls("law/actions") as [ActionDefinition]).sorted { $0.order < $1.order }
        reporting = try knowledge.yamls("reporting")
        self.knowledge = knowledge
    }

    /// Plans, lists, registers: long, and read only where they are shown.
    public var plans: [PlanDefinition] { get throws(KnowledgeError) { try knowledge.yamls("plans") } }

    /// A rule by its name.
    public func deadline(_ id: String) -> DeadlineRule? { deadlines.first { $0.id == id } }

    /// A question by its name.
    public func fact(_ id: String) -> FactDefinition? { facts.first { $0.id == id } }

    /// How a platform is told; the general way for one that has no pack of its own.
    public func reporting(for platform: String) -> ReportingPack? {
        reporting.first { $0.isFor(platform) } ?? reporting.first { $0.id == "general" }
    }
}
