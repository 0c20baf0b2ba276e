import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import HTTPTypes

/// What happened, the harms, what supports them, what is missing.
struct IncidentsPage: Page {
    static let template = "incidents"
    static let title = "incidents.title"
    static let room = Room.incidents

    struct Card: Sendable {
        let id: String
        let title: String
        let summary: String
        let harms: [String]
        let count: Int
        let span: String?
    }

    struct HarmCard: Sendable {
        let label: String
        let count: Int
        let missing: [MissingLine]
        let timeline: String
    }

    struct MissingLine: Sendable {
        let text: String
        let records: [String]
        let more: Int?
    }

    let incidents: [Card]
    let harms: [HarmCard]
    let choices: [ItemPage.HarmChoice]
    let unsorted: Bool
}

/// One incident with its records.
struct IncidentPage: Page {
    static let template = "incident"
    static let title = "incident.title"
    static let room = Room.incidents

    let id: String
    let heading: String
    let summary: String
    let choices: [ItemPage.HarmChoice]
    let lines: [RecordLine]
    let proposals: [RecordLine]
    let isSaved: Bool
}

extension Rooms {
    func addIncidents(_ register: Register) {
        register(.get, "incidents", .owner) { visit in .page(try await incidents(visit)) }
        register(.post, "incidents", .owner) { visit in
            guard let title = visit.form.optional("title") else { return .go("/incidents#new") }
            let id = try await visit.desk.describeIncident(
                try await visit.currentCase().id, title: title, summary: visit.form.text("summary"), harms: visit.form.harms)
            return .go("/incidents/\(id.text)")
        }
        register(.get, "incidents/:incident", .owner) { visit in .page(try await incident(visit)) }
        register(.post, "incidents/:incident", .owner) { visit in
            let (caseFile, incident) = try await visit.incident()
            _ = try await visit.desk.describeIncident(
                caseFile.id, id: incident.id, title: visit.form.optional("title") ?? incident.title,
                summary: visit.form.text("summary"), harms: visit.form.harms)
            return .go("/incidents/\(incident.id.text)?saved=1")
        }
        register(.post, "incidents/:incident/link", .owner) { visit in
            let (_, incident) = try await visit.incident()
            let isLinked = visit.form.text("unlink") != "yes"
            if !visit.form.records.isEmpty {
                try await visit.desk.link(incident.id, records: visit.form.records, isLinked: isLinked)
            }
            return .go("/incidents/\(incident.id.text)?saved=1")
        }
    }

    private func incidents(_ visit: Visit) async throws -> IncidentsPage {
        let sorted = try await visit.desk.sortedRecords()
        let missing = try await visit.desk.missing()
        var cards: [IncidentsPage.Card] = []
        for incident in try await visit.desk.cases().flatMap(\.incidents) {
            let days = try await visit.desk.lines(of: incident.records).compactMap { $0.claimedAt?.japan.dateText }
            let span = days.min().flatMap { first in days.max().map { first == $0 ? first : "\(first) 〜 \($0)" } }
            cards.append(
                IncidentsPage.Card(
                    id: incident.id.text, title: incident.title, summary: incident.summary,
                    harms: incident.harms.map { visit.kinds("harm." + $0.rawValue) }, count: incident.records.count, span: span))
        }
        let harms = Harm.allCases.compactMap { harm -> IncidentsPage.HarmCard? in
            let count = sorted.values.count { $0.harms.contains(harm) }
            guard count > 0 else { return nil }
            return IncidentsPage.HarmCard(
                label: visit.kinds("harm." + harm.rawValue), count: count,
                missing: missing.filter { $0.harm == harm }.map { piece in
                    IncidentsPage.MissingLine(
                        text: visit.words(piece.code), records: piece.records.prefix(5).map { "\($0)" },
                        more: piece.records.count > 5 ? piece.records.count - 5 : nil)
                }, timeline: visit.site.base + "/timeline?harm=" + harm.rawValue)
        }
        return IncidentsPage(incidents: cards, harms: harms, choices: visit.harmChoices([]), unsorted: sorted.isEmpty)
    }

    private func incident(_ visit: Visit) async throws -> IncidentPage {
        let (_, incident) = try await visit.incident()
        let lines = try await visit.desk.lines(of: incident.records).map { RecordLine($0, visit) }
        // What she sorted with the same harm and put nowhere yet.
        var filter = TimelineFilter(limit: 200)
        filter.records.harms = incident.harms
        let linked = Set(try await visit.desk.cases().flatMap(\.incidents).flatMap(\.records))
        let proposals =
            incident.harms.isEmpty ? [] : try await visit.desk.timeline(filter).filter { !linked.contains($0.position) }
        return IncidentPage(
            id: incident.id.text, heading: incident.title, summary: incident.summary,
            choices: visit.harmChoices(incident.harms), lines: lines,
            proposals: proposals.prefix(50).map { RecordLine($0, visit) }, isSaved: visit.asked("saved") != nil)
    }
}

extension Visit {
    func harmChoices(_ chosen: [Harm]) -> [ItemPage.HarmChoice] {
        Harm.allCases.map {
            ItemPage.HarmChoice(
                value: $0.rawValue, label: kinds("harm." + $0.rawValue), gloss: words("gloss." + $0.rawValue),
                isChosen: chosen.contains($0))
        }
    }

    /// The case that the desk works on.
    func currentCase() async throws -> CaseFile { try await desk.currentCase(title: words("case.first")) }

    /// The incident that the address names.
    func incident() async throws -> (CaseFile, CaseFile.Incident) {
        let id = parameters["incident"] ?? ""
        for caseFile in try await desk.cases() {
            if let incident = caseFile.incidents.first(where: { $0.id.text == id }) { return (caseFile, incident) }
        }
        throw CaseworkError(.unknownIncident, ["incident": String(id.prefix(40))])
    }
}
