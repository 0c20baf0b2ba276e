import AkashiFormats
import AkashiIntake
import AkashiLineTalkImporter
import AkashiModel

/// One talk file in a tree of its own, and what the importer makes of it.
struct LineReading {
    let bytes: [UInt8]
    let member: SealedMember
    /// How many sources the importer sees in the tree.
    let claimCount: Int
    let records: [ParsedRecord]
    let report: ReadingReport

    init(_ bytes: [UInt8], name: String = "みほん.txt") throws {
        self.bytes = bytes
        let member = SealedMember(path: name, object: SliceDigest.of(bytes), member: nil, index: 0)
        self.member = member
        let tree = SealedTree(members: [member]) { _ in MemoryBytes(bytes).stream() }
        let importer = LineTalkImporter()
        claimCount = importer.recognise([member], in: tree).count
        var records: [ParsedRecord] = []
        // Read whether recognised or not: no bytes at all may end in a trap.
        report = try importer.read(Claim(root: "", members: [member]), from: tree, record: { records.append($0) }, file: { _ in })
        self.records = records
    }

    init(_ text: String, name: String = "みほん.txt") throws {
        try self.init(Array(text.utf8), name: name)
    }

    /// The bytes that a record says it was read from.
    func slice(_ record: ParsedRecord) -> [UInt8]? {
        let end = record.source.offset + record.source.length
        guard end <= UInt64(bytes.count) else { return nil }
        return Array(bytes[Int(record.source.offset)..<Int(end)])
    }

    var texts: [String] { records.map { $0.text ?? "" } }
    var names: [String?] { records.map { $0.account?.displayName } }
    var remarks: [[String]] { records.map { $0.remarks.map(\.code) } }
    var times: [String?] { records.map { $0.claimedTime?.instant.japanMinuteText } }
    var keys: [String] { records.map(\.key) }
    var problems: [String] { report.problems.map { "\($0.code) \($0.line ?? 0)" } }
}

/// A talk on a telephone, under one day.
func telephone(_ lines: String...) -> String {
    (["[LINE] みほんとのトーク履歴", "保存日時：2026/10/05 13:16", "", "2026/10/01(木)"] + lines + [""])
        .joined(separator: "\r\n")
}

/// A talk on a computer, under one day.
func computer(_ lines: String...) -> String {
    (["2026.10.01 木曜日"] + lines + [""]).joined(separator: "\r\n")
}
