public import Foundation

/// Files of a folder, served on loopback by a program that others made, as long as the value lives.
public final class FileSite {
    /// The port.
    public let port: Int
    private let process: Process

    /// Begins to serve.
    ///
    /// - Parameter certificate: a file with a certificate and its key in PEM, for HTTPS.
    public init(_ folder: URL, certificate: URL? = nil) throws {
        let script = """
            import http.server, ssl, sys
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
            if len(sys.argv) > 1:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(sys.argv[1])
                server.socket = context.wrap_socket(server.socket, server_side=True)
            print("port %d." % server.server_port, flush=True)
            server.serve_forever()
            """
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script] + (certificate.map { [$0.path] } ?? [])
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        var said = ""
        while !said.contains(".") {
            let piece = pipe.fileHandleForReading.availableData
            if piece.isEmpty { break }
            said += String(decoding: piece, as: UTF8.self)
        }
        port = Int(said.filter(\.isNumber)) ?? 0
    }

    // Not asked to end: signals are blocked in what a test starts, all but this one.
    deinit { kill(process.processIdentifier, SIGKILL) }
}
