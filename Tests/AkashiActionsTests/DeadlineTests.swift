import AkashiActions
import AkashiKnowledge
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("deadlines")
struct DeadlineTests {
    private let library: LawLibrary

    init() throws { library = try LawLibrary(Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))) }

    private func count(_ id: String, _ from: String) throws -> CountedDeadline {
        CountedDeadline(
            try #require(library.deadline(id)), from: try #require(CivilDate(from)), holidays: library.holidays)
    }

    /// The worked examples of the research behind this: rule, from, plain last day, last day.
    private static let worked: [(String, String, String, String)] = [
        ("D-KOK", "2026-05-23", "2026-11-23", "2026-11-24"), ("D-KOK", "2026-08-30", "2027-02-28", "2027-03-01"),
        ("D-KOSO3", "2026-07-10", "2029-07-09", "2029-07-09"), ("D-MIN3", "2026-11-23", "2029-11-23", "2029-11-23"),
        ("D-MIN20", "2026-11-01", "2046-11-01", "2046-11-01"), ("D-PF7", "2026-11-24", "2026-12-01", "2026-12-01"),
        ("D-SHO7", "2026-11-24", "2026-12-01", "2026-12-01"), ("D-IGI", "2026-12-02", "2027-01-02", "2027-01-04"),
        ("D-SAI", "2026-11-30", "2027-05-31", "2027-05-31"), ("D-TEI", "2026-12-30", "2027-02-28", "2027-02-28"),
        ("D-KIN", "2026-11-23", "2027-11-22", "2027-11-22"), ("D-IKE", "2026-11-23", "2026-12-07", "2026-12-07"),
        ("D-LOG1", "2026-11-01", "2026-12-31", "2026-12-31"), ("D-LOG2", "2026-11-01", "2027-01-30", "2027-01-30"),
        ("D-LOG3", "2026-11-01", "2027-04-30", "2027-04-30"), ("D-SGI", "2026-12-18", "2027-01-01", "2027-01-04"),
    ]

    @Test("every worked example comes out", arguments: worked)
    func examples(_ example: (String, String, String, String)) throws {
        let counted = try count(example.0, example.1)
        #expect(counted.plainLastDay.description == example.2)
        #expect(counted.lastDay.description == example.3)
    }

    @Test("every example in the data comes out, and every rule has some")
    func dataExamples() {
        #expect(library.deadlines.count == 21)
        for rule in library.deadlines {
            #expect(rule.examples.count >= 2, "\(rule.id)")
            for example in rule.examples {
                let counted = CountedDeadline(rule, from: example.from, holidays: library.holidays)
                #expect(counted.plainLastDay == example.plain, "\(rule.id) from \(example.from)")
                #expect(counted.lastDay == example.last, "\(rule.id) from \(example.from)")
            }
        }
    }

    @Test("a rule of 20 days counted with its first day is the day before the 20th day has passed")
    func promulgation() throws {
        // The Act of 2025-12-10 came into force when 20 days, the first included, had passed: on 2025-12-30.
        let first = try #require(CivilDate("2025-12-10"))
        #expect(first.adding(days: 20).description == "2025-12-30")
    }

    @Test("every rule, provision, action, platform, plan has sources with marks and a day, and names only what exists")
    func everythingHasSources() throws {
        let facts = Set(library.facts.map(\.id))
        let rules = Set(library.deadlines.map(\.id))
        let actions = Set(library.actions.map(\.id))
        #expect(facts.count == library.facts.count && rules.count == library.deadlines.count)
        func check(_ id: String, _ sources: [LawSource], _ unverified: [Unverified]?) {
            #expect(!sources.isEmpty, "\(id) has no source")
            for source in sources { #expect(source.mark != .unverified, "\(id): what is not confirmed goes under unverified") }
            for entry in unverified ?? [] { #expect(entry.url.hasPrefix("http"), "\(id): say where it can be checked") }
        }
        for rule in library.deadlines {
            check(rule.id, rule.sources, rule.unverified)
            #expect(
                ["post", "requestReceived"].contains(rule.trigger) || facts.contains(rule.trigger), "\(rule.id): \(rule.trigger)")
            if let when = rule.when { #expect(facts.contains(when.fact)) }
        }
        for provision in library.provisions {
            check(provision.id, provision.sources, provision.unverified)
            #expect(!provision.elements.isEmpty && !provision.harms.isEmpty)
            for id in provision.deadlines { #expect(rules.contains(id), "\(provision.id): \(id)") }
            for case .fact(let id) in provision.elements.flatMap(\.look) { #expect(facts.contains(id), "\(provision.id): \(id)") }
        }
        for action in library.actions {
            check(action.id, action.sources, action.unverified)
            for id in action.deadlines ?? [] { #expect(rules.contains(id), "\(action.id): \(id)") }
            for id in action.first ?? [] { #expect(actions.contains(id), "\(action.id): \(id)") }
            for case .fact(let id) in (action.needs ?? []).compactMap(\.look) {
                #expect(facts.contains(id), "\(action.id): \(id)")
            }
        }
        for pack in library.reporting { check(pack.id, pack.sources, pack.unverified) }
        for plan in try library.plans {
            check(plan.id, plan.sources, nil)
            let steps = plan.sections.flatMap(\.steps).map(\.id)
            #expect(Set(steps).count == steps.count, "\(plan.id) has two steps of one name")
        }
    }
}

@Suite("counting days")
struct CountingTests {
    private let holidays: HolidayTable
    private let rules: [DeadlineRule]

    init() throws {
        let library = try LawLibrary(Knowledge(root: ProjectFolder.root.appending(path: "Knowledge")))
        holidays = library.holidays
        rules = library.deadlines
    }

    /// A naive way to the same: day by day, month by month.
    private func naive(_ rule: DeadlineRule, _ from: CivilDate) -> CivilDate {
        let start = rule.firstDay == .included ? from : from.adding(days: 1)
        var last: CivilDate
        switch rule.length {
        case .days(let count):
            last = start
            for _ in 1..<count { last = last.adding(days: 1) }
        case .months(let count):
            var (year, month) = (start.year, start.month)
            for _ in 0..<count { (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1) }
            if let same = CivilDate(year: year, month: month, day: start.day) {
                last = same.adding(days: -1)
            } else {
                var day = 31
                while CivilDate(year: year, month: month, day: day) == nil { day -= 1 }
                last = CivilDate(year: year, month: month, day: day) ?? start
            }
        }
        let isRest: (CivilDate) -> Bool = { day in
            [0, 6].contains(day.weekday) || holidays.holiday(day) != nil
                || ["01-02", "01-03", "12-29", "12-30", "12-31"].contains(String(day.description.suffix(5)))
        }
        if rule.lastDay != .kept { while isRest(last) { last = last.adding(days: 1) } }
        return last
    }

    @Test("two hundred days under every rule come out as by counting one day after the other")
    func properties() throws {
        var random = SeededGenerator(seed: 20_261_128)
        let first = try #require(CivilDate("2020-01-01"))
        for _ in 0..<200 {
            let from = first.adding(days: Int(random.next() % 2_700))
            for rule in rules {
                let counted = CountedDeadline(rule, from: from, holidays: holidays)
                #expect(counted.lastDay == naive(rule, from), "\(rule.id) from \(from)")
                #expect(counted.lastDay >= counted.plainLastDay)
                #expect(counted.safeDay < counted.lastDay)
                if rule.lastDay != .kept { #expect(!holidays.isOff(counted.lastDay)) }
                // A later day never ends earlier.
                #expect(CountedDeadline(rule, from: from.adding(days: 1), holidays: holidays).lastDay >= counted.lastDay)
            }
        }
    }

    @Test("the days that the Act fixes agree with the Cabinet Office's list, equinoxes and the days between apart")
    func actAgreesWithList() throws {
        var day = try #require(CivilDate("2022-01-01"))
        let end = try #require(CivilDate("2027-12-31"))
        while day <= end {
            let listed = holidays.holiday(day)
            let isEquinox = (day.month == 3 && (19...23).contains(day.day)) || (day.month == 9 && (20...25).contains(day.day))
            if !isEquinox { #expect((holidays.fixedByAct(day) != nil) == (listed != nil), "\(day)") }
            day = day.adding(days: 1)
        }
    }

    @Test("beyond the list nothing is guessed: fixed days count, and the answer says that it could be later")
    func beyondTheList() throws {
        let rule = try #require(rules.first { $0.id == "D-SGI" })
        let counted = CountedDeadline(rule, from: try #require(CivilDate("2031-12-18")), holidays: holidays)
        #expect(counted.plainLastDay.description == "2032-01-01")
        #expect(counted.lastDay.description == "2032-01-05")
        #expect(counted.isBeyondHolidayList)
        #expect(!CountedDeadline(rule, from: try #require(CivilDate("2026-06-01")), holidays: holidays).isBeyondHolidayList)
    }

    @Test("a time with its zone falls on its day in Japan, a month on its first day, nonsense on none")
    func days() {
        #expect(FactValue.day("2026-11-01T23:30:00Z")?.earliest.description == "2026-11-02")
        #expect(FactValue.day("2026-11-01T23:30:00+09:00")?.earliest.description == "2026-11-01")
        #expect(FactValue.day("2026-11")?.earliest.description == "2026-11-01")
        #expect(FactValue.day("2026-11")?.isExact == false)
        for text in ["2026-02-30", "2026/11/01", "", "11-01", "2026-13", "２０２６-11-01"] {
            #expect(FactValue.day(text) == nil, "\(text)")
        }
    }

    @Test("days of work before a day pass over rest")
    func workdays() throws {
        // 2027-01-04 is a Monday after the days of New Year: three days of work before it is 24 December.
        #expect(holidays.workday(3, before: try #require(CivilDate("2027-01-04"))).description == "2026-12-24")
    }
}
