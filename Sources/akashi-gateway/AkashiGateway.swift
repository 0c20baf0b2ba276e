import AkashiGateway
import AkashiKnowledge
import AkashiModel
import AkashiModeration
import AkashiVerifying
import ArgumentParser
import Foundation

/// The process that may face the internet. It takes comments in and cannot read them again.
@main
struct GatewayProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "akashi-gateway", abstract: "コメントを受け取る / Take comments for one's own site; only the desk can read them",
        discussion: """
            The desk makes the file for --configuration (`akashi gateway new`). Put a proxy that speaks TLS before --port; the desk comes to \
            --desk-port with its token. docs/gateway.md tells how to set both up.
            """)
    @Option(help: "The file that the desk made.") var configuration: String
    @Option(help: "The folder for the database. Not with --postgresql.") var folder = "akashi-gateway"
    @Flag(help: "Use the PostgreSQL server in the environment's AKASHI_GATEWAY_DATABASE (a connection string of libpq).")
    var postgresql = false
    @Option(help: "The file that the desk made for her LINE channel. Its secret and token stand in the environment.")
    var line: String?
    @Option(help: .hidden) var lineImitation: String?
    @Option(help: "The address for the internet.") var host = "127.0.0.1"
    @Option(help: "Its port; 0 for any free one.") var port = 8443
    @Option(help: "The address for the desk.") var deskHost = "127.0.0.1"
    @Option(help: "Its port; 0 for any free one.") var deskPort = 8444
    @Option(help: "Language of messages: ja or en.") var lang = "ja"

    static func main() async { await start() }

    func run() async throws {
        let knowledge = Knowledge(root: try KnowledgeLocation.find())
        do {
            Self.raiseFileLimit()
            let storage: Gateway.Storage =
                postgresql ? .postgreSQL(GatewayEnvironment.databaseAddress) : .folder(folder)
            let gateway = try await Gateway(
                try GatewayConfiguration(bytes: try Self.file(configuration)), storage, knowledge, .live)
            var listeners = GatewayServer.Listeners()
            (listeners.host, listeners.port, listeners.deskHost, listeners.deskPort) = (host, port, deskHost, deskPort)
            let host = host
            let deskHost = deskHost
            var channel: (channel: LineChannel, wait: @Sendable (Int) async -> Void)?
            if let line {
                let transport = try LineTransport.live(imitation: lineImitation)
                let configuration = try LineConfiguration(bytes: try Self.file(line))
                channel = (try LineChannel(gateway, configuration, knowledge, transport), transport.wait)
            }
            try await GatewayServer(gateway, listeners, knowledge, line: channel).run { port, deskPort in
                print("http://\(host):\(port) desk http://\(deskHost):\(deskPort)")
                fflush(nil)
            }
        } catch let error as any CodedError {
            let text = try Strings(knowledge, Language(rawValue: lang) ?? .ja).text(for: error)
            let lines = [text.what, text.evidence, text.next, "(\(error.description))"]
            FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
            throw ExitCode(ProgramExit.unusable.rawValue)
        }
    }

    private static func file(_ path: String) throws(GatewayError) -> [UInt8] {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw GatewayError(.configurationUnreadable, ["part": "file"])
        }
        return Array(bytes)
    }

    /// As many open connections as the system allows this program.
    private static func raiseFileLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
