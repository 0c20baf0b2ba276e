import AkashiTesting
import Foundation
import Testing

@testable import AkashiGateway

/// The databases that a gateway can write to, each empty.
enum StoreKind: String, CaseIterable, Sendable {
    case sqlite
    case postgreSQL

    /// Those that this build has.
    static var built: [StoreKind] {
        #if PostgreSQL
        allCases
        #else
        [.sqlite]
        #endif
    }
}

/// A place for a gateway to write, for the length of a scope.
final class StorePlace {
    let storage: Gateway.Storage
    private let folder: TemporaryFolder
    private let server: PostgreSQLServer?

    init(_ kind: StoreKind) throws {
        folder = try TemporaryFolder()
        switch kind {
        case .sqlite:
            server = nil
            storage = .folder(folder.url.appending(path: "gateway").path)
        case .postgreSQL:
            let server = try PostgreSQLServer()
            self.server = server
            storage = .postgreSQL(server.address)
        }
    }

    /// Every file that the database wrote.
    var files: URL { server?.data ?? folder.url }

    func open() async throws -> any CommentStore {
        switch storage {
        case .folder(let folder): return try SQLiteStore(folder: folder)
        case .postgreSQL(let address):
            #if PostgreSQL
            return try await PostgreSQLStore(address)
            #else
            throw GatewayError(.noPostgreSQL, ["address": address])
            #endif
        }
    }
}

/// A real server in a folder of its own, reached by a socket in it only. It ends with the tests, however they end.
final class PostgreSQLServer {
    let address: String
    let data: URL
    private let folder: TemporaryFolder
    private let programs: String
    private var process = Process()

    init() throws {
        folder = try TemporaryFolder()
        data = folder.url.appending(path: "data")
        let found = try Command.run("sh", ["-c", "ls -d /usr/lib/postgresql/*/bin | tail -1"]).text
        programs = found.trimmingCharacters(in: .whitespacesAndNewlines)
        address = "host=\(folder.url.path) user=postgres dbname=postgres"
        if getuid() == 0 { #expect(try Command.run("chown", ["postgres", folder.url.path]).status == 0) }
        let arguments = ["-D", data.path, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        let made = try Command.run("setpriv", Self.user + [programs + "/initdb"] + arguments)
        try #require(made.status == 0, "\(made.text) \(made.errors)")
        try start()
    }

    deinit { stop() }

    /// Pulls the plug and starts it again.
    func crash() throws {
        stop()
        try start()
    }

    private func start() throws {
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        process.arguments =
            Self.user + [
                "--pdeathsig=KILL", programs + "/postgres", "-D", data.path, "-k", folder.url.path, "-c", "listen_addresses=",
            ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let asked = try Command.run(
            "sh",
            [
                "-c",
                "for i in $(seq 200); do \(programs)/pg_isready -q -h '\(folder.url.path)' && exit 0; sleep 0.05; done; exit 1",
            ])
        try #require(asked.status == 0, "the server did not come up")
    }

    /// At once, and nothing is put in order first.
    private func stop() {
        kill(process.processIdentifier, SIGQUIT)
        process.waitUntilExit()
    }

    /// The server refuses to run as root.
    private static let user = getuid() == 0 ? ["--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
}
