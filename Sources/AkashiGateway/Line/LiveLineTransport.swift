public import AkashiModel
import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

extension LineTransport {
    private static let secretName = "AKASHI_LINE_CHANNEL_SECRET"
    private static let tokenName = "AKASHI_LINE_CHANNEL_TOKEN"
    private static let timeout: TimeInterval = 30

    /// The real network. Secret and token stand in the environment, never in an argument or a file of ours.
    ///
    /// - Parameter imitation: an origin on loopback that stands for LINE's servers in tests; nil for LINE's own.
    /// - Throws: ``GatewayErrorCode/lineSecretMissing``.
    public static func live(imitation: String?) throws(GatewayError) -> LineTransport {
        let environment = ProcessInfo.processInfo.environment
        guard let secret = environment[secretName], let token = environment[tokenName], !secret.isEmpty, !token.isEmpty else {
            throw GatewayError(.lineSecretMissing, ["names": "\(secretName), \(tokenName)"])
        }
        if let imitation, imitation.wholeMatch(of: /http:\/\/127\.0\.0\.1:\d{1,5}/) == nil {
            throw GatewayError(.configurationUnreadable, ["part": "line"])
        }
        return LineTransport(
            secret: secret, origins: imitation.map { ($0, $0) } ?? line,
            call: { method, address, headers, body, most in
                guard let url = URL(string: address) else { return nil }
                var request = URLRequest(url: url, timeoutInterval: timeout)
                request.httpMethod = method
                if method == "POST" { request.httpBody = Data(body) }
                for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
                request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
                guard let (data, response) = try? await URLSession.shared.data(for: request, delegate: NoRedirects()),
                    let http = response as? HTTPURLResponse
                else { return nil }
                return Answer(
                    status: http.statusCode, type: http.value(forHTTPHeaderField: "Content-Type"),
                    body: data.count <= most ? Array(data) : nil)
            },
            wait: { milliseconds in try? await Task.sleep(for: .milliseconds(milliseconds)) })
    }

    /// The token goes to LINE and nowhere else.
    private final class NoRedirects: NSObject, URLSessionTaskDelegate {
        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest
        ) async -> URLRequest? { nil }
    }
}
