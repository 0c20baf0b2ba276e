public import AkashiModel
public import Foundation

/// Tells which addresses may be visited at all. What a name leads to is checked again, by ``GuardedProxy``, for every connection.
public enum AddressGuard {
    /// Names that never leave a building.
    private static let innerSuffixes = [
        "localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "test", "invalid", "onion",
    ]

    /// Reads an address that she typed.
    ///
    /// - Parameter allowed: `host:port` of test servers that are exempt.
    /// - Throws: ``CaptureErrorCode/addressRefused`` with the reason.
    public static func check(_ text: String, allowed: Set<String> = []) throws(CaptureError) -> URL {
        let typed = text.filter { !$0.isNewline && $0 != "\t" }.trimmingCharacters(in: .whitespaces)
        guard typed.utf8.count <= 8_000, let url = URL(string: typed), let scheme = url.scheme?.lowercased() else {
            throw refusal("form")
        }
        guard ["http", "https"].contains(scheme) else { throw refusal("scheme") }
        guard url.user == nil, url.password == nil else { throw refusal("user") }
        guard let host = url.host(percentEncoded: false)?.lowercased(), !host.isEmpty else { throw refusal("form") }
        let port = url.port ?? (scheme == "https" ? 443 : 80)
        if allowed.contains("\(host):\(port)") { return url }
        guard isOutside(host: host) else { throw refusal("inside") }
        return url
    }

    /// Whether a host may be asked for: a name of the open internet, or a public number in its plain form.
    static func isOutside(host: String) -> Bool {
        let name = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]."))
        if let address = IPAddress(name) { return address.isPublic }
        guard !name.contains(":"), !name.isEmpty, name.utf8.count <= 253 else { return false }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let last = labels.last else { return false }
        // 2130706433, 0x7f.1, 0177.0.0.1: browsers read a host as a number if its last part is one.
        if last.allSatisfy({ $0.isASCII && $0.isNumber }) || last.hasPrefix("0x") { return false }
        return !innerSuffixes.contains { name == $0 || name.hasSuffix("." + $0) }
    }

    private static func refusal(_ reason: String) -> CaptureError { CaptureError(.addressRefused, ["reason": reason]) }
}
