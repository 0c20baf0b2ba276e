public import AkashiActions
import AkashiFormats
public import AkashiKnowledge
public import AkashiModel

/// The days of a case for a calendar program. Calendars are shown on lock screens and shared between devices, so events name nothing
/// unless she asks for it.
public enum DeadlineCalendar {
    /// The file.
    ///
    /// - Parameters:
    ///   - isNamed: whether the rules are named.
    ///   - words: the table with `calendar.plain` and `calendar.note`.
    public static func text(
        _ board: DeadlineBoard, today: CivilDate, now: Instant, isNamed: Bool, words: StringTable, language: Language
    ) -> String {
        var events: [ICalendarFile.Event] = []
        var taken: Set<String> = []
        for deadline in board.running where deadline.daysLeft(on: today) >= 0 {
            let day = deadline.counted.lastDay
            let summary = isNamed ? deadline.rule.name[language] : words("calendar.plain")
            // One event for a day, however many posts share it.
            guard taken.insert("\(isNamed ? deadline.rule.id : "") \(day)").inserted else { continue }
            events.append(
                ICalendarFile.Event(
                    id: "\(isNamed ? deadline.rule.id.lowercased() : "day")-\(compact(day))@note", day: compact(day),
                    dayAfter: compact(day.adding(days: 1)), summary: summary, note: isNamed ? deadline.rule.after[language] : nil,
                    remindsDaysBefore: 7))
        }
        let stamp = CivilTime(now, offsetMinutes: 0).text.filter { $0 != "-" && $0 != ":" }.prefix(15) + "Z"
        return ICalendarFile.text(events, stamp: String(stamp))
    }

    private static func compact(_ day: CivilDate) -> String { day.description.replacing("-", with: "") }
}
