import AkashiCapture
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import HTTPTypes

/// Where she asks for a page to be captured. Nothing goes to the net before she has said yes to that one address.
struct CapturePage: Page {
    static let template = "capture"
    static let title = "capture.title"
    static let room = Room.take

    /// The address that she is asked about.
    let asked: String?
    let problem: String?
}

/// What a captured page says of itself, in sentences.
struct CapturedLines: Sendable {
    let grade: String
    let remarks: [String]
    let rendered: String
    let address: String
    let observed: String
    let post: String?
    let written: String?

    init(_ outcome: CaptureOutcome, _ visit: Visit) {
        let words = visit.strings.table("remarks")
        let report = outcome.report
        grade = words("capture.\(report.grade.rawValue)")
        remarks = report.remarks.map { words("capture.\($0.code)") }
        rendered = words("capture.render-\(outcome.proof.verdict.rawValue)")
        address = Visible.text(report.address)
        observed = visit.timeText(report.observedAt)
        post = report.identity.post.map(Visible.text)
        written = (report.identity.dataTime ?? report.identity.shownTime).map(Visible.text)
    }
}

extension Rooms {
    func addCapture(_ register: Register) {
        register(.get, "capture", .owner) { visit in
            guard let asked = visit.asked("address"), !asked.isEmpty else { return .page(CapturePage(asked: nil, problem: nil)) }
            do {
                _ = try AddressGuard.check(asked, allowed: Set(site.captureOverrides.keys))
                return .page(CapturePage(asked: asked, problem: nil))
            } catch let error as CaptureError {
                let text = visit.strings.text(for: error)
                return .page(
                    CapturePage(asked: nil, problem: [text.what, text.evidence, text.nextOnPage].joined(separator: " ")))
            }
        }
        register(.post, "capture", .owner) { _ in .ask("/capture") }
        register(.post, "capture/go", .owner) { visit in
            var request = CaptureRequest(address: visit.form.exact("address"))
            request.isPhone = visit.form.text("phone") == "yes"
            if request.isPhone { request.width = 390 }
            request.overrides = site.captureOverrides
            return .go("/take/jobs/\(await visitPage(request, visit.desk))")
        }
    }

    private func visitPage(_ request: CaptureRequest, _ desk: Desk) async -> Int {
        let jobs = site.jobs
        let door = site.door
        let job = jobs.begin(fileCount: 1)
        jobs.update(job) { $0.isVisiting = true }
        await door.hold()
        Task {
            do {
                let outcome = try await desk.capture(request) { stage in
                    if stage == .packing { jobs.update(job) { $0.isVisiting = false } }
                }
                jobs.update(job) {
                    $0.capture = outcome
                    $0.newRecords = outcome.records
                    $0.report = outcome.added
                }
            } catch {
                let coded = error as? any CodedError ?? DeskError(.internal)
                jobs.update(job) { $0.problem = coded }
            }
            await door.release()
        }
        return job
    }
}
