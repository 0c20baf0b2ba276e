import Foundation

/// Numbers in words made figures: 千二百円 is 1200円, 週三日 is 週3日.
enum PlainFigures {
    private static let digits: [Character: Int] = [
        "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    private static let tens: [Character: Int] = ["十": 10, "百": 100, "千": 1_000]
    /// What follows a number, so that 一緒 and 三重 stay words.
    private static let behind = ["時", "日", "円", "万", "分", "回", "千", "百", "十", "年", "月"]

    /// Plain small letters with figures.
    static func plain(_ text: String) -> String {
        let letters = Array(PlainReading.plain(text).lowercased())
        var result = ""
        var place = 0
        while place < letters.count {
            guard let (value, end) = number(letters, place) else {
                result.append(letters[place])
                place += 1
                continue
            }
            result += String(value)
            place = end
        }
        return result
    }

    /// A number in words from a place on; nil where there is none.
    private static func number(_ letters: [Character], _ start: Int) -> (value: Int, end: Int)? {
        var place = start
        var sum = 0
        var digit: Int?
        // 3千円: the figure before belongs to it.
        // Of ASCII only: 京 counts as a number too.
        if letters[start].isASCII, let figure = letters[start].wholeNumberValue {
            guard start + 1 < letters.count, tens[letters[start + 1]] != nil,
                start == 0 || !(letters[start - 1].isASCII && letters[start - 1].isNumber)
            else { return nil }
            (digit, place) = (figure, start + 1)
        }
        while place < letters.count {
            if let value = digits[letters[place]] {
                // No sum that anybody means has ten figures.
                guard digit == nil || sum == 0, (digit ?? 0) < 100_000_000 else { break }
                digit = (digit ?? 0) * 10 + value
            } else if let unit = tens[letters[place]] {
                sum += (digit ?? 1) * unit
                digit = nil
            } else {
                break
            }
            place += 1
        }
        guard place > start, place < letters.count, behind.contains(String(letters[place])) else { return nil }
        return (sum + (digit ?? 0), place)
    }
}
