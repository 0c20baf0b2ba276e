public import AkashiModel

/// Where a model on this computer answers: an OpenAI-compatible endpoint on loopback, such as llama.cpp's server or Ollama.
public struct ModelAddress: Sendable, Hashable {
    /// `http://127.0.0.1:8080`, without a path.
    public let origin: String
    /// The path before `/chat/completions`.
    public let path: String

    /// Takes an address that she typed. Everything that is not this computer is refused.
    ///
    /// - Throws: ``ConsultErrorCode/modelNotHere``.
    public init(_ text: String) throws(ConsultError) {
        // A host is compared as it is written: a name could lead anywhere.
        let form = /^(http):\/\/(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::(\d{1,5}))?(\/[A-Za-z0-9._~\/-]*)?$/
        guard let match = text.trimmingPrefix(while: \.isWhitespace).wholeMatch(of: form), !text.contains("..") else {
            throw ConsultError(.modelNotHere)
        }
        let port = match.3.map { Int($0) ?? 0 } ?? 80
        guard (1...65_535).contains(port) else { throw ConsultError(.modelNotHere) }
        let host = match.2 == "localhost" ? "127.0.0.1" : String(match.2)
        guard host.split(separator: ".").dropFirst().allSatisfy({ (Int($0) ?? 999) < 256 }) || host == "[::1]" else {
            throw ConsultError(.modelNotHere)
        }
        origin = "http://\(host):\(port)"
        let given = match.4.map(String.init) ?? ""
        let clean = given.hasSuffix("/") ? String(given.dropLast()) : given
        path = clean.isEmpty ? "/v1" : clean
    }

    /// What is asked for words.
    var completions: String { origin + path + "/chat/completions" }
    /// What says which models are there.
    var models: String { origin + path + "/models" }
    /// As it is kept.
    public var text: String { origin + path }
}
