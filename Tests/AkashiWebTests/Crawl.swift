import AkashiCasework
import AkashiDesk
import AkashiIntake
import AkashiKnowledge
import AkashiModel
import AkashiTesting
import Foundation
import Synchronization
import Testing

extension WebClient {
    /// Every page that links lead to, from home on, and some that only forms lead to.
    func crawl(limit: Int = 700) async throws -> [String: Reply] {
        var pages: [String: Reply] = [:]
        var waiting = [
            "/", "/device", "/safer", "/wish", "/rest", "/sheet", "/helper", "/memo?feelings=1", "/print/timeline",
            "/search?q=%E3%81%AE", "/search?q=a", "/timeline?order=new", "/passphrase", "/danger", "/listen", "/dossier",
        ]
        var seen = Set(waiting)
        var filtered: [String: Int] = [:]
        while !waiting.isEmpty, pages.count < limit {
            let path = waiting.removeFirst()
            let page = try await get(path)
            pages[path] = page
            for match in page.text.matches(of: /href="([^"#]+)/) {
                let address = String(match.1).replacing("&amp;", with: "&")
                guard address.hasPrefix(base), !address.contains("/assets/") else { continue }
                let path = String(address.dropFirst(base.count))
                // Pages of one room that differ in their filters only: some of them stand for all.
                let room = String(path.prefix { $0 != "?" })
                guard !path.contains("?") || filtered[room, default: 0] < 10 else { continue }
                if path.contains("?"), !seen.contains(path) { filtered[room, default: 0] += 1 }
                if seen.insert(path).inserted { waiting.append(path) }
            }
        }
        return pages
    }
}

/// The words of all records of the demo case, and the case in a desk.
enum DemoFill {
    /// Enough of a line to tell it from everything else.
    private static let length = 14

    /// Holds a review of the demo case against an account; where the result stands.
    static func compare(_ desk: Desk) async throws -> String {
        let text = try #require(try await desk.questionableTexts().last { $0.kind == .review })
        let account = try #require(try await desk.knownWriters().first { $0.account != text.account })
        let position = try await desk.compareWriting(
            WritingComparison(
                questioned: [text.position], account: account.account, prefecture: "京都府", seenCount: 12, oneIn: [20, 1_000]))
        return "/same-writer/\(position)"
    }

    static func fill(_ desk: Desk, _ folder: URL) async throws -> [String] {
        let demo = try DemoCase(WebClient.environment.knowledge)
        let sources = folder.appending(path: "sources")
        try demo.writeSources(to: sources)
        _ = try await desk.add([sources])
        _ = try await demo.enterCasework(into: desk)
        try await demo.enterWork(into: desk)
        return try await words(of: desk)
    }

    /// The beginnings of the lines of every record.
    static func words(of desk: Desk) async throws -> [String] {
        var beginnings: Set<String> = []
        for entry in try await desk.timeline(TimelineFilter(limit: 100_000)) {
            guard let text = try await desk.words(at: entry.position).text else { continue }
            for line in text.split(whereSeparator: \.isNewline)
            where line.count >= length && !line.contains("http") && !line.hasPrefix("@") {
                beginnings.insert(String(line.prefix(length)))
            }
        }
        return beginnings.sorted()
    }
}

/// A value that a closure hands out.
final class Box<Value: Sendable>: Sendable {
    private let value: Mutex<Value>
    init(_ value: Value) { self.value = Mutex(value) }
    var current: Value {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}
