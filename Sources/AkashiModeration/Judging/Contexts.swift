import AkashiKnowledge

/// What stands beside a word and changes what it does (`Knowledge/moderation/contexts.yaml`).
struct Contexts: Sendable, Decodable {
    let threats: [String]
    let hints: [String]
    let after: [String]
    let before: [String]
    let things: [String]
    let counters: [String]
    let topics: Set<String>
    let reports: [String]
    let address: [String]
    let romaji: Set<String>
}
