import AkashiModel
import AkashiModeration
import AkashiTesting
import Foundation
import Testing

@testable import AkashiGateway

@Suite("where a gateway writes", .serialized)
struct StoreTests {
    private func comment(_ number: Int, shown: Bool = false, text: String = "お花") -> StoredComment {
        StoredComment(
            keyHash: EnvelopeMaker.keyHash("key-\(number)", thread), receivedAt: Int64(number) * 1000,
            envelope: Array("shut \(number)".utf8),
            shown: shown
                ? ShownComment(
                    id: "id-\(number)", thread: thread.name, name: "は\"る\\", text: text, at: Int64(number) * 1000, isOwner: false,
                    replyTo: nil) : nil)
    }

    private var thread: ThreadName {
        guard let thread = ThreadName("page") else { preconditionFailure("it is a name") }
        return thread
    }

    @Test("what is written once is not written again, in one batch and in two", arguments: StoreKind.built)
    func once(kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let store = try await place.open()
        #expect(try await store.put([comment(1), comment(2, shown: true), comment(2, shown: true)]) == [true, true, false])
        #expect(try await store.put([comment(2, shown: true, text: "other"), comment(3)]) == [false, true])
        #expect(try await store.put([]).isEmpty)
        #expect(try await store.waitingCount() == 3)
        let shown = try await store.shown(in: "page", after: nil, limit: 10)
        #expect(shown.map(\.text) == ["お花"])
        #expect(shown.map(\.name) == ["は\"る\\"])
        withExtendedLifetime(place) {}
    }

    @Test("the desk takes, and what it took is forgotten but known again", arguments: StoreKind.built)
    func forgetting(kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let store = try await place.open()
        _ = try await store.put((1...5).map { comment($0) })
        let first = try await store.waiting(limit: 2, bytes: .max)
        #expect(first.count == 2)
        #expect(
            Set(try await store.waiting(limit: 9, bytes: .max).map { String(decoding: $0.envelope, as: UTF8.self) })
                == Set((1...5).map { "shut \($0)" }))
        try await store.forget(first.map(\.sequence), keysBefore: 0)
        #expect(try await store.waitingCount() == 3)
        #expect(try await store.put((1...5).map { comment($0) }) == Array(repeating: false, count: 5))
        // Keys go when they are old, and only of what the desk has.
        try await store.forget(try await store.waiting(limit: 1, bytes: .max).map(\.sequence), keysBefore: 10_000)
        #expect(try await store.put((1...5).map { comment($0) }).count(where: \.self) == 3)
        #expect(try await store.waitingCount() == 5)
        withExtendedLifetime(place) {}
    }

    @Test("large envelopes go over in several answers, and none is left behind", arguments: StoreKind.built)
    func largeEnvelopes(kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let store = try await place.open()
        // "shut 1" has six bytes.
        _ = try await store.put((1...5).map { comment($0) })
        #expect(try await store.waiting(limit: 9, bytes: 0).count == 1)
        #expect(try await store.waiting(limit: 9, bytes: 6).count == 2)
        #expect(try await store.waiting(limit: 9, bytes: 11).count == 2)
        #expect(try await store.waiting(limit: 9, bytes: 1_000).count == 5)
        withExtendedLifetime(place) {}
    }

    @Test("what is remembered is found by name and by beginning, and can be forgotten", arguments: StoreKind.built)
    func settings(kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let store = try await place.open()
        try await store.set("line.user", "U1")
        try await store.set("line.user", "U2")
        try await store.set("line.pending.1", "")
        try await store.set("line_pending.2", "x")
        #expect(try await store.setting("line.user") == "U2")
        #expect(try await store.settings(beginningWith: "line.pending.") == ["line.pending.1": ""])
        try await store.set("line.pending.1", nil)
        #expect(try await store.settings(beginningWith: "line.pending.").isEmpty)
        #expect(try await store.setting("nothing") == nil)
        withExtendedLifetime(place) {}
    }

    @Test("a thread is read page by page, the oldest first; what is withdrawn is gone", arguments: StoreKind.built)
    func pages(kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let store = try await place.open()
        let all: [ShownComment] = (0..<25).map { number in
            let id = "c\(number % 10)\(number)"
            let text = "行\n\(number), {NULL} \"x\" \\"
            return ShownComment(
                id: id, thread: "page", name: "", text: text, at: Int64(number / 10), isOwner: number == 3,
                replyTo: number == 3 ? "c11" : nil)
        }
        try await store.show(all.reversed(), withdraw: [])
        try await store.show([], withdraw: ["c00", "unknown"])
        var read: [ShownComment] = []
        var cursor: ShownCursor?
        while true {
            let page = try await store.shown(in: "page", after: cursor, limit: 7)
            read += page
            guard page.count == 7, let last = page.last else { break }
            cursor = ShownCursor(ShownCursor(at: last.at, id: last.id).text)
        }
        #expect(read == all.filter { $0.id != "c00" }.sorted { ($0.at, $0.id) < ($1.at, $1.id) })
        #expect(try await store.count(in: "page") == 24)
        #expect(try await store.count(in: "elsewhere") == 0)
        #expect(try await store.shownIDs().count == 24)
        // Showing again replaces.
        try await store.show(
            [ShownComment(id: "c33", thread: "page", name: "n", text: "t", at: 0, isOwner: false, replyTo: nil)], withdraw: [])
        #expect(try await store.count(in: "page") == 24)
        withExtendedLifetime(place) {}
    }

    @Test("two gateways on one database take each comment once", arguments: StoreKind.built)
    func twoGateways(kind: StoreKind) async throws {
        let place = try StorePlace(kind)
        let stores = [try await place.open(), try await place.open()]
        let taken = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    var count = 0
                    for round in 0..<25 {
                        // The same forty comments in another order each time.
                        let order = (0..<40).map { ($0 * 7 + worker + round) % 40 + round / 5 * 40 }
                        count += try await stores[worker % 2].put(order.map { comment($0, shown: true) }).count(where: \.self)
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(taken == 200)
        #expect(try await stores[0].waitingCount() == 200)
        #expect(try await stores[1].count(in: "page") == 200)
        withExtendedLifetime(place) {}
    }

    #if PostgreSQL
    @Test("a server that went away and came back is used again")
    func comesBack() async throws {
        let server = try PostgreSQLServer()
        let store = try await PostgreSQLStore(server.address)
        #expect(try await store.put([comment(1)]) == [true])
        try server.crash()
        #expect(try await store.put([comment(1), comment(2)]) == [false, true])
        #expect(try await store.waitingCount() == 2)
    }
    #endif

    @Test("requests that come together are written together, and each hears of its own")
    func groups() async throws {
        let store = CountingStore()
        let commit = GroupCommit(store)
        let answers = try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
            for number in 0..<2_000 { group.addTask { (number, try await commit.put(comment(number % 1_500))) } }
            return try await group.reduce(into: [:]) { $0[$1.0, default: []].append($1.1) }
        }
        #expect(answers.values.joined().count(where: \.self) == 1_500)
        #expect(await store.batches.reduce(0, +) == 2_000)
        #expect(await store.batches.count < 2_000)
        #expect(await store.batches.allSatisfy { $0 <= GroupCommit.maximumBatchCount })
    }

    @Test("when the disk does not keep up, more is sent away before memory grows")
    func backPressure() async throws {
        let store = CountingStore(isStuck: true)
        let commit = GroupCommit(store)
        let count = GroupCommit.maximumWaitingCount + GroupCommit.maximumBatchCount + 100
        let busy = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<count {
                group.addTask {
                    do {
                        _ = try await commit.put(comment(number))
                        return false
                    } catch { return (error as? GatewayError)?.kind == .busy }
                }
            }
            var busy = 0
            for await isBusy in group where isBusy {
                busy += 1
                // The rest waits behind the disk; let it go on.
                if busy == 1 { await store.free() }
            }
            return busy
        }
        #expect(busy > 0)
        #expect(busy <= 100 + GroupCommit.maximumBatchCount)
        #expect(await store.batches.reduce(0, +) == count - busy)
    }
}

/// Counts what is written together.
private actor CountingStore: CommentStore {
    private(set) var batches: [Int] = []
    private var keys: Set<[UInt8]> = []
    private var isStuck: Bool

    init(isStuck: Bool = false) { self.isStuck = isStuck }

    func free() { isStuck = false }

    func put(_ comments: [StoredComment]) async throws -> [Bool] {
        while isStuck { try await Task.sleep(for: .milliseconds(5)) }
        batches.append(comments.count)
        return comments.map { keys.insert($0.keyHash).inserted }
    }
    func show(_ comments: [ShownComment], withdraw ids: [String]) async throws {}
    func shown(in thread: String, after: ShownCursor?, limit: Int) async throws -> [ShownComment] { [] }
    func count(in thread: String) async throws -> Int { 0 }
    func shownIDs() async throws -> [String] { [] }
    func waiting(limit: Int, bytes: Int) async throws -> [WaitingComment] { [] }
    func waitingCount() async throws -> Int { 0 }
    func forget(_ sequences: [Int64], keysBefore before: Int64) async throws {}
    func setting(_ name: String) async throws -> String? { nil }
    func settings(beginningWith beginning: String) async throws -> [String: String] { [:] }
    func set(_ name: String, _ value: String?) async throws {}
}
