/// Somebody to reach: the only place that telephone numbers come from.
public struct Contact: Decodable, Sendable, Hashable {
    /// Its name in data.
    public let id: String
    /// Its name for people.
    public let name: Bilingual
    /// The number as it is printed.
    public let number: String?
    /// The address of a page.
    public let url: String?
    /// When it answers.
    public let hours: Bilingual?
    /// What it is for.
    public let note: Bilingual?
    /// What pages show it for.
    public let uses: [String]
    /// Where it comes from.
    public let source: String
    /// The day on which it was checked, `2026-11-23`.
    public let checked: String

    /// For a telephone: digits, and `#` as it is written in an address.
    public var dial: String? { number.map { $0.filter { $0.isNumber || $0 == "#" }.replacing("#", with: "%23") } }
}

extension Knowledge {
    /// Everybody to reach, in order.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public func contacts() throws(KnowledgeError) -> [Contact] { try yaml("contacts/japan.yaml") }
}
