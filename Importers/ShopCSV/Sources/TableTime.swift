import AkashiIntake
import AkashiModel

/// Times as shops write them into tables.
enum TableTime {
    /// Nil if there is no plain date. Without a time of day it is as exact as the day; without a zone it is Japan's.
    static func parse(_ text: String, _ order: TableMapping.DateOrder?) -> ClaimedTime? {
        guard text.utf8.count <= 60 else { return nil }
        var numbers: [Int] = []
        var digits = ""
        for character in text + " " {
            if let value = character.wholeNumberValue, value < 10 {
                digits += String(value)
            } else if !digits.isEmpty {
                numbers.append(Int(digits) ?? -1)
                digits = ""
            }
        }
        let zone = zone(text)
        if zone != nil, numbers.count > 2 {
            numbers.removeLast(text.contains("Z") || text.contains("UTC") ? 0 : min(zoneNumbers(text), numbers.count - 3))
        }
        // 20261114 in one piece.
        if let first = numbers.first, first > 19_000_101, first < 22_001_231 {
            numbers.replaceSubrange(0...0, with: [first / 10_000, first / 100 % 100, first % 100])
        }
        guard numbers.count >= 3 else { return nil }
        let date = date(numbers, order ?? .yearFirst)
        let clock = Array(numbers.dropFirst(3).prefix(3))
        let isAfternoon = text.contains("午後") || text.uppercased().contains("PM")
        var hour = clock.first ?? 0
        if isAfternoon, hour < 12 {
            hour += 12
        } else if hour == 12, text.contains("午前") || text.uppercased().contains("AM") {
            hour = 0
        }
        guard
            let civil = CivilTime(
                year: date.year, month: date.month, day: date.day, hour: hour, minute: clock.count > 1 ? clock[1] : 0,
                second: clock.count > 2 ? clock[2] : 0)
        else { return nil }
        let precision: ClaimedTime.Precision = clock.count > 2 ? .second : clock.count > 1 ? .minute : .day
        return ClaimedTime(
            literal: text, instant: civil.instant(offsetMinutes: zone ?? CivilTime.japanOffsetMinutes), precision: precision,
            zone: zone.map { .stated(offsetMinutes: $0) } ?? .assumedJapan)
    }

    private static func date(_ numbers: [Int], _ order: TableMapping.DateOrder) -> (year: Int, month: Int, day: Int) {
        var date: (year: Int, month: Int, day: Int)
        if numbers[0] > 31 {
            date = (numbers[0], numbers[1], numbers[2])
        } else if order == .monthFirst {
            date = (numbers[2], numbers[0], numbers[1])
        } else if order == .dayFirst {
            date = (numbers[2], numbers[1], numbers[0])
        } else {
            date = (numbers[0], numbers[1], numbers[2])
        }
        if date.year < 100 { date.year += 2000 }
        return date
    }

    /// `+0900`, `+09:00`, `Z`, `UTC`: minutes ahead of UTC.
    private static func zone(_ text: String) -> Int? {
        if text.hasSuffix("Z") || text.hasSuffix("UTC") { return 0 }
        guard let match = text.firstMatch(of: /([+\-])(\d\d):?(\d\d)$/), let hours = Int(match.2), let minutes = Int(match.3),
            text.contains(":")
        else { return nil }
        return (match.1 == "-" ? -1 : 1) * (hours * 60 + minutes)
    }

    /// How many numbers the zone at the end takes up.
    private static func zoneNumbers(_ text: String) -> Int {
        text.suffix(6).contains(":") && text.firstMatch(of: /[+\-]\d\d:\d\d$/) != nil ? 2 : 1
    }
}
