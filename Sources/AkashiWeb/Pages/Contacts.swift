import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiVault
import Foundation

/// Somebody to turn to, as `Knowledge/contacts` has it. Numbers come from there only.
struct Contact: Decodable, Sendable {
    let id: String
    let name: [String: String]
    let number: String?
    let url: String?
    let hours: [String: String]?
    let note: [String: String]?
    let uses: [String]
    let source: String
    let checked: String
}

/// The same on a page.
struct ContactLine: Sendable {
    let name: String
    let number: String?
    /// Digits only, for a telephone.
    let dial: String?
    let address: String?
    let hours: String?
    let note: String?
    let checked: String
    let isOld: Bool

    /// Days after which a number is shown with a warning.
    private static let maximumAge: Int64 = 180

    /// Those that are for a use.
    static func all(_ visit: Visit, use: String) throws -> [ContactLine] { try all(visit) { $0.uses.contains(use) } }

    /// Those of some names, in their order.
    static func all(_ visit: Visit, ids: [String]) throws -> [ContactLine] { try all(visit) { ids.contains($0.id) } }

    /// All, by their names in data.
    static func byID(_ visit: Visit) throws -> [String: ContactLine] {
        let contacts: [Contact] = try visit.site.environment.knowledge.yaml("contacts/japan.yaml")
        return Dictionary(zip(contacts.map(\.id), try all(visit) { _ in true })) { one, _ in one }
    }

    private static func all(_ visit: Visit, where isWanted: (Contact) -> Bool) throws -> [ContactLine] {
        let contacts: [Contact] = try visit.site.environment.knowledge.yaml("contacts/japan.yaml")
        let language = visit.language.rawValue
        let now = visit.site.environment.vault.now()
        return contacts.filter(isWanted).map { contact in
            let checked = Instant(rfc3339: contact.checked + "T00:00:00+09:00")
            return ContactLine(
                name: contact.name[language] ?? contact.id, number: contact.number,
                dial: contact.number.map { $0.filter { $0.isNumber || $0 == "#" }.replacing("#", with: "%23") },
                address: contact.url, hours: contact.hours?[language], note: contact.note?[language], checked: contact.checked,
                isOld: checked.map { now.milliseconds - $0.milliseconds > maximumAge * 86_400_000 } ?? true)
        }
    }
}
