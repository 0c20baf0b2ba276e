import Foundation

/// Messages of the DevTools protocol over a pipe: JSON, each ended by a zero byte.
enum DevToolsMessage {
    static func command(id: Int, method: String, parameters: [String: DevToolsValue], session: String?) throws -> [UInt8] {
        struct Command: Encodable {
            let id: Int
            let method: String
            let params: [String: DevToolsValue]
            let sessionId: String?
        }
        let command = Command(id: id, method: method, params: parameters, sessionId: session)
        return Array(try JSONEncoder().encode(command)) + [0]
    }

    /// An answer or an event, as far as it is used.
    struct Incoming: Decodable, Sendable {
        let id: Int?
        let method: String?
        let sessionId: String?
        let params: DevToolsValue?
        let result: DevToolsValue?
        let error: Failure?

        struct Failure: Decodable, Sendable { let message: String }
    }

    /// Takes whole messages off the front of what was received.
    ///
    /// - Parameter seen: bytes that were looked through before and hold no end; a large answer comes in hundreds of pieces.
    static func take(from received: inout [UInt8], after seen: Int = 0) -> [Incoming] {
        var messages: [Incoming] = []
        var start = seen
        while let end = received[start...].firstIndex(of: 0) {
            start = 0
            if let message = try? JSONDecoder().decode(Incoming.self, from: Data(received[..<end])) {
                messages.append(message)
            }
            received.removeSubrange(...end)
        }
        return messages
    }
}

/// A JSON value of the DevTools protocol.
public enum DevToolsValue: Codable, Sendable, Equatable {
    /// Nothing.
    case null
    /// True or false.
    case bool(Bool)
    /// A number.
    case number(Double)
    /// A text.
    case string(String)
    /// A list.
    case array([DevToolsValue])
    /// Fields by name.
    case object([String: DevToolsValue])

    /// A field of an object.
    public subscript(key: String) -> DevToolsValue? {
        if case .object(let fields) = self { fields[key] } else { nil }
    }

    /// The text, if it is one.
    public var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The number, if it is one.
    public var number: Double? { if case .number(let number) = self { number } else { nil } }

    /// Whether it is `true`.
    public var isTrue: Bool { self == .bool(true) }

    /// The list; empty if it is none.
    public var list: [DevToolsValue] { if case .array(let list) = self { list } else { [] } }

    /// The fields; empty if it is no object.
    public var fields: [String: DevToolsValue] { if case .object(let fields) = self { fields } else { [:] } }

    /// Reads any JSON.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([DevToolsValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: DevToolsValue].self))
        }
    }

    /// Writes JSON.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
