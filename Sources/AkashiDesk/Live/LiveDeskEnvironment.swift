import AkashiAge
import AkashiConsult
import AkashiKnowledge
import AkashiModel
import AkashiVault
import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

extension DeskEnvironment {
    /// Seconds that an authority may take to answer.
    private static let stampTimeout: TimeInterval = 30
    /// A token is a few kilobytes.
    private static let maximumStampByteCount = 1 << 20
    /// Some hundred comments.
    private static let maximumGatewayByteCount = 64 << 20

    /// The real clock, randomness, disk and network.
    ///
    /// - Throws: ``KnowledgeErrorCode/missing``.
    public static func live() throws -> DeskEnvironment {
        let vault = VaultEnvironment(
            now: { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
            random: RandomBytes { count in
                var generator = SystemRandomNumberGenerator()
                var bytes: [UInt8] = []
                bytes.reserveCapacity(count + 8)
                while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes += $0 } }
                return Array(bytes.prefix(count))
            })
        var live = DeskEnvironment(vault: vault, knowledge: Knowledge(root: try KnowledgeLocation.find())) { url, query in
            var request = URLRequest(url: url, timeoutInterval: stampTimeout)
            request.httpMethod = "POST"
            request.httpBody = Data(query)
            request.setValue("application/timestamp-query", forHTTPHeaderField: "Content-Type")
            let (data, response) = try await URLSession.shared.data(for: request)
            guard (response as? HTTPURLResponse)?.statusCode == 200, data.count <= maximumStampByteCount else {
                throw URLError(.badServerResponse)
            }
            return Array(data)
        }
        live.callGateway = { method, url, token, body in
            var request = URLRequest(url: url, timeoutInterval: stampTimeout)
            request.httpMethod = method
            if method == "POST" { request.httpBody = Data(body) }
            request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            // The token goes where she said and nowhere else.
            let (data, response) = try await URLSession.shared.data(for: request, delegate: NoRedirects())
            guard let response = response as? HTTPURLResponse, data.count <= maximumGatewayByteCount else {
                throw URLError(.badServerResponse)
            }
            return (response.statusCode, Array(data))
        }
        live.modelLine = ModelLine.live()
        return live
    }

    private final class NoRedirects: NSObject, URLSessionTaskDelegate {
        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest
        ) async -> URLRequest? { nil }
    }
}
