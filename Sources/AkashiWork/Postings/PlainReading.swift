import AkashiKnowledge
import AkashiModel
import Foundation

/// Reads places, pay, days and forms out of Japanese words.
struct PlainReading: Sendable {
    private struct Names: Decodable {
        let prefectures: [String]
        let employment: [String: [String]]
        let remoteFull: [String]
        let remotePartly: [String]
        let remoteNo: [String]
        let oddCities: [String]
    }

    private let names: Names
    private let forms: [(Employment, [String])]

    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        let names: Names = try knowledge.yaml("work/words.yaml")
        self.names = names
        // Longer words first: 契約社員 is not 社員.
        forms = Employment.allCases.compactMap { form in names.employment[form.rawValue].map { (form, $0) } }
    }

    /// Letters of one width, signs of one kind.
    static func plain(_ text: String) -> String {
        var plain = text.precomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
        for (from, to) in [("〜", "~"), ("～", "~"), ("－", "-"), ("―", "-"), ("，", ","), ("￥", "¥")] {
            plain = plain.replacing(from, with: to)
        }
        return plain
    }

    func prefecture(_ text: String) -> Stated<String>? {
        let plain = Self.plain(text)
        if let name = names.prefectures.first(where: { plain.contains($0) }) { return Stated(name, text) }
        // 東京, 大阪 and others without their ending, where nothing else says it.
        let short = names.prefectures.first { name in
            let stem = name == "北海道" ? name : String(name.dropLast())
            return plain.hasPrefix(stem) && plain.count <= stem.count + 1
        }
        return short.map { Stated($0, text) }
    }

    func city(_ text: String) -> Stated<String>? {
        var rest = Self.plain(text)[...]
        if let name = names.prefectures.first(where: { rest.contains($0) }), let range = rest.firstRange(of: name) {
            rest = rest[range.upperBound...]
        }
        // A postal code before it, and the stem of a prefecture: 大阪大阪市.
        rest = rest.drop { $0.isWhitespace || $0.isASCII && $0.isNumber || "〒-".contains($0) }
        if let stem = names.prefectures.lazy.map({ $0.dropLast() }).first(where: { rest.hasPrefix($0 + $0) }) {
            rest = rest.dropFirst(stem.count)
        }
        if let odd = names.oddCities.first(where: { rest.hasPrefix($0) || rest.contains("郡" + $0) }) { return Stated(odd, text) }
        // The county before a town is left out: 知多郡東浦町 is 東浦町.
        if let county = rest.prefixMatch(of: /[^\s0-9(),、。:;・郡]{1,5}郡(?=[^\s0-9]{1,7}[町村])/) {
            rest = rest[county.range.upperBound...]
        }
        guard let match = rest.firstMatch(of: /[^\s0-9(),、。:;・]{1,7}?[市区町村]/) else { return nil }
        var found = String(match.0)
        // 町田市, 市川市, 村上市: names that have such a letter inside of them.
        let tail = rest[match.range.upperBound...]
        if let next = tail.first, "市区町村".contains(next) {
            found.append(next)
        } else if found.count <= 1 || "市町村".contains(where: { found == String($0) }),
            let longer = tail.prefixMatch(of: /[^\s0-9(),、。:;・]{1,4}?[市区町村]/)
        {
            found += String(longer.0)
        }
        return found.count >= 2 ? Stated(found, text) : nil
    }

    /// What is paid; the unit may stand elsewhere.
    func pay(_ text: String, unit given: Pay.Unit? = nil) -> Stated<Pay>? {
        // 21万5千円 is 215000円.
        let plain = PlainFigures.plain(text.replacing(",", with: "").replacing("，", with: "")).replacing(" ", with: "")
            .replacing("\u{3000}", with: "")
            .replacing(/([0-9]{1,6})万([0-9])千/) { "\((Int($0.1) ?? 0) * 10_000 + (Int($0.2) ?? 0) * 1_000)" }
        let range =
            #/(?:¥)?([0-9]{1,9}(?:\.[0-9]{1,4})?)(万)?([0-9]{1,4})?円?(?:以上)?(?:~|から|-)(?:¥)?([0-9]{1,9}(?:\.[0-9]{1,4})?)(万)?([0-9]{1,4})?円?/#
        let units: [(Pay.Unit, [String])] = [
            (.hour, ["時給", "時間給", "時間額", "時間単価", "1時間", "/時", "時間あたり", "円/h", "/60分", "60分につき"]),
            (.day, ["日給", "日額", "日当", "1日", "/日"]),
            (.week, ["週給", "/週"]),
            (.year, ["年俸", "年収", "/年"]), (.month, ["月給", "月収", "基本給", "月額", "固定給", "/月", "1か月", "1ヶ月"]),
            (
                .task,
                [
                    "1件", "1点", "1枚", "1個", "1記事", "1文字", "1ページ", "1通", "1着", "1回", "1セット", "1曲", "1号", "1冊", "1式", "1組", "1足",
                    "1コマ", "1体", "1台", "件数", "1問", "1字", "1商品", "1本", "1分",
                    "1案件", "出来高", "単価",
                ]
            ),
        ]
        var found: (unit: Pay.Unit, place: String.Index)?
        for (unit, words) in units {
            for word in words {
                if let place = plain.firstRange(of: word)?.lowerBound, found.map({ place < $0.place }) ?? true {
                    found = (unit, place)
                }
            }
        }
        guard let unit = given ?? found?.unit else { return nil }
        let from = given == nil ? found.map { plain[$0.place...] } ?? plain[...] : plain[...]
        func yen(_ whole: Substring, _ man: Substring?, _ rest: Substring?) -> Int? {
            guard let number = Double(whole) else { return nil }
            return man == nil ? Int(number) : Int((number * 10_000).rounded()) + (rest.flatMap { Int($0) } ?? 0)
        }
        if let match = from.firstMatch(of: range),
            let least = yen(match.1, match.2 ?? (match.5 != nil && (Double(match.1) ?? 0) < 1_000 ? match.5 : nil), match.3),
            let most = yen(match.4, match.5, match.6), most >= least, most >= 50
        {
            return Stated(Pay(unit, least, most == least ? nil : most), text)
        }
        if let match = from.firstMatch(of: /¥([0-9]{1,9})/), let least = Int(match.1) { return Stated(Pay(unit, least), text) }
        // The unit may stand behind the figure: 270,000円（月給）.
        if given == nil, from.startIndex > plain.startIndex, !from.contains("円"), let pay = self.pay(text, unit: unit) {
            return pay
        }
        for match in from.matches(of: /([0-9]{1,9}(?:\.[0-9]{1,4})?)(万)?([0-9]{1,4})?円/) {
            if let least = yen(match.1, match.2, match.3), least >= 1 { return Stated(Pay(unit, least), text) }
        }
        if given != nil, let match = from.firstMatch(of: /([0-9]{1,9}(?:\.[0-9]{1,4})?)(万)?/),
            let least = yen(match.1, match.2, nil)
        {
            return Stated(Pay(unit, least), text)
        }
        return nil
    }

    func employment(_ text: String) -> Stated<Employment>? {
        let plain = Self.plain(text).lowercased()
        var best: (form: Employment, length: Int, place: String.Index)?
        for (form, words) in forms {
            for word in words {
                guard let place = plain.firstRange(of: word)?.lowerBound else { continue }
                // The longest word wins, then the first.
                if best.map({ word.count > $0.length || (word.count == $0.length && place < $0.place) }) ?? true {
                    best = (form, word.count, place)
                }
            }
        }
        return best.map { Stated($0.form, text) }
    }

    /// A field that is called so.
    func remoteField(_ value: String) -> Stated<RemoteWork>? {
        let plain = Self.plain(value)
        func has(_ words: [String]) -> Bool { words.contains { plain.contains($0) } }
        if has(["一部可", "週1日可", "週2日可", "週3日可"]) { return Stated(.partly, value) }
        if has(["該当しない", "不可", "なし", "無し", "×", "ありません", "できません", "非該当", "出社のみ", "いいえ"]) || plain.lowercased() == "no" {
            return Stated(.no, value)
        }
        if has(["完全", "すべて", "全て", "全日", "フル", "のみ"]) { return Stated(.full, value) }
        if has(["一部", "週", "月", "併用", "相談", "場合", "慣れ", "部分"]) { return Stated(.partly, value) }
        if has(["可", "該当", "あり", "○", "◯", "はい", "在宅"]) || plain.lowercased() == "yes" { return Stated(.full, value) }
        return nil
    }

    func remote(_ text: String) -> Stated<RemoteWork>? {
        let lines = Self.plain(text).split(whereSeparator: \.isNewline).filter { !$0.contains("特集") && !$0.contains("はこちら") }
        let plain = lines.joined(separator: "\n")
        if plain.contains("在宅") || plain.contains("リモート") || plain.contains("テレワーク") || plain.contains("出社") {
            if let match = plain.firstMatch(of: /(?:在宅|リモート|テレワーク)\s{0,3}[^。\n、]{0,8}(?:不可|できません|ありません|なし|×)/) {
                return Stated(.no, String(match.0))
            }
            if let match = plain.firstMatch(of: /(?:在宅|リモート|テレワーク)[^。\n、]{0,6}[(]?(?:週|月)[に]?[0-9]|出社は?[^。\n、]{0,4}(?:週|月)/) {
                return Stated(.partly, String(match.0))
            }
        }
        if let word = names.remoteNo.first(where: { plain.contains($0) }) { return Stated(.no, word) }
        if let word = names.remotePartly.first(where: { plain.contains($0) }) { return Stated(.partly, word) }
        if let word = names.remoteFull.first(where: { plain.contains($0) }) { return Stated(.full, word) }
        return nil
    }

    /// A day as `2026-11-29`.
    func day(_ text: String) -> Stated<String>? {
        let plain = text.contains("令和") ? PlainFigures.plain(text) : Self.plain(text)
        // Universal time from 15:00 on is the next day in Japan.
        let universal = plain.firstMatch(of: /([0-9]{2}):[0-9]{2}(?::[0-9.]+)?\s?(?:Z|GMT|UTC|\+00:?00)/)
        let isNextDay = universal.flatMap { Int($0.1) }.map { $0 >= 15 } ?? false
        func day(_ year: Int, _ month: Int, _ day: Int) -> Stated<String>? {
            guard let date = CivilDate(String(format: "%04d-%02d-%02d", year, month, day)) else { return nil }
            return Stated((isNextDay ? date.adding(days: 1) : date).description, text)
        }
        if let match = plain.firstMatch(of: /(20[0-9]{2})[\-\/.年]\s?([0-9]{1,2})[\-\/.月]\s?([0-9]{1,2})/) {
            return day(Int(match.1) ?? 0, Int(match.2) ?? 0, Int(match.3) ?? 0)
        }
        if let match = plain.firstMatch(of: /(?:令和|[Rr])\s?([0-9]{1,2}|元)[年.\/]\s?([0-9]{1,2})[月.\/]\s?([0-9]{1,2})/) {
            return day(2018 + (match.1 == "元" ? 1 : Int(match.1) ?? 0), Int(match.2) ?? 0, Int(match.3) ?? 0)
        }
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        if let match = plain.firstMatch(of: /([0-9]{1,2}) ([A-Z][a-z]{2})[a-z]* (20[0-9]{2})/),
            let month = months.firstIndex(of: String(match.2).lowercased())
        {
            return day(Int(match.3) ?? 0, month + 1, Int(match.1) ?? 0)
        }
        return nil
    }

    /// The day of publishing that stands somewhere in the words: behind a word that says so, or alone on a line.
    func postedDay(in text: String) -> Stated<String>? {
        let date = #"(?:20[0-9]{2}|(?:令和|r|R)\s?(?:[0-9]{1,2}|元))[年.\/-]\s?[0-9]{1,2}[月.\/-]\s?[0-9]{1,2}"#
        let plain = PlainFigures.plain(text)
        let forms = [
            "(?:掲載日|掲載開始日?|公開日|登録日|投稿日|配信日|発行日|受付日|受付年月日|掲載期間|掲載|公開|投稿|登録)[^0-9\\n令R]{0,6}(\(date))",
            "(\(date))日?[^0-9\\n]{0,6}(?:に?掲載|に?公開|に?投稿|に?登録)",
            "^[^0-9]{0,3}(?:午[前後][0-9:時分]{3,6}\\s?·?\\s?)?(\(date))日?(?:[(（].[)）])?$",
        ]
        // A day alone says so only at the head or the foot of what was copied.
        let lines = plain.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter {
            !$0.isEmpty
        }
        let edges = lines.prefix(2) + lines.dropFirst(2).suffix(2)
        for (number, form) in forms.enumerated() {
            guard let pattern = try? Regex(form, as: (Substring, Substring).self) else { continue }
            let found = number < 2 ? plain.firstMatch(of: pattern) : edges.lazy.compactMap { $0.firstMatch(of: pattern) }.first
            guard let match = found else {
                continue
            }
            if let day = day(String(match.1)) { return day }
        }
        return nil
    }

    /// A corporation's number, wherever it stands.
    func corporateNumber(_ text: String) -> Stated<String>? {
        let plain = Self.plain(text)
        guard let match = plain.firstMatch(of: /法人番号[^0-9]{0,8}([0-9][0-9\- ]{11,17}[0-9])/) else { return nil }
        let digits = match.1.filter { $0.isNumber }
        return Stated(String(digits), String(match.0))
    }
}
