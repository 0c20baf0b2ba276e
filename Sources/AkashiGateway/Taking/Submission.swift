import Foundation

/// A comment as a visitor sent it. Everything in it is a claim.
struct Submission: Sendable, Equatable {
    /// Letters of a text.
    static let maximumTextCount = 4_000
    /// Letters of a name.
    static let maximumNameCount = 60
    /// Bytes of a request.
    static let maximumByteCount = 32 << 10
    /// Letters of the sender's own id.
    static let maximumKeyCount = 200

    /// Why it is not taken. The sender is told which.
    enum Problem: String, Error, Sendable, CaseIterable {
        case unreadable
        case textMissing = "text-missing"
        case textTooLong = "text-too-long"
        case nameTooLong = "name-too-long"
        case keyTooLong = "key-too-long"
    }

    let claimedName: String
    let text: String
    /// The sender's own id of this sending; nil for none.
    let key: String?
    /// A field that people do not see was filled in.
    let fellIntoTrap: Bool

    private init(claimedName: String, text: String, key: String?, trap: String) throws(Problem) {
        // Control letters could forge the look of a page; line ends and tabs are text.
        func clean(_ words: String, keepsLines: Bool) -> String {
            var scalars = String.UnicodeScalarView()
            for scalar in words.unicodeScalars
            where (keepsLines && (scalar == "\n" || scalar == "\t"))
                || !(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
            {
                scalars.append(scalar)
            }
            let isSpace = \Unicode.Scalar.properties.isWhitespace
            while scalars.last?[keyPath: isSpace] == true { scalars.removeLast() }
            return String(scalars.drop { $0[keyPath: isSpace] })
        }
        self.claimedName = clean(claimedName, keepsLines: false)
        self.text = clean(text, keepsLines: true)
        self.key = key.flatMap { $0.isEmpty ? nil : $0 }
        fellIntoTrap = !trap.isEmpty
        guard !self.text.isEmpty else { throw .textMissing }
        guard self.text.unicodeScalars.count <= Self.maximumTextCount else { throw .textTooLong }
        guard self.claimedName.unicodeScalars.count <= Self.maximumNameCount else { throw .nameTooLong }
        guard (key?.utf8.count ?? 0) <= Self.maximumKeyCount else { throw .keyTooLong }
    }

    private struct Body: Decodable {
        let name: String?
        let text: String?
        let website: String?
    }

    /// Reads a request of the API.
    init(json: [UInt8], key: String?) throws(Problem) {
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(json)) else { throw .unreadable }
        try self.init(claimedName: body.name ?? "", text: body.text ?? "", key: key, trap: body.website ?? "")
    }

    /// Reads a form that was sent without script.
    init(form: [UInt8]) throws(Problem) {
        guard let fields = Self.fields(form) else { throw .unreadable }
        try self.init(
            claimedName: fields["name"] ?? "", text: fields["text"] ?? "", key: fields["key"], trap: fields["website"] ?? "")
    }

    /// The fields of `application/x-www-form-urlencoded` (WHATWG URL, 5.1); nil where it is none.
    static func fields(_ form: [UInt8]) -> [String: String]? {
        guard let text = String(validating: form, as: UTF8.self) else { return nil }
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(parts[0]), let value = decoded(parts.count > 1 ? parts[1] : "") else { return nil }
            fields[name] = value
        }
        return fields
    }

    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }
}

/// Where a comment belongs: the name of a page, as its address has it.
struct ThreadName: Sendable, Hashable {
    static let maximumCount = 80
    let name: String

    /// Letters of any script, digits and `-._~`.
    init?(_ name: String) {
        guard !name.isEmpty, name.unicodeScalars.count <= Self.maximumCount,
            name.unicodeScalars.allSatisfy({
                $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-._~ー々".unicodeScalars.contains($0)
            }),
            !name.hasPrefix(".")
        else { return nil }
        self.name = name
    }
}
