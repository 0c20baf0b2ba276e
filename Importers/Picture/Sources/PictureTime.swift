import AkashiFormats
import AkashiModel

/// When a picture says it was made. Anybody can set the camera's clock and the file's name.
enum PictureTime {
    /// `2026:11:14 21:05:33` in the zone beside it, or in Japan if there is none.
    static func taken(_ exif: ExifInfo) -> ClaimedTime? {
        guard let literal = exif.takenAt, let civil = civil(numbers(literal)) else { return nil }
        let offset = exif.offset.flatMap(minutes)
        return ClaimedTime(
            literal: literal + (exif.offset ?? ""), instant: civil.instant(offsetMinutes: offset ?? CivilTime.japanOffsetMinutes),
            precision: .second, zone: offset.map { .stated(offsetMinutes: $0) } ?? .assumedJapan)
    }

    /// `Screenshot_20261114-210533.png`, `スクリーンショット 2026-11-14 21.05.33.png`, `IMG_20261114_210533.jpg`.
    static func named(_ name: String) -> ClaimedTime? {
        var digits = numbers(name)
        // A first number that is no year belongs to something else, such as the telephone's own counter.
        while let first = digits.first, !(first.hasPrefix("19") || first.hasPrefix("20")) { digits.removeFirst() }
        guard let civil = civil(digits) else { return nil }
        return ClaimedTime(
            literal: name, instant: civil.instant(offsetMinutes: CivilTime.japanOffsetMinutes), precision: .second,
            zone: .assumedJapan)
    }

    private static func numbers(_ text: String) -> [String] {
        text.split { !("0"..."9").contains($0) }.map(String.init)
    }

    /// Fourteen digits, however they are cut.
    private static func civil(_ numbers: [String]) -> CivilTime? {
        var text = numbers.prefix(6).joined()
        if numbers.first?.count == 8, numbers.count > 1, numbers[1].count == 6 { text = numbers[0] + numbers[1] }
        guard text.count >= 14 else { return nil }
        let digits = Array(text.prefix(14)).compactMap(\.wholeNumberValue)
        guard digits.count == 14 else { return nil }
        func value(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        return CivilTime(
            year: value(0..<4), month: value(4..<6), day: value(6..<8), hour: value(8..<10), minute: value(10..<12),
            second: value(12..<14))
    }

    private static func minutes(_ text: String) -> Int? {
        let parts = text.dropFirst().split(separator: ":").compactMap { Int($0) }
        guard let sign = text.first, "+-".contains(sign), parts.count == 2, parts[0] <= 18, parts[1] < 60 else { return nil }
        return (sign == "-" ? -1 : 1) * (parts[0] * 60 + parts[1])
    }
}
