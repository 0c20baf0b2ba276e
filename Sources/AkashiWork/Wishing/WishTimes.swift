/// Times, days and hours that a clause names.
struct WishTimes {
    private let clause: String
    private let words: WishWords

    init(_ clause: String, _ words: WishWords) { (self.clause, self.words) = (clause, words) }

    var changes: [(place: String.Index, change: WishChange)] {
        var found: [(place: String.Index, change: WishChange)] = []
        let isLifted = words.lifts(clause)
        if let place = clause.place(of: words.anyStart), isLifted || clause.has(["何時でも", "何時からでも"]) {
            found.append((place, WishChange(.clear, .earliestStart)))
        }
        if let place = clause.place(of: words.days), isLifted || clause.has(["何日でも"]) {
            found.append((place, WishChange(.clear, .daysPerWeek)))
        }
        if let place = clause.place(of: words.hours), isLifted || clause.has(["何時間でも"]) {
            found.append((place, WishChange(.clear, .hoursPerDay)))
        }
        if let place = clause.place(of: words.anyEnd),
            isLifted || clause.has(["何時でも", "何時に終わっても", "決めなく", "遅くなって", "なんでも", "いつでも", "問わ", "any", "whenever", "no "])
        {
            found.append((place, WishChange(.clear, .latestEnd)))
        } else {
            found += times
        }
        if let match = clause.firstMatch(of: /週(?:に|は)?\s?([1-7])(?:日|回)?/) ?? nil, let days = Int(match.1),
            isLimit(after: match.range.upperBound)
        {
            found.append((match.range.lowerBound, WishChange(.set, .daysPerWeek, .number(days))))
        } else if let match = clause.firstMatch(of: /([1-7]) days? (?:a|per) week/), let days = Int(match.1) {
            found.append((match.range.lowerBound, WishChange(.set, .daysPerWeek, .number(days))))
        }
        if let match = clause.firstMatch(of: /1日(?:に|は)?\s?([0-9]{1,2})\s?(?:時間|h)/), let hours = Int(match.1) {
            found.append((match.range.lowerBound, WishChange(.set, .hoursPerDay, .number(hours))))
        } else if let match = clause.firstMatch(of: /([0-9]{1,2}) hours? (?:a|per) day/), let hours = Int(match.1) {
            found.append((match.range.lowerBound, WishChange(.set, .hoursPerDay, .number(hours))))
        }
        return found
    }

    /// 週3日 alone, or with a word that limits it.
    private func isLimit(after end: String.Index) -> Bool {
        let rest = clause[end...]
        return rest.isEmpty
            || ["まで", "くらい", "ぐらい", "が限", "で", "、", "。", "だけ", "ほど", "しか", "が", "程度", "以内", "以下", "がいい", "でいい", " ", "😊"].contains
            { rest.hasPrefix($0) }
    }

    private var times: [(place: String.Index, change: WishChange)] {
        var found: [(place: String.Index, change: WishChange)] = []
        for match in clause.matches(of: /(朝|午前|昼過ぎ|お昼|昼|午後|夕方|晩|夜)?の?\s?([0-9]{1,2})(?:時|:([0-9]{2}))(?!間)(?:(半)|([0-9]{2})分)?/) {
            guard var hour = Int(match.2), hour <= 24 else { continue }
            if let part = match.1, hour < 12, part != "朝", part != "午前" { hour += 12 }
            let minutes = match.4 != nil ? 30 : Int(match.3 ?? match.5 ?? "") ?? 0
            let before = clause[..<match.range.lowerBound]
            add(&found, hour, minutes, match.range, hasPart: match.1 != nil || before.contains("朝"))
        }
        // 「10時~16時のあいだ」
        if let match = clause.firstMatch(
            of: /([0-9]{1,2})時?(?::([0-9]{2}))?\s?(?:~|から)\s?([0-9]{1,2})時?(?::([0-9]{2}))?(?:の間|のあいだ|まで|で)/), found.count < 2,
            let start = Int(match.1), let end = Int(match.3), end > start, start >= 5
        {
            func text(_ hour: Int, _ minutes: Substring?) -> String {
                "\(hour < 10 ? "0" : "")\(hour):\(minutes.map(String.init) ?? "00")"
            }
            return [
                (match.range.lowerBound, WishChange(.set, .earliestStart, .time(text(start, match.2)))),
                (match.range.upperBound, WishChange(.set, .latestEnd, .time(text(end, match.4)))),
            ]
        }
        for match in clause.matches(
            of: /([0-9]{1,2})(?::([0-9]{2}))?\s?(am|pm|in the morning|in the evening|in the afternoon|o'clock)/)
        {
            guard var hour = Int(match.1), hour <= 24 else { continue }
            if ["pm", "in the evening", "in the afternoon"].contains(String(match.3)), hour < 12 { hour += 12 }
            add(&found, hour, Int(match.2 ?? "") ?? 0, match.range, hasPart: true)
        }
        return found
    }

    private func add(
        _ found: inout [(place: String.Index, change: WishChange)], _ hour: Int, _ minutes: Int, _ range: Range<String.Index>,
        hasPart: Bool
    ) {
        let after = clause[range.upperBound...]
        let near = String(after.prefix(8))
        let before = String(clause[..<range.lowerBound].suffix(16))
        var hour = hour
        func time() -> WishChange.Value {
            let text = "\(hour < 10 ? "0" : "")\(hour):\(minutes < 10 ? "0" : "")\(minutes)"
            return .time(text)
        }
        let isEnd =
            near.has(["まで", "には", "で終わ", "に終わ", "に上が", "で上が", "に帰", "で帰", "以降は無理", "より後", "を過ぎるの", "過ぎるのは", "希望", "で上がり", "に終わり"])
            || before.has(["finish by ", "done by ", "until ", "home by ", "off by ", "by "])
        let isStart =
            near.has(["から", "以降", "より前", "より早", "より先", "前は", "に始", "スタート"])
            || before.has(["from ", "after ", "before ", "start at "])
        if isEnd, !near.hasPrefix("から"), !near.hasPrefix("以降") || near.has(["以降は無理"]) {
            // "Until five" of somebody who works by day is in the afternoon.
            if hour <= 7, !hasPart { hour += 12 }
            found.append((range.lowerBound, WishChange(.set, .latestEnd, time())))
        } else if isStart {
            found.append((range.lowerBound, WishChange(.set, .earliestStart, time())))
        }
    }
}
