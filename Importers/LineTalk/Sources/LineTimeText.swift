import AkashiModel

/// The time of day that a message begins with, in one of the forms LINE writes: `11:24`, `午前11:24`, `午後0:30`,
/// `9:30 PM`, `9:30PM`, `24:53`.
struct LineTimeText {
    /// As it is written.
    let literal: String
    /// 0…23.
    let hour: Int
    /// 0…59.
    let minute: Int
    /// Whether the file says 24 for the hour: which day is meant, nobody knows.
    let isPast24: Bool

    /// Minutes since midnight.
    var minuteOfDay: Int { hour * 60 + minute }

    /// Reads the whole text; nil unless it is a time and nothing else.
    init?(_ text: String, allowsDot: Bool = false) {
        var digits = DigitReader(text)
        var half: Half? = digits.skip("午前") ? .first : digits.skip("午後") ? .second : nil
        guard var hour = digits.number(1...2), digits.skip(":") || (allowsDot && digits.skip(".")),
            let minute = digits.number(2), minute < 60
        else { return nil }
        if half == nil {
            // The systems' own formatters put a no-break or a narrow no-break space here.
            _ = digits.skip(" ") || digits.skip("\u{a0}") || digits.skip("\u{202f}")
            half = Half.english(&digits)
        }
        guard digits.isAtEnd else { return nil }
        if let half {
            guard hour <= 12 else { return nil }
            hour = hour % 12 + (half == .second ? 12 : 0)
        }
        guard hour <= 24 else { return nil }
        literal = text
        isPast24 = hour == 24
        self.hour = hour % 24
        self.minute = minute
    }

    private enum Half {
        case first, second

        static func english(_ digits: inout DigitReader) -> Half? {
            if digits.skip("AM") || digits.skip("am") { return .first }
            return digits.skip("PM") || digits.skip("pm") ? .second : nil
        }
    }
}
