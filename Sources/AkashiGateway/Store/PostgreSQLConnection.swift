#if PostgreSQL
import AkashiModel
import CPostgreSQL
import Dispatch

/// One connection to a server, used by one request at a time. What is sent is always kept apart from the statement.
///
/// SAFETY: `handle` is touched on `queue` only, and once more when nobody else holds the connection.
final class PostgreSQLConnection: @unchecked Sendable {
    private let queue = DispatchQueue(label: "postgresql")
    private let handle: OpaquePointer

    /// Connects.
    ///
    /// - Parameter address: a connection string of libpq (PostgreSQL documentation, 34.1.1). It may hold a password and stands in no message.
    /// - Throws: ``GatewayErrorCode/storeUnavailable``.
    init(_ address: String) throws {
        guard let handle = PQconnectdb(address) else { throw Self.unavailable(nil) }
        guard PQstatus(handle) == CONNECTION_OK else {
            PQfinish(handle)
            throw Self.unavailable(nil)
        }
        self.handle = handle
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit { PQfinish(handle) }

    private struct ConnectionLost: Error {}

    /// Runs a statement. A connection that broke is made anew, and the statement sent once more: so statements must come to the same when
    /// they are run twice.
    func run(_ statement: String, _ values: [String?] = []) async throws -> [[String?]] {
        try await withCheckedThrowingContinuation { answer in
            queue.async { [self] in
                answer.resume(
                    with: Result {
                        do { return try send(statement, values) } catch is ConnectionLost {
                            PQreset(handle)
                            do { return try send(statement, values) } catch is ConnectionLost { throw Self.unavailable(nil) }
                        }
                    })
            }
        }
    }

    private func send(_ statement: String, _ values: [String?]) throws -> [[String?]] {
        let texts = values.map { value in value.map { Array($0.utf8CString) } }
        let result = Self.withPointers(texts[...], []) { pointers in
            PQexecParams(handle, statement, Int32(pointers.count), nil, pointers, nil, nil, 0)
        }
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else {
            let code = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) }
            // Without a code the words are libpq's own: the other side is gone, though its status may say so only later. 08 is a lost
            // connection, 57P a server that goes down or comes up.
            guard let code, !code.hasPrefix("08"), !code.hasPrefix("57P") else { throw ConnectionLost() }
            throw Self.unavailable(code)
        }
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { column in
                PQgetisnull(result, row, column) == 1 ? nil : PQgetvalue(result, row, column).map { String(cString: $0) }
            }
        }
    }

    private static func withPointers<Value>(
        _ texts: ArraySlice<[CChar]?>, _ pointers: [UnsafePointer<CChar>?], _ work: ([UnsafePointer<CChar>?]) -> Value
    ) -> Value {
        guard let first = texts.first else { return work(pointers) }
        guard let first else { return withPointers(texts.dropFirst(), pointers + [nil], work) }
        return first.withUnsafeBufferPointer { withPointers(texts.dropFirst(), pointers + [$0.baseAddress], work) }
    }

    /// The server's code for what went wrong (PostgreSQL documentation, appendix A); never its words, which quote what was sent.
    private static func unavailable(_ code: String?) -> GatewayError {
        GatewayError(.storeUnavailable, ["store": "postgresql" + (code.map { " " + $0 } ?? "")])
    }
}

/// Many values as one array of PostgreSQL (documentation, 8.15.6).
struct PostgreSQLArray {
    private static let digits = Array("0123456789abcdef".utf8)
    private var bytes: [UInt8] = Array("{".utf8)

    /// Texts; nil for no value.
    init(_ texts: [String?]) {
        for text in texts {
            separate()
            guard let text else {
                bytes += Array("NULL".utf8)
                continue
            }
            bytes.append(UInt8(ascii: "\""))
            for byte in text.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Bytes, each as `\x` and hexadecimal digits (documentation, 8.4.1).
    init(_ values: [[UInt8]]) {
        for value in values {
            separate()
            bytes += Array("\"\\\\x".utf8)
            bytes.reserveCapacity(bytes.count + 2 * value.count + 2)
            for byte in value {
                bytes.append(Self.digits[Int(byte >> 4)])
                bytes.append(Self.digits[Int(byte & 15)])
            }
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func separate() { if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) } }

    /// As it is sent.
    var literal: String { String(decoding: bytes, as: UTF8.self) }
}
#endif
