import AkashiAge
import AkashiBrowser
public import AkashiCapture
import AkashiFormats
import AkashiIntake
public import AkashiKnowledge
public import AkashiModel
import AkashiVault

/// What came of capturing a page.
public struct CaptureOutcome: Sendable {
    /// How good it is, and which post it is.
    public let report: CaptureReport
    /// Whether the picture shows what the servers sent.
    public let proof: RenderProof
    /// What was sealed and read.
    public let added: AddReport
    /// The page's record; more than one only if the page was captured before word for word.
    public let records: [LogPosition]
}

extension Desk {
    /// Captures a page and seals it. This goes to the net: to the address that she gave and whatever that page asks for.
    ///
    /// - Throws: ``CaptureError`` if there is nothing to keep; the vault is as it was.
    public func capture(
        _ request: CaptureRequest, progress: @escaping @Sendable (CaptureStage) -> Void = { _ in }
    ) async throws -> CaptureOutcome {
        var request = request
        if request.packs.isEmpty { request.packs = try PlatformPacks.all(environment.knowledge) }
        let browser: Browser
        do { browser = try Browser() } catch { throw CaptureError(.browser, ["reason": "chromium"]) }
        let vault = environment.vault
        let capture = PageCapture(
            browser: browser, environment: CaptureEnvironment(now: vault.now, random: { vault.random($0) }))
        let page = try await capture.capture(request, progress: progress)
        let source = SourceDescription(way: .captured, path: page.fileName)
        let added = try add(items: [IntakeItem(source: source) { MemoryBytes(page.wacz).stream() }])
        return CaptureOutcome(report: page.report, proof: page.proof, added: added, records: try records(from: added))
    }
}

/// What is known of sites, from `Knowledge/platforms`.
public enum PlatformPacks {
    /// All of them.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public static func all(_ knowledge: Knowledge) throws -> [PlatformPack] {
        try knowledge.list("platforms", ending: ".yaml").map { try knowledge.yaml($0) }
    }
}
