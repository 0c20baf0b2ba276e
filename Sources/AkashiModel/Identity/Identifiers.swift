/// The position of an entry in the vault's ledger, from 0. It is given once and never changes, so it names the entry.
public struct LogPosition: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// 0 for the first entry.
    public let index: UInt64

    /// Names the entry at an index.
    public init(_ index: UInt64) { self.index = index }

    /// The index in decimal digits.
    public var description: String { String(index) }

    /// Orders by age in the ledger.
    public static func < (left: Self, right: Self) -> Bool { left.index < right.index }

    /// Reads the bare number.
    public init(from decoder: any Decoder) throws {
        index = try decoder.singleValueContainer().decode(UInt64.self)
    }

    /// Writes the bare number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(index)
    }
}

/// A name made by the program for something the person made: a case, an incident, a consultation.
///
/// ASCII lower-case letters, digits and hyphens, such as `case-4k7m2`; never her words, so that it may stand in logs.
public struct Handle<Kind>: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The text of the name.
    public let text: String

    /// Takes a name; nil unless it is 1 to 40 characters of `a-z`, `0-9` and `-`.
    public init?(_ text: String) {
        let allowed = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        guard allowed, (1...40).contains(text.utf8.count) else { return nil }
        self.text = text
    }

    /// The text of the name.
    public var description: String { text }

    /// Reads the bare text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let handle = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a handle")
        }
        self = handle
    }

    /// Writes the bare text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Marks handles of cases.
public enum CaseKind {}
/// Marks handles of incidents.
public enum IncidentKind {}
/// Marks handles of consultations.
public enum ConsultationKind {}
/// Marks handles of persons.
public enum PersonKind {}
/// Marks handles of requests to platforms.
public enum PlatformRequestKind {}
/// Marks handles of applications for work.
public enum JobApplicationKind {}

/// A case: what one dossier is about.
public typealias CaseID = Handle<CaseKind>
/// An incident: some records that belong together, with the harms she sees in them.
public typealias IncidentID = Handle<IncidentKind>
/// A talk with a friend, a lawyer, the police, a platform.
public typealias ConsultationID = Handle<ConsultationKind>
/// Accounts that she takes to be one person's. Nobody else does.
public typealias PersonID = Handle<PersonKind>
/// A request to a platform.
public typealias RequestID = Handle<PlatformRequestKind>
/// An application for work.
public typealias ApplicationID = Handle<JobApplicationKind>
