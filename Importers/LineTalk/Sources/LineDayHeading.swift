import AkashiModel

/// A line that says which day the following messages are of: `2021/1/1(金)`, `2021.1.1 金曜日`, `2018/04/16(Mon)`,
/// `2026.01.15 Thursday`, `Fri, 9/25/2026`.
struct LineDayHeading {
    /// Longer lines are not looked at.
    static let maximumByteCount = 64

    /// As it is written.
    let literal: String
    /// The day at 00:00; nil if the line does not tell it surely.
    let date: CivilTime?
    /// Whether the weekday that is written is not that of the date.
    let isWeekdayWrong: Bool
    /// Whether the year stands first, with dots: the form of computers.
    let hasDots: Bool

    /// Reads a whole line; nil unless it is a day heading and nothing else.
    init?(_ bytes: ArraySlice<UInt8>) {
        // Most lines end here: `2021/…`, `2021.…` or `Fri, …`.
        guard (8...Self.maximumByteCount).contains(bytes.count) else { return nil }
        let mark = bytes[bytes.startIndex + 4]
        let isYearFirst = mark == UInt8(ascii: "/") || mark == UInt8(ascii: ".")
        guard isYearFirst || bytes.prefix(10).contains(UInt8(ascii: ",")) else { return nil }
        let text = LineText.decode(bytes).text.trimmed
        guard let found = isYearFirst ? Self.yearFirst(text) : Self.weekdayFirst(text) else { return nil }
        literal = text
        date = found.date
        isWeekdayWrong = found.isWeekdayWrong
        hasDots = mark == UInt8(ascii: ".")
    }

    private typealias Found = (date: CivilTime?, isWeekdayWrong: Bool)

    private static func yearFirst(_ text: String) -> Found? {
        var digits = DigitReader(text)
        let isDamaged = text.unicodeScalars.contains("\u{fffd}")
        guard let date = LineDate.readYearFirst(&digits) else {
            // Its messages must not go under the day before: a damaged heading still ends that day.
            return isDamaged && text.utf8.prefix(4).allSatisfy { (48...57).contains($0) } ? (nil, false) : nil
        }
        let hasSpace = digits.skip(" ")
        let hasBracket = digits.skip("(") || digits.skip("（")
        guard hasSpace || hasBracket else { return isDamaged ? (nil, false) : nil }
        guard let weekday = LineDate.readWeekday(&digits), !hasBracket || digits.skip(")") || digits.skip("）"),
            digits.isAtEnd
        else { return isDamaged ? (date.day, false) : nil }
        return (date.day, date.day.map { $0.weekday != weekday } ?? false)
    }

    private static func weekdayFirst(_ text: String) -> Found? {
        var digits = DigitReader(text)
        guard let weekday = LineDate.readWeekday(&digits), digits.skip(","), digits.skip(" "),
            let date = LineDate.readYearLast(&digits, weekday: weekday), digits.isAtEnd
        else { return nil }
        return (date.day, false)
    }
}
