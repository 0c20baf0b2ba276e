import AkashiIntake
import Foundation

/// Any key of a JSON object.
struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) { stringValue = text }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// A JSON object that is asked field by field; a field of another type than expected is as if it were not there.
///
/// Numbers come back as text, never through a floating-point value: ids are above 2^53.
struct LenientObject {
    private let container: KeyedDecodingContainer<AnyKey>

    init(_ decoder: any Decoder) throws { container = try decoder.container(keyedBy: AnyKey.self) }

    func contains(_ key: String) -> Bool { container.contains(AnyKey(key)) }

    func text(_ key: String) -> String? {
        let key = AnyKey(key)
        guard container.contains(key) else { return nil }
        if let text = try? container.decode(String.self, forKey: key) { return text }
        if let number = try? container.decode(Int64.self, forKey: key) { return String(number) }
        if let number = try? container.decode(UInt64.self, forKey: key) { return String(number) }
        return nil
    }

    func flag(_ key: String) -> Bool? {
        let key = AnyKey(key)
        if let flag = try? container.decode(Bool.self, forKey: key) { return flag }
        return (try? container.decode(String.self, forKey: key)).flatMap(Bool.init)
    }

    func value<Value: Decodable>(_ key: String, _ type: Value.Type = Value.self) -> Value? {
        let key = AnyKey(key)
        guard container.contains(key) else { return nil }
        return try? container.decode(type, forKey: key)
    }

    /// The elements of an array that could be read.
    func list<Value: Decodable>(_ key: String, of type: Value.Type = Value.self) -> [Value] {
        value(key, [Maybe<Value>].self)?.compactMap(\.value) ?? []
    }
}

enum LenientJSON {
    /// Decodes an element, inside the wrapper of that name or without it.
    static func decode<Value: Decodable>(_ bytes: [UInt8], wrapper: String, as type: Value.Type) -> Value? {
        let decoder = JSONDecoder()
        decoder.userInfo[Wrapped<Value>.wrapperKey] = wrapper
        return try? decoder.decode(Wrapped<Value>.self, from: Data(bytes)).value
    }

    private struct Wrapped<Value: Decodable>: Decodable {
        static var wrapperKey: CodingUserInfoKey {
            guard let key = CodingUserInfoKey(rawValue: "wrapper") else { preconditionFailure("a fixed key") }
            return key
        }

        let value: Value

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: AnyKey.self)
            let wrapper = AnyKey(decoder.userInfo[Self.wrapperKey] as? String ?? "")
            value = container.contains(wrapper) ? try container.decode(Value.self, forKey: wrapper) : try Value(from: decoder)
        }
    }
}
