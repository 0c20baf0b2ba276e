public import AkashiCasework
public import AkashiIntake
public import AkashiModel
import AkashiVault

extension Desk {
    /// Looks for words. Excerpts are as private as the records: a screen covers them until they are asked for.
    public func find(_ query: SearchQuery) throws -> [SearchHit] { try index.search(query) }

    /// The persons that she gathered.
    public func people() throws -> [Person] { try index.people() }

    /// Takes accounts to be one person's, because she says so.
    ///
    /// - Parameter id: a person that she gathered before; nil for a new one.
    /// - Throws: ``CaseworkErrorCode/unknownAccount``, ``CaseworkErrorCode/unknownPerson``, ``CaseworkErrorCode/reasonMissing``.
    public func gather(_ accounts: [AccountKey], as name: String, reason: String, id: PersonID? = nil) throws -> PersonID {
        try requireReason(reason)
        let known = Set(try index.accounts().map(\.key))
        for account in accounts where !known.contains(account) { throw CaseworkError(.unknownAccount, ["account": "\(account)"]) }
        if let id, try !index.people().contains(where: { $0.id == id }) {
            throw CaseworkError(.unknownPerson, ["person": id.text])
        }
        let id = id ?? newHandle("person")
        try append([try EntryDraft(.decision, Decision.gather(person: id, name: name, accounts: accounts, reason: reason))])
        return id
    }

    /// Takes accounts away from a person.
    ///
    /// - Throws: as ``gather(_:as:reason:id:)``.
    public func part(_ accounts: [AccountKey], from id: PersonID, reason: String) throws {
        try requireReason(reason)
        guard let person = try index.people().first(where: { $0.id == id }) else {
            throw CaseworkError(.unknownPerson, ["person": id.text])
        }
        for account in accounts where !person.members.contains(where: { $0.account == account }) {
            throw CaseworkError(.unknownAccount, ["account": "\(account)"])
        }
        try append([try EntryDraft(.decision, Decision.part(person: id, accounts: accounts, reason: reason))])
    }

    private func requireReason(_ reason: String) throws {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw CaseworkError(.reasonMissing) }
    }

    /// Says that accounts are hers, or of somebody she trusts, or anybody's after all.
    public func setStanding(_ standing: AccountStanding, of accounts: [AccountKey]) throws {
        try append(accounts.map { try EntryDraft(.decision, Decision.stand(account: $0, standing: standing)) })
    }

    /// Words that few can know.
    public func privateFacts() throws -> [PrivateFact] { try index.privateFacts() }

    /// Puts words on the list of what few can know, or takes them off.
    public func setPrivate(_ words: String, meaning: String?) throws {
        let decision = meaning.map { Decision.keepPrivate(words: words, meaning: $0) } ?? .forgetPrivate(words: words)
        try append([try EntryDraft(.decision, decision)])
    }

    /// What her shop and she are called.
    public func shopNames() throws -> [String] { try index.shopNames() }

    /// Says what her shop and she are called.
    public func nameShop(_ names: [String]) throws {
        try append([try EntryDraft(.decision, Decision.nameShop(names: names))])
    }

    /// Keeps what the columns of a table say, so that it is asked once.
    public func explain(_ mapping: TableMapping) throws {
        try append([try EntryDraft(.decision, Decision.explainTable(mapping))])
    }

    /// Whose accounts are to her, where she said so.
    public func standings() throws -> [AccountKey: AccountStanding] { try index.standings() }

    /// From when on she did not want contact, by account.
    public func refusals() throws -> [AccountKey: Instant] { try index.refusals() }
}
