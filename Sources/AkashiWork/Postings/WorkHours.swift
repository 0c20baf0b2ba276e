/// When the work is, as far as a posting says.
public struct WorkHours: Sendable, Hashable, Codable {
    /// One span of a day, in minutes from midnight; past 1,440 where it ends on the next day.
    public struct Span: Sendable, Hashable, Codable {
        /// Its start.
        public let start: Int
        /// Its end.
        public let end: Int

        /// Its length in minutes.
        public var length: Int { end - start }
    }

    /// Spans that are named: shifts, or the one that is fixed.
    public var spans: [Span] = []
    /// Whether she may choose within them: shifts, "of these n hours", by agreement.
    public var isFlexible = false
    /// Days a week at the least and at the most.
    public var days: ClosedRange<Int>?
    /// Hours a day at the least, where the posting names them by number.
    public var leastHours: Int?
    /// Whether Saturdays and Sundays are free, as the posting says; nil where it says nothing.
    public var hasFreeWeekends: Bool?
}

extension WorkHours {
    private static let flexible = [
        "シフト", "内で", "のうち", "の間で", "の間", "応相談", "相談", "選べ", "可能な時間", "以上から", "時間から", "時間~", "時間以上", "自由", "好きな時間", "いずれか",
    ]
    private static let freeWeekends = [
        "土日祝休", "土日休", "土・日休", "土日祝日休", "完全週休2日制(土日", "完全週休二日制(土日", "土曜・日曜休", "土曜日・日曜日", "土日祝日はお休み", "土日はお休み", "土、日、祝", "土日祝はお休み",
        "土日祝定休", "月~金", "月曜~金曜", "平日のみ", "休日:土日", "土、日",
    ]
    private static let weekends = [
        "土日祝に入れる", "土日入れる", "土日勤務", "土日祝勤務", "土日出勤", "土日祝出勤", "土日どちらか", "土日のいずれか", "土日のどちらか", "土日に入れる", "土日に勤務", "土日に働ける", "土日含む",
        "土日も勤務", "土日祝に勤務", "土日祝に働ける", "土日祝含む", "週末勤務", "土日祝も",
    ]

    /// Reads them out of plain words; nil where nothing is said.
    ///
    /// - Parameter plain: letters of one width (``PlainReading/plain(_:)``).
    init?(_ plain: String) {
        let lines = plain.split(whereSeparator: { $0.isNewline || $0 == "。" })
        for line in lines.prefix(400) {
            readDays(line)
            if spans.count < 6, !["休憩", "営業時間", "受付", "電話", "開館"].contains(where: { line.contains($0) }) || line.contains("就業時間")
            {
                readSpans(line)
            }
            if hasFreeWeekends == nil {
                if Self.weekends.contains(where: { line.contains($0) }) {
                    hasFreeWeekends = false
                } else if Self.freeWeekends.contains(where: { line.contains($0) }) {
                    hasFreeWeekends = true
                }
            }
        }
        if spans.isEmpty, days == nil, leastHours == nil, hasFreeWeekends == nil { return nil }
    }

    private mutating func readDays(_ line: Substring) {
        if days == nil, line.contains("週"),
            let match = line.firstMatch(of: /週(?:に)?([1-7])(?:日|回)?(?:(~|から|以上)|[-・](?=[1-7]))?([1-7])?/)
        {
            let least = Int(match.1) ?? 1
            let most = match.3.flatMap { Int($0) } ?? (match.2 == nil ? least : 7)
            if most >= least, !line[match.range.upperBound...].hasPrefix("在宅"), !line.contains("在宅") { days = least...most }
        }
        if leastHours == nil, line.contains("1日"), let match = line.firstMatch(of: /1日([1-9])時間/) {
            leastHours = Int(match.1)
        }
    }

    private mutating func readSpans(_ line: Substring) {
        guard line.contains(":") || line.contains("時") else { return }
        for match in line.matches(
            of:
                /([0-9]{1,2})(?::([0-9]{2})|時(?:([0-9]{2})分|半)?)\s?(?:~|-|から|より)\s?(翌(?:日|朝)?)?\s?([0-9]{1,2})(?::([0-9]{2})|時(?:([0-9]{2})分|半)?)/
        ) {
            let startHalf = match.0.split(whereSeparator: { "~-から".contains($0) }).first?.hasSuffix("半") == true
            let start = (Int(match.1) ?? 0) * 60 + (Int(match.2 ?? match.3 ?? "") ?? (startHalf ? 30 : 0))
            var end = (Int(match.5) ?? 0) * 60 + (Int(match.6 ?? match.7 ?? "") ?? (match.0.hasSuffix("半") ? 30 : 0))
            if match.4 != nil || end <= start { end += 1_440 }
            guard start < 1_440, end - start <= 1_440, spans.count < 6 else { continue }
            let span = Span(start: start, end: end)
            if !spans.contains(span) { spans.append(span) }
            if Self.flexible.contains(where: { line.contains($0) }) { isFlexible = true }
        }
    }
}
