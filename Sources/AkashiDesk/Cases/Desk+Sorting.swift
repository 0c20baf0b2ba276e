import AkashiCasework
public import AkashiModel
import AkashiVault

extension Desk {
    /// Writes down what she sees in a record.
    ///
    /// - Throws: ``CaseworkError/Code/unknownRecord``.
    public func sort(_ record: LogPosition, harms: [Harm], isLawfulCriticism: Bool, reason: String?) throws {
        try requireRecord(record)
        let decision = Decision.sort(record: record, harms: harms, isLawfulCriticism: isLawfulCriticism, reason: reason)
        try append([try EntryDraft(.decision, decision)])
    }
}
