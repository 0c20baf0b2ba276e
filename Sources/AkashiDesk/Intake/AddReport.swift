public import AkashiIntake
public import AkashiModel

/// What became of what she gave.
public struct AddReport: Sendable {
    /// One source that was read.
    public struct Reading: Sendable {
        /// The importer.
        public let parser: ParserVersion
        /// The folder inside the source, or empty.
        public let root: String
        /// Records that are new.
        public let added: Int
        /// Records that were known word for word.
        public let known: Int
        /// Records of earlier exports that are missing from this one.
        public let absent: Int
        /// Names that are others in this export.
        public let renamed: Int
        /// Places that could not be read.
        public let problems: [ReadingProblem]
        /// Number of all of them.
        public let problemCount: Int
    }

    /// A file that looks like a table and whose columns nobody has explained.
    public struct UnknownTable: Sendable {
        /// Its path.
        public let path: String
        /// Its columns.
        public let columns: [String]
    }

    /// Files that are sealed now.
    public internal(set) var sealedCount = 0
    /// Their length in bytes.
    public internal(set) var sealedByteCount: UInt64 = 0
    /// Files that were sealed before.
    public internal(set) var knownCount = 0
    /// Files that could not be read from where they lay.
    public internal(set) var unreadable: [String] = []
    /// What was passed over on the way: links, devices.
    public internal(set) var problems: [ReadingProblem] = []
    /// Sources that were read now.
    public internal(set) var readings: [Reading] = []

    /// What was given, sealed now or before.
    public internal(set) var digests: [ContentDigest] = []

    /// Tables that were sealed, and read as plain text only.
    public internal(set) var unknownTables: [UnknownTable] = []

    /// Records that are new.
    public var addedRecordCount: Int { readings.reduce(0) { $0 + $1.added } }
    /// Places that could not be read.
    public var problemCount: Int {
        unreadable.count + problems.count + readings.reduce(0) { $0 + $1.problemCount }
    }
}

/// What is going on during a long intake.
public enum AddProgress: Sendable {
    /// Files are being sealed: how many are done, of how many.
    case sealing(done: Int, of: Int)
    /// Records are being read: how many so far.
    case reading(records: Int)
}
