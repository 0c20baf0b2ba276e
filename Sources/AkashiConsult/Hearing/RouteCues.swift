import AkashiKnowledge

/// Pieces of text that tell a route: `Knowledge/consult/routes.yaml`.
struct RouteCues: Sendable {
    private struct Lists: Decodable {
        let wish: [String]
        let wishSoft: [String]
        let idiom: [String]
        let denial: [String]
        let thirdPerson: [String]
        let place: [String]
        let presence: [String]
        let now: [String]
        let danger: [String]
        let past: [String]
        let threat: [String]
        let threatNoun: [String]
        let received: [String]
        let revenge: [String]
        let verdict: [String]
        let attribution: [String]
    }

    let wish: CueList
    let wishSoft: CueList
    let idiom: CueList
    let denial: CueList
    let thirdPerson: CueList
    let place: CueList
    let presence: CueList
    let now: CueList
    let danger: CueList
    let past: CueList
    let threat: CueList
    let threatNoun: CueList
    let received: CueList
    let revenge: CueList
    let verdict: CueList
    let attribution: CueList

    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        let lists: Lists = try knowledge.yaml("consult/routes.yaml")
        wish = CueList(lists.wish)
        wishSoft = CueList(lists.wishSoft)
        idiom = CueList(lists.idiom)
        denial = CueList(lists.denial)
        thirdPerson = CueList(lists.thirdPerson)
        place = CueList(lists.place)
        presence = CueList(lists.presence)
        now = CueList(lists.now)
        danger = CueList(lists.danger)
        past = CueList(lists.past)
        threat = CueList(lists.threat)
        threatNoun = CueList(lists.threatNoun)
        received = CueList(lists.received)
        revenge = CueList(lists.revenge)
        verdict = CueList(lists.verdict)
        attribution = CueList(lists.attribution)
    }
}
