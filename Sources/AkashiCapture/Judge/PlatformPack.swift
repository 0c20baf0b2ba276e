import AkashiFormats

/// What is known of one site: data in `Knowledge/platforms`.
public struct PlatformPack: Decodable, Sendable {
    /// Where a post's address says which post it is and of whom.
    public struct Post: Decodable, Sendable {
        /// A regular expression over path and query, with the groups `post` and, where it can, `account`.
        public let pattern: String
    }

    /// CSS selectors in the page of one post.
    public struct Selectors: Decodable, Sendable {
        /// The author's link or name.
        public var author: String?
        /// The time of the post, with `datetime` where there is one.
        public var time: String?
        /// The words of the post.
        public var text: String?

        init() {}
    }

    /// Its id, the same as ``Platform`` has it.
    public let id: String
    /// Hosts, each with what stands before it (`www.`, `m.`) too; with a path where the site is a part of a larger one (`google.com/maps`).
    public let hosts: [String]
    /// Addresses of single posts.
    public let posts: [Post]
    /// Where things stand in a post's page.
    public let selectors: Selectors
    /// Words on a page that asks to log in.
    public let walls: [String]
    /// Beginnings of paths that such pages have.
    public let wallPaths: [String]
    /// Words on a page that says that something went wrong or is gone.
    public let failures: [String]
    /// Words on a page that has not come yet.
    public let loading: [String]

    private enum CodingKeys: String, CodingKey { case id, hosts, posts, selectors, walls, wallPaths, failures, loading }

    /// Reads a pack; what is left out is empty.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        hosts = try container.decodeIfPresent([String].self, forKey: .hosts) ?? []
        posts = try container.decodeIfPresent([Post].self, forKey: .posts) ?? []
        selectors = try container.decodeIfPresent(Selectors.self, forKey: .selectors) ?? Selectors()
        walls = try container.decodeIfPresent([String].self, forKey: .walls) ?? []
        wallPaths = try container.decodeIfPresent([String].self, forKey: .wallPaths) ?? []
        failures = try container.decodeIfPresent([String].self, forKey: .failures) ?? []
        loading = try container.decodeIfPresent([String].self, forKey: .loading) ?? []
    }

    /// Whether an address is this site's.
    public func holds(_ address: String) -> Bool {
        let host = WebAddress.host(of: address)
        return hosts.contains { site in
            let parts = site.split(separator: "/", maxSplits: 1)
            guard let name = parts.first, host == name || host.hasSuffix("." + name) else { return false }
            return parts.count == 1 || WebAddress.path(of: address).hasPrefix("/" + parts[1])
        }
    }
}
