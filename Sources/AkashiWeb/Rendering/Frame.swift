import AkashiKnowledge

/// What is around every page: title, menu, exit.
struct Frame: Sendable {
    struct Item: Sendable {
        let path: String
        let label: String
        let isHere: Bool
    }

    let language: String
    let title: String
    let brand: String
    let isDiscreet: Bool
    let isHelper: Bool
    let formToken: String?
    let items: [Item]
    let notice: Notice?
    let here: String
    let page: any Page
    let isEnglish: Bool
}

/// One line at the top of a page: what has just happened.
struct Notice: Sendable {
    let text: String
    let isProblem: Bool
    /// What it means for the evidence, and what to do now.
    let more: [String]
}
