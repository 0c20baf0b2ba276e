import AkashiConsult
public import AkashiKnowledge
public import AkashiModel
public import AkashiModeration
import Crypto
import Foundation
import Synchronization

/// Her own LINE channel: what she sends is shut away for the desk, contents are fetched at once, and she is answered from the guide only.
///
/// One person talks to it: the one who knew the code. What others send is not kept and not answered.
public final class LineChannel: Sendable {
    /// Bytes of a content at the most. What is larger is said to be.
    static let mostContentBytes = 20 << 20
    /// Tries to fetch a content, and how long the first wait is; each further one is twice as long.
    private static let tries = 6
    private static let firstWait = 1_000
    /// Tries with a wrong code until the program is started again.
    private static let mostWrongCodes = 50
    /// What she wrote last, in memory only: a short answer belongs to the turn before it.
    private static let rememberedTurns = 4
    /// The hour in Japan from which on she is reminded.
    private static let reminderHour = 9

    private enum Setting {
        static let user = "line.user"
        static let reminders = "line.reminders"
        static let reminded = "line.reminded"
        static let pending = "line.pending."
    }

    /// What it says.
    struct Texts: Decodable, Sendable {
        let welcome: Bilingual
        let paired: Bilingual
        let received: Bilingual
        let notReceived: Bilingual
        let tooLarge: Bilingual
        let reminder: Bilingual
    }

    private struct State {
        var wrongCodes = 0
        var turns: [String] = []
        var turnCount = 0
        var work: [Int: Task<Void, Never>] = [:]
        var workCount = 0
    }

    private let gateway: Gateway
    private let configuration: LineConfiguration
    private let transport: LineTransport
    private let signature: LineSignature
    private let consultant: Consultant
    private let contacts: [Contact]
    private let texts: Texts
    private let state = Mutex(State())

    /// Reads what it says.
    ///
    /// - Throws: ``KnowledgeError``.
    public init(
        _ gateway: Gateway, _ configuration: LineConfiguration, _ knowledge: Knowledge, _ transport: LineTransport
    ) throws(KnowledgeError) {
        (self.gateway, self.configuration, self.transport) = (gateway, configuration, transport)
        signature = LineSignature(secret: transport.secret)
        consultant = try Consultant(knowledge, languages: [.ja])
        contacts = try knowledge.contacts()
        texts = try knowledge.yaml("gateway/line.yaml")
    }

    /// Whether a body is signed by LINE.
    func isSigned(_ header: String?, _ body: [UInt8]) -> Bool { signature.isRight(header, for: body) }

    /// Takes the events of a webhook. When this returns, each is durable; contents and answers follow by themselves.
    ///
    /// - Returns: false where the body is no webhook.
    /// - Throws: ``GatewayErrorCode/busy``, ``GatewayErrorCode/storeUnavailable``.
    func take(_ body: [UInt8]) async throws -> Bool {
        guard let events = LineEvent.all(in: body) else { return false }
        for event in events where event.isFromPerson {
            guard let user = try await gateway.store.setting(Setting.user) else {
                try await pair(event)
                continue
            }
            guard event.userID == user else { continue }
            let at = gateway.now().milliseconds
            let needsContent = event.message?.isHeldByLine ?? false
            if needsContent, let message = event.message {
                try await gateway.store.set(Setting.pending + message.id, message.fileName ?? "")
            }
            let isNew = try await gateway.keep(.event(event.json, at: at), key: event.key)
            guard isNew, event.isActive else { continue }
            start { await self.follow(event) }
        }
        return true
    }

    /// Fetches what was not fetched when the program ended.
    func resume() async throws {
        for (name, fileName) in try await gateway.store.settings(beginningWith: Setting.pending) {
            let id = String(name.dropFirst(Setting.pending.count))
            start { _ = await self.fetch(id, name: fileName.isEmpty ? nil : fileName, isPrepared: true) }
        }
    }

    /// Waits until contents are fetched and answers are given.
    func finish() async {
        while let task = state.withLock({ $0.work.values.first }) { await task.value }
    }

    /// Days on which she is to be told. The days that were there before are forgotten.
    func remind(on reminders: LineReminders) async throws {
        let days = reminders.days.compactMap { CivilDate($0)?.description }
        try await gateway.store.set(Setting.reminders, days.isEmpty ? nil : Set(days).sorted().joined(separator: " "))
    }

    /// Tells her, once a day at the most, that today is a day to open her desk.
    func remindIfDue() async throws {
        let now = gateway.now()
        let today = CivilDate(japan: now).description
        guard now.japan.hour >= Self.reminderHour, let user = try await gateway.store.setting(Setting.user),
            let days = try await gateway.store.setting(Setting.reminders), days.split(separator: " ").contains(Substring(today)),
            try await gateway.store.setting(Setting.reminded) != today
        else { return }
        // The same key for the same day: where an answer was lost, LINE does not send it twice.
        let digest = Array(SHA256.hash(data: Array("\(user) \(today)".utf8)).prefix(16))
        let answer = await post(
            "push", ["to": user, "messages": Self.messages(texts.reminder[.ja])], ["X-Line-Retry-Key": Self.uuid(digest)])
        if let status = answer?.status, status == 200 || status == 409 {
            try await gateway.store.set(Setting.reminded, today)
        }
    }

    private func pair(_ event: LineEvent) async throws {
        guard let user = event.userID, let token = event.replyToken else { return }
        let code = (event.message?.text ?? "").filter { $0.isASCII && $0.isNumber }
        guard !code.isEmpty else {
            if event.type == "follow" { await reply(texts.welcome[.ja], token) }
            return
        }
        guard state.withLock({ $0.wrongCodes }) < Self.mostWrongCodes else { return }
        guard gateway.isSame(code, configuration.codeHash) else { return state.withLock { $0.wrongCodes += 1 } }
        try await gateway.store.set(Setting.user, user)
        await reply(texts.paired[.ja], token)
    }

    /// Answers an event: a text from the guide, a content once it is shut away.
    private func follow(_ event: LineEvent) async {
        guard let message = event.message, event.type == "message" else { return }
        if message.isHeldByLine {
            let outcome = await fetch(message.id, name: message.fileName, isPrepared: message.isPrepared)
            guard let token = event.replyToken else { return }
            let text: Bilingual
            switch outcome {
            case .kept: text = texts.received
            case .tooLarge: text = texts.tooLarge
            case .failed: text = texts.notReceived
            }
            await reply(text[.ja], token)
        } else if let said = message.text, message.type == "text", let token = event.replyToken {
            await reply(answer(to: said), token)
        }
    }

    private func answer(to said: String) -> String {
        let (earlier, count) = state.withLock { state in
            defer {
                state.turns = (state.turns + [said]).suffix(Self.rememberedTurns)
                state.turnCount += 1
            }
            return (state.turns, state.turnCount)
        }
        let answer = consultant.reply(to: said, earlier: earlier)
        let notice = count.isMultiple(of: 20) ? consultant.notice[.ja] + "\n" : ""
        return notice + answer.text(.ja, contacts)
    }

    private enum Outcome { case kept, tooLarge, failed }

    private func fetch(_ id: String, name: String?, isPrepared: Bool) async -> Outcome {
        let address = "\(transport.origins.data)/v2/bot/message/\(id)/content"
        var wait = Self.firstWait
        var reason = "unreachable"
        for attempt in 0..<Self.tries {
            if attempt > 0 {
                await transport.wait(wait)
                wait *= 2
            }
            guard let answer = await transport.call("GET", address, [:], [], Self.mostContentBytes) else { continue }
            if answer.status == 200 {
                guard let bytes = answer.body else { return await miss(id, "too-large") ? .tooLarge : .failed }
                let at = gateway.now().milliseconds
                let delivery = LineDelivery.content(bytes, of: id, name: name, type: answer.type, at: at)
                guard (try? await gateway.keep(delivery, key: Self.contentKey(id))) != nil else { continue }
                try? await gateway.store.set(Setting.pending + id, nil)
                return .kept
            }
            reason = String(answer.status)
            // 202: a film is made ready. What was taken back or is gone does not come again.
            if [400, 401, 403, 404, 410].contains(answer.status) { break }
        }
        _ = await miss(id, reason)
        return .failed
    }

    private func miss(_ id: String, _ reason: String) async -> Bool {
        let missing = LineDelivery.missing(reason, of: id, at: gateway.now().milliseconds)
        guard (try? await gateway.keep(missing, key: Self.contentKey(id))) != nil else { return false }
        try? await gateway.store.set(Setting.pending + id, nil)
        return true
    }

    private static func contentKey(_ id: String) -> [UInt8] {
        Array(SHA256.hash(data: Array("line-content\u{0}\(id)".utf8)))
    }

    private func reply(_ text: String, _ token: String) async {
        _ = await post("reply", ["replyToken": token, "messages": Self.messages(text)])
    }

    private static func messages(_ text: String) -> [[String: String]] {
        [["type": "text", "text": String(decoding: Array(text.utf16.prefix(mostUnits)), as: UTF16.self)]]
    }

    /// UTF-16 units of a text message at the most.
    private static let mostUnits = 4_900

    private func post(_ path: String, _ body: [String: Any], _ headers: [String: String] = [:]) async -> LineTransport.Answer? {
        guard
            let bytes = try? JSONSerialization.data(withJSONObject: body, options: [.sortedKeys, .withoutEscapingSlashes])
        else { return nil }
        let all = headers.merging(["Content-Type": "application/json"]) { $1 }
        return await transport.call("POST", "\(transport.origins.api)/v2/bot/message/\(path)", all, Array(bytes), 1 << 20)
    }

    private func start(_ work: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            state.workCount += 1
            let number = state.workCount
            state.work[number] = Task {
                await work()
                _ = self.state.withLock { $0.work.removeValue(forKey: number) }
            }
        }
    }

    private static func uuid(_ bytes: [UInt8]) -> String {
        let digits = Array(Hex.encode(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
