/// JSON with one meaning only, as two verifiers in two languages must read it.
///
/// Refused: a key twice in an object however it is spelled, half a letter (a lone surrogate), numbers that only some
/// programs can hold, more than 64 levels. Strings are compared byte for byte: Swift's own `==` takes two spellings of a
/// letter for equal, other languages do not.
indirect enum StrictJSON: Sendable {
    case null
    case bool(Bool)
    /// Digits only, at most 20, below 2^64.
    case count(UInt64)
    /// Any other number. Nothing in a dossier needs one.
    case number
    case string(String)
    case array([StrictJSON])
    case object([(key: String, value: StrictJSON)])

    /// Why a value cannot be used.
    struct Problem: Error {}

    static let maximumDepth = 64

    init(_ bytes: [UInt8]) throws(Problem) {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw Problem() }
        var scanner = StrictJSONScanner(bytes: bytes)
        self = try scanner.document()
    }

    /// The value of a key; null if it is missing, which means the same.
    subscript(_ key: String) -> StrictJSON {
        guard case .object(let pairs) = self else { return .null }
        return pairs.first { $0.key.utf8.elementsEqual(key.utf8) }?.value ?? .null
    }

    /// The keys in their order.
    var keys: [String] {
        guard case .object(let pairs) = self else { return [] }
        return pairs.map(\.key)
    }

    func text() throws(Problem) -> String {
        guard case .string(let text) = self else { throw Problem() }
        return text
    }

    func count() throws(Problem) -> UInt64 {
        guard case .count(let number) = self else { throw Problem() }
        return number
    }

    func object() throws(Problem) -> StrictJSON {
        guard case .object = self else { throw Problem() }
        return self
    }

    func list<Item>(_ read: (StrictJSON) throws(Problem) -> Item) throws(Problem) -> [Item] {
        guard case .array(let items) = self else { throw Problem() }
        var result: [Item] = []
        for item in items { result.append(try read(item)) }
        return result
    }

    /// Nil for null.
    func optional<Item>(_ read: (StrictJSON) throws(Problem) -> Item) throws(Problem) -> Item? {
        if case .null = self { return nil }
        return try read(self)
    }
}

/// Reads the bytes once, from left to right.
private struct StrictJSONScanner {
    typealias Problem = StrictJSON.Problem

    let bytes: [UInt8]
    var position = 0

    mutating func document() throws(Problem) -> StrictJSON {
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw Problem() }
        return value
    }

    private mutating func skipSpace() {
        while position < bytes.count, [32, 9, 10, 13].contains(bytes[position]) { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Problem) -> StrictJSON {
        guard depth < StrictJSON.maximumDepth else { throw Problem() }
        skipSpace()
        guard position < bytes.count else { throw Problem() }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .string(try string())
        default: return try word()
        }
    }

    private mutating func object(_ depth: Int) throws(Problem) -> StrictJSON {
        position += 1
        var pairs: [(key: String, value: StrictJSON)] = []
        if take("}") { return .object(pairs) }
        var taken: Set<[UInt8]> = []
        repeat {
            skipSpace()
            let key = try string()
            guard taken.insert(Array(key.utf8)).inserted, take(":") else { throw Problem() }
            pairs.append((key, try value(depth: depth + 1)))
        } while take(",")
        guard take("}") else { throw Problem() }
        return .object(pairs)
    }

    private mutating func array(_ depth: Int) throws(Problem) -> StrictJSON {
        position += 1
        var items: [StrictJSON] = []
        if take("]") { return .array(items) }
        repeat { items.append(try value(depth: depth + 1)) } while take(",")
        guard take("]") else { throw Problem() }
        return .array(items)
    }

    private mutating func string() throws(Problem) -> String {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw Problem() }
        position += 1
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += String(try escape()).utf8
            case 0..<32: throw Problem()
            default: text.append(byte)
            }
        }
        throw Problem()
    }

    private mutating func escape() throws(Problem) -> Unicode.Scalar {
        guard position < bytes.count else { throw Problem() }
        position += 1
        switch Unicode.Scalar(bytes[position - 1]) {
        case "\"": return "\""
        case "\\": return "\\"
        case "/": return "/"
        case "b": return "\u{8}"
        case "f": return "\u{c}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u": return try unicodeEscape()
        default: throw Problem()
        }
    }

    private mutating func unicodeEscape() throws(Problem) -> Unicode.Scalar {
        let first = try fourDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw Problem() }
        position += 2
        let second = try fourDigits()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw Problem() }
        return scalar
    }

    private mutating func fourDigits() throws(Problem) -> UInt32 {
        guard position + 4 <= bytes.count else { throw Problem() }
        var number: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Problem() }
            number = number << 4 | UInt32(digit)
        }
        position += 4
        return number
    }

    /// A number, true, false or null.
    private mutating func word() throws(Problem) -> StrictJSON {
        let start = position
        while position < bytes.count, bytes[position] > 32, ![44, 58, 93, 125].contains(bytes[position]) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default: break
        }
        guard NumberForm.isNumber(text.utf8) else { throw Problem() }
        if text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: "-") }) {
            // Longer ones take some programs for ever.
            guard text.utf8.count <= 20, text != "-0" else { throw Problem() }
            return UInt64(text).map { .count($0) } ?? .number
        }
        guard Double(text)?.isFinite == true else { throw Problem() }
        return .number
    }
}

/// The grammar of a JSON number (RFC 8259 section 6).
private enum NumberForm {
    static func isNumber(_ text: some Sequence<UInt8>) -> Bool {
        var rest = Array(text)[...]
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let whole = takeDigits(&rest)
        guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard !takeDigits(&rest).isEmpty else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard !takeDigits(&rest).isEmpty else { return false }
        }
        return rest.isEmpty
    }

    private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = rest.prefix { (48...57).contains($0) }
        rest = rest.dropFirst(digits.count)
        return digits
    }
}
