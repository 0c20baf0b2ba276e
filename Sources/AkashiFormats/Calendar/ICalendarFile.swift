/// Days for a calendar program (RFC 5545): each a whole day, with a reminder.
public struct ICalendarFile: Sendable {
    /// A day.
    public struct Event: Sendable {
        /// Names it for good: the same event taken in again replaces the earlier one.
        public let id: String
        /// The day, as `20261124`.
        public let day: String
        /// The day after, as `20261125`.
        public let dayAfter: String
        /// What the calendar shows.
        public let summary: String
        /// More words; nil for none.
        public let note: String?
        /// Days before on which to remind.
        public let remindsDaysBefore: Int

        /// Takes the parts.
        public init(id: String, day: String, dayAfter: String, summary: String, note: String?, remindsDaysBefore: Int) {
            self.id = id
            self.day = day
            self.dayAfter = dayAfter
            self.summary = summary
            self.note = note
            self.remindsDaysBefore = remindsDaysBefore
        }
    }

    private static let maximumLineByteCount = 75

    /// The file.
    ///
    /// - Parameter stamp: when it was made, as `20261124T010322Z`.
    public static func text(_ events: [Event], stamp: String) -> String {
        var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Note//Note//JA", "CALSCALE:GREGORIAN"]
        for event in events {
            lines += [
                "BEGIN:VEVENT", "UID:\(event.id)", "DTSTAMP:\(stamp)", "DTSTART;VALUE=DATE:\(event.day)",
                "DTEND;VALUE=DATE:\(event.dayAfter)", "SUMMARY:\(escape(event.summary))",
            ]
            if let note = event.note { lines.append("DESCRIPTION:\(escape(note))") }
            lines += [
                "TRANSP:TRANSPARENT", "CLASS:PRIVATE", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:\(escape(event.summary))",
                "TRIGGER:-P\(event.remindsDaysBefore)D", "END:VALARM", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        return lines.map(fold).joined(separator: "\r\n") + "\r\n"
    }

    /// RFC 5545, 3.3.11.
    private static func escape(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,").replacing("\r\n", with: "\\n")
            .replacing("\n", with: "\\n")
    }

    /// Lines of at most 75 bytes (RFC 5545, 3.1), broken between letters.
    private static func fold(_ line: String) -> String {
        var result = ""
        var count = 0
        for scalar in line.unicodeScalars {
            let length = String(scalar).utf8.count
            if count + length > maximumLineByteCount {
                result += "\r\n "
                count = 1
            }
            result.unicodeScalars.append(scalar)
            count += length
        }
        return result
    }
}
