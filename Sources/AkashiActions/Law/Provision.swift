public import AkashiKnowledge
public import AkashiModel

/// What a law asks for, element by element: one file of `Knowledge/law/provisions`.
public struct Provision: Sendable, Decodable {
    /// What kind of rule it is.
    public enum Kind: String, Sendable, Decodable {
        /// A crime by statute.
        case crime
        /// A claim or a right between persons.
        case civil
        /// A prefecture's ordinance.
        case ordinance
    }

    /// Whether a crime is only prosecuted on complaint (親告罪).
    public enum Complaint: String, Sendable, Decodable {
        /// Only on complaint.
        case required
        /// Also without.
        case notRequired = "not-required"
        /// It was not confirmed.
        case unverified
    }

    /// One thing that the law asks for.
    public struct Element: Sendable, Decodable {
        /// Its name within the provision.
        public let id: String
        /// What the law asks for, in plain words.
        public let text: Bilingual
        /// Which records or answers may speak to it.
        public let look: [EvidenceLook]
        /// What could still be gathered.
        public let bring: Bilingual
    }

    /// Its name, such as `C1`.
    public let id: String
    /// Its name for people.
    public let name: Bilingual
    /// The article.
    public let article: String
    /// What kind of rule it is.
    public let kind: Kind
    /// The harms it may concern.
    public let harms: [Harm]
    /// Whether a complaint is needed.
    public let complaint: Complaint?
    /// The penalty, as the statute has it.
    public let penalty: String?
    /// Only where she answered so.
    public let when: FactCondition?
    /// The periods that may run.
    public let deadlines: [String]
    /// What it asks for.
    public let elements: [Element]
    /// What she should know.
    public let notes: [Bilingual]?
    /// What was not confirmed.
    public let unverified: [Unverified]?
    /// Where it was read.
    public let sources: [LawSource]
    /// When somebody looked.
    public let checked: CivilDate
}

/// A name for some records of a case, or for an answer, as data spells it (`Knowledge/law/README.md`).
public enum EvidenceLook: Sendable, Hashable, Decodable {
    /// Records under one of the harms in question.
    case harm
    /// Those that anybody could see.
    case `public`
    /// Those that were sent to her.
    case direct
    /// Those of the harm, if they lie on at least two days.
    case repeated
    /// Contacts after she refused.
    case afterRefusal
    /// Orders and reviews.
    case shop
    /// Cancelled orders.
    case losses
    /// Records with words that few can know.
    case privateWords
    /// Those of the harm with an address.
    case withAddress
    /// Those of the harm with an account.
    case withAccount
    /// Pages that were kept with a picture.
    case captured
    /// An answer.
    case fact(String)

    private static let names: [String: EvidenceLook] = [
        "harm": .harm, "public": .public, "direct": .direct, "repeated": .repeated, "after-refusal": .afterRefusal, "shop": .shop,
        "losses": .losses, "private-words": .privateWords, "with-address": .withAddress, "with-account": .withAccount,
        "captured": .captured,
    ]

    /// Reads a name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        if text.hasPrefix("fact:") {
            self = .fact(String(text.dropFirst(5)))
        } else if let named = Self.names[text] {
            self = named
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no such look: \(text)")
        }
    }
}
