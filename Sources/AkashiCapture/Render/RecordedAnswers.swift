import AkashiFormats
import Foundation
import Synchronization

/// The recorded answers, found again by what is asked for.
final class RecordedAnswers: Sendable {
    private struct Line {
        var places: [Int]
        var next = 0
    }

    private struct State {
        var exact: [String: Line] = [:]
        var similar: [String: Line] = [:]
        var missing: [String] = []
        var looseCount = 0
    }

    private let exchanges: [Exchange]
    private let state: Mutex<State>

    init(_ exchanges: [Exchange]) {
        self.exchanges = exchanges
        var first = State()
        for (place, exchange) in exchanges.enumerated() where exchange.isAnswered || exchange.failure != nil {
            first.exact[Self.key(exchange.method, exchange.url, exchange.requestBody), default: Line(places: [])].places.append(
                place)
            first.similar[Self.similarKey(exchange.method, exchange.url), default: Line(places: [])].places.append(place)
        }
        state = Mutex(first)
    }

    /// The answer to a request: the same request in the same turn; otherwise a request that differs only in a number that
    /// changes each time; otherwise nothing.
    func answer(_ method: String, _ url: String, _ body: [UInt8]?) -> Exchange? {
        state.withLock { state in
            if let place = Self.take(&state.exact, Self.key(method, url, body)) { return exchanges[place] }
            if let place = Self.take(&state.similar, Self.similarKey(method, url)) {
                state.looseCount += 1
                return exchanges[place]
            }
            if state.missing.count < 100 { state.missing.append(url) }
            return nil
        }
    }

    /// Number of recorded parts of the page that nobody has asked for yet.
    var unaskedCount: Int {
        state.withLock { state in
            state.exact.values.count { line in
                guard line.next == 0, let place = line.places.first else { return false }
                let exchange = exchanges[place]
                return Self.parts.contains(exchange.purpose) && !exchange.url.hasSuffix("/favicon.ico") && !exchange.wasCancelled
            }
        }
    }

    private static let parts: Set<String> = ["Document", "Stylesheet", "Image", "Font", "Script", "XHR", "Fetch"]

    var missing: [String] { state.withLock { $0.missing } }
    var looseCount: Int { state.withLock { $0.looseCount } }

    private static func take(_ lines: inout [String: Line], _ key: String) -> Int? {
        guard var line = lines[key] else { return nil }
        let place = line.places[min(line.next, line.places.count - 1)]
        line.next += 1
        lines[key] = line
        return place
    }

    private static func key(_ method: String, _ url: String, _ body: [UInt8]?) -> String {
        let address = url.prefix { $0 != "#" }
        guard let body, !body.isEmpty else { return "\(method) \(address)" }
        return "\(method) \(address) \(String(decoding: body, as: UTF8.self))"
    }

    /// Without the values of arguments that look like a time or a number by chance, and without the body.
    private static func similarKey(_ method: String, _ url: String) -> String {
        let address = url.prefix { $0 != "#" }
        guard let mark = address.firstIndex(of: "?") else { return "\(method) \(address)" }
        let pairs = address[address.index(after: mark)...].split(separator: "&").map { pair -> String in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return parts[0].allSatisfy(\.isNumber) ? "" : String(pair) }
            let digits = parts[1].filter { $0.isHexDigit || $0 == "." || $0 == "-" }
            return digits.count == parts[1].count && parts[1].count >= 6 ? "\(parts[0])=" : String(pair)
        }
        return "\(method) \(address[..<mark])?\(pairs.joined(separator: "&"))"
    }
}
