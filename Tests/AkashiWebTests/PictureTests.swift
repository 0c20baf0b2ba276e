import AkashiBrowser
import AkashiDesk
import AkashiTesting
import Foundation
import Synchronization
import Testing

/// Makes the pictures of the pages that the README shows, from the demo case: `scripts/pictures`.
@Suite("pictures", .enabled(if: ProcessInfo.processInfo.environment["AKASHI_PICTURES"] != nil))
struct PictureTests {
    private static let pages = [
        ("home", "/"), ("take", "/take"), ("capture", "/capture"),
        ("consent", "/capture?address=https%3A%2F%2Fexample.com%2Fitems%2F1"),
        ("browser", "/browser"), ("timeline", "/timeline"), ("item", "/items/60"), ("people", "/people"),
        ("same-writer", "/same-writer"), ("same-writer-result", "/same-writer/result"),
        ("incidents", "/incidents"), ("sort", "/sort"), ("talks", "/talks"), ("dossier", "/dossier"), ("log", "/log"),
        ("settings", "/settings"), ("memo", "/memo"), ("danger", "/danger"), ("listen", "/listen"), ("limits", "/limits"),
        ("helper", "/helper"), ("search", "/search?q=%E6%9C%AC"), ("print-timeline", "/print/timeline"),
        ("print-item", "/print/items/60"), ("wish", "/wish"), ("rest", "/rest"), ("passphrase", "/passphrase"),
        ("sheet", "/sheet"), ("device", "/device"), ("safer", "/safer"),
        ("next", "/next"), ("option", "/next/disclosure-order"), ("facts", "/facts"), ("deadlines", "/deadlines"),
        ("law", "/law"),
        ("papers", "/papers"), ("paper", "/papers/removal-request"), ("reports", "/reports"), ("platform", "/reports/guide/x"),
        ("safety", "/safety"), ("plan", "/plans/safety"), ("print-plan", "/plans/safety/print"), ("register", "/plans/risks"),
        ("shop", "/shop"), ("reply", "/shop/replies/slander-review"), ("statement", "/shop/statement"), ("rules", "/shop/rules"),
        ("shop-log", "/shop/log"), ("comments", "/comments"), ("comment-settings", "/comments/settings"), ("guide", "/guide"),
        ("guide-part", "/guide/evidence"), ("akari", "/akari"), ("akari-model", "/akari/model"), ("akari-line", "/akari/line"),
        ("work", "/work"), ("wishes", "/work/wishes"), ("career", "/work/career"), ("copies", "/work/copies"),
        ("applications", "/work/applications"), ("letters", "/work/letters"), ("letter", "/work/letters/ask-terms"),
        ("gap", "/work/gap"), ("month", "/work/month"), ("workplace", "/plans/workplace"),
        ("handbook", "/handbook/maker"), ("receivers", "/handbook/receivers"),
    ]

    @Test("the demo's pages, narrow and wide")
    func pictures() async throws {
        let folder = URL(filePath: ProcessInfo.processInfo.environment["AKASHI_PICTURES"] ?? "")
        let wanted = ProcessInfo.processInfo.environment["AKASHI_PICTURES_OF"]?.split(separator: ",").map(String.init)
        let isDark = ProcessInfo.processInfo.environment["AKASHI_PICTURES_DARK"] != nil
        let isWhole = ProcessInfo.processInfo.environment["AKASHI_PICTURES_WHOLE"] != nil || wanted == nil || isDark
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let result = Mutex("")
        let fill: @Sendable (Desk, URL) async throws -> Void = { desk, folder in
            _ = try await DemoFill.fill(desk, folder)
            let path = try await DemoFill.compare(desk)
            result.withLock { $0 = path }
        }
        try await Visitor.visit(width: 1280, fill: fill) { visitor in
            try await visitor.tab.send(
                "Emulation.setEmulatedMedia",
                [
                    "features": .array([
                        .object(["name": .string("prefers-color-scheme"), "value": .string(isDark ? "dark" : "light")])
                    ])
                ])
            for (width, height) in [(1280, 860), (360, 740)] {
                try await visitor.tab.resize(width: width, height: height, isPhone: width < 600)
                for (name, path) in Self.pages where wanted?.contains(name) ?? true {
                    try await visitor.open(path == "/same-writer/result" ? result.withLock { $0 } : path)
                    // The README shows what is on the screen first; all of the page is for looking at it closely.
                    let bytes = try await visitor.tab.picture(isWhole: isWhole)
                    #expect(bytes.count > 1_000)
                    try Data(bytes).write(to: folder.appending(path: "\(name)-\(width).png"))
                }
            }
        }
    }
}
