import AkashiModel

/// The lines that a telephone writes before the talk: its title, and when it was saved.
struct LineHeader {
    /// The title; nil if the file has no such line.
    let title: LineTitle?
    /// When the file says it was saved; nil if it does not say so, or not clearly.
    let savedAt: ClaimedTime?
    /// The line that says when it was saved, if it cannot be read in one way only.
    let unclearSavedAt: LineSpan?
    /// The first line of the talk.
    let body: LineSpan?

    /// Reads the head of a file.
    init(_ lines: LineLines) {
        var line = Self.skippingBlanks(lines.first, lines)
        guard let head = line, let title = LineTitle(head: LineText.decode(lines.bytes[head.range]).text) else {
            title = nil
            savedAt = nil
            unclearSavedAt = nil
            body = line
            return
        }
        self.title = title
        line = Self.skippingBlanks(lines.after(head), lines)
        guard let second = line, let text = Self.savedText(LineText.decode(lines.bytes[second.range]).text) else {
            savedAt = nil
            unclearSavedAt = nil
            body = line
            return
        }
        savedAt = Self.time(text)
        unclearSavedAt = savedAt == nil ? second : nil
        body = lines.after(second)
    }

    private static func skippingBlanks(_ line: LineSpan?, _ lines: LineLines) -> LineSpan? {
        var line = line
        while let current = line, lines.isBlank(current) { line = lines.after(current) }
        return line
    }

    private static func savedText(_ line: String) -> String? {
        for mark in ["保存日時：", "保存日時:", "Saved on:", "Saved on："] {
            if let text = line.dropping(prefix: mark) { return text.trimmed }
        }
        return nil
    }

    /// `2021/04/30 午後1:16`, `2020/12/31 23:59`, `9/26/2026, 11:00`, `30/04/2018 17.55`.
    private static func time(_ text: String) -> ClaimedTime? {
        guard let gap = text.utf8.firstIndex(of: LineBytes.space) else { return nil }
        let dayText = String(decoding: text.utf8[..<gap], as: UTF8.self)
        var digits = DigitReader(dayText.dropping(suffix: ",") ?? dayText)
        var found = LineDate.readYearFirst(&digits)
        if found == nil {
            digits = DigitReader(dayText.dropping(suffix: ",") ?? dayText)
            // No weekday stands here, so 11/04/2018 stays unclear, and only 30/04/2018 can be told.
            found = LineDate.readYearLast(&digits, weekday: nil)
        }
        let clock = String(decoding: text.utf8[gap...], as: UTF8.self).trimmed
        guard let day = found?.day, digits.isAtEnd, let time = LineTimeText(clock, allowsDot: true),
            !time.isPast24,
            let civil = CivilTime(year: day.year, month: day.month, day: day.day, hour: time.hour, minute: time.minute)
        else { return nil }
        return ClaimedTime(
            literal: text, instant: civil.instant(offsetMinutes: CivilTime.japanOffsetMinutes), precision: .minute,
            zone: .assumedJapan)
    }
}
