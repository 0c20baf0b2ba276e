public import AkashiModel

/// A record, as far as deadlines and options look at it. It has no field for its words.
public struct MaterialRecord: Sendable, Hashable {
    /// The record.
    public let position: LogPosition
    /// What it is.
    public let kind: RecordKind
    /// When it is said to have happened.
    public let claimedAt: Instant?
    /// When this computer read it.
    public let observedAt: ObservedTime
    /// The account it is said to be from.
    public let account: AccountKey?
    /// Where it is said to be.
    public let url: String?
    /// What she sees in it, by itself or by its incidents.
    public let harms: Set<Harm>
    /// Whether it is from an account of her own or of somebody she trusts.
    public let isFriendly: Bool
    /// Whether it is a contact after she refused.
    public let isAfterRefusal: Bool
    /// Whether it holds words that few can know.
    public let hasPrivateWords: Bool
    /// An order's state, as the shop writes it.
    public let status: String?

    /// Takes the parts.
    public init(
        position: LogPosition, kind: RecordKind, claimedAt: Instant?, observedAt: ObservedTime, account: AccountKey?,
        url: String?,
        harms: Set<Harm>, isFriendly: Bool, isAfterRefusal: Bool, hasPrivateWords: Bool, status: String?
    ) {
        self.position = position
        self.kind = kind
        self.claimedAt = claimedAt
        self.observedAt = observedAt
        self.account = account
        self.url = url
        self.harms = harms
        self.isFriendly = isFriendly
        self.isAfterRefusal = isAfterRefusal
        self.hasPrivateWords = hasPrivateWords
        self.status = status
    }

    private static let publicKinds: Set<String> = [
        "post", "noted-post", "deleted-post", "long-post", "repost", "review", "comment", "page",
    ]
    /// Parts of the addresses of pages that only a shop's owner can open.
    private static let ownersPages = ["/admin/", "/mypage/", "/dashboard/", "/orders/", "/seller/"]

    /// Whether others could see it: something published by somebody who is not she.
    public var isPublic: Bool {
        guard Self.publicKinds.contains(kind.name), !isFriendly else { return false }
        return !Self.ownersPages.contains { url?.contains($0) ?? false }
    }

    /// Whether it was sent to her.
    public var isDirect: Bool { ["message", "mail", "order"].contains(kind.name) && !isFriendly }

    /// Whether it is an order that was given back.
    public var isCancelled: Bool {
        guard kind.name == "order", let status = status?.lowercased() else { return false }
        return ["キャンセル", "取消", "取り消し", "cancel"].contains { status.contains($0) }
    }
}

/// What is known of a case, as plain values.
public struct CaseMaterial: Sendable {
    /// A request to a platform that waits for its answer.
    public struct OpenRequest: Sendable, Hashable {
        /// Its name.
        public let id: String
        /// The platform.
        public let platform: String
        /// The day on which the platform received it.
        public let receivedOn: CivilDate
        /// Whether an answer came.
        public let isAnswered: Bool

        /// Takes the parts.
        public init(id: String, platform: String, receivedOn: CivilDate, isAnswered: Bool) {
            self.id = id
            self.platform = platform
            self.receivedOn = receivedOn
            self.isAnswered = isAnswered
        }
    }

    /// The records of the case.
    public let records: [MaterialRecord]
    /// What is known, by the names of `Knowledge/law/facts.yaml`.
    public let facts: [String: FactValue]
    /// Requests to platforms.
    public let requests: [OpenRequest]

    /// Takes the parts.
    public init(records: [MaterialRecord], facts: [String: FactValue], requests: [OpenRequest]) {
        self.records = records
        self.facts = facts
        self.requests = requests
    }

    /// The harms that she sees anywhere.
    public var harms: [Harm] {
        let all = records.reduce(into: Set<Harm>()) { $0.formUnion($1.harms) }
        return Harm.allCases.filter(all.contains)
    }

    /// Whether a question is answered with something that can be used: "not decided" and "unknown" are no answer to a need.
    func isAnswered(_ fact: String) -> Bool {
        guard let value = facts[fact]?.text else { return false }
        return !["later", "unknown"].contains(value)
    }

    /// Posts of others that she sees a harm in.
    public var posts: [MaterialRecord] { records.filter { $0.isPublic && !$0.harms.isEmpty } }

    /// Whether a condition holds.
    public func holds(_ condition: FactCondition?) -> Bool {
        condition.map { facts[$0.fact]?.text == $0.is } ?? true
    }

    /// The records that bear a name, for some harms, by time.
    public func records(_ look: EvidenceLook, harms: [Harm]) -> [LogPosition] {
        let ofHarm = records.filter { !$0.harms.isDisjoint(with: harms) && !$0.isFriendly }
        func positions(_ some: [MaterialRecord]) -> [LogPosition] {
            some.sorted { ($0.claimedAt?.milliseconds ?? .max, $0.position) < ($1.claimedAt?.milliseconds ?? .max, $1.position) }
                .map(\.position)
        }
        switch look {
        case .harm: return positions(ofHarm)
        case .public: return positions(ofHarm.filter(\.isPublic))
        case .direct: return positions(ofHarm.filter(\.isDirect))
        case .repeated:
            let days = Set(ofHarm.compactMap { $0.claimedAt.map(CivilDate.init(japan:)) })
            return days.count > 1 ? positions(ofHarm) : []
        case .afterRefusal: return positions(records.filter { $0.isAfterRefusal && !$0.isFriendly })
        case .shop: return positions(records.filter { ["order", "review"].contains($0.kind.name) })
        case .losses: return positions(records.filter(\.isCancelled))
        case .privateWords: return positions(records.filter { $0.hasPrivateWords && !$0.isFriendly })
        case .withAddress: return positions(ofHarm.filter { $0.url != nil })
        case .withAccount: return positions(ofHarm.filter { $0.account != nil })
        case .captured: return positions(records.filter { $0.kind == .page || $0.kind == .picture })
        case .fact: return []
        }
    }
}
