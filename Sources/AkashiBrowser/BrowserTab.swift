import Foundation
import Synchronization

/// A page in a running Chromium, driven from outside as a person would.
public final class BrowserTab: Sendable {
    private let connection: DevToolsConnection
    private let session: String
    private let target: String
    private let loads = Mutex<Int>(0)
    private let seen = Mutex<[(method: String, parameters: DevToolsValue)]>([])

    init(_ connection: DevToolsConnection) async throws {
        self.connection = connection
        let created = try await connection.send("Target.createTarget", ["url": .string("about:blank")], session: nil)
        target = created["targetId"]?.text ?? ""
        let attached = try await connection.send(
            "Target.attachToTarget", ["targetId": .string(target), "flatten": .bool(true)], session: nil)
        session = attached["sessionId"]?.text ?? ""
        connection.listen { [weak self] event in
            guard let self, event.session == self.session else { return }
            if event.method == "Page.loadEventFired" { self.loads.withLock { $0 += 1 } }
            let isKept = ["Network.requestWillBeSent", "Log.entryAdded", "Runtime.exceptionThrown", "Network.responseReceived"]
                .contains(event.method)
            if isKept { self.seen.withLock { $0.append((event.method, event.parameters)) } }
        }
        for domain in ["Page", "Runtime", "Network", "Log", "DOM"] { _ = try await send("\(domain).enable") }
    }

    /// Sends a command of the DevTools protocol to the page.
    @discardableResult
    public func send(_ method: String, _ parameters: [String: DevToolsValue] = [:]) async throws -> DevToolsValue {
        try await connection.send(method, parameters, session: session)
    }

    /// Calls back for every event of the page.
    public func listen(_ listener: @escaping @Sendable (String, DevToolsValue) -> Void) {
        connection.listen { [session] event in if event.session == session { listener(event.method, event.parameters) } }
    }

    /// The browser's build, such as `Chrome/156.0.1234.5`.
    public func build() async throws -> (product: String, userAgent: String) {
        let version = try await connection.send("Browser.getVersion", [:], session: nil)
        return (version["product"]?.text ?? "", version["userAgent"]?.text ?? "")
    }

    /// Sends a command of the DevTools protocol to the browser as a whole.
    @discardableResult
    public func sendToBrowser(_ method: String, _ parameters: [String: DevToolsValue] = [:]) async throws -> DevToolsValue {
        try await connection.send(method, parameters, session: nil)
    }

    /// Opens another page in the same browser for the length of a scope.
    public func withTab<Value: Sendable>(
        _ address: String, _ body: (BrowserTab) async throws -> Value
    ) async throws -> Value {
        let other = try await BrowserTab(connection)
        try await other.open(address)
        let value = try await body(other)
        try await sendToBrowser("Target.closeTarget", ["targetId": .string(other.target)])
        return value
    }

    /// Requests, responses, messages and errors that were seen so far.
    public var events: [(method: String, parameters: DevToolsValue)] { seen.withLock { $0 } }

    /// Sets the size of the window in CSS pixels.
    public func resize(width: Int, height: Int, isPhone: Bool = false, scale: Double = 1) async throws {
        try await send(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .number(Double(width)), "height": .number(Double(height)), "deviceScaleFactor": .number(scale),
                "mobile": .bool(isPhone),
            ])
    }

    /// Opens an address and waits until it is loaded.
    public func open(_ address: String) async throws {
        try await loading { try await self.send("Page.navigate", ["url": .string(address)]) }
    }

    /// Does something that loads another page, and waits for it.
    public func loading(_ action: () async throws -> some Any) async throws {
        let before = loads.withLock { $0 }
        _ = try await action()
        // Two minutes: a busy machine is slow, and what is asked for has a limit of its own.
        for _ in 0..<6_000 {
            if loads.withLock({ $0 }) > before { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw BrowserError.tooSlow
    }

    /// The value of an expression of JavaScript.
    @discardableResult
    public func evaluate(_ script: String) async throws -> DevToolsValue {
        let result = try await send(
            "Runtime.evaluate",
            [
                "expression": .string(script), "returnByValue": .bool(true), "awaitPromise": .bool(true),
                "userGesture": .bool(true),
            ])
        if let failure = result["exceptionDetails"] { throw BrowserError.refused(method: "evaluate", message: "\(failure)") }
        return result["result"]?["value"] ?? .null
    }

    /// Types letters as a keyboard's input method would put them in.
    public func type(_ text: String) async throws { try await send("Input.insertText", ["text": .string(text)]) }

    /// Presses a key.
    public func press(_ key: String, code: Int = 0) async throws {
        for kind in ["keyDown", "keyUp"] {
            var parameters: [String: DevToolsValue] = [
                "type": .string(kind), "key": .string(key), "code": .string(key), "windowsVirtualKeyCode": .number(Double(code)),
            ]
            if key == "Enter" { parameters["text"] = .string("\r") }
            try await send("Input.dispatchKeyEvent", parameters)
        }
    }

    /// The page as PNG, whole or only what fits the window.
    public func picture(isWhole: Bool = true) async throws -> [UInt8] {
        let result = try await send(
            "Page.captureScreenshot", ["format": .string("png"), "captureBeyondViewport": .bool(isWhole)])
        guard let data = result["data"]?.text.flatMap({ Data(base64Encoded: $0) }) else { throw BrowserError.ended }
        return Array(data)
    }

    /// The page on paper, as PDF.
    public func pdf() async throws -> [UInt8] {
        let result = try await send("Page.printToPDF", ["preferCSSPageSize": .bool(true), "printBackground": .bool(true)])
        guard let data = result["data"]?.text.flatMap({ Data(base64Encoded: $0) }) else { throw BrowserError.ended }
        return Array(data)
    }
}
