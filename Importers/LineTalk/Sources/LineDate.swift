import AkashiModel

/// A date as a talk file writes it, in the order that the language of the telephone has.
struct LineDate {
    /// The day at 00:00; nil if the digits name no day, or two.
    let day: CivilTime?

    /// Reads `2021/1/1` or `2021.01.01`; nil, if it does not begin so.
    static func readYearFirst(_ digits: inout DigitReader) -> LineDate? {
        guard let year = digits.number(4) else { return nil }
        let mark = digits.skip("/") ? "/" : "."
        guard mark == "/" || digits.skip("."), let month = digits.number(1...2), digits.skip(mark),
            let day = digits.number(1...2)
        else { return nil }
        return LineDate(day: CivilTime(year: year, month: month, day: day))
    }

    /// Reads `9/25/2026` or `25/09/2026`; nil, if it does not begin so.
    ///
    /// Which is the month, only the calendar tells: of both readings, one alone may name a day, and that day must fall
    /// on the weekday, where one is given. Nothing is guessed.
    static func readYearLast(_ digits: inout DigitReader, weekday: Int?) -> LineDate? {
        guard let first = digits.number(1...2), digits.skip("/"), let second = digits.number(1...2), digits.skip("/"),
            let year = digits.number(4)
        else { return nil }
        let orders = first == second ? [(first, second)] : [(first, second), (second, first)]
        let fitting = orders.compactMap { CivilTime(year: year, month: $0.0, day: $0.1) }
            .filter { weekday == nil || $0.weekday == weekday }
        return LineDate(day: fitting.count == 1 ? fitting.first : nil)
    }

    /// Reads `金`, `金曜`, `金曜日`, `Fri` or `Friday`, as 0 for Sunday … 6 for Saturday.
    static func readWeekday(_ digits: inout DigitReader) -> Int? {
        for (index, kanji) in ["日", "月", "火", "水", "木", "金", "土"].enumerated() where digits.skip(kanji) {
            if digits.skip("曜") { _ = digits.skip("日") }
            return index
        }
        for (index, name) in englishDays.enumerated() where digits.skip(name.short) {
            _ = digits.skip(name.rest)
            return index
        }
        return nil
    }

    private static let englishDays = [
        (short: "Sun", rest: "day"), (short: "Mon", rest: "day"), (short: "Tue", rest: "sday"),
        (short: "Wed", rest: "nesday"), (short: "Thu", rest: "rsday"), (short: "Fri", rest: "day"),
        (short: "Sat", rest: "urday"),
    ]
}
