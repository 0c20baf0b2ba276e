/// Finds where a value stands inside JSON, without decoding what is around it.
public enum JSONFinder {
    /// The bytes of the value under a path of keys, up to the end where it breaks off; nil if it is not there or the JSON is not well
    /// formed up to it.
    public static func range(of path: [String], in bytes: [UInt8]) -> Range<Int>? {
        var scanner = Scanner(bytes: bytes)
        for key in path {
            guard scanner.enterObject(), scanner.moveToValue(of: Array(key.utf8)) else { return nil }
        }
        scanner.skipSpace()
        let start = scanner.position
        guard start < bytes.count else { return nil }
        return scanner.skipValue() ? start..<scanner.position : start..<bytes.count
    }

    private struct Scanner {
        let bytes: [UInt8]
        var position = 0

        mutating func skipSpace() {
            while position < bytes.count, [32, 9, 10, 13].contains(bytes[position]) { position += 1 }
        }

        mutating func take(_ byte: UInt8) -> Bool {
            skipSpace()
            guard position < bytes.count, bytes[position] == byte else { return false }
            position += 1
            return true
        }

        mutating func enterObject() -> Bool { take(UInt8(ascii: "{")) }

        /// Goes to the value of a key of the object that was entered. Keys with escapes are never ours.
        mutating func moveToValue(of key: [UInt8]) -> Bool {
            while true {
                skipSpace()
                let start = position + 1
                guard skipString() else { return false }
                let found = bytes[start..<position - 1].elementsEqual(key)
                guard take(UInt8(ascii: ":")) else { return false }
                if found { return true }
                skipSpace()
                guard skipValue(), take(UInt8(ascii: ",")) else { return false }
            }
        }

        mutating func skipString() -> Bool {
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return false }
            position += 1
            while position < bytes.count {
                let byte = bytes[position]
                position += byte == UInt8(ascii: "\\") ? 2 : 1
                if byte == UInt8(ascii: "\"") { return true }
            }
            return false
        }

        /// Passes over a value: a string, an object or array to its end, or anything up to the next comma or bracket.
        mutating func skipValue() -> Bool {
            guard position < bytes.count else { return false }
            if bytes[position] == UInt8(ascii: "\"") { return skipString() }
            var depth = 0
            while position < bytes.count {
                switch bytes[position] {
                case UInt8(ascii: "\""):
                    guard skipString() else { return false }
                    continue
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    if depth == 0 { return true }
                    depth -= 1
                    if depth == 0 {
                        position += 1
                        return true
                    }
                case UInt8(ascii: ","): if depth == 0 { return true }
                default: break
                }
                position += 1
            }
            return false
        }
    }
}
