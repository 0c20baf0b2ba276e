import AkashiProof
import GRDB

extension CaseIndex {
    /// Tables are strict, names singular. Times are milliseconds since 1970 in UTC; a record is named by its position.
    static func createSchema(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
                CREATE TABLE evidence (
                    digest TEXT PRIMARY KEY, position INTEGER NOT NULL, byteCount INTEGER NOT NULL,
                    observedAt INTEGER NOT NULL, way TEXT NOT NULL, path TEXT NOT NULL, container TEXT,
                    state TEXT NOT NULL, holdUntil INTEGER, erasedPositions TEXT) STRICT;
                CREATE TABLE record (
                    position INTEGER PRIMARY KEY, kind TEXT NOT NULL, scope TEXT NOT NULL, recordKey TEXT NOT NULL,
                    fingerprint TEXT NOT NULL, account TEXT, claimedAt INTEGER, claimedText TEXT, isZoneAssumed INTEGER,
                    observedAt INTEGER NOT NULL, text TEXT, url TEXT, attachmentCount INTEGER NOT NULL,
                    remarks TEXT NOT NULL, object TEXT NOT NULL, name TEXT, revises INTEGER, absentSince INTEGER,
                    names TEXT NOT NULL, stars INTEGER, status TEXT, area TEXT) STRICT;
                CREATE INDEX recordByAccount ON record (account, claimedAt);
                CREATE INDEX recordByKey ON record (scope, recordKey);
                CREATE INDEX recordByTime ON record (claimedAt, position, account);
                CREATE INDEX recordByKind ON record (kind, claimedAt, position, account);
                CREATE INDEX recordByStatus ON record (status) WHERE status IS NOT NULL;
                CREATE INDEX recordByObject ON record (object);
                CREATE TABLE account (
                    accountKey TEXT PRIMARY KEY, platform TEXT NOT NULL, handle TEXT, displayName TEXT,
                    recordCount INTEGER NOT NULL) STRICT;
                CREATE TABLE accountName (
                    accountKey TEXT NOT NULL, name TEXT NOT NULL, firstPosition INTEGER NOT NULL,
                    PRIMARY KEY (accountKey, name)) STRICT;
                CREATE TABLE reading (
                    position INTEGER PRIMARY KEY, reading TEXT NOT NULL, parser TEXT NOT NULL, root TEXT NOT NULL,
                    added INTEGER NOT NULL, known INTEGER NOT NULL, problemCount INTEGER NOT NULL) STRICT;
                CREATE INDEX readingByDigest ON reading (reading);
                CREATE TABLE scope (
                    scope TEXT PRIMARY KEY, exportedAt INTEGER, position INTEGER NOT NULL) STRICT;
                """)
        try createCasework(db)
        try createQueue(db)
        try createWork(db)
        // Pairs of folded letters only; the words themselves are in `record`.
        try db.execute(
            sql: """
                CREATE VIRTUAL TABLE search USING fts5(
                    words, names, content='', contentless_delete=1, tokenize='\(BigramTokenizer.name)')
                """)
        let start: [(String, String)] = [("schema", schemaVersion), ("size", "0"), ("root", "\(MerkleHash.empty)")]
        for (name, value) in start {
            try db.execute(sql: "INSERT INTO meta (name, value) VALUES (?, ?)", arguments: [name, value])
        }
    }

    /// What she decided, wrote down, handed over.
    private static func createCasework(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE caseFile (caseID TEXT PRIMARY KEY, title TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
                CREATE TABLE party (
                    caseID TEXT NOT NULL, letter TEXT NOT NULL, role TEXT NOT NULL, accounts TEXT NOT NULL,
                    PRIMARY KEY (caseID, letter)) STRICT;
                CREATE TABLE incident (
                    incidentID TEXT PRIMARY KEY, caseID TEXT NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL,
                    harms TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
                CREATE TABLE incidentRecord (
                    incidentID TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (incidentID, record)) STRICT;
                CREATE TABLE consultation (
                    consultationID TEXT PRIMARY KEY, caseID TEXT NOT NULL, position INTEGER NOT NULL,
                    heldAt INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
                CREATE TABLE note (
                    position INTEGER PRIMARY KEY, record INTEGER NOT NULL, text TEXT NOT NULL, helper TEXT,
                    isWithdrawn INTEGER NOT NULL) STRICT;
                CREATE TABLE feeling (position INTEGER PRIMARY KEY, text TEXT NOT NULL, observedAt INTEGER NOT NULL) STRICT;
                CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
                CREATE TABLE export (
                    position INTEGER PRIMARY KEY, caseID TEXT NOT NULL, receiver TEXT, kind TEXT NOT NULL,
                    contents TEXT NOT NULL, observedAt INTEGER NOT NULL) STRICT;
                CREATE TABLE stamp (
                    position INTEGER PRIMARY KEY, size INTEGER NOT NULL, authority TEXT NOT NULL,
                    attestedAt INTEGER NOT NULL) STRICT;
                CREATE TABLE person (personID TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
                CREATE TABLE personAccount (
                    accountKey TEXT PRIMARY KEY, personID TEXT NOT NULL, reason TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
                CREATE TABLE sorted (
                    record INTEGER PRIMARY KEY, harms TEXT NOT NULL, isLawfulCriticism INTEGER NOT NULL, reason TEXT,
                    position INTEGER NOT NULL) STRICT;
                CREATE TABLE sortDecision (
                    position INTEGER PRIMARY KEY, record INTEGER NOT NULL, harms TEXT NOT NULL,
                    isLawfulCriticism INTEGER NOT NULL, reason TEXT, helper TEXT, isWithdrawn INTEGER NOT NULL) STRICT;
                CREATE INDEX sortDecisionByRecord ON sortDecision (record, position);
                CREATE TABLE refusal (accountKey TEXT PRIMARY KEY, at INTEGER NOT NULL, position INTEGER NOT NULL) STRICT;
                CREATE TABLE standing (accountKey TEXT PRIMARY KEY, standing TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
                CREATE TABLE tableMapping (id TEXT PRIMARY KEY, body TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
                CREATE TABLE privateFact (words TEXT PRIMARY KEY, meaning TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
                CREATE TABLE fact (
                    caseID TEXT NOT NULL, fact TEXT NOT NULL, value TEXT NOT NULL, position INTEGER NOT NULL,
                    observedAt INTEGER NOT NULL, PRIMARY KEY (caseID, fact)) STRICT;
                CREATE TABLE exhibitNumber (
                    caseID TEXT NOT NULL, record INTEGER NOT NULL, number INTEGER NOT NULL,
                    PRIMARY KEY (caseID, record)) STRICT;
                CREATE TABLE planStep (
                    plan TEXT NOT NULL, step TEXT NOT NULL, body TEXT NOT NULL, position INTEGER NOT NULL,
                    observedAt INTEGER NOT NULL, PRIMARY KEY (plan, step)) STRICT;
                CREATE TABLE platformRequest (
                    requestID TEXT PRIMARY KEY, caseID TEXT NOT NULL, body TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
                CREATE TABLE shopName (name TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;
                CREATE TABLE writingComparison (
                    position INTEGER PRIMARY KEY, account TEXT NOT NULL, body TEXT NOT NULL, observedAt INTEGER NOT NULL) STRICT;
                CREATE TABLE opened (position INTEGER PRIMARY KEY, record INTEGER NOT NULL, observedAt INTEGER NOT NULL) STRICT;
                """)
    }

    /// What she does about finding work.
    private static func createWork(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE workPart (
                    name TEXT PRIMARY KEY, body TEXT NOT NULL, position INTEGER NOT NULL, observedAt INTEGER NOT NULL) STRICT;
                CREATE TABLE postingFile (digest TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
                CREATE TABLE jobApplication (applicationID TEXT PRIMARY KEY, body TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
                CREATE TABLE sentCopy (
                    position INTEGER PRIMARY KEY, mark TEXT NOT NULL UNIQUE, body TEXT NOT NULL, observedAt INTEGER NOT NULL) STRICT;
                """)
    }

    /// What became of comments: where rules put them, what she and helpers decided.
    private static func createQueue(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE placedComment (
                    record INTEGER PRIMARY KEY, outcome TEXT NOT NULL, body TEXT NOT NULL, book TEXT NOT NULL,
                    position INTEGER NOT NULL, takenBackAt INTEGER) STRICT;
                CREATE TABLE placedByRule (
                    rule TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (rule, record)) STRICT;
                CREATE TABLE commentDecision (
                    position INTEGER PRIMARY KEY, record INTEGER NOT NULL, outcome TEXT NOT NULL, reason TEXT, helper TEXT,
                    isWithdrawn INTEGER NOT NULL) STRICT;
                CREATE TABLE commentAnswer (record INTEGER PRIMARY KEY, text TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
                CREATE INDEX commentDecisionByRecord ON commentDecision (record, position);
                """)
    }
}
