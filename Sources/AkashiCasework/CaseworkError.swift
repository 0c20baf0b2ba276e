public import AkashiModel

/// Why the desk's own records could not be used. The vault is as it was.
public typealias CaseworkError = CodedFailure<CaseworkErrorCode>

/// What went wrong. The words for each stand in `Knowledge/strings/errors`.
public enum CaseworkErrorCode: String, Sendable, CaseIterable {
    /// The index is not encrypted: the program was put together wrongly and refuses to write words in clear.
    case notEncrypted = "index.not-encrypted"
    /// The index cannot be read and has to be built anew.
    case indexDamaged = "index.damaged"
    /// No case has this id.
    case unknownCase = "case.unknown"
    /// No incident has this id.
    case unknownIncident = "incident.unknown"
    /// No record stands at this number.
    case unknownRecord = "record.unknown"
    /// The words of this record were removed.
    case recordRemoved = "record.removed"
    /// Nothing is chosen for the dossier.
    case nothingChosen = "dossier.nothing-chosen"
    /// The folder for the dossier holds something already.
    case dossierFolderNotEmpty = "dossier.folder-not-empty"
    /// A path that was to be taken in does not exist.
    case sourceMissing = "source.missing"
    /// A date or time could not be understood.
    case timeUnclear = "time.unclear"
    /// No account has this key.
    case unknownAccount = "account.unknown"
    /// No person has this id.
    case unknownPerson = "person.unknown"
    /// A decision about people needs her reason.
    case reasonMissing = "person.reason-missing"
}
