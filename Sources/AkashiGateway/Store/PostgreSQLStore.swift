#if PostgreSQL
import AkashiModeration
import AkashiModel

/// A server that several gateways share. Each statement is one transaction, and comes to the same when it is run twice.
final class PostgreSQLStore: CommentStore {
    private let writer: PostgreSQLConnection
    private let reader: PostgreSQLConnection

    /// Any number; the same for all gateways.
    private static let schemaLock = 7_246_081

    /// Connects and makes the tables where they are missing.
    ///
    /// - Throws: ``GatewayErrorCode/storeUnavailable``.
    init(_ address: String) async throws {
        writer = try PostgreSQLConnection(address)
        reader = try PostgreSQLConnection(address)
        // Two gateways that start together would both make them.
        _ = try await writer.run("SELECT pg_advisory_lock(\(Self.schemaLock))")
        for statement in [
            """
            CREATE TABLE IF NOT EXISTS taken (
                sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key BYTEA NOT NULL UNIQUE, received BIGINT NOT NULL, envelope BYTEA
            )
            """,
            "CREATE INDEX IF NOT EXISTS waiting ON taken (sequence) WHERE envelope IS NOT NULL",
            """
            CREATE TABLE IF NOT EXISTS shown (
                id TEXT COLLATE "C" PRIMARY KEY, thread TEXT COLLATE "C" NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, at BIGINT NOT NULL,
                "isOwner" BOOLEAN NOT NULL, "replyTo" TEXT
            )
            """,
            "CREATE INDEX IF NOT EXISTS shownInThread ON shown (thread, at, id)",
            "CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        ] { _ = try await writer.run(statement) }
        _ = try await writer.run("SELECT pg_advisory_unlock(\(Self.schemaLock))")
    }

    func put(_ comments: [StoredComment]) async throws -> [Bool] {
        // A key that comes twice in one statement is taken once: the first.
        var seen: Set<String> = []
        let keys = comments.map { Hex.encode($0.keyHash) }
        let isFirst = keys.map { seen.insert($0).inserted }
        let firsts = zip(comments, isFirst).filter(\.1).map(\.0)
        let shown = firsts.filter { $0.shown != nil }
        func column(_ value: (ShownComment) -> String?) -> String {
            PostgreSQLArray(shown.map { $0.shown.flatMap(value) }).literal
        }
        // In order of keys: gateways that take the same comments wait for one another in the same order, and never in a ring.
        let rows = try await writer.run(
            """
            WITH new AS (
                INSERT INTO taken (key, received, envelope)
                SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) AS t (key, received, envelope) ORDER BY key
                ON CONFLICT (key) DO NOTHING RETURNING key
            ), open AS (
                INSERT INTO shown (id, thread, name, text, at, "isOwner", "replyTo")
                SELECT t.id, t.thread, t.name, t.text, t.at, false, NULL
                FROM unnest($4::bytea[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[]) AS t (key, id, thread, name, text, at)
                JOIN new ON new.key = t.key
            )
            SELECT encode(key, 'hex') FROM new
            """,
            [
                PostgreSQLArray(firsts.map(\.keyHash)).literal, PostgreSQLArray(firsts.map { String($0.receivedAt) }).literal,
                PostgreSQLArray(firsts.map(\.envelope)).literal, PostgreSQLArray(shown.map(\.keyHash)).literal, column(\.id),
                column(\.thread), column(\.name), column(\.text), column { String($0.at) },
            ])
        let new = Set(rows.compactMap { $0.first ?? nil })
        return zip(keys, isFirst).map { $1 && new.contains($0) }
    }

    func show(_ comments: [ShownComment], withdraw ids: [String]) async throws {
        func column(_ value: (ShownComment) -> String?) -> String { PostgreSQLArray(comments.map(value)).literal }
        _ = try await writer.run(
            """
            WITH gone AS (DELETE FROM shown WHERE id = ANY ($1::text[]))
            INSERT INTO shown (id, thread, name, text, at, "isOwner", "replyTo")
            SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::boolean[], $8::text[])
            ON CONFLICT (id) DO UPDATE SET thread = excluded.thread, name = excluded.name, text = excluded.text, at = excluded.at,
                "isOwner" = excluded."isOwner", "replyTo" = excluded."replyTo"
            """,
            [
                PostgreSQLArray(ids).literal, column(\.id), column(\.thread), column(\.name), column(\.text),
                column { String($0.at) }, column { $0.isOwner ? "t" : "f" }, column(\.replyTo),
            ])
        // Rows that were removed stay in the server's files until they are swept.
        if !ids.isEmpty { _ = try? await writer.run("VACUUM shown") }
    }

    func shown(in thread: String, after: ShownCursor?, limit: Int) async throws -> [ShownComment] {
        let rows = try await reader.run(
            """
            SELECT id, thread, name, text, at, "isOwner", "replyTo" FROM shown
            WHERE thread = $1 AND (at, id) > ($2::bigint, $3) ORDER BY at, id LIMIT $4::bigint
            """, [thread, String(after?.at ?? .min), after?.id ?? "", String(limit)])
        return rows.compactMap { row in
            guard let id = row[0], let thread = row[1], let name = row[2], let text = row[3], let at = row[4].flatMap(Int64.init)
            else { return nil }
            return ShownComment(id: id, thread: thread, name: name, text: text, at: at, isOwner: row[5] == "t", replyTo: row[6])
        }
    }

    func count(in thread: String) async throws -> Int {
        try await number("SELECT count(*) FROM shown WHERE thread = $1", [thread])
    }

    func shownIDs() async throws -> [String] {
        try await reader.run("SELECT id FROM shown ORDER BY id").compactMap { $0.first ?? nil }
    }

    func waiting(limit: Int, bytes: Int) async throws -> [WaitingComment] {
        let rows = try await reader.run(
            """
            SELECT sequence, encode(envelope, 'hex') FROM (
                SELECT sequence, envelope, SUM(octet_length(envelope)) OVER (ORDER BY sequence) - octet_length(envelope) AS earlier
                FROM taken WHERE envelope IS NOT NULL ORDER BY sequence LIMIT $1::bigint) AS gathered
            WHERE earlier <= $2::bigint ORDER BY sequence
            """, [String(limit), String(bytes)])
        return rows.compactMap { row in
            guard let sequence = row[0].flatMap(Int64.init), let bytes = row[1].flatMap({ Hex.decode($0) }) else { return nil }
            return WaitingComment(sequence: sequence, envelope: bytes)
        }
    }

    func waitingCount() async throws -> Int { try await number("SELECT count(*) FROM taken WHERE envelope IS NOT NULL", []) }

    func forget(_ sequences: [Int64], keysBefore before: Int64) async throws {
        _ = try await writer.run(
            "UPDATE taken SET envelope = NULL WHERE sequence = ANY ($1::bigint[])",
            [PostgreSQLArray(sequences.map { String($0) }).literal])
        _ = try await writer.run("DELETE FROM taken WHERE envelope IS NULL AND received < $1::bigint", [String(before)])
    }

    func setting(_ name: String) async throws -> String? {
        try await reader.run("SELECT value FROM setting WHERE name = $1", [name]).first?.first.flatMap { $0 }
    }

    func settings(beginningWith beginning: String) async throws -> [String: String] {
        let rows = try await reader.run(
            "SELECT name, value FROM setting WHERE left(name, length($1)) = $1", [beginning])
        return rows.reduce(into: [:]) { found, row in if let name = row[0] { found[name] = row[1] } }
    }

    func set(_ name: String, _ value: String?) async throws {
        guard let value else {
            _ = try await writer.run("DELETE FROM setting WHERE name = $1", [name])
            return
        }
        _ = try await writer.run(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [name, value])
    }

    private func number(_ statement: String, _ values: [String?]) async throws -> Int {
        try await reader.run(statement, values).first?.first.flatMap { $0 }.flatMap { Int($0) } ?? 0
    }
}
#endif
