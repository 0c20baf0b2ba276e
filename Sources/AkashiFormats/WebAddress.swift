/// Parts of an address, read without judging it: archives hold addresses that are none.
public enum WebAddress {
    /// The host, in small letters; empty if there is none.
    public static func host(of address: String) -> String {
        guard let start = address.firstRange(of: "://") else { return "" }
        let authority = address[start.upperBound...].prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@").last ?? authority
        return host.split(separator: ":").first.map { $0.lowercased() } ?? ""
    }

    /// The path, from its first `/` on and without query and fragment; `/` if there is none.
    public static func path(of address: String) -> String {
        guard let start = address.firstRange(of: "://") else { return "/" }
        let rest = address[start.upperBound...].prefix { !"?#".contains($0) }
        return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
    }

    /// The address without what stands behind `#`.
    public static func withoutFragment(_ address: String) -> String { String(address.prefix { $0 != "#" }) }
}
