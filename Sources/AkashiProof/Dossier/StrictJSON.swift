/// Checks that JSON has one meaning: no key twice in an object, no depth that only some readers take.
///
/// Two verifiers in two languages must not read the same bytes differently.
enum StrictJSON {
    private static let maximumDepth = 64

    static func isUnambiguous(_ bytes: [UInt8]) -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil else { return false }
        var scanner = Scanner(bytes: bytes)
        return scanner.value(depth: 0) && scanner.isAtEnd
    }

    private struct Scanner {
        let bytes: [UInt8]
        var position = 0

        var isAtEnd: Bool {
            mutating get {
                skipSpace()
                return position == bytes.count
            }
        }

        mutating func skipSpace() {
            while position < bytes.count, [32, 9, 10, 13].contains(bytes[position]) { position += 1 }
        }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        mutating func value(depth: Int) -> Bool {
            guard depth < maximumDepth else { return false }
            skipSpace()
            guard position < bytes.count else { return false }
            switch bytes[position] {
            case UInt8(ascii: "{"): return object(depth)
            case UInt8(ascii: "["): return array(depth)
            case UInt8(ascii: "\""): return string() != nil
            default: return word()
            }
        }

        private mutating func object(_ depth: Int) -> Bool {
            position += 1
            if take("}") { return true }
            var keys: Set<[UInt8]> = []
            repeat {
                skipSpace()
                // Keys with escapes could be spelled in two ways; ours never have any.
                guard let key = string(), !key.contains(UInt8(ascii: "\\")), keys.insert(key).inserted, take(":"),
                    value(depth: depth + 1)
                else { return false }
            } while take(",")
            return take("}")
        }

        private mutating func array(_ depth: Int) -> Bool {
            position += 1
            if take("]") { return true }
            repeat { guard value(depth: depth + 1) else { return false } } while take(",")
            return take("]")
        }

        private mutating func string() -> [UInt8]? {
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
            let start = position + 1
            position += 1
            while position < bytes.count {
                switch bytes[position] {
                case UInt8(ascii: "\\"): position += 2
                case UInt8(ascii: "\""):
                    position += 1
                    return Array(bytes[start..<position - 1])
                case 0..<32: return nil
                default: position += 1
                }
            }
            return nil
        }

        /// A number, true, false or null.
        private mutating func word() -> Bool {
            let start = position
            while position < bytes.count, bytes[position] > 32, ![44, 58, 93, 125].contains(bytes[position]) { position += 1 }
            let text = String(decoding: bytes[start..<position], as: UTF8.self)
            if ["true", "false", "null"].contains(text) { return true }
            return !text.isEmpty && text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) } && Double(text) != nil
        }
    }
}
