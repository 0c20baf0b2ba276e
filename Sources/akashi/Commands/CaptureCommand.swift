import AkashiCapture
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import ArgumentParser

/// `akashi capture URL`
struct CaptureCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture",
        abstract:
            "Capture a web page: visit it once in a clean browser, keep all that came, draw it again without a network, compare, seal. The site sees a visit from this connection."
    )
    @Argument(help: "The whole address, with https://.") var address: String
    @Flag(help: "Ask for the page as a telephone would.") var phone = false
    @Option(help: "How wide the window is, in pixels.") var width: Int?
    @Option(
        help: "HOST:PORT=ADDRESS:PORT, for pages of a test: the host is reached at that address, which may be on this computer.")
    var resolve: [String] = []
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    func perform(_ console: Console) async throws {
        var request = CaptureRequest(address: address)
        request.isPhone = phone
        request.width = width ?? (phone ? 390 : 1_280)
        guard (200...3_840).contains(request.width) else { throw CommandError(.badArgument, ["argument": "--width"]) }
        for text in resolve {
            let parts = text.split(separator: "=").map(String.init)
            guard parts.count == 2, parts.allSatisfy({ $0.contains(":") }) else {
                throw CommandError(.badArgument, ["argument": "--resolve"])
            }
            request.overrides[parts[0].lowercased()] = parts[1]
        }
        let desk = try await options.openDesk(console)
        let outcome = try await desk.capture(request) { console.progress(console.words("capture-\($0.rawValue)")) }
        console.endProgress()
        let remarks = console.strings.table("remarks")
        let report = outcome.report
        console.line(remarks("capture.\(report.grade.rawValue)"))
        for remark in report.remarks {
            console.line("  " + remarks("capture.\(remark.code)") + (remark.detail.map { "（\($0)）" } ?? ""))
        }
        console.line(remarks("capture.render-\(outcome.proof.verdict.rawValue)"))
        console.say(
            "capture-where", ["address": report.address, "observed": report.observedAt.japanText, "title": report.title])
        let identity = report.identity
        if let post = identity.post {
            console.say(
                "capture-post",
                [
                    "post": post, "account": identity.account ?? "–",
                    "time": identity.dataTime ?? identity.shownTime ?? "–",
                ])
        }
        console.say("capture-sealed", ["record": outcome.records.map { "#\($0.index)" }.joined(separator: " ")])
        try console.json(
            CaptureOutput(report: report, proof: outcome.proof, records: outcome.records.map { String($0.index) }))
        if report.grade != .whole || outcome.proof.verdict != .same { throw ExitCode(2) }
    }
}

private struct CaptureOutput: Encodable {
    let report: CaptureReport
    let proof: RenderProof
    let records: [String]
}
