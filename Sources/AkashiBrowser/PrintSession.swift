import Foundation

/// The steps from a page to its PDF, one command after the other.
struct PrintSession {
    enum Step {
        case send([[UInt8]])
        case finished([UInt8])
    }

    private enum Stage: Int {
        case target = 1
        case attach, frame, script, content, fonts, print
    }

    private let html: String
    private var session: String?
    private var frame: String?

    init(html: String) { self.html = html }

    func start() throws -> [UInt8] {
        try command(.target, "Target.createTarget", ["url": .string("about:blank")])
    }

    func close() throws -> [UInt8] {
        try DevToolsMessage.command(id: 99, method: "Browser.close", parameters: [:], session: nil)
    }

    /// What to do when an answer comes. Events are of no interest.
    mutating func take(_ message: DevToolsMessage.Incoming) throws -> Step {
        guard let id = message.id, let stage = Stage(rawValue: id) else { return .send([]) }
        if let error = message.error { throw BrowserError.refused(method: "\(stage)", message: error.message) }
        let result = message.result
        switch stage {
        case .target:
            let target = try text(result?["targetId"], stage)
            return .send([
                try command(.attach, "Target.attachToTarget", ["targetId": .string(target), "flatten": .bool(true)])
            ])
        case .attach:
            session = try text(result?["sessionId"], stage)
            return .send([try command(.frame, "Page.getFrameTree", [:])])
        case .frame:
            frame = try text(result?["frameTree"]?["frame"]?["id"], stage)
            // A paper has no script; if something slipped in, it would not run.
            return .send([try command(.script, "Emulation.setScriptExecutionDisabled", ["value": .bool(true)])])
        case .script:
            return .send([
                try command(
                    .content, "Page.setDocumentContent", ["frameId": .string(frame ?? ""), "html": .string(html)])
            ])
        case .content:
            // Layout is asked for once, so that pictures in the page are decoded before it is printed.
            return .send([try command(.fonts, "Page.getLayoutMetrics", [:])])
        case .fonts:
            return .send([
                try command(
                    .print, "Page.printToPDF",
                    [
                        "printBackground": .bool(true), "preferCSSPageSize": .bool(true),
                        "generateTaggedPDF": .bool(true), "generateDocumentOutline": .bool(true),
                    ])
            ])
        case .print:
            guard let data = Data(base64Encoded: try text(result?["data"], stage)) else { throw BrowserError.ended }
            return .finished(Array(data))
        }
    }

    private func command(_ stage: Stage, _ method: String, _ parameters: [String: DevToolsValue]) throws -> [UInt8] {
        try DevToolsMessage.command(id: stage.rawValue, method: method, parameters: parameters, session: session)
    }

    private func text(_ value: DevToolsValue?, _ stage: Stage) throws -> String {
        guard let text = value?.text else { throw BrowserError.refused(method: "\(stage)", message: "unexpected answer") }
        return text
    }
}
