public import AkashiModel
import Foundation

/// What she wrote about her career, once for all papers. Nothing of her case is in it.
public struct Resume: Sendable, Hashable, Codable {
    /// Something with the month in which it was.
    public struct Entry: Sendable, Hashable, Codable {
        /// The month, as `2026-11`; empty where it is not known.
        public var month: String
        /// What, in her words.
        public var text: String

        /// Takes both.
        public init(month: String, text: String) { (self.month, self.text) = (month, text) }
    }

    /// A job, or her shop.
    public struct Job: Sendable, Hashable, Codable {
        /// The employer, or the name of her shop.
        public var employer = ""
        /// Whether it is her own shop: its name leads to her, and is left out of papers that do not say where she is.
        public var isShop = false
        /// What the place does.
        public var business = ""
        /// Her place in it: form of employment, section.
        public var role = ""
        /// The first month, as `2019-04`.
        public var from = ""
        /// The last month; empty while it goes on.
        public var until = ""
        /// What she did, a line each.
        public var duties: [String] = []
        /// What came of it, a line each: numbers where there are some.
        public var results: [String] = []
        /// What she can do because of it, as names of skills.
        public var skills: [String] = []

        /// An empty one.
        public init() {}
    }

    /// A skill with what shows it.
    public struct Skill: Sendable, Hashable, Codable {
        /// What it is called.
        public var name: String
        /// What shows it.
        public var detail: String

        /// Takes both.
        public init(name: String, detail: String) { (self.name, self.detail) = (name, detail) }
    }

    /// An address, in the two parts in which it may be told.
    public struct Address: Sendable, Hashable, Codable {
        /// The postal code, as `123-4567`.
        public var postcode = ""
        /// Prefecture and city: what a paper says that names only the town.
        public var town = ""
        /// The rest of it.
        public var rest = ""
        /// How it is read.
        public var reading = ""

        /// An empty one.
        public init() {}
    }

    /// Her name.
    public var name = ""
    /// How it is read.
    public var reading = ""
    /// The day she was born, as `1990-05-14`.
    public var birth = ""
    /// Gender, in her own words, or nothing: the Ministry's form leaves it to her.
    public var gender = ""
    /// Where she lives.
    public var address = Address()
    /// Telephone.
    public var phone = ""
    /// Mail.
    public var mail = ""
    /// Where else she wants to be reached; empty for her address.
    public var contact = Address()
    /// Telephone of that place.
    public var contactPhone = ""
    /// Schools.
    public var schooling: [Entry] = []
    /// Jobs, the oldest first.
    public var jobs: [Job] = []
    /// Licences and qualifications.
    public var licences: [Entry] = []
    /// Why she applies, what she is good at.
    public var motive = ""
    /// What she wishes for: pay, work, hours, place.
    public var wishes = ""
    /// A summary of her career.
    public var summary = ""
    /// Skills.
    public var skills: [Skill] = []
    /// About herself.
    public var appeal = ""

    /// An empty one.
    public init() {}

    /// Reads what was kept; what is missing in it is empty.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) throws -> String { try values.decodeIfPresent(String.self, forKey: key) ?? "" }
        (name, reading, birth, gender) = (try text(.name), try text(.reading), try text(.birth), try text(.gender))
        address = try values.decodeIfPresent(Address.self, forKey: .address) ?? Address()
        (phone, mail, contactPhone) = (try text(.phone), try text(.mail), try text(.contactPhone))
        contact = try values.decodeIfPresent(Address.self, forKey: .contact) ?? Address()
        schooling = try values.decodeIfPresent([Entry].self, forKey: .schooling) ?? []
        jobs = try values.decodeIfPresent([Job].self, forKey: .jobs) ?? []
        licences = try values.decodeIfPresent([Entry].self, forKey: .licences) ?? []
        (motive, wishes, summary, appeal) = (try text(.motive), try text(.wishes), try text(.summary), try text(.appeal))
        skills = try values.decodeIfPresent([Skill].self, forKey: .skills) ?? []
    }

    /// Reads the form in which it is kept.
    ///
    /// - Throws: ``WorkErrorCode/resumeUnreadable``.
    public init(kept bytes: [UInt8]) throws(WorkError) {
        guard let read = try? JSONDecoder().decode(Resume.self, from: Data(bytes)) else { throw WorkError(.resumeUnreadable) }
        self = read
    }

    /// The form in which it is kept.
    public var kept: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map(Array.init) ?? []
    }
}

/// How much of where she is a paper tells.
public enum PrivacyLevel: String, Sendable, Codable, CaseIterable {
    /// No address, no photo, no name of her shop, until an interview is fixed.
    case none = "L0"
    /// The town, no more.
    case town = "L1"
    /// All of it.
    case full = "L2"
}

/// How years are written.
public enum YearStyle: String, Sendable, Codable, CaseIterable {
    /// 2026年.
    case western
    /// 令和8年.
    case era

    /// A year, with 年 behind it.
    public func year(_ year: Int, month: Int, day: Int? = nil) -> String {
        self == .era ? JapaneseEra.year(year, month: month, day: day) : "\(year)年"
    }

    /// A month such as `2026-11`, as its year and its month; nil where it is none.
    public func month(_ text: String) -> (year: String, month: String)? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count >= 2, (1900...2200).contains(parts[0]), (1...12).contains(parts[1]) else { return nil }
        return (String(year(parts[0], month: parts[1]).dropLast()), String(parts[1]))
    }

    /// A day, such as 令和8年11月29日.
    public func day(_ day: CivilDate) -> String {
        "\(year(day.year, month: day.month, day: day.day))\(day.month)月\(day.day)日"
    }
}
