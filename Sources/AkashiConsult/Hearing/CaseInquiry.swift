/// What she asks of her own case.
public struct CaseInquiry: Sendable, Hashable {
    /// Somebody who is visited or was talked to.
    public enum Role: String, Sendable, Codable, CaseIterable {
        /// The police.
        case police
        /// A lawyer.
        case lawyer
        /// A platform or a shop site.
        case platform
        /// A friend or the family.
        case friend
        /// A help line or a public office.
        case helpline
    }

    /// What is asked. Only topics about the case.
    public let topic: Topic
    /// The platform it is about, as in `Knowledge/reporting`; nil for all.
    public let platform: String?
    /// Whom it is about; nil for all.
    public let role: Role?

    /// Takes the parts.
    public init(_ topic: Topic, platform: String? = nil, role: Role? = nil) {
        (self.topic, self.platform, self.role) = (topic, platform, role)
    }
}

/// Something that the case says, as values: the words around them stand in `Knowledge/consult/replies.yaml`.
public struct CaseFinding: Sendable, Hashable {
    /// Where it stands.
    public enum Source: Sendable, Hashable {
        /// A record, by its position in the ledger.
        case record(UInt64)
        /// A page of the desk, below its secret path.
        case page(String)
    }

    /// The sentence, by its key.
    public let key: String
    /// What goes into it.
    public let values: [String: String]
    /// Where it stands. Never empty.
    public let sources: [Source]

    /// Takes the parts.
    public init(_ key: String, _ values: [String: String] = [:], _ sources: [Source]) {
        (self.key, self.values, self.sources) = (key, values, sources)
    }
}
