import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiDocuments
import AkashiKnowledge
import AkashiModel
import AkashiVault
import HTTPTypes

/// A period that runs, as a page shows it.
struct DeadlineLine: Sendable {
    let name: String
    let last: String
    let safe: String
    let from: String
    let left: String
    let after: String
    let tell: String?
    let about: String
    let isSoon: Bool
    let isPassing: Bool
    let isEarliest: Bool
    let isBeyond: Bool
    let others: String?
    let sources: [SourceLine]

    /// Days from which on it stands out.
    private static let soon = 14

    init(_ deadline: CaseDeadline, passed: Int, later: Int, today: CivilDate, _ visit: Visit) {
        let language = visit.language
        name = deadline.rule.name[language]
        last = visit.dayText(deadline.counted.lastDay)
        safe = visit.dayText(deadline.counted.safeDay)
        from = visit.dayText(deadline.counted.from)
        let days = deadline.daysLeft(on: today)
        left = days == 0 ? visit.words("days.today") : visit.words("days.left", ["days": String(days)])
        after = deadline.rule.after[language]
        tell = deadline.rule.tell?[language]
        about = deadline.rule.about[language]
        isSoon = days <= Self.soon
        isPassing = passed > 0
        isEarliest = deadline.isEarliestPossible
        isBeyond = deadline.counted.isBeyondHolidayList
        others =
            passed + later > 0 ? visit.words("deadlines.others", ["passed": String(passed), "later": String(later)]) : nil
        sources = SourceLine.all(deadline.rule.sources, deadline.rule.unverified, visit)
    }
}

/// Where a statement was read, or that it was not confirmed.
struct SourceLine: Sendable {
    let text: String
    let mark: String
    let address: String?

    static func all(_ sources: [LawSource], _ unverified: [Unverified]?, _ visit: Visit) -> [SourceLine] {
        sources.map { SourceLine(text: $0.text, mark: visit.words("mark." + $0.mark.rawValue), address: $0.url) }
            + (unverified ?? []).map {
                SourceLine(text: $0.text[visit.language], mark: visit.words("mark.unverified"), address: $0.url)
            }
    }
}

/// What can be done now: what runs out first, what is not answered yet, the ways.
struct NextPage: Page {
    static let template = "next"
    static let title = "next.title"
    static let room = Room.next

    struct Way: Sendable {
        let id: String
        let name: String
        let what: String
        let missing: String?
        let date: String?
    }

    struct Group: Sendable {
        let name: String
        let ways: [Way]
    }

    /// A day that she or somebody else named, in a talk or for a request.
    struct Promise: Sendable {
        let day: String
        let what: String
        let isOverdue: Bool
    }

    let dates: [DeadlineLine]
    let promises: [Promise]
    let hasPromises: Bool
    let unanswered: String?
    let groups: [Group]
    let isEmpty: Bool
}

/// One way: how it goes, what it needs, what it costs, what the other side sees.
struct OptionPage: Page {
    static let template = "option"
    static let title = "option.title"
    static let room = Room.next

    struct Need: Sendable {
        let text: String
        let isThere: Bool
        let isMissing: Bool
        let records: [String]
        let paper: String?
        let fact: String?
    }

    struct Link: Sendable {
        let id: String
        let name: String
    }

    let name: String
    let what: String
    let steps: [String]
    let needs: [Need]
    let cost: String?
    let time: String?
    let otherSide: String
    let risks: [String]
    let hasRisks: Bool
    let first: [Link]
    let papers: [Link]
    let hasPapers: Bool
    let date: DeadlineLine?
    let once: String?
    let contacts: [ContactLine]
    let hasContacts: Bool
    let sources: [SourceLine]
    let checked: String
}

/// What runs, what waits, the marks of each post.
struct DeadlinesPage: Page {
    static let template = "deadlines"
    static let title = "deadlines.title"
    static let room = Room.next

    struct Post: Sendable {
        let position: String
        let day: String
        let marks: [Mark]
    }

    struct Mark: Sendable {
        let day: String
        let isPassed: Bool
    }

    struct Waiting: Sendable {
        let name: String
        let fact: String
    }

    let dates: [DeadlineLine]
    let passed: [String]
    let waiting: [Waiting]
    let hasWaiting: Bool
    let posts: [Post]
    let hasPosts: Bool
    let holidays: String
    let isEmpty: Bool
}

/// What the law asks for beside what is there.
struct LawPage: Page {
    static let template = "law"
    static let title = "law.title"
    static let room = Room.next

    struct Element: Sendable {
        let text: String
        let records: [String]
        let more: String?
        let answers: [String]
        let isMissing: Bool
        let bring: String
    }

    struct Entry: Sendable {
        let id: String
        let name: String
        let article: String
        let complaint: String?
        let penalty: String?
        let elements: [Element]
        let notes: [String]
        let sources: [SourceLine]
    }

    struct Group: Sendable {
        let name: String
        let entries: [Entry]
    }

    let groups: [Group]
    let isEmpty: Bool
}

extension Rooms {
    private static let shownRecords = 8
    /// Days after which a day that was named is not shown any more.
    private static let shownPast = 14

    func addNext(_ register: Register) {
        register(.get, "next", .owner) { visit in .page(try await next(visit)) }
        register(.get, "next/:action", .owner) { visit in .page(try await option(visit)) }
        register(.get, "deadlines", .owner) { visit in .page(try await deadlines(visit)) }
        register(.get, "law", .owner) { visit in .page(try await law(visit)) }
        register(.post, "deadlines/calendar", .owner) { visit in
            let board = try await visit.desk.deadlineBoard(try await visit.currentCase().id)
            let text = DeadlineCalendar.text(
                board, today: await visit.desk.today(), now: visit.site.environment.vault.now(),
                isNamed: visit.form.text("named") == "yes", words: visit.strings.table("cli"), language: visit.language)
            return .file(Array(text.utf8), name: "calendar.ics", type: "text/calendar; charset=utf-8")
        }
    }

    private func next(_ visit: Visit) async throws -> NextPage {
        let caseFile = try await visit.currentCase()
        let (board, map) = try await visit.desk.optionMap(caseFile.id)
        let today = await visit.desk.today()
        let facts = try await visit.desk.facts(caseFile.id)
        let open = facts.count { $0.definition.ask == .first && $0.value == nil }
        let dates = board.next(on: today).prefix(3).map {
            DeadlineLine($0.deadline, passed: $0.passed, later: $0.later, today: today, visit)
        }
        let groups = ActionDefinition.Group.allCases.map { group in
            NextPage.Group(
                name: visit.words("way." + group.rawValue),
                ways: map.options.filter { $0.action.group == group }.map { option in
                    let missing = option.needs.count { $0.isThere == false }
                    return NextPage.Way(
                        id: option.action.id, name: option.action.name[visit.language], what: option.action.what[visit.language],
                        missing: missing > 0 ? visit.words("next.missing", ["count": String(missing)]) : nil,
                        date: Self.date(option, visit))
                })
        }.filter { !$0.ways.isEmpty }
        var promises = caseFile.consultations.compactMap { talk in
            talk.nextBy.flatMap(CivilDate.init).map { ($0, talk.next ?? visit.kinds("role." + talk.role.rawValue)) }
        }
        promises += try await visit.desk.platformRequests(caseFile.id).compactMap { request in
            request.nextBy.flatMap(CivilDate.init).map { ($0, request.next ?? request.platform) }
        }
        promises += try await visit.desk.applications().filter(\.isOpen).compactMap { item in
            item.nextBy.flatMap(CivilDate.init).map { ($0, item.next ?? item.title) }
        }
        let named = promises.filter { $0.0 >= today.adding(days: -Self.shownPast) }.sorted { $0.0 < $1.0 }.map {
            NextPage.Promise(day: visit.dayText($0.0), what: $0.1, isOverdue: $0.0 < today)
        }
        return NextPage(
            dates: Array(dates), promises: named, hasPromises: !named.isEmpty,
            unanswered: open > 0 ? visit.words("next.unanswered", ["count": String(open)]) : nil,
            groups: groups, isEmpty: map.provisions.isEmpty)
    }

    /// When: by a day, about a day, or once something is known.
    private static func date(_ option: ActionOption, _ visit: Visit) -> String? {
        if let waiting = option.waiting { return visit.words("next.once", ["name": waiting.name[visit.language]]) }
        return option.nextDeadline.map { deadline in
            let key = deadline.rule.kind == .mark ? "next.about" : "next.until"
            return visit.words(key, ["day": visit.dayText(deadline.counted.lastDay)])
        }
    }

    private func option(_ visit: Visit) async throws -> OptionPage {
        let id = visit.parameters["action"] ?? ""
        let (_, map) = try await visit.desk.optionMap(try await visit.currentCase().id)
        let library = try await visit.desk.library()
        guard let option = map.options.first(where: { $0.action.id == id }) else { throw DeskError(.guideUnknown, ["name": id]) }
        let language = visit.language
        let action = option.action
        let today = await visit.desk.today()
        let papers = try await visit.desk.paperDefinitions().filter { action.papers?.contains($0.id) ?? false }
        let contacts = try ContactLine.all(visit, ids: action.contacts ?? [])
        return OptionPage(
            name: action.name[language], what: action.what[language], steps: action.steps.map { $0[language] },
            needs: option.needs.map { need in
                var fact: String?
                if case .fact(let id)? = need.need.look { fact = id }
                return OptionPage.Need(
                    text: need.need.text[language], isThere: need.isThere == true, isMissing: need.isThere == false,
                    records: need.records.prefix(Self.shownRecords).map { String($0.index) }, paper: need.need.paper, fact: fact)
            },
            cost: action.cost?[language], time: action.time?[language], otherSide: action.otherSide[language],
            risks: (action.risks ?? []).map { $0[language] }, hasRisks: !(action.risks ?? []).isEmpty,
            first: (action.first ?? []).compactMap { id in
                library.actions.first { $0.id == id }.map { OptionPage.Link(id: id, name: $0.name[language]) }
            },
            papers: papers.map { OptionPage.Link(id: $0.id, name: $0.title[language]) }, hasPapers: !papers.isEmpty,
            date: option.nextDeadline.map { DeadlineLine($0, passed: 0, later: 0, today: today, visit) },
            once: option.waiting.map { visit.words("next.once", ["name": $0.name[language]]) }, contacts: contacts,
            hasContacts: !contacts.isEmpty, sources: SourceLine.all(action.sources, action.unverified, visit),
            checked: visit.dayText(action.checked))
    }

    private func deadlines(_ visit: Visit) async throws -> DeadlinesPage {
        let board = try await visit.desk.deadlineBoard(try await visit.currentCase().id)
        let library = try await visit.desk.library()
        let today = await visit.desk.today()
        var posts: [LogPosition: [CaseDeadline]] = [:]
        for deadline in board.running {
            if case .post(let position) = deadline.subject { posts[position, default: []].append(deadline) }
        }
        let lines = posts.sorted { ($0.value[0].counted.from, $0.key) < ($1.value[0].counted.from, $1.key) }.map {
            position, marks in
            DeadlinesPage.Post(
                position: String(position.index), day: visit.dayText(marks[0].counted.from),
                marks: marks.sorted { $0.counted.lastDay < $1.counted.lastDay }.map {
                    DeadlinesPage.Mark(day: visit.dayText($0.counted.lastDay), isPassed: $0.daysLeft(on: today) < 0)
                })
        }
        return DeadlinesPage(
            dates: board.next(on: today).map {
                DeadlineLine($0.deadline, passed: $0.passed, later: $0.later, today: today, visit)
            },
            passed: board.passed(on: today).map {
                visit.words("deadlines.passed", ["name": $0.deadline.rule.name[visit.language], "count": String($0.count)])
            },
            waiting: board.waiting.map {
                DeadlinesPage.Waiting(
                    name: $0.rule.name[visit.language], fact: library.fact($0.fact)?.question[visit.language] ?? $0.fact)
            }, hasWaiting: !board.waiting.isEmpty, posts: lines, hasPosts: !lines.isEmpty,
            holidays: visit.dayText(library.holidays.checked), isEmpty: board.running.isEmpty)
    }

    private func law(_ visit: Visit) async throws -> LawPage {
        let (_, map) = try await visit.desk.optionMap(try await visit.currentCase().id)
        let library = try await visit.desk.library()
        let language = visit.language
        func entry(_ standing: ProvisionStanding) -> LawPage.Entry {
            let provision = standing.provision
            return LawPage.Entry(
                id: provision.id, name: provision.name[language], article: provision.article,
                complaint: provision.complaint.map { visit.words("complaint." + $0.rawValue) }, penalty: provision.penalty,
                elements: standing.elements.map { element in
                    let shown = element.records.prefix(Self.shownRecords)
                    let more = element.records.count - shown.count
                    return LawPage.Element(
                        text: element.element.text[language], records: shown.map { String($0.index) },
                        more: more > 0 ? visit.words("law.more", ["count": String(more)]) : nil,
                        answers: element.answers.map { library.fact($0)?.label[language] ?? $0 }, isMissing: element.isMissing,
                        bring: element.element.bring[language])
                },
                notes: (provision.notes ?? []).map { $0[language] },
                sources: SourceLine.all(provision.sources, provision.unverified, visit))
        }
        let groups = Harm.allCases.map { harm in
            LawPage.Group(
                name: visit.kinds("harm." + harm.rawValue),
                entries: map.provisions.filter { $0.provision.harms.first == harm }.map(entry))
        }.filter { !$0.entries.isEmpty }
        return LawPage(groups: groups, isEmpty: groups.isEmpty)
    }
}

extension Visit {
    /// A day as people read it.
    func dayText(_ day: CivilDate) -> String { language == .ja ? day.japaneseText : day.description }
}
