/// Which column of a table says what. For known shops it is data (`Knowledge/marketplaces`); for any other table she is asked
/// once, and her answer is kept in the ledger.
public struct TableMapping: Hashable, Sendable, Codable {
    /// In which order the parts of a date stand where it is only numbers.
    public enum DateOrder: String, Sendable, Codable {
        /// 2026/11/14
        case yearFirst = "ymd"
        /// 12/31/26
        case monthFirst = "mdy"
        /// 31/12/26
        case dayFirst = "dmy"
    }

    /// Its name, such as `minne-orders`.
    public var id: String
    /// Where the accounts live, such as `minne`.
    public var platform: String
    /// `order`, `review` or another kind of record.
    public var kind: String
    /// Columns that must all be there.
    public var recognise: [String]
    /// Columns that together tell one thing from all others; empty means the whole row.
    public var key: [String]
    /// When it is said to have happened; the first of these columns that is filled.
    public var time: [String]
    /// How dates in numbers are written.
    public var dateOrder: DateOrder?
    /// The account's lasting number.
    public var accountID: String?
    /// The account's shown name.
    public var accountName: String?
    /// The account's handle or address.
    public var accountHandle: String?
    /// The words of the person: a message to the shop, a review.
    public var text: [String]
    /// Stars, 1…5.
    public var stars: String?
    /// Where it is on the net.
    public var url: String?
    /// The column whose beginning is a prefecture.
    public var area: String?
    /// Further columns that are kept, under the name in the record.
    public var details: [String: String]
    /// Columns that say who somebody is and where they live: never in a record, only in the sealed file.
    public var hidden: [String]

    /// Takes the parts.
    public init(
        id: String, platform: String, kind: String, recognise: [String], key: [String] = [], time: [String] = [],
        dateOrder: DateOrder? = nil, accountID: String? = nil, accountName: String? = nil, accountHandle: String? = nil,
        text: [String] = [], stars: String? = nil, url: String? = nil, area: String? = nil, details: [String: String] = [:],
        hidden: [String] = []
    ) {
        self.id = id
        self.platform = platform
        self.kind = kind
        self.recognise = recognise
        self.key = key
        self.time = time
        self.dateOrder = dateOrder
        self.accountID = accountID
        self.accountName = accountName
        self.accountHandle = accountHandle
        self.text = text
        self.stars = stars
        self.url = url
        self.area = area
        self.details = details
        self.hidden = hidden
    }

    private enum CodingKeys: String, CodingKey {
        case id, platform, kind, recognise, key, time, dateOrder, accountID, accountName, accountHandle, text, stars, url, area,
            details, hidden
    }

    /// Reads a mapping; what is left out is empty.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        platform = try container.decode(String.self, forKey: .platform)
        kind = try container.decode(String.self, forKey: .kind)
        recognise = try container.decode([String].self, forKey: .recognise)
        key = try container.decodeIfPresent([String].self, forKey: .key) ?? []
        time = try container.decodeIfPresent([String].self, forKey: .time) ?? []
        dateOrder = try container.decodeIfPresent(DateOrder.self, forKey: .dateOrder)
        accountID = try container.decodeIfPresent(String.self, forKey: .accountID)
        accountName = try container.decodeIfPresent(String.self, forKey: .accountName)
        accountHandle = try container.decodeIfPresent(String.self, forKey: .accountHandle)
        text = try container.decodeIfPresent([String].self, forKey: .text) ?? []
        stars = try container.decodeIfPresent(String.self, forKey: .stars)
        url = try container.decodeIfPresent(String.self, forKey: .url)
        area = try container.decodeIfPresent(String.self, forKey: .area)
        details = try container.decodeIfPresent([String: String].self, forKey: .details) ?? [:]
        hidden = try container.decodeIfPresent([String].self, forKey: .hidden) ?? []
    }
}
