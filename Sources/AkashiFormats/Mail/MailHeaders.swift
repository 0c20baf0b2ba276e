/// The header of a mail or of a part of one (RFC 5322 section 2.2), read leniently and kept in order.
public struct MailHeaders: Sendable {
    /// One field. The value is unfolded and otherwise as it was sent: bytes, because nobody keeps to ASCII.
    public struct Field: Sendable {
        /// The name, lower-case.
        public let name: String
        /// The value without the folding.
        public let value: [UInt8]
    }

    /// Most fields that are kept; more is an attack.
    static let maximumFields = 2_000

    /// The fields, from the top.
    public private(set) var fields: [Field] = []

    /// Reads the lines of a header.
    init(_ bytes: ArraySlice<UInt8>) {
        var name: String?
        var value: [UInt8] = []
        func finish(_ fields: inout [Field]) {
            if let name, fields.count < Self.maximumFields { fields.append(Field(name: name, value: Self.trimmed(value))) }
            value = []
        }
        for var line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            if line.last == 13 { line = line.dropLast() }
            if let first = line.first, first == 32 || first == 9 {
                if name != nil { value += [32] + line.drop { $0 == 32 || $0 == 9 } }
                continue
            }
            finish(&fields)
            name = nil
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let nameBytes = Self.trimmed(Array(line[..<colon]))
            guard !nameBytes.isEmpty, nameBytes.allSatisfy({ $0 > 32 && $0 < 127 }) else { continue }
            name = String(decoding: nameBytes, as: UTF8.self).lowercased()
            value = Array(line[line.index(after: colon)...])
        }
        finish(&fields)
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        var rest = bytes[...]
        while let first = rest.first, first == 32 || first == 9 { rest = rest.dropFirst() }
        while let last = rest.last, last == 32 || last == 9 { rest = rest.dropLast() }
        return Array(rest)
    }

    /// The raw value of the first field of a name.
    public func raw(_ name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

    /// The readable value of the first field of a name.
    public func text(_ name: String) -> String? { raw(name).map { EncodedWord.decode($0) } }

    /// The readable values of all fields of a name, from the top.
    public func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map { EncodedWord.decode($0.value) } }
}
