import AkashiCapture
import AkashiFormats
import AkashiTesting
import Foundation
import Testing

/// The real browser on pages that look like those of real sites.
@Suite("capture", .serialized)
struct CaptureTests {
    struct Expected: Sendable, CustomTestStringConvertible {
        let address: String
        let grade: CaptureReport.Grade
        let remarks: [String]
        var post: String?
        var account: String?
        var time: String?
        var testDescription: String { address }
    }

    static let all: [Expected] = [
        Expected(
            address: "http://x.example/tsumugi_demo/status/1790000000000000001", grade: .whole, remarks: [],
            post: "1790000000000000001", account: "tsumugi_demo", time: "2026-09-07T12:34:56.000Z"),
        Expected(
            address: "http://www.instagram.example/p/CxYz12345ab/", grade: .whole, remarks: [], post: "CxYz12345ab",
            account: "tsumugi.demo", time: "2026-10-01T03:00:00.000Z"),
        Expected(
            address: "http://www.youtube.example/watch?v=abcdefghijk&lc=UgxAbCdEfGhIjKlMnOp4AaABAg", grade: .whole, remarks: [],
            post: "UgxAbCdEfGhIjKlMnOp4AaABAg", account: "@tsumugi"),
        Expected(address: "http://shop.example/reviews", grade: .whole, remarks: []),
        Expected(address: "http://shop.example/moving", grade: .whole, remarks: []),
        Expected(address: "http://shop.example/sjis", grade: .whole, remarks: []),
        Expected(address: "http://shop.example/frame", grade: .whole, remarks: []),
        Expected(address: "http://shop.example/slow", grade: .partial, remarks: ["never-quiet"]),
        Expected(address: "http://x.example/private", grade: .failed, remarks: ["login-wall"]),
        Expected(address: "http://x.example/soft", grade: .failed, remarks: ["error-page"]),
        Expected(address: "http://shop.example/gone", grade: .failed, remarks: ["error-status", "error-page"]),
        Expected(address: "http://shop.example/items/77", grade: .failed, remarks: ["sent-home"]),
        Expected(address: "http://shop.example/spinner", grade: .failed, remarks: ["still-loading"]),
        Expected(address: "http://shop.example/template", grade: .failed, remarks: ["error-page"]),
        Expected(address: "http://shop.example/review", grade: .partial, remarks: ["error-page"]),
        Expected(address: "http://x.example/a/status/1790000000000000009", grade: .failed, remarks: ["other-post"]),
        Expected(address: "http://shop.example/away", grade: .failed, remarks: ["went-away"]),
        Expected(address: "http://shop.example/blank", grade: .failed, remarks: ["blank"]),
        Expected(address: "http://shop.example/endless", grade: .partial, remarks: ["cut"]),
        Expected(address: "http://shop.example/video", grade: .partial, remarks: ["video-not-kept"]),
        Expected(address: "http://shop.example/consent", grade: .partial, remarks: ["consent-banner"]),
        Expected(address: "http://shop.example/broken", grade: .partial, remarks: ["parts-failed", "pictures-missing"]),
    ]

    @Test("a page is captured, named for what it is, and drawn again without a differing pixel", arguments: all)
    func page(expected: Expected) async throws {
        try await FixtureSite.serve(Fixtures.answer) { site in
            let page = try await CaptureTools.capture().capture(site.request(expected.address, hosts: ["other.example"]))
            let report = page.report
            #expect(report.grade == expected.grade, "\(report.remarks)")
            for code in expected.remarks { #expect(report.remarks.contains { $0.code == code }, "\(code): \(report.remarks)") }
            if expected.grade == .whole { #expect(!report.remarks.contains { $0.grade != .whole }, "\(report.remarks)") }
            if let post = expected.post { #expect(report.identity.post == post) }
            if let account = expected.account { #expect(report.identity.account == account) }
            if let time = expected.time { #expect(report.identity.dataTime == time) }
            // A page that goes away by itself leaves the browser's own error, which is nothing that a server sent.
            if expected.remarks != ["went-away"] {
                #expect(page.proof.verdict == .same, "\(page.proof)")
                #expect(page.proof.differingPixels == 0)
            }
            #expect(page.proof.comparedPixels > 100_000)
            #expect(report.server == "127.0.0.1")
        }
    }
}
