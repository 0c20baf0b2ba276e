import AkashiCasework
import AkashiDesk
import AkashiDocuments
import AkashiKnowledge
import AkashiModel
import AkashiWork
import HTTPTypes

/// Papers to send, and copies that went out.
struct CopiesPage: Page {
    static let template = "copies"
    static let title = "copies.title"
    static let room = Room.work

    let papers: [TimelinePage.Choice]
    let levels: [TimelinePage.Choice]
    let applications: [TimelinePage.Choice]
    let copies: [CopyLine]
    let hasCopies: Bool
    let made: String?
    let hasMailOfShop: Bool
}

/// A copy that went out.
struct CopyLine: Sendable {
    struct File: Sendable {
        let number: String
        let label: String
    }

    let mark: String
    let when: String
    let receiver: String
    let level: String
    let files: [File]

    init(_ kept: KeptCopy, _ visit: Visit) {
        mark = kept.copy.mark
        when = visit.timeText(kept.observedAt.instant)
        receiver = kept.copy.receiver
        level = visit.words("level." + kept.copy.level)
        files = kept.copy.papers.enumerated().flatMap { number, paper in
            ["PDF", "Word"].enumerated().map { kind, name in
                File(number: String(number * 2 + kind), label: "\(visit.words("career-paper." + paper))（\(name)）")
            }
        }
    }
}

extension Rooms {
    func addCopies(_ register: Register) {
        register(.get, "work/copies", .owner) { visit in .page(try await copies(visit)) }
        register(.post, "work/copies", .owner) { visit in
            let isDraft = visit.form.text("do") == "draft"
            let request = Self.request(visit.form, isDraft: isDraft)
            guard isDraft || request.receiver != nil, !request.papers.isEmpty else {
                return .page(try await copies(visit), Notice(text: visit.words("copies.who"), isProblem: true, more: []))
            }
            let made = try await visit.desk.makeCareer(request)
            guard let copy = made.copy else { return .file(try Desk.zip(made.files), name: "draft.zip", type: "application/zip") }
            return .go("/work/copies?made=\(copy.mark)")
        }
        register(.post, "work/copies/:mark/:number", .owner) { visit in
            let files = try await visit.desk.copyFiles(visit.parameters["mark"] ?? "")
            guard let number = Int(visit.parameters["number"] ?? ""), files.indices.contains(number) else {
                return .go("/work/copies")
            }
            let isPDF = files[number].bytes.starts(with: Array("%PDF".utf8))
            return .file(
                files[number].bytes, name: files[number].name,
                type: isPDF ? "application/pdf" : "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        }
    }

    private static func request(_ form: Form, isDraft: Bool) -> CareerRequest {
        let chosen = form.list("paper")
        var request = CareerRequest(CareerPaper.allCases.filter { chosen.contains($0.rawValue) })
        request.level = PrivacyLevel(rawValue: form.text("level")) ?? .none
        request.years = YearStyle(rawValue: form.text("years")) ?? .western
        request.receiver = isDraft ? nil : form.optional("receiver")
        request.application = ApplicationID(form.text("application"))
        return request
    }

    private func copies(_ visit: Visit) async throws -> CopiesPage {
        let made = visit.asked("made")
        let copies = try await visit.desk.sentCopies()
        let resume = try await visit.desk.resume()
        let shops = try await visit.desk.shopNames() + resume.jobs.filter(\.isShop).map(\.employer)
        let mail = resume.mail.lowercased()
        return CopiesPage(
            papers: CareerPaper.allCases.map {
                TimelinePage.Choice(
                    value: $0.rawValue, label: visit.words("career-paper." + $0.rawValue), isChosen: $0 != .skills)
            },
            levels: PrivacyLevel.allCases.map {
                TimelinePage.Choice(value: $0.rawValue, label: visit.words("level.\($0.rawValue).long"), isChosen: $0 == .none)
            },
            applications: try await visit.desk.applications().filter(\.isOpen).map {
                TimelinePage.Choice(value: $0.id.text, label: "\($0.title)（\($0.employer)）", isChosen: false)
            }, copies: copies.map { CopyLine($0, visit) }, hasCopies: !copies.isEmpty,
            made: made.flatMap { mark in copies.contains { $0.copy.mark == mark } ? mark : nil },
            hasMailOfShop: shops.contains { name in
                let name = name.lowercased().filter { $0.isASCII && $0.isLetter }
                return name.count >= 4 && mail.contains(name)
            })
    }
}
