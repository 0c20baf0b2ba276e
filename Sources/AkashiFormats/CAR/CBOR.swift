/// A value of DAG-CBOR (https://ipld.io/specs/codecs/dag-cbor/spec/).
public indirect enum CBORValue: Sendable, Equatable {
    /// A whole number.
    case integer(Int64)
    /// Bytes.
    case bytes([UInt8])
    /// A text.
    case text(String)
    /// A list.
    case list([CBORValue])
    /// Fields by name.
    case map([String: CBORValue])
    /// A link to another block: the bytes of its CID.
    case link([UInt8])
    /// True or false.
    case bool(Bool)
    /// A number with a fraction.
    case double(Double)
    /// Nothing.
    case null

    /// A field of a map.
    public subscript(name: String) -> CBORValue? { if case .map(let fields) = self { fields[name] } else { nil } }
    /// The text, if it is one.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
    /// The number, if it is one.
    public var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
    /// The bytes, if they are that.
    public var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
    /// The link, if it is one.
    public var link: [UInt8]? { if case .link(let link) = self { link } else { nil } }
    /// The list; empty if it is none.
    public var list: [CBORValue] { if case .list(let list) = self { list } else { [] } }

    private static let maximumDepth = 64

    /// Reads one value; nil if the bytes are not that, or something follows.
    public init?(_ bytes: some Collection<UInt8>) {
        var reader = Reader(bytes: Array(bytes))
        guard let value = reader.value(depth: 0), reader.place == reader.bytes.count else { return nil }
        self = value
    }

    private struct Reader {
        let bytes: [UInt8]
        var place = 0

        mutating func value(depth: Int) -> CBORValue? {
            guard depth < CBORValue.maximumDepth, place < bytes.count else { return nil }
            let first = bytes[place]
            place += 1
            if first >> 5 == 7 { return simple(first & 31) }
            guard let argument = argument(first & 31) else { return nil }
            switch first >> 5 {
            case 0: return Int64(exactly: argument).map { .integer($0) }
            case 1: return Int64(exactly: argument).map { .integer(-1 - $0) }
            case 2: return take(argument).map { .bytes($0) }
            case 3: return take(argument).map { .text(String(decoding: $0, as: UTF8.self)) }
            case 4:
                guard argument <= UInt64(bytes.count - place) else { return nil }
                var list: [CBORValue] = []
                for _ in 0..<argument {
                    guard let value = value(depth: depth + 1) else { return nil }
                    list.append(value)
                }
                return .list(list)
            case 5:
                guard argument <= UInt64(bytes.count - place) else { return nil }
                var map: [String: CBORValue] = [:]
                for _ in 0..<argument {
                    guard let name = value(depth: depth + 1)?.text, let value = value(depth: depth + 1) else { return nil }
                    map[name] = value
                }
                return .map(map)
            default:
                // Tag 42: a CID, with a zero byte before it.
                guard argument == 42, case .bytes(let cid)? = value(depth: depth + 1), cid.first == 0 else { return nil }
                return .link(Array(cid.dropFirst()))
            }
        }

        private mutating func argument(_ low: UInt8) -> UInt64? {
            switch low {
            case 0..<24: return UInt64(low)
            case 24, 25, 26, 27:
                let count = 1 << Int(low - 24)
                guard let digits = take(UInt64(count)) else { return nil }
                return digits.reduce(0) { $0 << 8 | UInt64($1) }
            default: return nil
            }
        }

        private mutating func simple(_ low: UInt8) -> CBORValue? {
            switch low {
            case 20: return .bool(false)
            case 21: return .bool(true)
            case 22: return .null
            case 27: return take(8).map { .double(Double(bitPattern: $0.reduce(0) { $0 << 8 | UInt64($1) })) }
            default: return nil
            }
        }

        private mutating func take(_ count: UInt64) -> [UInt8]? {
            guard count <= UInt64(bytes.count - place) else { return nil }
            defer { place += Int(count) }
            return Array(bytes[place..<place + Int(count)])
        }
    }
}
