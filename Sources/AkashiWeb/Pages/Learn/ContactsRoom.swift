import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiVault
import Foundation

/// Somebody to reach, on a page.
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
    static func all(_ visit: Visit, ids: [String]) throws -> [ContactLine] {
        try ids.flatMap { id in try all(visit) { $0.id == id } }
    }

    private static func all(_ visit: Visit, where isWanted: (Contact) -> Bool) throws -> [ContactLine] {
        let contacts = try visit.site.environment.knowledge.contacts()
        let language = visit.language
        let now = visit.site.environment.vault.now()
        return contacts.filter(isWanted).map { contact in
            let checked = Instant(rfc3339: contact.checked + "T00:00:00+09:00")
            return ContactLine(
                name: contact.name[language], number: contact.number,
                dial: contact.dial,
                address: contact.url, hours: contact.hours?[language], note: contact.note?[language], checked: contact.checked,
                isOld: checked.map { now.milliseconds - $0.milliseconds > maximumAge * 86_400_000 } ?? true)
        }
    }
}
