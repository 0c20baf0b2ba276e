import AkashiActions
import AkashiCapture
import AkashiCasework
import AkashiDocuments
import AkashiFormats
import AkashiKnowledge
import AkashiModel

/// Which platform a post stands on: by its address, else by its account.
struct PostPlaces {
    /// A platform, or a site that has no pack.
    struct Place: Hashable {
        /// As in `Knowledge/reporting`, or the site's host.
        let id: String
        /// Its name for people.
        let name: String
    }

    private let packs: [PlatformPack]
    private let reporting: [ReportingPack]
    private let kinds: StringTable

    private let parties: [CaseFile.Party]

    init(_ packs: [PlatformPack], _ reporting: [ReportingPack], _ parties: [CaseFile.Party], _ strings: Strings) {
        self.packs = packs
        self.parties = parties
        self.reporting = reporting
        kinds = strings.table("kinds")
    }

    /// Nil for a record of which neither says where it stands.
    func place(_ record: MaterialRecord) -> Place? {
        if let address = record.url, !WebAddress.host(of: address).isEmpty {
            if let pack = packs.first(where: { $0.holds(address) }) { return named(pack.id) }
            let host = WebAddress.host(of: address)
            let site = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
            return Place(id: site, name: site)
        }
        guard let platform = record.account?.platform.name, !["file", "mail", "line"].contains(platform) else { return nil }
        return named(platform)
    }

    /// What a paper of one platform or of one account is about, for a post.
    func part(of record: MaterialRecord, each scope: PaperDefinition.Scope) -> Place? {
        switch scope {
        case .case: return nil
        case .platform: return place(record)
        case .account:
            guard let account = record.account else { return Place(id: "unknown", name: kinds("account.unknown")) }
            guard let party = parties.first(where: { $0.accounts.contains(account) }) else {
                return Place(id: account.description, name: account.value)
            }
            return Place(id: "party-\(party.letter.lowercased())", name: party.letter)
        }
    }

    private func named(_ platform: String) -> Place {
        guard let pack = reporting.first(where: { $0.isFor(platform) }) else {
            return Place(id: platform, name: kinds("platform." + platform))
        }
        return Place(id: pack.id, name: pack.name.ja)
    }
}
