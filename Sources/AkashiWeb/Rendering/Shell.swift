import AkashiKnowledge
import AkashiModel

/// Puts a page into its frame.
struct Shell {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    private static let paths: [Room: String] = [
        .home: "/", .akari: "/akari", .next: "/next", .papers: "/papers", .reports: "/reports", .safety: "/safety",
        .shop: "/shop",
        .comments: "/comments", .work: "/work", .guide: "/guide", .take: "/take",
        .timeline: "/timeline", .search: "/search", .people: "/people", .incidents: "/incidents",
        .talks: "/talks", .dossier: "/dossier", .log: "/log", .settings: "/settings",
    ]

    func render(_ page: any Page, _ notice: Notice?) throws -> String {
        let words = visit.words
        let isDiscreet = visit.isDiscreet
        let room = type(of: page).room
        let isHelper = visit.helper != nil
        let items = Room.allCases.filter { $0 != .none }.map { place in
            Frame.Item(
                path: visit.site.base + (Self.paths[place] ?? "/"), label: words("menu." + place.rawValue), isHere: place == room)
        }
        let brand = words(isDiscreet ? "discreet.title" : "brand")
        let title = isDiscreet ? brand : "\(words(type(of: page).title)) — \(brand)"
        let frame = Frame(
            language: visit.language.rawValue, title: title, brand: brand, isDiscreet: isDiscreet, isHelper: isHelper,
            formToken: visit.session.formToken, items: isHelper ? [] : items, notice: notice,
            here: words(type(of: page).title), page: page, isEnglish: visit.language == .en)
        return try visit.site.library(visit.language).render(frame, template: type(of: page).template)
    }
}

extension Visit {
    /// Names and titles say nothing. On until she says that nobody else sees this device.
    var isDiscreet: Bool { settings["discreet"] != "off" }

    /// A time as people read it.
    func timeText(_ instant: Instant) -> String { instant.japanMinuteText }
}

/// Something went wrong that she can do something about.
struct ProblemPage: Page {
    static let template = "problem"
    static let title = "problem.title"
    static let room = Room.none

    let what: String
    let evidence: String
    let next: String
    let code: String
}
