public import AkashiKnowledge
public import AkashiModel

/// How a period is counted and what it means: one file of `Knowledge/law/deadlines`.
public struct DeadlineRule: Sendable, Decodable {
    /// What comes of it.
    public enum Kind: String, Sendable, Decodable {
        /// Something is lost when it has passed.
        case limit
        /// A guide from practice, such as how long access logs are kept.
        case mark
        /// Somebody else's duty; when it has passed she can go on.
        case duty
        /// Something takes effect.
        case effect
    }

    /// How long.
    public enum Length: Sendable, Hashable {
        /// Days.
        case days(Int)
        /// Months by the calendar.
        case months(Int)
    }

    /// Whether the day of the trigger counts.
    public enum FirstDay: String, Sendable, Decodable {
        /// It does not: Civil Code 140, Code of Criminal Procedure 55(1).
        case excluded
        /// It does: "counted from", and limitation of prosecution (Code of Criminal Procedure 55(1), proviso).
        case included
    }

    /// What happens when the last day is a day of rest.
    public enum LastDay: String, Sendable, Decodable {
        /// Nothing: it stays the last day.
        case kept
        /// The next day of work: Code of Criminal Procedure 55(3).
        case criminal
        /// The next day of work: Code of Civil Procedure 95(3).
        case civil
    }

    /// A worked example.
    public struct Example: Sendable, Decodable {
        /// The day of the trigger.
        public let from: CivilDate
        /// The last day before any extension.
        public let plain: CivilDate
        /// The last day.
        public let last: CivilDate
    }

    /// Its name, such as `D-KOK`.
    public let id: String
    /// Its name for people.
    public let name: Bilingual
    /// What comes of it.
    public let kind: Kind
    /// The fact from which it is counted, or `post`, or `requestReceived`.
    public let trigger: String
    /// How long.
    public let length: Length
    /// Whether the day of the trigger counts.
    public let firstDay: FirstDay
    /// What happens on days of rest.
    public let lastDay: LastDay
    /// What it is.
    public let about: Bilingual
    /// What is so when it has passed.
    public let after: Bilingual
    /// What to mention to a lawyer.
    public let tell: Bilingual?
    /// The provisions it is for; empty for all.
    public let provisions: [String]
    /// Only where she answered so.
    public let when: FactCondition?
    /// Where it was read.
    public let sources: [LawSource]
    /// What was not confirmed.
    public let unverified: [Unverified]
    /// When somebody looked.
    public let checked: CivilDate
    /// Worked examples.
    public let examples: [Example]

    private enum CodingKeys: String, CodingKey {
        case id, name, kind, trigger, length, firstDay, lastDay, about, after, tell, provisions, when, sources, unverified,
            checked,
            examples
    }

    private struct Count: Decodable {
        let days: Int?
        let months: Int?
        let years: Int?
    }

    /// Reads a rule. A length that names not exactly one unit is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        name = try container.decode(Bilingual.self, forKey: .name)
        kind = try container.decode(Kind.self, forKey: .kind)
        trigger = try container.decode(String.self, forKey: .trigger)
        let count = try container.decode(Count.self, forKey: .length)
        switch (count.days, count.months, count.years) {
        case (let days?, nil, nil) where days > 0: length = .days(days)
        case (nil, let months?, nil) where months > 0: length = .months(months)
        case (nil, nil, let years?) where years > 0: length = .months(12 * years)
        default:
            throw DecodingError.dataCorruptedError(forKey: .length, in: container, debugDescription: "one unit, above 0")
        }
        firstDay = try container.decode(FirstDay.self, forKey: .firstDay)
        lastDay = try container.decode(LastDay.self, forKey: .lastDay)
        about = try container.decode(Bilingual.self, forKey: .about)
        after = try container.decode(Bilingual.self, forKey: .after)
        tell = try container.decodeIfPresent(Bilingual.self, forKey: .tell)
        when = try container.decodeIfPresent(FactCondition.self, forKey: .when)
        provisions = try container.decodeIfPresent([String].self, forKey: .provisions) ?? []
        sources = try container.decode([LawSource].self, forKey: .sources)
        unverified = try container.decodeIfPresent([Unverified].self, forKey: .unverified) ?? []
        checked = try container.decode(CivilDate.self, forKey: .checked)
        examples = try container.decode([Example].self, forKey: .examples)
    }
}
