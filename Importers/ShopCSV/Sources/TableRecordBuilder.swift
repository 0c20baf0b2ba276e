import AkashiFormats
import AkashiIntake
import AkashiModel

/// Makes a record of the rows of one order or review.
struct TableRecordBuilder {
    private let member: SealedMember
    private let mapping: TableMapping
    private let header: TableHeader
    private let parser: ParserVersion

    init(_ member: SealedMember, _ mapping: TableMapping, _ header: TableHeader, _ parser: ParserVersion) {
        self.member = member
        self.mapping = mapping
        self.header = header
        self.parser = parser
    }

    /// Whether two rows that follow each other are of one order. Some shops leave the order's columns empty after its first row.
    func isSame(_ left: CSVReader.Row, _ right: CSVReader.Row) -> Bool {
        guard !mapping.key.isEmpty, left.offset + left.length == right.offset else { return false }
        let keys = mapping.key.map { (cell($0, left), cell($0, right)) }
        return keys.allSatisfy { $0.0 == $0.1 } && keys.contains { !$0.0.isEmpty }
    }

    private func cell(_ column: String, _ row: CSVReader.Row) -> String {
        guard let index = header.position(of: column), row.fields.indices.contains(index) else { return "" }
        return TableCell.decode(row.fields[index], header.encoding).text.trimmed
    }

    private func cell(_ column: String?, _ rows: [CSVReader.Row]) -> String? {
        guard let column else { return nil }
        return rows.lazy.map { self.cell(column, $0) }.first { !$0.isEmpty }
    }

    func record(_ rows: [CSVReader.Row], _ problems: inout [ReadingProblem]) -> ParsedRecord? {
        guard let first = rows.first, let last = rows.last else { return nil }
        guard rows.contains(where: { $0.fields.contains { !$0.isEmpty } }) else { return nil }
        let bytes = rows.flatMap(\.raw)
        var key = mapping.key.map { cell($0, rows) ?? "" }.joined(separator: "/")
        if mapping.key.isEmpty || key.allSatisfy({ $0 == "/" }) { key = "#" + String(SliceDigest.of(bytes).hex.prefix(24)) }
        let length = last.offset + last.length - first.offset
        let place = Locator(
            object: member.object, member: member.member, offset: first.offset, length: length, digest: SliceDigest.of(bytes))
        var record = ParsedRecord(
            kind: RecordKind(mapping.kind), scope: "\(mapping.platform)/\(mapping.id)", key: key, source: place, parser: parser)
        record.account = account(rows)
        record.claimedTime =
            mapping.time.lazy.compactMap { cell($0, rows) }.compactMap { TableTime.parse($0, mapping.dateOrder) }.first
        let words = mapping.text.compactMap { cell($0, rows) }
        record.text = words.isEmpty ? nil : words.joined(separator: "\n\n")
        record.url = cell(mapping.url, rows).flatMap { $0.hasPrefix("http") ? $0 : nil }
        for (name, column) in mapping.details {
            let values = rows.map { cell(column, $0) }.filter { !$0.isEmpty }
            var seen: Set<String> = []
            let different = values.filter { seen.insert($0).inserted }
            if !different.isEmpty { record.details[name] = String(different.joined(separator: "、").prefix(2000)) }
        }
        if let stars = cell(mapping.stars, rows).flatMap(Self.stars) { record.details["stars"] = stars }
        if let area = cell(mapping.area, rows).flatMap(Prefecture.first) { record.details["area"] = area }
        record.details["table"] = mapping.id
        remark(rows, &record, &problems)
        return record
    }

    private func account(_ rows: [CSVReader.Row]) -> ClaimedAccount? {
        let id = cell(mapping.accountID, rows)
        let name = cell(mapping.accountName, rows)
        let handle = cell(mapping.accountHandle, rows)
        guard id != nil || name != nil || handle != nil else { return nil }
        return ClaimedAccount(platform: Platform(mapping.platform), id: id, handle: handle, displayName: name)
    }

    private func remark(_ rows: [CSVReader.Row], _ record: inout ParsedRecord, _ problems: inout [ReadingProblem]) {
        func add(_ code: String) {
            if !record.remarks.contains(Remark(code)) { record.remarks.append(Remark(code)) }
        }
        for row in rows {
            if row.fields.contains(where: { TableCell.decode($0, header.encoding).isLossy }) {
                add("text.bad-bytes")
                problems.append(ReadingProblem("text.bad-bytes", member: member.path, offset: row.offset, line: row.line))
            }
            if row.fields.count != header.columns.count { add("csv.ragged") }
            // What Excel makes of long numbers when it saves: the digits are gone.
            if mapping.key.contains(where: { self.cell($0, row).wholeMatch(of: /\d(?:\.\d+)?[eE]\+\d+/) != nil }) {
                add("csv.number-damaged")
            }
        }
        if record.claimedTime == nil, !mapping.time.isEmpty { add("csv.no-time") }
        if mapping.hidden.contains(where: { cell($0, rows) != nil }) { add("csv.private-columns") }
    }

    /// `5`, `★★★☆☆`, `1.0`, `星2`.
    static func stars(_ text: String) -> String? {
        let filled = text.count { $0 == "★" }
        if filled > 0, (1...5).contains(filled), !text.contains(where: \.isNumber) { return String(filled) }
        let digits = text.compactMap(\.wholeNumberValue)
        guard let first = digits.first, (0...5).contains(first) else { return nil }
        return String(first)
    }
}

/// The 47 prefectures, to find the one that an address begins with.
enum Prefecture {
    private static let names = [
        "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県",
        "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県",
        "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県",
        "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
    ]

    static func first(_ address: String) -> String? { names.first { address.hasPrefix($0) } }
}
