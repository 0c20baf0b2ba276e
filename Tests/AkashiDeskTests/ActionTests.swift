import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("what can be done")
struct ActionTests {
    private let fixture = DeskFixture()

    @Test("facts come from the evidence where it can say them, and an answer of hers goes before")
    func facts() async throws {
        let (desk, caseID) = try await fixture.demo()
        func fact(_ id: String) async throws -> FactState {
            try #require(try await desk.facts(caseID).first { $0.definition.id == id })
        }
        let last = try await fact("lastPost")
        #expect(last.value?.text == "2026-11-19")
        guard case .evidence(let records)? = last.value?.origin else { throw CocoaError(.featureUnsupported) }
        #expect(records.count == 1)
        #expect(try await fact("policeTalk").value?.text == "2026-11-20")
        try await desk.answer(caseID, fact: "lastPost", value: "2026-11-21")
        let answered = try await fact("lastPost")
        #expect(answered.value?.text == "2026-11-21" && answered.evidence?.text == "2026-11-19")
        try await desk.answer(caseID, fact: "lastPost", value: nil)
        #expect(try await fact("lastPost").value?.text == "2026-11-19")
        #expect(try await fact("perpetratorKnown").value == nil)
    }

    @Test("what runs out first stands first, counted from the earliest day; her own posts count for nothing")
    func board() async throws {
        let (desk, caseID) = try await fixture.demo()
        let board = try await desk.deadlineBoard(caseID)
        let today = try #require(CivilDate("2026-11-24"))
        let days = board.running.map(\.counted.lastDay)
        #expect(days == days.sorted())
        // 90 days after the post of 7 September.
        let log = try #require(board.next(on: today).first { $0.deadline.rule.id == "D-LOG2" }?.deadline)
        #expect(log.counted.from.description == "2026-09-07" && log.counted.lastDay.description == "2026-12-06")
        #expect(log.daysLeft(on: today) == 12)
        // Each post has its three marks.
        let posts = try await desk.material(caseID).posts
        #expect(posts.allSatisfy { !$0.isFriendly })
        for post in posts {
            let marks = board.running.filter { $0.subject == .post(post.position) }.map(\.rule.id)
            #expect(marks.sorted() == ["D-LOG1", "D-LOG2", "D-LOG3"])
        }
        // Nobody is known: the six months do not run. An earlier candidate only makes it earlier.
        #expect(!board.running.contains { $0.rule.id == "D-KOK" } && board.waiting.contains { $0.rule.id == "D-KOK" })
        try await desk.answer(caseID, fact: "perpetratorKnown", value: "2026-08")
        let month = try #require(try await desk.deadlineBoard(caseID).running.first { $0.rule.id == "D-KOK" })
        #expect(month.isEarliestPossible && month.counted.from.description == "2026-08-01")
    }

    @Test("the seven days run only for a removal request at a designated company, from the day it was received")
    func sevenDays() async throws {
        let (desk, caseID) = try await fixture.demo()
        func begin(_ platform: String, _ kind: RequestKind) async throws -> PlatformRequest {
            let request = try await desk.beginRequest(caseID, platform: platform, kind: kind)
            let sent = PlatformRequest(
                id: request.id, caseID: caseID, platform: platform, kind: kind, sentOn: "2026-11-23", receivedOn: "2026-11-24")
            try await desk.keepRequest(sent)
            return sent
        }
        let removal = try await begin("x", .removal)
        #expect(try await desk.answerDue(removal)?.description == "2026-12-01")
        #expect(try await desk.answerDue(try await begin("x", .report)) == nil)
        #expect(try await desk.answerDue(try await begin("minne", .removal)) == nil)
        let running = try await desk.deadlineBoard(caseID).running.filter { $0.rule.id == "D-PF7" }
        #expect(running.map(\.subject) == [.request(removal.id.text)])
        let bad = PlatformRequest(id: removal.id, caseID: caseID, platform: "x", kind: .removal, sentOn: "明日")
        await #expect(throws: CaseworkError.self) { try await desk.keepRequest(bad) }
    }

    @Test("options lay what is there beside what is missing, and say nothing of who or whether")
    func options() async throws {
        let (desk, caseID) = try await fixture.demo()
        let map = try await desk.optionMap(caseID).map
        let defamation = try #require(map.provisions.first { $0.provision.id == "C1" })
        #expect(defamation.elements.contains { !$0.records.isEmpty })
        // The demo has no intimate pictures, no break-in: those provisions are not spread before her.
        #expect(!map.provisions.contains { ["C5", "C8", "C10", "C11", "M3"].contains($0.provision.id) })
        let order = try #require(map.options.first { $0.action.id == "disclosure-order" })
        #expect(order.needs.contains { $0.isThere == true && !$0.records.isEmpty })
        #expect(order.nextDeadline?.rule.id == "D-LOG2" || order.nextDeadline?.rule.id == "D-LOG1")
        #expect(map.options.map(\.action.order) == map.options.map(\.action.order).sorted())
        try await desk.answer(caseID, fact: "accountEntered", value: "yes")
        #expect(try await desk.optionMap(caseID).map.provisions.contains { $0.provision.id == "C10" })
    }

    @Test("words for the public never say that something is the case: no verdict, no chance, no sum, no advice to strike")
    func line() throws {
        let library = try LawLibrary(fixture.environment.knowledge)
        var said: [String] = []
        for action in library.actions {
            said += [action.what.ja, action.otherSide.ja] + action.steps.map(\.ja) + (action.risks ?? []).map(\.ja)
            said += [action.cost?.ja, action.time?.ja].compactMap { $0 }
        }
        for provision in library.provisions {
            said += provision.elements.flatMap { [$0.text.ja, $0.bring.ja] } + (provision.notes ?? []).map(\.ja)
        }
        for rule in library.deadlines { said += [rule.about.ja, rule.after.ja] + [rule.tell?.ja].compactMap { $0 } }
        #expect(said.count > 400)
        let banned = ["が成立します", "勝てます", "勝訴", "慰謝料の相場", "見込みは", "すべきです", "べきです", "犯人は"]
        for text in said { for words in banned { #expect(!text.contains(words), "\(text)") } }
    }

    @Test("a plan is hers: tick, note, date, other words, own steps, leave out, bring back, do again")
    func plans() async throws {
        let (desk, _) = try await fixture.demo()
        let start = try await desk.planBoard("safety")
        let first = try #require(start.sections.first?.steps.first)
        let today = "2026-11-24"
        try await desk.keepStep(PlanStepState(plan: "safety", step: first.id, state: .done, text: "姉に話す", note: "電話で"))
        var step = try #require(try await desk.planBoard("safety").steps.first { $0.id == first.id })
        #expect(step.isDone(on: today) && step.text.ja == "姉に話す" && step.state?.note == "電話で")
        try await desk.keepStep(PlanStepState(plan: "safety", step: first.id, state: .removed))
        #expect(try await desk.planBoard("safety").removed.map(\.id) == [first.id])
        try await desk.keepStep(PlanStepState(plan: "safety", step: first.id, state: .open))
        #expect(try await desk.planBoard("safety").removed.isEmpty)
        let own = try await desk.addStep("safety", section: start.sections[0].id, text: "合言葉を決める", by: "2026-11-20")
        step = try #require(try await desk.planBoard("safety").steps.first { $0.id == own })
        #expect(step.isDue(on: today) && step.state?.isOwn == true)
        // Something that is done every month comes back by itself.
        let growth = try await desk.planBoard("growth")
        let again = try #require(growth.steps.first { $0.every != nil })
        try await desk.keepStep(PlanStepState(plan: "growth", step: again.id, state: .done))
        step = try #require(try await desk.planBoard("growth").steps.first { $0.id == again.id })
        #expect(step.isDone(on: today) && step.state?.by != nil)
        #expect(!step.isDone(on: "2028-01-01") && step.isDue(on: "2028-01-01"))
        await #expect(throws: DeskError.self) {
            try await desk.keepStep(PlanStepState(plan: "safety", step: "no-such-step", state: .done))
        }
        await #expect(throws: CaseworkError.self) {
            try await desk.keepStep(PlanStepState(plan: "safety", step: own, section: "x", state: .open, by: "来週"))
        }
    }

    @Test("what she found becomes a record of the timeline, with its time")
    func finding() async throws {
        let (desk, caseID) = try await fixture.demo()
        let before = try await desk.timeline(TimelineFilter(limit: 10_000)).count
        let now = try #require(Instant(rfc3339: "2026-11-24T05:00:00Z"))
        try await desk.keepFinding("知らない端末の記録が1つあった。", at: now, caseID)
        let lines = try await desk.timeline(TimelineFilter(limit: 10_000))
        #expect(lines.count == before + 1)
        #expect(lines.contains { $0.claimedText == "2026-11-24 14:00" && ($0.coveredText?.contains("知らない端末") ?? false) })
    }

    @Test("answers, numbers, plans and requests come back when the index is built anew")
    func reindex() async throws {
        let (desk, caseID) = try await fixture.demo()
        _ = try await desk.makePapers(PaperRequest(caseID: caseID))
        _ = try await desk.addStep("risks", section: try await desk.planBoard("risks").sections[0].id, text: "在庫がない")
        #expect(try await desk.reindex())
    }

    @Test("a calendar file names nothing of the case unless she asks for it")
    func calendar() async throws {
        let (desk, caseID) = try await fixture.demo()
        let board = try await desk.deadlineBoard(caseID)
        let today = try #require(CivilDate("2026-11-24"))
        let words = try Strings(fixture.environment.knowledge, .ja).table("cli")
        func text(_ isNamed: Bool) -> String {
            DeadlineCalendar.text(
                board, today: today, now: today.japanStart, isNamed: isNamed, words: words, language: .ja)
        }
        for rule in try LawLibrary(fixture.environment.knowledge).deadlines { #expect(!text(false).contains(rule.name.ja)) }
        #expect(text(false).contains("DTSTART;VALUE=DATE:20261206") && !text(false).contains("2026-11-0"))
        #expect(text(true).contains("SUMMARY:記録が消えはじめる目安"))
        let file = fixture.path("days.ics")
        try Data(text(true).utf8).write(to: file)
        let python = ProjectFolder.root.appending(path: ".tools/venv/bin/python").path
        let script =
            "import sys, icalendar; c = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read()); "
            + "print(len([e for e in c.walk('VEVENT') if e.walk('VALARM')]))"
        let result = try Command.run(python, ["-c", script, file.path])
        #expect(result.status == 0, "\(result.errors)")
        #expect((Int(result.text.trimmingCharacters(in: .newlines)) ?? 0) > 5)
    }
}
