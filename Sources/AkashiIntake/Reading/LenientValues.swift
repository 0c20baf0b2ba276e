/// A value that may be of another type than expected: then it is as if it were not there.
public struct Maybe<Value: Decodable>: Decodable {
    /// The value, if it is one.
    public let value: Value?

    /// Reads anything.
    public init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
}

extension Maybe: Sendable where Value: Sendable {}

/// A field that may be missing, or of another type than expected: one odd field does not lose a record.
@propertyWrapper
public struct Lenient<Value: Decodable>: Decodable {
    /// The value, if there is one.
    public let wrappedValue: Value?

    init(_ value: Value?) { wrappedValue = value }

    /// Reads anything.
    public init(from decoder: any Decoder) throws { wrappedValue = try? Value(from: decoder) }
}

extension Lenient: Sendable where Value: Sendable {}

extension KeyedDecodingContainer {
    /// A field that may be missing.
    public func decode<Value>(_ type: Lenient<Value>.Type, forKey key: Key) throws -> Lenient<Value> {
        try decodeIfPresent(type, forKey: key) ?? Lenient(nil)
    }
}

/// A list of which the elements that could be read are kept.
public struct LenientList<Value: Decodable>: Decodable {
    /// The elements.
    public let elements: [Value]

    /// Reads a list; a single value counts as a list of one.
    public init(from decoder: any Decoder) throws {
        if let list = try? [Maybe<Value>](from: decoder) {
            elements = list.compactMap(\.value)
        } else {
            elements = [try Value(from: decoder)]
        }
    }
}

extension LenientList: Sendable where Value: Sendable {}

/// Text, or a number as text. Ids do not fit into a floating number.
public struct FlexibleText: Decodable, Sendable {
    /// The text.
    public let text: String

    /// Reads a text or a whole number.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else {
            text = String(try container.decode(Int64.self))
        }
    }
}
