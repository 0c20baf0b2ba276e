public import AkashiDesk
public import AkashiKnowledge
import AkashiModel
import AkashiVault
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// The desk as a web page for the browser of the same computer. It listens on the loopback address only.
public struct DeskServer: Sendable {
    /// How the desk runs.
    public struct Configuration: Sendable {
        /// The vault's folder; it is made when she comes in for the first time.
        public var folder: String
        /// The port; 0 for any free one.
        public var port = 0
        /// The language before she chooses one.
        public var language = Language.ja
        /// Milliseconds without a visit after which the desk locks itself.
        public var idleLimit: Int64 = 300_000
        /// `host:port` that leads to another `address:port` when a page is captured: for tests.
        public var captureOverrides: [String: String] = [:]

        /// Takes the folder.
        public init(folder: String) { self.folder = folder }
    }

    /// Headers of one request in bytes, and their number.
    private static let maximumHeaderByteCount = 16 << 10
    private static let maximumConnectionCount = 256
    private static let watchInterval: Duration = .seconds(5)

    private let site: Site
    private let configuration: Configuration

    /// Loads pages and sentences.
    ///
    /// - Throws: ``KnowledgeError``.
    public init(_ configuration: Configuration, environment: DeskEnvironment) throws {
        self.configuration = configuration
        site = try Site(configuration, environment: environment)
    }

    /// A new address that lets one browser in, once. An older one is worth nothing from then on.
    public func newAddress() -> String { "http://127.0.0.1:\(site.port)/open/\(site.sessions.newLaunchCode())" }

    /// Serves until the task is cancelled or the program is told to end.
    ///
    /// - Parameter ready: called when the port is open.
    public func run(ready: @escaping @Sendable () async -> Void) async throws {
        var logger = Logger(label: "desk") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .error
        let site = site
        let router = Router(context: DeskContext.self)
        router.add(middleware: Gate(site: site))
        Routes(site: site).add(to: router)
        let application = Application(
            router: router,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(75),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: Self.maximumHeaderByteCount, maxHeaderListSize: Self.maximumHeaderByteCount,
                        maxHeaderFieldCount: 100))),
            configuration: .init(
                address: .hostname("127.0.0.1", port: configuration.port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(Self.maximumConnectionCount, logger: logger)),
            onServerRunning: { channel in
                site.port = channel.localAddress?.port ?? 0
                await ready()
            }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.runService() }
            group.addTask { [logger] in try await ReplayServer(site: site).application(logger).runService() }
            group.addTask {
                while true {
                    try await Task.sleep(for: Self.watchInterval)
                    if site.sessions.isEmpty, await site.door.current != nil { await site.lock() }
                }
            }
            try await group.next()
            group.cancelAll()
        }
        await site.lock()
    }
}
