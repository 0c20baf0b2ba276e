public import AkashiModel
public import AkashiProof

/// What a dossier is to hold, and for whom.
public struct DossierRequest: Sendable {
    /// The case.
    public var caseID: CaseID
    /// The records to disclose; nil for all that belong to the case's incidents.
    public var records: [LogPosition]?
    /// For whom, in her words. The next dossier of the same receiver shows that it continues this one.
    public var receiver: String?
    /// Everything that can be checked, or commitments only.
    public var kind: DossierContents.Kind
    /// Whether files that hold more than the chosen records are handed over whole.
    public var includesOriginals: Bool
    /// Whether the record of talks is printed.
    public var includesTalks: Bool
    /// Words that are taken out of what is printed. In a sharing copy only: an entry that can be checked holds every word.
    public var hiddenWords: [String] = []

    /// Takes the case; the rest can be set.
    public init(caseID: CaseID) {
        self.caseID = caseID
        kind = .evidence
        includesOriginals = false
        includesTalks = true
    }
}

/// A dossier that was made and checked.
public struct MadeDossier: Sendable {
    /// Its files.
    public let files: MemoryDossier
    /// What checking it found.
    public let verification: DossierVerification
    /// Its exhibits: the number, and the record.
    public let exhibits: [(number: String, record: LogPosition)]
}
