public import AkashiIntake
public import AkashiModel

/// Whose an account is to her.
public enum AccountStanding: String, Codable, Sendable, CaseIterable {
    /// Her own.
    case own
    /// Of somebody she trusts.
    case trusted
    /// Anybody's.
    case other
}

/// Something she decided. Each is an entry of the ledger, so that history and undo come for free.
public enum Decision: Codable, Equatable, Sendable {
    /// A case begins.
    case openCase(id: CaseID, title: String)
    /// A letter stands for some accounts in the papers of a case. It says nothing about who is behind them.
    case nameParty(caseID: CaseID, letter: String, role: String, accounts: [AccountKey])
    /// An incident: what she sees as one thing that happened.
    case describeIncident(id: IncidentID, caseID: CaseID, title: String, summary: String, harms: [Harm])
    /// A record belongs to an incident.
    case link(incident: IncidentID, records: [LogPosition])
    /// A record does not belong to an incident after all.
    case unlink(incident: IncidentID, records: [LogPosition])
    /// She takes some accounts to be one person's, and says why. An account belongs to one person at the most.
    case gather(person: PersonID, name: String, accounts: [AccountKey], reason: String)
    /// She takes accounts away from a person, and says why.
    case part(person: PersonID, accounts: [AccountKey], reason: String)
    /// What she sees in a record: harms, lawful criticism, or neither.
    case sort(record: LogPosition, harms: [Harm], isLawfulCriticism: Bool, reason: String?)
    /// From then on she did not want to be contacted by this account: she blocked it, or said no.
    case refuse(account: AccountKey, at: ClaimedTime)
    /// An account is hers, or of somebody she trusts: nothing is proposed about it.
    case stand(account: AccountKey, standing: AccountStanding)
    /// What the columns of a table say.
    case explainTable(TableMapping)
    /// Words that few can know, such as her real name or her street; to notice where they turn up.
    case keepPrivate(words: String, meaning: String)
    /// Such words are taken off the list.
    case forgetPrivate(words: String)
    /// What her shop and she as a maker are called.
    case nameShop(names: [String])
    /// A helper decided something for her. Only sorting can be decided by a helper, and that a comment waits.
    indirect case helped(by: String, act: Decision)
    /// What a helper or she sorted or noted at these places of the ledger does not count after all.
    case withdraw(entries: [LogPosition])
    /// What she answered to a question of `Knowledge/law/facts.yaml` or of a paper; nil takes the answer back.
    case answer(caseID: CaseID, fact: String, value: String?)
    /// The next numbers of exhibits (甲第1号証 and on) go to these records. A number that was given stays.
    case numberExhibits(caseID: CaseID, records: [LogPosition])
    /// What she made of a step of a plan.
    case keepStep(PlanStepState)
    /// Papers were written to files, to be handed on.
    case makePapers(caseID: CaseID, papers: [String], isHidden: Bool)
    /// A request to a platform, as it stands now.
    case trackRequest(PlatformRequest)
    /// The rules put comments where they belong. The book is the sealed file of the rules under which they were read.
    case placeComments([PlacedComment], book: ContentDigest)
    /// What she decided about a comment; what a helper proposes stands in `helped`.
    case decideComment(record: LogPosition, outcome: CommentOutcome, reason: String?)
    /// What a rule alone held is shown again, but for what she decided herself. Withdrawn like a sorting.
    case takeBackRule(rule: String)
    /// She answers a comment of her own site; nil takes the answer back.
    case answerComment(record: LogPosition, text: String?)
    /// A text was held against an account's posts. Counted, so that nobody is looked for among many.
    case compareWriting(WritingComparison)
    /// What she wrote for finding work, as it stands now: her career, her wishes, the month in figures.
    case keepWork(WorkPart, body: String)
    /// Postings that she wants to look at: the sealed file that holds them. No longer, where it is dropped.
    case keepPostings(ContentDigest, name: String, isDropped: Bool)
    /// An application for work, as it stands now.
    case trackApplication(JobApplication)
    /// A copy of her papers went out.
    case sendCopy(SentCopy)
    /// How she wants the desk: discreet names, language, what she wishes for.
    case choose(setting: String, value: String)
}

/// Something she wrote down.
public enum Note: Codable, Equatable, Sendable {
    /// About a record.
    case record(LogPosition, text: String)
    /// A talk with a friend, a lawyer, the police, a platform.
    case consultation(Consultation)
    /// A helper's note about a record.
    case helper(LogPosition, text: String, by: String)
    /// How she feels. Apart from the facts: no dossier and no memo takes it in.
    case feeling(text: String)
}

/// A talk about the case: with whom, when, what was said, what was advised, what comes next.
public struct Consultation: Codable, Hashable, Sendable {
    /// Whom she talked to.
    public enum Role: String, Codable, Sendable, CaseIterable {
        /// Friends and family.
        case friend
        /// A lawyer.
        case lawyer
        /// The police.
        case police
        /// Support of a platform or a shop site.
        case platform
        /// A help line, a public office.
        case helpline
    }

    /// The consultation.
    public let id: ConsultationID
    /// The case it is about.
    public let caseID: CaseID
    /// When it was, as she says.
    public let heldAt: ClaimedTime
    /// With whom, in her words.
    public let with: String
    /// Whom she talked to.
    public let role: Role
    /// What she said.
    public let said: String
    /// What was advised.
    public let advised: String
    /// What comes next.
    public let next: String?
    /// By when, as `2026-12-01`.
    public let nextBy: String?

    /// Takes the parts.
    public init(
        id: ConsultationID, caseID: CaseID, heldAt: ClaimedTime, with: String, role: Role, said: String,
        advised: String, next: String?, nextBy: String?
    ) {
        self.id = id
        self.caseID = caseID
        self.heldAt = heldAt
        self.with = with
        self.role = role
        self.said = said
        self.advised = advised
        self.next = next
        self.nextBy = nextBy
    }
}

/// What an `exported` entry says.
public struct ExportBody: Codable, Equatable, Sendable {
    /// What the dossier holds.
    public enum Kind: String, Codable, Sendable {
        /// Entries and originals: everything can be checked.
        case evidence
        /// Commitments only: nothing personal beyond the printed part.
        case sharing
    }

    /// The case.
    public let caseID: CaseID
    /// For whom, in her words.
    public let receiver: String?
    /// What the dossier holds.
    public let kind: Kind
    /// SHA-256 of the dossier's table of contents.
    public let contents: ContentDigest
    /// The records that were disclosed, or committed to.
    public let records: [LogPosition]

    /// Takes the parts.
    public init(
        caseID: CaseID, receiver: String?, kind: Kind, contents: ContentDigest, records: [LogPosition]
    ) {
        self.caseID = caseID
        self.receiver = receiver
        self.kind = kind
        self.contents = contents
        self.records = records
    }
}

/// What an `opened` entry says: covered words were shown.
public struct OpenedBody: Codable, Equatable, Sendable {
    /// The record that was uncovered.
    public let record: LogPosition
    /// The helper who uncovered it; nil for herself.
    public let by: String?

    /// Takes the record.
    public init(record: LogPosition, by: String? = nil) {
        self.record = record
        self.by = by
    }
}

/// What an `unlocked` entry says: somebody came in.
public struct UnlockedBody: Codable, Equatable, Sendable {
    /// How somebody came in.
    public enum Way: String, Codable, Sendable, CaseIterable {
        /// With the one-time address that the program gave when it started.
        case launch
        /// With the passphrase.
        case passphrase
        /// With the line of the recovery sheet.
        case recoveryKey = "recovery-key"
        /// Without a passphrase, because there is none.
        case open
        /// She handed the desk to a helper.
        case helper
    }

    /// How.
    public let way: Way
    /// The helper's name.
    public let by: String?

    /// Takes the parts.
    public init(way: Way, by: String? = nil) {
        self.way = way
        self.by = by
    }
}

/// What a `derived` entry says: how a reading ended.
public struct ReadingBody: Codable, Equatable, Sendable {
    /// A shown name that is another one in this export, for the same messages.
    public struct Rename: Codable, Hashable, Sendable {
        /// The stream in which it was seen.
        public let scope: String
        /// The name in what was read before.
        public let from: String
        /// The name in this export.
        public let to: String
        /// Messages that show it.
        public var count: Int
    }

    /// The same for the same bytes read by the same program: a second reading adds nothing.
    public let reading: ContentDigest
    /// Which program read.
    public let parser: ParserVersion
    /// The folder inside the source, or empty.
    public let root: String
    /// The streams that were read.
    public let scopes: [Scope]
    /// Records that were read before and are missing from this later export.
    public let absent: [LogPosition]
    /// Names that are others in this export.
    public let renames: [Rename]
    /// Places that could not be read, the first thousand.
    public let problems: [Problem]
    /// Number of all of them.
    public let problemCount: Int

    /// One stream.
    public struct Scope: Codable, Equatable, Sendable {
        /// Its name.
        public let scope: String
        /// When the source says it was exported.
        public let exportedAt: ClaimedTime?
        /// Records that were new.
        public let added: Int
        /// Records that were known, word for word.
        public let known: Int
    }

    /// One place.
    public struct Problem: Codable, Equatable, Sendable {
        /// Its code.
        public let code: String
        /// The path of the member.
        public let member: String?
        /// The byte.
        public let offset: UInt64?
        /// The line.
        public let line: Int?
    }
}
