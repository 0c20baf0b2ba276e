import AkashiFormats
import Foundation
import Testing

@Suite("calendar files")
struct CalendarFileTests {
    @Test("a day becomes an event that calendars read: escaped, folded, with a reminder")
    func event() {
        let text = ICalendarFile.text(
            [
                .init(
                    id: "d-1@note", day: "20261124", dayAfter: "20261125", summary: "用事；ひとつ, 二つ; 三つ",
                    note: String(repeating: "長いメモです。", count: 12) + "\n次の行", remindsDaysBefore: 7)
            ], stamp: "20261128T000000Z")
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        #expect(text.contains("SUMMARY:用事；ひとつ\\, 二つ\\; 三つ"))
        #expect(text.contains("TRIGGER:-P7D"))
        #expect(text.replacing("\r\n ", with: "").contains("\\n次の行"))
        #expect(!text.contains("\n\n"))
    }
}
