import AkashiBrowser
import Foundation
import Synchronization

/// Keeps every request of a page and what came back, with the bytes of the bodies before any charset was applied.
final class NetworkRecorder: Sendable {
    /// The largest body that is kept, in bytes.
    static let maximumBody = 64 << 20
    /// All bodies together.
    static let maximumTotal = 512 << 20

    private struct State {
        var exchanges: [Exchange] = []
        var latest: [String: Int] = [:]
        var open: Set<String> = []
        var reading = 0
        var byteCount = 0
        var lastChange = ContinuousClock.now
        var isClosed = false
    }

    private let tab: BrowserTab
    private let allow: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameter allow: called with each host that the page asks for, before it is connected to. Nothing else of the browser,
    ///   which has calls of its own to make, gets through.
    init(_ tab: BrowserTab, allow: @escaping @Sendable (String) -> Void) {
        self.tab = tab
        self.allow = allow
    }

    /// Begins to listen.
    func start() async throws {
        tab.listen { [self] method, parameters in take(method, parameters) }
        try await tab.send("Network.enable", ["maxPostDataSize": .number(Double(1 << 20))])
        try await tab.send("Network.setCacheDisabled", ["cacheDisabled": .bool(true)])
        try await tab.send("Network.setBypassServiceWorker", ["bypass": .bool(true)])
        try await tab.send(
            "Fetch.enable",
            [
                "patterns": .array(
                    ["Request", "Response"].map { .object(["urlPattern": .string("*"), "requestStage": .string($0)]) })
            ])
    }

    /// All that was seen, in the order in which it was asked for.
    var exchanges: [Exchange] { state.withLock { $0.exchanges } }

    /// Waits until nothing has happened for a while.
    ///
    /// - Returns: whether it became quiet before the limit.
    func waitForQuiet(_ quiet: Duration, limit: Duration) async throws -> Bool {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            let (isBusy, last) = state.withLock { (!$0.open.isEmpty || $0.reading > 0, $0.lastChange) }
            if !isBusy, ContinuousClock.now - last >= quiet { return true }
            try await Task.sleep(for: .milliseconds(15))
        }
        return false
    }

    /// From now on nothing is kept any more.
    func close() { state.withLock { $0.isClosed = true } }

    private func take(_ method: String, _ p: DevToolsValue) {
        guard !state.withLock({ $0.isClosed }) || method == "Fetch.requestPaused" else { return }
        switch method {
        case "Network.requestWillBeSent": begin(p)
        case "Network.requestWillBeSentExtraInfo":
            update(p["requestId"]?.text) { $0.requestFields = Self.fields(p["headers"]) }
        case "Network.responseReceived": update(p["requestId"]?.text) { Self.answer(&$0, p["response"]) }
        case "Network.responseReceivedExtraInfo": extra(p)
        case "Network.loadingFinished": finish(p["requestId"]?.text, nil)
        case "Network.loadingFailed": finish(p["requestId"]?.text, p)
        case "Fetch.requestPaused": paused(p)
        default: break
        }
    }

    private func begin(_ p: DevToolsValue) {
        guard let id = p["requestId"]?.text, let request = p["request"], let url = request["url"]?.text,
            url.hasPrefix("http://") || url.hasPrefix("https://")
        else { return }
        state.withLock { state in
            if let redirect = p["redirectResponse"], let place = state.latest[id] {
                Self.answer(&state.exchanges[place], redirect)
                state.exchanges[place].body = .none
            }
            var exchange = Exchange(
                id: id, method: request["method"]?.text ?? "GET", url: url, purpose: p["type"]?.text ?? "Other")
            exchange.requestFields = Self.fields(request["headers"])
            exchange.requestBody = request["postData"]?.text.map { Array($0.utf8) }
            state.latest[id] = state.exchanges.count
            state.exchanges.append(exchange)
            state.open.insert(id)
            state.lastChange = .now
        }
    }

    /// Fields as the wire had them come in an event of their own, sometimes after the response.
    private func extra(_ p: DevToolsValue) {
        guard let id = p["requestId"]?.text, let status = p["statusCode"]?.number else { return }
        state.withLock { state in
            let place = state.exchanges.lastIndex { $0.id == id && ($0.status == 0 || $0.status == Int(status)) }
            guard let place else { return }
            let fields = Self.fields(p["headers"])
            if !fields.isEmpty { state.exchanges[place].responseFields = fields }
        }
    }

    private static func answer(_ exchange: inout Exchange, _ response: DevToolsValue?) {
        guard let response else { return }
        exchange.status = Int(response["status"]?.number ?? 0)
        exchange.statusText = response["statusText"]?.text ?? ""
        exchange.mimeType = response["mimeType"]?.text ?? ""
        exchange.wireProtocol = response["protocol"]?.text ?? ""
        if exchange.responseFields.isEmpty { exchange.responseFields = fields(response["headers"]) }
    }

    private func finish(_ id: String?, _ failure: DevToolsValue?) {
        guard let id else { return }
        state.withLock { state in
            state.open.remove(id)
            state.lastChange = .now
            guard let place = state.latest[id], let failure else { return }
            state.exchanges[place].failure = failure["errorText"]?.text ?? "failed"
            state.exchanges[place].wasCancelled = failure["canceled"]?.isTrue ?? false
            if case .bytes = state.exchanges[place].body { return }
            state.exchanges[place].body = .missing("failed")
        }
    }

    /// A response has come as far as its head: its body is read whole, then the page gets it.
    private func paused(_ p: DevToolsValue) {
        guard let pause = p["requestId"]?.text else { return }
        guard p["responseStatusCode"] != nil || p["responseErrorReason"] != nil else {
            allow((p["request"]?["url"]?.text ?? "").hostOfAddress)
            Task { _ = try? await tab.send("Fetch.continueRequest", ["requestId": .string(pause)]) }
            return
        }
        let status = Int(p["responseStatusCode"]?.number ?? 0)
        let fields = p["responseHeaders"]?.list.compactMap { field -> (name: String, value: String)? in
            field["name"]?.text.map { ($0, field["value"]?.text ?? "") }
        }
        let type = fields?.first { $0.name.lowercased() == "content-type" }?.value.lowercased() ?? ""
        let length = fields?.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        let isStream = type.hasPrefix("text/event-stream") || type.hasPrefix("multipart/x-mixed") || status == 206
        let isWanted = status > 0 && !(300..<400).contains(status) && ![204, 205].contains(status) && !isStream
        let id = exchange(of: p, status, fields ?? [])
        state.withLock { $0.reading += 1 }
        Task {
            if isWanted, length <= Self.maximumBody {
                await keepBody(pause, id)
            } else {
                let reason: Exchange.Body =
                    isStream ? .missing("stream") : length > Self.maximumBody ? .missing("too-large") : .none
                update(id) { if case .missing = $0.body { $0.body = reason } }
            }
            _ = try? await tab.send("Fetch.continueRequest", ["requestId": .string(pause)])
            state.withLock {
                $0.reading -= 1
                $0.lastChange = .now
                // Of a stream more may come; of anything else there is all.
                if !isStream { $0.open.remove(id) }
            }
        }
    }

    /// The exchange that a response belongs to. What a worker of the page asks for is told by its response alone.
    private func exchange(of p: DevToolsValue, _ status: Int, _ fields: [(name: String, value: String)]) -> String {
        let url = p["request"]?["url"]?.text ?? ""
        let method = p["request"]?["method"]?.text ?? "GET"
        let network = p["networkId"]?.text
        return state.withLock { state in
            let place =
                network.flatMap { state.latest[$0] }
                ?? state.exchanges.lastIndex { $0.url == url && $0.method == method && $0.status == 0 && $0.failure == nil }
            let id: String
            if let place {
                id = state.exchanges[place].id
            } else {
                id = network ?? "fetch-\(state.exchanges.count)"
                state.latest[id] = state.exchanges.count
                var exchange = Exchange(id: id, method: method, url: url, purpose: p["resourceType"]?.text ?? "Other")
                exchange.requestFields = Self.fields(p["request"]?["headers"])
                exchange.requestBody = p["request"]?["postData"]?.text.map { Array($0.utf8) }
                state.exchanges.append(exchange)
            }
            if let place = state.latest[id], state.exchanges[place].status == 0, status > 0 {
                state.exchanges[place].status = status
                state.exchanges[place].statusText = p["responseStatusText"]?.text ?? ""
                state.exchanges[place].responseFields = fields
                let type = fields.first { $0.name.lowercased() == "content-type" }?.value ?? ""
                state.exchanges[place].mimeType = String(type.prefix { $0 != ";" })
            }
            return id
        }
    }

    private func keepBody(_ pause: String, _ id: String) async {
        guard let answer = try? await tab.send("Fetch.getResponseBody", ["requestId": .string(pause)]),
            let text = answer["body"]?.text
        else { return }
        let bytes = answer["base64Encoded"]?.isTrue == true ? Data(base64Encoded: text).map(Array.init) : Array(text.utf8)
        guard let bytes else { return }
        let isKept = state.withLock { state in
            state.byteCount += bytes.count
            return state.byteCount <= Self.maximumTotal && bytes.count <= Self.maximumBody
        }
        update(id) { $0.body = isKept ? .bytes(bytes) : .missing("too-large") }
    }

    private func update(_ id: String?, _ change: (inout Exchange) -> Void) {
        guard let id else { return }
        state.withLock { state in
            if let place = state.latest[id] { change(&state.exchanges[place]) }
            state.lastChange = .now
        }
    }

    /// The protocol gives fields as an object; several of one name stand in lines.
    private static func fields(_ value: DevToolsValue?) -> [(name: String, value: String)] {
        (value?.fields ?? [:]).sorted { $0.key.lowercased() < $1.key.lowercased() }.flatMap { name, value in
            (value.text ?? "").split(separator: "\n", omittingEmptySubsequences: false).map { (name, String($0)) }
        }
    }
}
