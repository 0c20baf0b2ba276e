public import AkashiKnowledge
import AkashiModeration
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

/// Two listeners: one for the internet (behind a proxy that speaks TLS), one for the desk.
public struct GatewayServer: Sendable {
    /// Where it listens.
    public struct Listeners: Sendable {
        /// The address for the internet.
        public var host = "127.0.0.1"
        /// Its port; 0 for any free one.
        public var port = 8443
        /// The address for the desk.
        public var deskHost = "127.0.0.1"
        /// Its port; 0 for any free one.
        public var deskPort = 8444

        /// Loopback, where nothing else is asked.
        public init() {}
    }

    /// Headers of one request in bytes.
    private static let maximumHeaderByteCount = 16 << 10
    private static let maximumConnectionCount = 20_000

    /// Milliseconds between looks whether a reminder is due.
    private static let reminderPause = 60_000

    private let gateway: Gateway
    private let line: (channel: LineChannel, wait: @Sendable (Int) async -> Void)?
    private let listeners: Listeners
    private let pages: BoxPages

    /// Loads pages and sentences.
    ///
    /// - Parameter line: her LINE channel with a way to wait; nil where she has none.
    /// - Throws: ``KnowledgeError``.
    public init(
        _ gateway: Gateway, _ listeners: Listeners, _ knowledge: Knowledge,
        line: (channel: LineChannel, wait: @Sendable (Int) async -> Void)? = nil
    ) throws(KnowledgeError) {
        self.line = line
        self.gateway = gateway
        self.listeners = listeners
        pages = try BoxPages(knowledge)
    }

    /// Serves until the program is told to end (SIGTERM, SIGINT) or the task is cancelled. What was begun is finished and written first.
    ///
    /// - Parameter ready: called with both ports when they are open.
    public func run(ready: @escaping @Sendable (_ port: Int, _ deskPort: Int) async -> Void) async throws {
        let logger = Logger(label: "gateway") { _ in SwiftLogNoOpLogHandler() }
        let open = Router(context: GatewayContext.self)
        open.add(middleware: PublicGate(origins: gateway.configuration.origins))
        PublicRoutes(gateway: gateway, pages: pages).add(to: open)
        if let line { LineRoutes(channel: line.channel).add(to: open) }
        let desk = Router(context: GatewayContext.self)
        DeskRoutes(gateway: gateway, line: line?.channel).add(to: desk)
        let (ports, deskIsOpen) = AsyncStream<Int>.makeStream()
        let deskApplication = Application(
            router: desk,
            configuration: .init(address: .hostname(listeners.deskHost, port: listeners.deskPort), serverName: nil),
            onServerRunning: { deskIsOpen.yield($0.localAddress?.port ?? 0) }, logger: logger)
        let application = Application(
            router: open,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(75),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: Self.maximumHeaderByteCount, maxHeaderListSize: Self.maximumHeaderByteCount,
                        maxHeaderFieldCount: 100))),
            configuration: .init(
                address: .hostname(listeners.host, port: listeners.port), serverName: nil, backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(Self.maximumConnectionCount, logger: logger)),
            onServerRunning: { channel in
                for await port in ports {
                    await ready(channel.localAddress?.port ?? 0, port)
                    break
                }
            }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await deskApplication.runService() }
            group.addTask { try await application.runService() }
            if let line { group.addTask { try await Self.remind(line.channel, line.wait) } }
            try await group.next()
            group.cancelAll()
        }
        await line?.channel.finish()
    }

    /// Fetches what was left, then looks each minute whether a reminder is due. What the store refuses now it may take a minute later.
    private static func remind(_ channel: LineChannel, _ wait: @Sendable (Int) async -> Void) async throws {
        try? await channel.resume()
        while !Task.isCancelled {
            try? await channel.remindIfDue()
            await wait(reminderPause)
        }
        // The others end by themselves; this one alone must not end them.
        try await Task.sleep(for: .seconds(.max / 2_000_000_000))
    }
}
