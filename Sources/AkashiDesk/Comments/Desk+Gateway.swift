import AkashiAge
import AkashiCasework
import AkashiFormats
import AkashiIntake
public import AkashiModel
import AkashiModeration
import AkashiVault
import Crypto
import Foundation

/// What a visit to her gateway brought.
public struct GatewayVisit: Sendable, Hashable {
    /// Comments that came.
    public var collectedCount = 0
    /// Envelopes that the vault's key does not open. They are sealed as they are.
    public var unreadableCount = 0
    /// What looking them over brought.
    public var placement = PlacementReport()
    /// Comments and answers that are shown now and were not before.
    public var shownCount = 0
    /// Comments and answers that are no longer shown.
    public var withdrawnCount = 0
    /// Messages and contents that came over her LINE channel.
    public var lineCount = 0
}

extension Desk {
    /// Sets a gateway up: makes its token and remembers where it is.
    ///
    /// - Parameter address: where the gateway's listener for the desk is reached, `https://host[:port]`; `http` on this computer only.
    /// - Returns: the file that the gateway needs. It holds no secret.
    /// - Throws: ``DeskErrorCode/gatewayAddress``.
    public func setGateway(address: String, origins: [String], behindProxy: Bool) throws -> [UInt8] {
        guard GatewayConfiguration.isOrigin(address), origins.allSatisfy(GatewayConfiguration.isOrigin),
            address.hasPrefix("https://") || address.firstMatch(of: /^http:\/\/(localhost|127\.0\.0\.1)(:|$)/) != nil
        else { throw DeskError(.gatewayAddress) }
        let token = Hex.encode(environment.vault.random(32))
        try choose(QueueSettings.Name.gatewayAddress.rawValue, address)
        try choose(QueueSettings.Name.gatewayToken.rawValue, token)
        var configuration = GatewayConfiguration(
            recipient: "\(vault.recipient)", tokenHash: Hex.encode(SHA256.hash(data: Array(token.utf8))), origins: origins,
            mode: try queueSettings().mode)
        configuration.trustsProxy = behindProxy
        return try configuration.bytes
    }

    /// Where her gateway is; nil where none was set up.
    public func gatewayAddress() throws -> String? { try settings()[QueueSettings.Name.gatewayAddress.rawValue] }

    /// Visits her gateway: brings it the rules, takes what waits, looks it over, and says what is to be shown.
    ///
    /// The gateway forgets a comment only after it is sealed here. An interrupted visit is simply made again.
    ///
    /// - Throws: ``DeskErrorCode/gatewayNone``, ``DeskErrorCode/gatewayUnreachable``, ``DeskErrorCode/gatewayRefused``.
    public func visitGateway() async throws -> GatewayVisit {
        var visit = GatewayVisit()
        let line = try gatewayLine()
        let _: GatewayState = try await line.get("state")
        try await line.post("rules", try queueRuleTexts())
        while true {
            let waiting: [GatewayEnvelope] = try await line.get("waiting")
            guard !waiting.isEmpty else { break }
            try seal(waiting, &visit)
            try await line.post("forget", waiting.map(\.sequence))
        }
        if let days = try reminderDays() { try await line.post("reminders", LineReminders(days: days)) }
        visit.placement = try placeComments(QueuePolicy(mode: try queueSettings().mode))
        let list = try showList(Set(try await line.get("shown") as [String]))
        for start in stride(from: 0, to: max(list.show.count, list.withdraw.count), by: 200) {
            try await line.post(
                "show",
                GatewayShowList(
                    show: Array(list.show.dropFirst(start).prefix(200)),
                    withdraw: Array(list.withdraw.dropFirst(start).prefix(200))))
        }
        (visit.shownCount, visit.withdrawnCount) = (list.show.count, list.withdraw.count)
        return visit
    }

    /// Answers a comment of her site, or takes the answer back. It is shown at the next visit.
    public func answerComment(_ record: LogPosition, _ text: String?) throws {
        try requireRecord(record)
        let text = text.flatMap { $0.isEmpty ? nil : $0 }
        try append([try EntryDraft(.decision, Decision.answerComment(record: record, text: text))])
    }

    /// Her answer to a comment.
    public func answer(to record: LogPosition) throws -> String? { try index.answer(to: record) }

    /// Seals what was fetched: what opens as one list of comments, what does not as it came.
    private func seal(_ waiting: [GatewayEnvelope], _ visit: inout GatewayVisit) throws {
        var elements: [[UInt8]] = []
        var items: [IntakeItem] = []
        var lineEvents: [[UInt8]] = []
        for envelope in waiting {
            let bytes = Array(envelope.envelope)
            let plain = vault.opened(bytes)
            if let plain, (try? JSONDecoder().decode(CommentDelivery.self, from: Data(plain))) != nil {
                elements.append(plain)
            } else if let plain, let delivery = try? JSONDecoder().decode(LineDelivery.self, from: Data(plain)) {
                visit.lineCount += 1
                if let content = delivery.bytes {
                    let path = LineContent.path(delivery)
                    let bytes = Array(content)
                    items.append(
                        IntakeItem(source: SourceDescription(way: .gateway, path: path)) { MemoryBytes(bytes).stream() })
                } else {
                    lineEvents.append(plain)
                }
            } else {
                visit.unreadableCount += 1
                items.append(
                    IntakeItem(source: SourceDescription(way: .gateway, path: "unreadable-\(envelope.sequence).age")) {
                        MemoryBytes(bytes).stream()
                    })
            }
        }
        for (beginning, some) in [("comments", elements), ("line", lineEvents)] where !some.isEmpty {
            let list = Array("[".utf8) + Array(some.joined(separator: Array(",\n".utf8))) + Array("]\n".utf8)
            let name = "\(beginning)-\(waiting[0].sequence)-\(waiting[waiting.count - 1].sequence).json"
            items.append(IntakeItem(source: SourceDescription(way: .gateway, path: name)) { MemoryBytes(list).stream() })
        }
        visit.collectedCount += elements.count
        _ = try add(items: items)
    }

    /// What is to be shown and is not, and what is shown and is not to be. What the gateway showed by itself and the desk does not know
    /// yet is left alone.
    private func showList(_ shown: Set<String>) throws -> GatewayShowList {
        var show: [ShownComment] = []
        var withdraw: [String] = []
        for comment in try index.siteComments() {
            let isOpen = comment.outcome == .shown
            let answerID = "answer-" + comment.id
            let answer = isOpen ? comment.answer : nil
            if isOpen != shown.contains(comment.id) || (answer != nil) || shown.contains(answerID) {
                let record = isOpen ? try words(at: comment.record) : nil
                let at = record?.claimedTime?.instant.milliseconds ?? 0
                if isOpen, !shown.contains(comment.id), let record {
                    show.append(
                        ShownComment(
                            id: comment.id, thread: comment.thread, name: record.details["claimedName"] ?? "",
                            text: record.text ?? "",
                            at: at, isOwner: false, replyTo: nil))
                }
                if !isOpen, shown.contains(comment.id) { withdraw.append(comment.id) }
                if let answer {
                    // Always sent: it may have changed, and showing again replaces.
                    show.append(
                        ShownComment(
                            id: answerID, thread: comment.thread, name: "", text: answer, at: at + 1, isOwner: true,
                            replyTo: comment.id))
                } else if shown.contains(answerID) {
                    withdraw.append(answerID)
                }
            }
        }
        return GatewayShowList(show: show, withdraw: withdraw)
    }

    private func gatewayLine() throws -> GatewayLine {
        let settings = try settings()
        guard let text = settings[QueueSettings.Name.gatewayAddress.rawValue], let url = URL(string: text),
            let token = settings[QueueSettings.Name.gatewayToken.rawValue]
        else { throw DeskError(.gatewayNone) }
        return GatewayLine(url: url, token: token, call: environment.callGateway)
    }
}

/// The line to her gateway's listener for the desk.
private struct GatewayLine: Sendable {
    let url: URL
    let token: String
    let call: DeskEnvironment.GatewayTransport

    func get<Value: Decodable>(_ path: String) async throws -> Value {
        let bytes = try await ask("GET", path, [])
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(bytes)) else { throw DeskError(.gatewayUnreachable) }
        return value
    }

    func post(_ path: String, _ value: some Encodable & Sendable) async throws {
        _ = try await ask("POST", path, Array(try JSONEncoder().encode(value)))
    }

    private func ask(_ method: String, _ path: String, _ body: [UInt8]) async throws -> [UInt8] {
        let answer: (status: Int, body: [UInt8])
        do {
            answer = try await call(method, url.appending(path: "desk/" + path), token, body)
        } catch { throw DeskError(.gatewayUnreachable) }
        if answer.status == 401 { throw DeskError(.gatewayRefused) }
        guard (200..<300).contains(answer.status) else { throw DeskError(.gatewayUnreachable, ["status": String(answer.status)]) }
        return answer.body
    }
}
