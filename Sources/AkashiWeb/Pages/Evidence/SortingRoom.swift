import AkashiCasework
import AkashiDesk
import AkashiModel
import AkashiSorting
import HTTPTypes

/// Records that nobody has sorted yet, those with a proposal first. None of their words are on the page.
struct SortingPage: Page {
    static let template = "sort"
    static let title = "sort.title"
    static let room = Room.incidents

    struct Card: Sendable {
        let line: RecordLine
        let choices: [ItemPage.HarmChoice]
        let isLawful: Bool
        let hasProposal: Bool
    }

    let cards: [Card]
    let meanings: [ItemPage.HarmChoice]
    let count: Int
    let isSaved: Bool
    let isHelper: Bool
}

extension Rooms {
    private static let shownProposals = 10

    func addSorting(_ register: Register) {
        register(.get, "sort", .everybody) { visit in
            let proposals = try await visit.desk.proposals(limit: 500).filter { proposal in
                guard case .helper(_, let records) = visit.session.role else { return true }
                return records.contains(proposal.entry.position)
            }
            // What may do harm comes before what looks like criticism; each newest first.
            let ordered = proposals.filter { !$0.proposal.harms.isEmpty } + proposals.filter(\.proposal.harms.isEmpty)
            let cards = ordered.prefix(Self.shownProposals).map { proposal in
                SortingPage.Card(
                    line: RecordLine(proposal.entry, visit),
                    choices: visit.harmChoices(proposal.proposal.harms.map(\.harm)),
                    isLawful: proposal.proposal.isLawfulCriticism, hasProposal: true)
            }
            return .page(
                SortingPage(
                    cards: Array(cards), meanings: visit.harmChoices([]), count: proposals.count,
                    isSaved: visit.asked("saved") != nil,
                    isHelper: visit.helper != nil))
        }
    }
}
