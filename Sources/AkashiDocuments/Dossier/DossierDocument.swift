/// The printed part of a dossier. Every value is text that is ready to be read; nothing is looked up while rendering.
public struct DossierDocument: DocumentInput {
    /// The template's folder.
    public static let documentID = "dossier"

    /// A letter and what it stands for.
    public struct Party: Sendable {
        /// `A`.
        public var letter: String
        /// What it stands for.
        public var role: String
        /// Names of its accounts; empty in a sharing copy.
        public var accounts: [String]
        /// Takes the parts.
        public init(letter: String, role: String, accounts: [String]) {
            self.letter = letter
            self.role = role
            self.accounts = accounts
        }
    }

    /// An incident.
    public struct Incident: Sendable {
        /// Its title.
        public var title: String
        /// The facts in her words.
        public var summary: String
        /// The harms she sees, as one line.
        public var harms: String
        /// Its exhibits, as one line.
        public var exhibits: String
        /// Takes the parts.
        public init(title: String, summary: String, harms: String, exhibits: String) {
            self.title = title
            self.summary = summary
            self.harms = harms
            self.exhibits = exhibits
        }
    }

    /// A file that belongs to an exhibit.
    public struct File: Sendable {
        /// Its name in the dossier.
        public var name: String
        /// Its digest.
        public var digest: String
        /// Pictures of it as data addresses; none if it is no picture, or too large to print.
        public var images: [String]
        /// Takes the parts.
        public init(name: String, digest: String, images: [String]) {
            self.name = name
            self.digest = digest
            self.images = images
        }
    }

    /// An exhibit: one line of the two tables, and a sheet of its own.
    public struct Exhibit: Sendable {
        /// Running number in the table, from 1.
        public var row: Int
        /// `甲第1号証`.
        public var number: String
        /// What it is: 標目.
        public var heading: String
        /// When it is said to have been written, with the zone and how exact.
        public var claimedTime: String
        /// The same for tables: the time, with a mark where the zone is assumed.
        public var claimedShort: String
        /// When this computer took it in.
        public var observedTime: String
        /// The letter of its author, or the account.
        public var author: String
        /// Account id, handle, name: what tells the account apart. Nil in a sharing copy.
        public var account: String?
        /// To whom.
        public var recipients: String?
        /// Its words.
        public var text: String?
        /// Where it is said to be. Nil in a sharing copy.
        public var url: String?
        /// What it is to show: 立証趣旨.
        public var purpose: String
        /// Where it was read from.
        public var origin: String
        /// What a reader should know.
        public var remarks: [String]
        /// Her notes.
        public var notes: [String]
        /// Pictures and files.
        public var files: [File]
        /// Position in the ledger.
        public var position: String
        /// Hash of its entry.
        public var leaf: String
        /// Digest of the bytes it was read from.
        public var digest: String
        /// The beginning of that digest, for the table.
        public var digestShort: String
        /// What a time stamp says, or that none does.
        public var stamp: String
        /// The same in a few words.
        public var stampShort: String

        /// An exhibit with its number; the rest is filled in by the maker of the dossier.
        public init(
            row: Int, number: String, heading: String, claimedTime: String, claimedShort: String, observedTime: String,
            author: String,
            account: String?, recipients: String?, text: String?, url: String?, purpose: String, origin: String,
            remarks: [String], notes: [String], files: [File], position: String, leaf: String, digest: String,
            digestShort: String, stamp: String, stampShort: String
        ) {
            self.row = row
            self.number = number
            self.heading = heading
            self.claimedTime = claimedTime
            self.claimedShort = claimedShort
            self.observedTime = observedTime
            self.author = author
            self.account = account
            self.recipients = recipients
            self.text = text
            self.url = url
            self.purpose = purpose
            self.origin = origin
            self.remarks = remarks
            self.notes = notes
            self.files = files
            self.position = position
            self.leaf = leaf
            self.digest = digest
            self.digestShort = digestShort
            self.stamp = stamp
            self.stampShort = stampShort
        }
    }

    /// A talk.
    public struct Talk: Sendable {
        /// When.
        public var time: String
        /// With whom.
        public var with: String
        /// What was said.
        public var said: String
        /// What was advised.
        public var advised: String
        /// What comes next.
        public var next: String?
        /// Takes the parts.
        public init(time: String, with: String, said: String, advised: String, next: String?) {
            self.time = time
            self.with = with
            self.said = said
            self.advised = advised
            self.next = next
        }
    }

    /// A time stamp.
    public struct Stamp: Sendable {
        /// The time.
        public var time: String
        /// Who vouches for it, and whether they are accredited.
        public var authority: String
        /// Fingerprint of the root certificate.
        public var root: String
        /// Takes the parts.
        public init(time: String, authority: String, root: String) {
            self.time = time
            self.authority = authority
            self.root = root
        }
    }

    /// The case's title.
    public var title: String
    /// For whom.
    public var receiver: String?
    /// When it was made, in Japan.
    public var made: String
    /// Whether names and addresses of accounts are left out.
    public var isSharing: Bool
    /// Letters.
    public var parties: [Party]
    /// What happened.
    public var incidents: [Incident]
    /// The exhibits, by time.
    public var exhibits: [Exhibit]
    /// Talks.
    public var talks: [Talk]
    /// Time stamps.
    public var stamps: [Stamp]
    /// Fingerprint of the ledger's key.
    public var fingerprint: String
    /// Whether there are talks.
    public var hasTalks: Bool
    /// Number of exhibits.
    public var exhibitCount: Int

    /// Takes the parts.
    public init(
        title: String, receiver: String?, made: String, isSharing: Bool, parties: [Party], incidents: [Incident],
        exhibits: [Exhibit], talks: [Talk], stamps: [Stamp], fingerprint: String
    ) {
        self.title = title
        self.receiver = receiver
        self.made = made
        self.isSharing = isSharing
        self.parties = parties
        self.incidents = incidents
        self.exhibits = exhibits
        self.talks = talks
        self.stamps = stamps
        self.fingerprint = fingerprint
        hasTalks = !talks.isEmpty
        exhibitCount = exhibits.count
    }
}

/// The sheet of paper with which the vault opens without its passphrase.
public struct RecoverySheet: DocumentInput {
    /// The template's folder.
    public static let documentID = "recovery-sheet"

    /// The vault's id.
    public var vaultID: String
    /// When it was printed.
    public var made: String
    /// The key, in groups that are easy to type.
    public var keyLines: [String]
    /// Fingerprint of the ledger's key.
    public var fingerprint: String

    /// Takes the parts.
    public init(vaultID: String, made: String, keyLines: [String], fingerprint: String) {
        self.vaultID = vaultID
        self.made = made
        self.keyLines = keyLines
        self.fingerprint = fingerprint
    }
}
