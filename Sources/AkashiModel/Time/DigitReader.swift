/// Reads fixed-width numbers and marks from a short text such as a time. ASCII digits only.
public struct DigitReader {
    private let bytes: [UInt8]
    private var position = 0

    /// Starts at the beginning of a text.
    public init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

    /// Whether everything was read.
    public var isAtEnd: Bool { position == bytes.count }

    /// Reads exactly `width` digits; nil, and nothing read, if they are not there.
    public mutating func number(_ width: Int) -> Int? { number(width...width) }

    /// Reads as many digits as there are, within the widths; nil, and nothing read, if too few.
    public mutating func number(_ widths: ClosedRange<Int>) -> Int? {
        var value = 0
        var count = 0
        while count < widths.upperBound, position + count < bytes.count {
            let digit = bytes[position + count]
            guard (48...57).contains(digit) else { break }
            value = value * 10 + Int(digit - 48)
            count += 1
        }
        guard count >= widths.lowerBound else { return nil }
        position += count
        return value
    }

    /// Reads a mark; false, and nothing read, if it is not there.
    public mutating func skip(_ mark: String) -> Bool {
        let mark = Array(mark.utf8)
        guard bytes.count - position >= mark.count, bytes[position..<position + mark.count].elementsEqual(mark) else {
            return false
        }
        position += mark.count
        return true
    }

    /// Reads one or more digits of a fraction of a second as milliseconds; further digits are dropped.
    public mutating func fraction() -> Int? {
        var digits = 0
        var value = 0
        while position < bytes.count, (48...57).contains(bytes[position]) {
            if digits < 3 { value = value * 10 + Int(bytes[position] - 48) }
            digits += 1
            position += 1
        }
        guard digits > 0 else { return nil }
        for _ in min(digits, 3)..<3 { value *= 10 }
        return value
    }

    /// Reads `Z`, `+09:00` or `+0900` as minutes ahead of UTC.
    public mutating func zone() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = number(2), hours <= 18 else { return nil }
        _ = skip(":")
        guard let minutes = number(2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
