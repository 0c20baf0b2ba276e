/// Where an account lives. An open list: a new importer brings a new name without touching this file.
public struct Platform: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    /// A lower-case ASCII name such as `x` or `line`.
    public let name: String

    /// Takes a lower-case ASCII name.
    public init(_ name: String) { self.name = name }

    /// X, formerly Twitter.
    public static let x = Platform("x")
    /// LINE talks.
    public static let line = Platform("line")
    /// Mail addresses.
    public static let mail = Platform("mail")
    /// Files with no platform.
    public static let file = Platform("file")

    /// The name.
    public var description: String { name }

    /// Orders by name.
    public static func < (left: Self, right: Self) -> Bool { left.name < right.name }

    /// Reads the bare name.
    public init(from decoder: any Decoder) throws {
        name = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the bare name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}

/// The account that a source says something is from. Who sits behind it, the source does not say.
public struct ClaimedAccount: Hashable, Sendable, Codable {
    /// Where the account lives.
    public let platform: Platform
    /// The platform's own lasting number for it, as text, because numbers above 2^53 break in many programs.
    public let id: String?
    /// The handle without `@`, as it was when the source was made. Handles change and are taken over by others.
    public let handle: String?
    /// The name shown, as it was when the source was made. On LINE it is what the exporter calls the other person.
    public let displayName: String?

    /// Takes what the source says.
    public init(platform: Platform, id: String? = nil, handle: String? = nil, displayName: String? = nil) {
        self.platform = platform
        self.id = id
        self.handle = handle
        self.displayName = displayName
    }

    /// What stays the same when the account is renamed: the id if the source has it, else the handle, else the name.
    public var key: AccountKey {
        if let id { return AccountKey(platform: platform, form: .id, value: id) }
        if let handle { return AccountKey(platform: platform, form: .handle, value: handle.lowercased()) }
        return AccountKey(platform: platform, form: .name, value: displayName ?? "")
    }
}

/// What one account is told apart by.
public struct AccountKey: Hashable, Sendable, Codable, CustomStringConvertible {
    /// What kind of name the value is.
    public enum Form: String, Sendable, Codable {
        /// The platform's lasting number.
        case id
        /// A handle, lower-case.
        case handle
        /// A shown name: two people may have the same.
        case name
    }

    /// Where the account lives.
    public let platform: Platform
    /// What kind of name the value is.
    public let form: Form
    /// The number, handle or name.
    public let value: String

    /// Takes the parts.
    public init(platform: Platform, form: Form, value: String) {
        self.platform = platform
        self.form = form
        self.value = value
    }

    /// Reads `x:id:123`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let form = Form(rawValue: String(parts[1])) else { return nil }
        self.init(platform: Platform(String(parts[0])), form: form, value: String(parts[2]))
    }

    /// `x:id:123`
    public var description: String { "\(platform):\(form.rawValue):\(value)" }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let key = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an account key")
        }
        self = key
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
