import AkashiModel
import Foundation

/// Builds a real LINE talk export from the demo case's source.
struct DemoTalkMaker {
    private static let weekdays = ["日", "月", "火", "水", "木", "金", "土"]

    let talk: DemoTalk

    var isMobile: Bool { talk.form == "mobile-ja" }
    var fileName: String { "[LINE] \(talk.title)とのトーク.txt" }

    func text() throws -> [UInt8] {
        var lines: [String] = []
        if isMobile {
            lines += ["[LINE] \(talk.title)とのトーク履歴", "保存日時：\((talk.savedAt ?? "").replacing("-", with: "/"))"]
        }
        var day = ""
        for message in talk.messages {
            guard let (time, _) = CivilTime.parseRFC3339(message.at) else {
                throw DeskError(.demoDamaged, ["file": "line"])
            }
            if time.dateText != day {
                if isMobile { lines.append("") }
                day = time.dateText
                let weekday = Self.weekdays[time.weekday]
                lines.append(
                    isMobile
                        ? "\(time.year)/\(pad(time.month))/\(pad(time.day))(\(weekday))"
                        : "\(time.year).\(pad(time.month)).\(pad(time.day)) \(weekday)曜日")
            }
            lines.append(line(message, time))
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    private func line(_ message: DemoTalk.Line, _ time: CivilTime) -> String {
        let clock = "\(pad(time.hour)):\(pad(time.minute))"
        let tab = isMobile ? "\t" : " "
        if let event = message.event { return isMobile ? "\(clock)\t\t\(event)" : "\(clock) \(event)" }
        let text = message.text ?? ""
        let isQuoted = isMobile && text.contains("\n")
        let words = (isQuoted ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text).replacing("\n", with: "\r\n")
        return "\(clock)\(tab)\(message.from ?? "")\(tab)\(words)"
    }

    private func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
