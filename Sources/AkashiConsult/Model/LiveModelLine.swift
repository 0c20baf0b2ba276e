import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

extension ModelLine {
    /// Seconds after which a silent connection is given up, whatever else waits.
    private static let timeout: TimeInterval = 15

    /// The real network, which ``ModelAddress`` keeps on this computer.
    public static func live() -> ModelLine {
        ModelLine(
            send: { address, body in
                AsyncThrowingStream { continuation in
                    guard let url = URL(string: address) else { return continuation.finish(throwing: URLError(.badURL)) }
                    var request = URLRequest(url: url, timeoutInterval: timeout)
                    request.httpMethod = "POST"
                    request.httpBody = Data(body)
                    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
                    let session = session(Pieces(continuation))
                    let task = session.dataTask(with: request)
                    continuation.onTermination = { _ in
                        task.cancel()
                        session.invalidateAndCancel()
                    }
                    task.resume()
                }
            },
            probe: { address, origin in
                guard let url = URL(string: address) else { return nil }
                var request = URLRequest(url: url, timeoutInterval: 2)
                request.setValue(origin, forHTTPHeaderField: "Origin")
                let session = session(nil)
                defer { session.invalidateAndCancel() }
                guard let (_, response) = try? await session.data(for: request), let http = response as? HTTPURLResponse else {
                    return nil
                }
                return (http.statusCode, http.value(forHTTPHeaderField: "Access-Control-Allow-Origin"))
            },
            wait: { milliseconds in try? await Task.sleep(for: .milliseconds(milliseconds)) })
    }

    /// Without cookies, caches and a proxy: what is said to a model on this computer stays on it.
    private static func session(_ delegate: (any URLSessionDelegate)?) -> URLSession {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.connectionProxyDictionary = [:]
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        return URLSession(configuration: configuration, delegate: delegate ?? NoRedirects(), delegateQueue: nil)
    }

    private final class NoRedirects: NSObject, URLSessionTaskDelegate {
        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) { completionHandler(nil) }
    }

    private final class Pieces: NSObject, URLSessionDataDelegate {
        private let continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation

        init(_ continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation) { self.continuation = continuation }

        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) { completionHandler(nil) }

        func urlSession(
            _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
            completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
        ) {
            let isThere = (response as? HTTPURLResponse)?.statusCode == 200
            if !isThere { continuation.finish(throwing: URLError(.badServerResponse)) }
            completionHandler(isThere ? .allow : .cancel)
        }

        func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
            continuation.yield(Array(data))
        }

        func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
            continuation.finish(throwing: error)
        }
    }
}
