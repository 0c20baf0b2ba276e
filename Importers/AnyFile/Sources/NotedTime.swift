import AkashiModel

/// Times as Japanese pages show them and people copy them: `午後11:35 · 2026年7月11日`, `2026年11月16日 0:41`, `2026/11/16 0:41`.
enum NotedTime {
    /// The time, in Japan unless a zone is written; nil if a date and a time of day are not both plain.
    static func parse(_ text: String) -> ClaimedTime? {
        guard text.utf8.count <= 80 else { return nil }
        if case (let civil, let offset?)? = CivilTime.parseRFC3339(text) {
            return ClaimedTime(
                literal: text, instant: civil.instant(offsetMinutes: offset), precision: .second,
                zone: .stated(offsetMinutes: offset))
        }
        // Every number and the mark after it, in order.
        var numbers: [(value: Int, mark: Character?)] = []
        var digits = ""
        for character in text + " " {
            if let value = character.wholeNumberValue, value < 10 {
                digits.append(String(value))
            } else if !digits.isEmpty {
                numbers.append((Int(digits) ?? -1, character))
                digits = ""
            }
        }
        guard let date = date(numbers), let clock = clock(numbers, text) else { return nil }
        guard
            let civil = CivilTime(
                year: date.0, month: date.1, day: date.2, hour: clock.hour, minute: clock.minute, second: clock.second ?? 0)
        else { return nil }
        return ClaimedTime(
            literal: text, instant: civil.instant(offsetMinutes: CivilTime.japanOffsetMinutes),
            precision: clock.second == nil ? .minute : .second, zone: .assumedJapan)
    }

    /// Year, month and day: a number of four digits and the two after it.
    private static func date(_ numbers: [(value: Int, mark: Character?)]) -> (Int, Int, Int)? {
        guard let year = numbers.firstIndex(where: { (1900...2200).contains($0.value) }), year + 2 < numbers.count,
            let mark = numbers[year].mark, "年/-.".contains(mark)
        else { return nil }
        return (numbers[year].value, numbers[year + 1].value, numbers[year + 2].value)
    }

    private static func clock(
        _ numbers: [(value: Int, mark: Character?)], _ text: String
    ) -> (hour: Int, minute: Int, second: Int?)? {
        guard let index = numbers.firstIndex(where: { $0.mark == ":" || $0.mark == "：" || $0.mark == "時" }),
            index + 1 < numbers.count
        else { return nil }
        var hour = numbers[index].value
        if text.contains("午後") || text.contains("PM") {
            guard hour <= 12 else { return nil }
            hour = hour % 12 + 12
        } else if text.contains("午前") || text.contains("AM") {
            guard hour <= 12 else { return nil }
            hour %= 12
        }
        let hasSeconds = numbers[index + 1].mark == ":" && index + 2 < numbers.count
        return (hour, numbers[index + 1].value, hasSeconds ? numbers[index + 2].value : nil)
    }
}
