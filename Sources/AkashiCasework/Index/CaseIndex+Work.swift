public import AkashiModel
import GRDB

/// A file of postings that she wants to look at.
public struct PostingFile: Hashable, Sendable {
    /// The sealed file.
    public let digest: ContentDigest
    /// What it was called.
    public let name: String
}

/// A copy that went out, with when.
public struct KeptCopy: Hashable, Sendable {
    /// The copy.
    public let copy: SentCopy
    /// When it was made.
    public let observedAt: ObservedTime
}

extension CaseIndex {
    /// What she wrote for finding work; nil where she wrote nothing yet.
    public func workPart(_ part: WorkPart) throws -> String? {
        try database.read { db in
            try String.fetchOne(db, sql: "SELECT body FROM workPart WHERE name = ?", arguments: [part.rawValue])
        }
    }

    /// Files of postings, the oldest first.
    public func postingFiles() throws -> [PostingFile] {
        try database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM postingFile ORDER BY position").compactMap { row in
                ContentDigest(hex: row["digest"] as String).map { PostingFile(digest: $0, name: row["name"]) }
            }
        }
    }

    /// Her applications, in the order in which she began them.
    public func jobApplications() throws -> [JobApplication] {
        try database.read { db in
            try String.fetchAll(db, sql: "SELECT body FROM jobApplication ORDER BY position").map { try Self.decode($0) }
        }
    }

    /// Copies that went out, the newest first.
    public func sentCopies() throws -> [KeptCopy] {
        try database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM sentCopy ORDER BY position DESC").map { row in
                KeptCopy(copy: try Self.decode(row["body"]), observedAt: ObservedTime(Instant(milliseconds: row["observedAt"])))
            }
        }
    }
}
