public import AkashiModel

/// What checking a whole vault found. A value, not an error: it lists everything that is broken, the first first.
public struct VaultVerification: Sendable {
    /// Something that is broken.
    public struct Finding: CodedError, Equatable {
        /// Stable text such as `ledger.entries-damaged`; the words stand in `Knowledge/strings/errors`.
        public let code: String
        /// The entry it concerns.
        public let position: LogPosition?
        /// The vault's own file it concerns, below the vault's folder.
        public let file: String?
        /// The sealed bytes it concerns.
        public let digest: ContentDigest?

        /// Values for the marks in the sentence.
        public var arguments: [String: String] {
            var arguments = ["digest": digest?.short ?? "", "file": file ?? ""]
            if let position { arguments["index"] = "\(position)" }
            return arguments
        }

        init(_ code: VaultErrorCode, position: LogPosition? = nil, file: String? = nil, digest: ContentDigest? = nil) {
            self.code = code.rawValue
            self.position = position
            self.file = file
            self.digest = digest
        }
    }

    /// What is broken, in the order of the ledger.
    public internal(set) var findings: [Finding] = []
    /// Entries that were read and fit the signed root.
    public internal(set) var entryCount: UInt64 = 0
    /// Entries whose words were removed by her decision.
    public internal(set) var removedEntryCount: UInt64 = 0
    /// Sealed objects that were decrypted whole and are what was sealed.
    public internal(set) var objectCount = 0
    /// Their length in bytes.
    public internal(set) var objectByteCount: UInt64 = 0
    /// Objects in the folder that no entry speaks of: left by an interrupted program, or not yet written down.
    public internal(set) var unlistedObjectCount = 0
    /// Stamps that hold.
    public internal(set) var stamps: [KeptStamp] = []
    /// Requests that wait to be sent.
    public internal(set) var pendingStampCount = 0

    /// Whether nothing is broken.
    public var isIntact: Bool { findings.isEmpty }

    init() {}
}
