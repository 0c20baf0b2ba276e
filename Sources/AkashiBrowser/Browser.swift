import Foundation
import Subprocess
import Synchronization

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// A Chromium that runs as long as a scope. It is spoken to through a pipe: no port is open, and it ends with the pipe.
///
/// Pages and results pass through the pipe too, so that no evidence lies in a temporary file.
public struct Browser: Sendable {
    /// Names under which Chromium is installed.
    private static let programs = ["chromium", "chromium-browser", "google-chrome"]
    /// Seconds that one printed document may take.
    private static let timeLimit: Duration = .seconds(180)

    /// The program's path.
    public let program: String

    /// Finds Chromium.
    ///
    /// - Throws: ``BrowserError/missing(_:)``.
    public init() throws(BrowserError) {
        let folders = ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome"]
        let found = folders.flatMap { folder in Self.programs.map { "\(folder)/\($0)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let found else { throw .missing("chromium") }
        program = found
    }

    /// Takes a program at another place.
    public init(program: String) { self.program = program }

    /// Prints a page to PDF: A4, no network, no script. What the page needs is inside it.
    ///
    /// - Parameter html: the whole page; page numbers come from its `@page` rules.
    public func pdf(html: String) async throws -> [UInt8] {
        guard let printed = try await pdfs(html: [html]).first else { throw BrowserError.ended }
        return printed
    }

    /// Prints pages to PDF, one after the other in the same browser.
    public func pdfs(html pages: [String]) async throws -> [[UInt8]] {
        try await withTab(BrowserOptions(reach: .nothing, timeLimit: Self.timeLimit)) { tab in
            // A paper has no script; if something slipped in, it would not run.
            try await tab.send("Emulation.setScriptExecutionDisabled", ["value": .bool(true)])
            let frame = try await tab.send("Page.getFrameTree")["frameTree"]?["frame"]?["id"] ?? .null
            var printed: [[UInt8]] = []
            for html in pages {
                try await tab.send("Page.setDocumentContent", ["frameId": frame, "html": .string(html)])
                // Layout is asked for once, so that pictures in the page are decoded before it is printed.
                try await tab.send("Page.getLayoutMetrics")
                let answer = try await tab.send(
                    "Page.printToPDF",
                    [
                        "printBackground": .bool(true), "preferCSSPageSize": .bool(true), "generateTaggedPDF": .bool(true),
                        "generateDocumentOutline": .bool(true),
                    ])
                guard let data = answer["data"]?.text.flatMap({ Data(base64Encoded: $0) }) else { throw BrowserError.ended }
                printed.append(Array(data))
            }
            return printed
        }
    }

    /// A new folder that nobody else can read or has made before.
    private static func makeProfile() throws -> URL {
        var template = Array(FileManager.default.temporaryDirectory.appending(path: "akashi-browser-XXXXXX").path.utf8CString)
        guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
        return URL(filePath: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    /// Runs a browser with one page as long as a scope. When the scope ends, or is cancelled, or takes too long, the browser
    /// and everything that it started is gone.
    ///
    /// - Throws: what `body` throws, or ``BrowserError``.
    public func withTab<Value: Sendable>(
        _ options: BrowserOptions = BrowserOptions(), _ body: @escaping @Sendable (BrowserTab) async throws -> Value
    ) async throws -> Value {
        let profile = try Self.makeProfile()
        defer { try? FileManager.default.removeItem(at: profile) }
        let (launcher, arguments) = try launch(profile, options)
        let outcome = try await Subprocess.run(
            .path(FilePath(launcher)), arguments: Arguments(arguments), environment: Self.environment(profile),
            platformOptions: Self.platformOptions, input: .inputWriter, output: .sequence, error: .discarded
        ) { execution in
            let writer = execution.standardInputWriter
            let output = execution.standardOutput
            let connection = DevToolsConnection { command in try await Self.send(command, writer) }
            // Its profile is thrown away: it is not asked to tidy up, but ended with everything that it started.
            return try await Self.drive(output, connection, options, body) {
                await execution.teardown(using: [
                    .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(200))
                ])
            }
        }
        return outcome.closureResult
    }

    /// Reads what the browser says while the scope runs, and ends with whichever ends first.
    private static func drive<Value: Sendable>(
        _ output: SubprocessOutputSequence, _ connection: DevToolsConnection, _ options: BrowserOptions,
        _ body: @escaping @Sendable (BrowserTab) async throws -> Value, end: () async -> Void
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                defer { connection.close() }
                var received: [UInt8] = []
                for try await piece in output {
                    let seen = received.count
                    piece.withUnsafeBytes { received += $0 }
                    for message in DevToolsMessage.take(from: &received, after: seen) { connection.receive(message) }
                }
                return nil
            }
            group.addTask { try await body(BrowserTab(connection)) }
            if let limit = options.timeLimit {
                group.addTask {
                    try await Task.sleep(for: limit)
                    throw BrowserError.tooSlow
                }
            }
            do {
                let value = try await withTaskCancellationHandler {
                    while let value = try await group.next() { if let value { return value } }
                    throw BrowserError.ended
                } onCancel: {
                    connection.close()
                }
                group.cancelAll()
                await end()
                return value
            } catch {
                // Whoever waits for an answer gets none any more: nobody may be left waiting for ever.
                connection.close()
                group.cancelAll()
                await end()
                throw error
            }
        }
    }

    /// A process group of its own, so that it can be ended whole.
    private static var platformOptions: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        return options
    }

    private static func environment(_ profile: URL) -> Environment {
        Environment.inherit.updating(["HOME": profile.path, "TMPDIR": profile.path, "TZ": "Asia/Tokyo"])
    }

    /// How Chromium is started: the first program, and its arguments.
    private func launch(_ profile: URL, _ options: BrowserOptions) throws -> (String, [String]) {
        // Chromium refuses to run as root with its sandbox on, and the sandbox matters more than the account. The change
        // of account is left to setpriv: done by this process after a fork, glibc's setgroups can wait for ever for
        // threads that the child does not have.
        var launcher = ["/bin/sh"]
        if getuid() == 0 {
            let nobody: uid_t = 65_534
            guard chown(profile.path, nobody, nobody) == 0 else { throw BrowserError.missing("profile") }
            launcher = ["/usr/bin/setpriv", "--reuid=\(nobody)", "--regid=\(nobody)", "--clear-groups", "/bin/sh"]
        }
        let arguments =
            Array(launcher.dropFirst()) + [
                "-c", "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>&2", program, "--headless=new", "--remote-debugging-pipe",
                "--user-data-dir=\(profile.path)", "--no-first-run", "--disable-gpu", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-breakpad",
                "--lang=ja-JP",
            ] + options.arguments
        return (launcher[0], arguments)
    }

    private static func send(_ command: [UInt8], _ writer: StandardInputWriter) async throws {
        var rest = command[...]
        while !rest.isEmpty {
            let count = try await writer.write(Array(rest))
            rest = rest.dropFirst(count)
        }
    }
}
