import AkashiFormats
import Foundation

/// The first line of a table, and how its letters are written.
struct TableHeader {
    /// Bytes of the beginning that are looked at.
    static let byteCount = 1 << 16
    private static let maximumColumns = 500

    /// The names as they are written.
    let columns: [String]
    let separator: UInt8
    /// Bytes up to the first row, a byte order mark included.
    let byteCount: Int
    let lineCount: Int
    /// `UTF-8` or `CP932`.
    let encoding: String
    private let positions: [String: Int]

    /// Nil if the beginning is no table: no separator, an empty name, something binary.
    init?(_ head: [UInt8]) {
        let mark = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard !head.starts(with: [0xFF, 0xFE]), !head.starts(with: [0xFE, 0xFF]), !head.prefix(2048).contains(0) else {
            return nil
        }
        let body = Array(head.dropFirst(mark))
        separator = CSVReader.separator(of: body)
        var first: CSVReader.Row?
        var reader = CSVReader(separator: separator)
        reader.update(body, { if first == nil { first = $0 } }, problem: { _, _ in })
        if first == nil { reader.finish({ if first == nil { first = $0 } }, problem: { _, _ in }) }
        guard let first, (2...Self.maximumColumns).contains(first.fields.count) else { return nil }
        encoding = mark > 0 || Self.isUTF8(body, header: first.raw) ? "UTF-8" : "CP932"
        let encoding = encoding
        columns = first.fields.map { TableCell.decode($0, encoding).text }
        guard columns.contains(where: { !$0.isEmpty }), !columns.contains(where: { $0.utf8.count > 400 }) else { return nil }
        byteCount = mark + Int(first.length)
        lineCount = first.fields.reduce(1) { $0 + $1.count { $0 == 10 } }
        var positions: [String: Int] = [:]
        for (index, name) in columns.enumerated() where positions[Self.folded(name)] == nil {
            positions[Self.folded(name)] = index
        }
        self.positions = positions
    }

    /// Columns are matched by name, never by place: shops add and move them.
    func position(of name: String) -> Int? { positions[Self.folded(name)] }

    private static func folded(_ name: String) -> String {
        name.precomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping.lowercased().filter {
            !$0.isWhitespace
        }
    }

    /// The header decides if it has letters of its own; else the encoding in which fewer bytes of the beginning are wrong.
    private static func isUTF8(_ bytes: [UInt8], header: [UInt8]) -> Bool {
        if header.contains(where: { $0 >= 0x80 }) { return String(validating: header, as: UTF8.self) != nil }
        let wrong = IconvDecoder.decodeLossy(bytes, from: "UTF-8")?.badBytes ?? 0
        return wrong == 0 || wrong <= IconvDecoder.decodeLossy(bytes, from: "CP932")?.badBytes ?? 0
    }
}

/// One cell.
enum TableCell {
    static func decode(_ bytes: [UInt8], _ encoding: String) -> (text: String, isLossy: Bool) {
        if let text = encoding == "UTF-8" ? String(validating: bytes, as: UTF8.self) : IconvDecoder.decode(bytes, from: encoding)
        {
            return (text.replacing("\r\n", with: "\n"), false)
        }
        // One bad cell does not make the others unreadable.
        if let other = encoding == "UTF-8" ? IconvDecoder.decode(bytes, from: "CP932") : String(validating: bytes, as: UTF8.self)
        {
            return (other, true)
        }
        return (IconvDecoder.decodeLossy(bytes, from: encoding)?.text ?? String(decoding: bytes, as: UTF8.self), true)
    }
}
