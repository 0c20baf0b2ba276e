public import AkashiCasework
public import AkashiModel
import AkashiVault

extension Desk {
    /// What helpers did, the newest first.
    public func helperActs() throws -> [HelperAct] { try index.helperActs() }

    /// Takes back what was sorted or noted at some places. What was decided before counts again.
    public func withdraw(_ entries: [LogPosition]) throws {
        try append([try EntryDraft(.decision, Decision.withdraw(entries: entries))])
    }

    /// What she chose for the desk, by name.
    public func settings() throws -> [String: String] { try index.settings() }

    /// Chooses something for the desk.
    public func choose(_ setting: String, _ value: String) throws {
        guard try index.settings()[setting] != value else { return }
        try append([try EntryDraft(.decision, Decision.choose(setting: setting, value: value))])
    }

    /// How she felt, the newest first. No paper takes it in.
    public func feelings() throws -> [Feeling] { try index.feelings() }

    /// Writes down how she feels.
    public func addFeeling(_ text: String) throws {
        try append([try EntryDraft(.note, Note.feeling(text: text))])
    }

    /// Writes down that somebody came in.
    public func noteUnlock(_ body: UnlockedBody) throws { try append([try EntryDraft(.unlocked, body)]) }

    /// The case that the desk works on: the first. It is opened when it is needed for the first time.
    public func currentCase(title: String) throws -> CaseFile {
        if let first = try index.cases().first { return first }
        return try index.caseFile(try openCase(title: title))
    }

    /// The dossiers that were made, the newest first.
    public func exports() throws -> [ExportSummary] { try index.exports() }
}

extension Desk {
    /// Records that she or a helper has sorted.
    public func sortedCount() throws -> Int { try index.sortedRecords().count }
}

extension Desk {
    /// What she or a helper sorted.
    public func sortedRecords() throws -> [LogPosition: SortedRecord] { try index.sortedRecords() }
}
