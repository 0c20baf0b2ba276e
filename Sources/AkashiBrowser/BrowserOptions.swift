/// How a browser is started.
public struct BrowserOptions: Sendable {
    /// What it can reach.
    public enum Reach: Sendable {
        /// Nothing at all.
        case nothing
        /// This computer only.
        case loopback
        /// Only what a SOCKS5 proxy on loopback lets through; names are looked up there too.
        case proxy(port: Int)
    }

    /// What it can reach.
    public var reach: Reach
    /// How long it may run; then it is ended.
    public var timeLimit: Duration?
    /// The name that it gives itself; nil for Chromium's own.
    public var userAgent: String?
    /// Whether pages of many sites share one process, so that one session sees all frames.
    public var sharesProcess: Bool
    /// Whether extensions may be loaded by a command.
    public var allowsExtensions: Bool
    /// Keys of servers that are trusted without an authority: SHA-256 of the public key (SPKI) in base64. For tests.
    public var trustedKeys: [String] = []

    /// Takes the parts.
    public init(
        reach: Reach = .loopback, timeLimit: Duration? = nil, userAgent: String? = "Akashi", sharesProcess: Bool = false,
        allowsExtensions: Bool = false
    ) {
        self.reach = reach
        self.timeLimit = timeLimit
        self.userAgent = userAgent
        self.sharesProcess = sharesProcess
        self.allowsExtensions = allowsExtensions
    }

    var arguments: [String] {
        var arguments: [String] = []
        switch reach {
        case .nothing:
            // Twice: no name is found, and what goes by number goes to a proxy that is not there.
            arguments += ["--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=socks5://127.0.0.1:9"]
            arguments.append("--proxy-bypass-list=<-loopback>")
        case .loopback: arguments.append("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost")
        case .proxy(let port):
            arguments += ["--proxy-server=socks5://127.0.0.1:\(port)", "--proxy-bypass-list=<-loopback>"]
            arguments.append("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
            // Nothing that does not go through the proxy: no QUIC, no WebRTC over UDP.
            arguments += ["--disable-quic", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp"]
        }
        // Chromium writes this name into PDFs: it says nothing of the computer.
        if let userAgent { arguments.append("--user-agent=\(userAgent)") }
        var disabled = ["MediaRouter", "OptimizationHints", "Translate"]
        if sharesProcess {
            arguments.append("--disable-site-isolation-trials")
            disabled += ["IsolateOrigins", "site-per-process"]
        }
        arguments.append("--disable-features=\(disabled.joined(separator: ","))")
        if !trustedKeys.isEmpty {
            arguments.append("--ignore-certificate-errors-spki-list=\(trustedKeys.joined(separator: ","))")
        }
        if allowsExtensions { arguments.append("--enable-unsafe-extension-debugging") }
        return arguments
    }
}
