import AkashiCasework
import AkashiDesk
import AkashiIntake
import AkashiModel
import AkashiModeration
import AkashiTesting
import AkashiVault
import Foundation
import Testing

@Suite("comments in the desk")
struct QueueDeskTests {
    private static let table = """
        comment_id,comment_date,comment_author,comment_content
        1,2026-11-01 10:00:00,mina,色がとてもきれいでした
        2,2026-11-01 11:00:00,ken,お前を殺★すぞ
        3,2026-11-02 09:00:00,mina,また買います
        4,2026-11-02 10:00:00,tomo,タヒねよ
        5,2026-11-03 10:00:00,yuki,消えろ、二度と店を出すな
        6,2026-11-03 12:00:00,aya,送料がもう少し安いとうれしいです

        """

    private func filled() async throws -> (DeskFixture, Desk) {
        let fixture = DeskFixture()
        let desk = try fixture.create()
        _ = try await desk.add([fixture.write("comments.csv", Self.table)])
        return (fixture, desk)
    }

    private func text(_ desk: Desk, _ comment: QueuedComment) async throws -> String {
        try await desk.words(at: comment.record).text ?? ""
    }

    @Test("what came in is sealed, then placed by the rules of the day; what is held keeps its reasons and no words")
    func placed() async throws {
        let (fixture, desk) = try await filled()
        defer { withExtendedLifetime(fixture) {} }
        #expect(try await desk.queue().isEmpty)
        let report = try await desk.placeComments(QueuePolicy(mode: .publishFirst))
        #expect(report.placedCount == 6 && report.heldCount == 3 && report.raids.isEmpty)
        let held = try await desk.queue(.held)
        var words: Set<String> = []
        for comment in held {
            words.insert(try await text(desk, comment))
            let placed = try #require(comment.placed)
            #expect(placed.placement.reasons.contains(.rule) && !placed.verdict.findings.isEmpty && comment.decidedBy == .rules)
        }
        #expect(words == ["お前を殺★すぞ", "タヒねよ", "消えろ、二度と店を出すな"])
        // A second look has nothing to do, and seals no second book.
        let sealed = try await desk.evidence().count
        #expect(try await desk.placeComments(QueuePolicy(mode: .publishFirst)).placedCount == 0)
        #expect(try await desk.evidence().count == sealed)
    }

    @Test("a verdict is made again with the rules of its day, the same byte for byte")
    func replayed() async throws {
        let (fixture, desk) = try await filled()
        defer { withExtendedLifetime(fixture) {} }
        _ = try await desk.placeComments(QueuePolicy(mode: .publishFirst))
        for comment in try await desk.queue() {
            let replay = try #require(try await desk.replay(comment))
            #expect(replay.isSame && replay.differences.isEmpty)
        }
    }

    @Test("who is new waits where new people wait; who was shown before does not")
    func newPeople() async throws {
        let (fixture, desk) = try await filled()
        defer { withExtendedLifetime(fixture) {} }
        _ = try await desk.placeComments(QueuePolicy(mode: .holdNewPeople))
        #expect(try await desk.queue(.held).count == 6)
        for comment in try await desk.queue(.held) where try await text(desk, comment).hasPrefix("色が") {
            try await desk.decideComment(comment.record, .shown)
        }
        let more = """
            comment_id,comment_date,comment_author,comment_content
            7,2026-11-05 10:00:00,mina,再入荷はありますか
            8,2026-11-05 11:00:00,sora,はじめて見ました

            """
        let others = DeskFixture(seed: 2)
        _ = try await desk.add([others.write("more.csv", more)])
        _ = try await desk.placeComments(QueuePolicy(mode: .holdNewPeople))
        let newest = try await desk.queue(limit: 2)
        #expect(newest.map(\.outcome) == [.held, .shown])
    }

    @Test("her word counts before the rules', a helper's only lets wait, and each is taken back; the record stays")
    func decided() async throws {
        let fixture = DeskFixture()
        try await decide(fixture)
        #expect(try Desk.reindex(at: fixture.path("vault").path, unlock: .noPassphrase, environment: fixture.environment) == true)
    }

    private func decide(_ fixture: DeskFixture) async throws {
        let desk = try fixture.create()
        _ = try await desk.add([fixture.write("comments.csv", Self.table)])
        _ = try await desk.placeComments(QueuePolicy(mode: .publishFirst))
        let first = try #require(try await desk.queue(.shown).first)
        await #expect(throws: DeskError.self) { try await desk.decideComment(first.record, .shown, helper: "友") }
        try await desk.decideComment(first.record, .held, helper: "友")
        var now = try #require(try await desk.queue().first { $0.record == first.record })
        #expect(now.outcome == .held && now.decidedBy == .helper)
        let helped = now.position
        try await desk.decideComment(first.record, .rejected, reason: "ちがうと思う")
        now = try #require(try await desk.queue().first { $0.record == first.record })
        #expect(now.outcome == .rejected && now.decidedBy == .owner)
        #expect(try await !text(desk, now).isEmpty, "rejecting destroys nothing")
        try await desk.withdraw([now.position])
        now = try #require(try await desk.queue().first { $0.record == first.record })
        #expect(now.decidedBy == .helper)
        try await desk.withdraw([helped])
        now = try #require(try await desk.queue().first { $0.record == first.record })
        #expect(now.outcome == .shown && now.decidedBy == .rules)
    }

    @Test("what a rule held is shown again with one decision, but not what she decided herself")
    func takenBack() async throws {
        let (fixture, desk) = try await filled()
        defer { withExtendedLifetime(fixture) {} }
        _ = try await desk.placeComments(QueuePolicy(mode: .publishFirst))
        let held = try await desk.queue(.held)
        #expect(held.allSatisfy { $0.placed?.verdict.findings.contains { $0.rule == "threat.death" } ?? false })
        try await desk.decideComment(held[0].record, .rejected)
        #expect(try await desk.takeBack(rule: "threat.death") == 2)
        let now = try await desk.queue()
        #expect(now.first { $0.record == held[0].record }?.outcome == .rejected)
        let back = try #require(now.first { $0.record == held[1].record })
        #expect(back.isTakenBack)
        #expect(try await desk.queue(.held).isEmpty)
        // And that is taken back too.
        let entry = LogPosition(try await desk.summary().ledgerSize - 1)
        try await desk.withdraw([entry])
        #expect(try await desk.queue(.held).map(\.record) == held.dropFirst().map(\.record))
    }

    @Test("taking a rule back shows nothing that somebody has to approve first")
    func stillWaiting() async throws {
        let (fixture, desk) = try await filled()
        defer { withExtendedLifetime(fixture) {} }
        _ = try await desk.placeComments(QueuePolicy(mode: .approveFirst))
        #expect(try await desk.takeBack(rule: "threat.death") == 0)
        #expect(try await desk.queue(.held).count == 6)
    }

    @Test("comments without a time are neither too fast nor a raid, and the newest may stand first in a table")
    func times() async throws {
        let fixture = DeskFixture()
        let desk = try fixture.create()
        let head = "comment_id,comment_date,comment_author,comment_content\n"
        let timeless = (0..<12).map { "\($0),,mina,\($0) 番目の布もすてきでした\n" }.joined()
        let reversed = (0..<12).map { "\(50 - $0),2026-11-\(28 - $0) 10:00:00,ken,\($0) 番目の糸もきれいでした\n" }.joined()
        _ = try await desk.add([fixture.write("comments.csv", head + timeless + reversed)])
        let report = try await desk.placeComments(QueuePolicy(mode: .publishFirst))
        #expect(report.placedCount == 24 && report.heldCount == 0 && report.raids.isEmpty)
    }

    @Test("a raid that began in what was looked over before is named in what comes after")
    func raidAcross() async throws {
        let fixture = DeskFixture()
        defer { withExtendedLifetime(fixture) {} }
        let desk = try fixture.create()
        func table(_ numbers: Range<Int>) -> String {
            "comment_id,comment_date,comment_author,comment_content\n"
                + numbers.map { number in
                    "\(number),2026-11-01 10:0\(number):00,n\(number),ここで買ってはいけないと聞きました みなさん http://gossip.example/\(number % 2)"
                }.joined(separator: "\n") + "\n"
        }
        let policy = QueuePolicy(mode: .publishFirst)
        _ = try await desk.add([fixture.write("first.csv", table(0..<2))])
        #expect(try await desk.placeComments(policy).raids.isEmpty)
        _ = try await desk.add([fixture.write("second.csv", table(2..<8))])
        let second = try await desk.placeComments(policy)
        #expect(second.raids.count == 1)
        #expect(second.raids.first.map { $0.count } ?? 0 >= 3)
        #expect(second.heldCount >= 3)
    }
}
