import AkashiCasework
import AkashiDesk
import AkashiIntake
import AkashiKnowledge
import AkashiModel
import AkashiVault
import HTTPTypes

/// Where she gives what she has.
struct TakePage: Page {
    static let template = "take"
    static let title = "take.title"
    static let room = Room.take
    let isEmpty: Bool
    let now: String
    let today: String
    let pasteName: String
}

/// While it is being read.
struct WaitPage: Sendable {
    let language: String
    let title: String
    let job: Int
    let sealed: Int
    let fileCount: Int
    let records: Int
}

/// What became of it.
struct JobPage: Page {
    static let template = "job"
    static let title = "job.title"
    static let room = Room.take

    struct Reading: Sendable {
        let name: String
        let added: Int
        let known: String?
        let problems: [String]
        let moreProblems: String?
    }

    let job: Int
    let isRunning: Bool
    let isVisiting: Bool
    let captured: CapturedLines?
    let sealed: Int
    let fileCount: Int
    let records: Int
    let result: Result?
    let problem: [String]

    struct Result: Sendable {
        let sealed: Int
        let known: Int
        let isNothingNew: Bool
        let added: Int
        let readings: [Reading]
        let unreadable: [String]
        let tables: [String]
        let lines: [RecordLine]
        let isFirst: Bool
    }
}

extension Rooms {
    func addTake(_ register: Register) {
        register(.get, "take", .owner) { visit in
            if visit.settings["device"] == nil { return .go("/device?to=take") }
            let now = visit.site.environment.vault.now().japan
            let digits = now.spacedText(seconds: true).filter(\.isNumber)
            return .page(
                TakePage(
                    isEmpty: visit.asked("empty") != nil, now: now.spacedText(seconds: false).replacing(" ", with: "T"),
                    today: now.dateText, pasteName: "memo-\(digits).txt"))
        }
        register(.get, "take/jobs/:job", .everybody) { visit in
            guard visit.session.role == .owner, let id = Int(visit.parameters["job"] ?? ""), let job = site.jobs[id] else {
                return .go("/")
            }
            return .page(try await jobPage(job, visit))
        }
    }

    private func jobPage(_ job: IntakeJobs.Job, _ visit: Visit) async throws -> JobPage {
        var result: JobPage.Result?
        if let report = job.report {
            let lines = try await visit.desk.lines(of: Array(job.newRecords.suffix(5))).map { RecordLine($0, visit) }
            let total = try await visit.desk.summary().evidenceCount
            result = JobPage.Result(
                sealed: report.sealedCount, known: report.knownCount, isNothingNew: report.sealedCount == 0,
                added: report.addedRecordCount, readings: report.readings.map { Self.reading($0, visit) },
                unreadable: report.unreadable, tables: report.unknownTables.map { $0.path }, lines: lines,
                isFirst: total == report.sealedCount)
        }
        let problem = job.problem.map { visit.strings.text(for: $0) }
        return JobPage(
            job: job.id, isRunning: !job.isFinished, isVisiting: job.isVisiting && !job.isFinished,
            captured: job.capture.map { CapturedLines($0, visit) }, sealed: job.sealed, fileCount: job.fileCount,
            records: job.records,
            result: result, problem: problem.map { [$0.what, $0.evidence, $0.nextOnPage] } ?? [])
    }

    private static func reading(_ reading: AddReport.Reading, _ visit: Visit) -> JobPage.Reading {
        let words = visit.strings.table("problems")
        let shown = 5
        let problems = reading.problems.prefix(shown).map { problem -> String in
            var arguments: [String: String] = [:]
            arguments["member"] = problem.member ?? ""
            arguments["line"] = problem.line.map(String.init) ?? ""
            let place = [problem.member, problem.line.map { visit.words("job.line", ["line": String($0)]) }].compactMap { $0 }
            let text = words(problem.code, arguments)
            return place.isEmpty ? text : "\(text)（\(place.joined(separator: " "))）"
        }
        let more = reading.problemCount - problems.count
        return JobPage.Reading(
            name: visit.words("importer.\(reading.parser.id)"), added: reading.added,
            known: reading.known > 0 ? visit.words("job.known", ["count": String(reading.known)]) : nil, problems: problems,
            moreProblems: more > 0 ? visit.words("job.more-problems", ["count": String(more)]) : nil)
    }
}
