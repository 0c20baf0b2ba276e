import AkashiKnowledge

/// Places that a clause names, and what it wants of them.
struct WishPlaces: Sendable {
    private struct Names: Decodable {
        let prefectures: [String]
    }

    private let words: WishWords
    private let prefectures: [(name: String, stem: String)]
    private let romaji: [(name: String, prefecture: String)]

    init(_ knowledge: Knowledge, _ words: WishWords) throws(KnowledgeError) {
        self.words = words
        let names: Names = try knowledge.yaml("work/words.yaml")
        prefectures = names.prefectures.map { ($0, $0 == "北海道" ? $0 : String($0.dropLast())) }
        romaji = words.english.romaji.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// What a clause changes of places.
    ///
    /// - Parameter judged: the clause, or with the next one where only that says yes or no.
    func changes(in clause: String, judged: String) -> [(place: String.Index, change: WishChange)] {
        var changes: [(place: String.Index, change: WishChange)] = []
        func add(_ act: WishChange.Act, _ field: WishChange.Field, _ names: [(name: String, range: Range<String.Index>)]) {
            guard let first = names.first else { return }
            changes.append((first.range.lowerBound, WishChange(act, field, .words(names.map(\.name)))))
        }
        let cities = cities(clause)
        let found = prefectures(clause, besides: cities.map(\.range))
        let whole = found.map { (name: $0.name, range: $0.range) }
        if clause.has(words.nearLimit) || (clause.contains("ng") && clause.has(["場所", "のng"])) {
            return nearLimits(clause, cities + others(clause))
        }
        if let cleared = clear(clause, judged, isNamed: !cities.isEmpty || !found.isEmpty) { return cleared }
        let isAway = judged.has(words.away)
        if judged.has(words.safeAgain), !clause.has(["でも大丈夫", "でも平気"]) {
            let near = cities.isEmpty ? others(clause) : cities
            add(.remove, .notCities, near)
            if near.isEmpty { add(.add, .prefectures, whole) }
        } else if isAway, !judged.has(words.also.filter { $0 != "でも" && $0 != "あり" }) {
            let near = cities.isEmpty ? others(clause) : cities
            add(.add, .notCities, near)
            if near.isEmpty { add(.add, .notCities, found.map { ($0.stem, $0.range) }) }
        } else if judged.has(words.drop) {
            add(.remove, .cities, cities)
            add(.remove, .prefectures, whole)
        } else if judged.has(words.also) || (judged.has(words.yes) && !judged.has(words.only)) {
            add(.add, .cities, cities)
            add(.add, .prefectures, whole)
        } else if judged.has(words.only) || clause.hasSuffix("で") {
            add(.set, .cities, cities)
            if cities.isEmpty || !clause.has(["市内", "区内"]) { add(.set, .prefectures, whole) }
        }
        return changes
    }

    /// 「NGの場所は溝の口だけ」「避ける場所は全部消して」「NGの場所から柏を抜いて」
    private func nearLimits(_ clause: String, _ named: [(name: String, range: Range<String.Index>)]) -> [(
        place: String.Index, change: WishChange
    )] {
        let names = named.filter { !["場所", "設定", "全部"].contains($0.name) }
        let list = WishChange.Value.words(names.map(\.name))
        guard !names.isEmpty else {
            return clause.has(words.liftVerbs) ? [(clause.startIndex, WishChange(.clear, .notCities))] : []
        }
        if clause.has(["だけ", "のみ"]) { return [(clause.startIndex, WishChange(.set, .notCities, list))] }
        if clause.has(["から", "解除"]) || clause.has(words.drop) {
            return [(clause.startIndex, WishChange(.remove, .notCities, list))]
        }
        return [(clause.startIndex, WishChange(.add, .notCities, list))]
    }

    /// 「場所はどこでもいい」「市はどこでも」「県の指定は取り消して」
    private func clear(_ clause: String, _ judged: String, isNamed: Bool) -> [(place: String.Index, change: WishChange)]? {
        let any = clause.place(of: words.any)
        let isLifted = words.lifts(judged) && !isNamed
        guard any != nil || isLifted else { return nil }
        let place = any ?? clause.startIndex
        if clause.has(["市は", "区は", "市区町村", "市町村", "市とか", "町は", "市の指定", "市区", "any city", "which city"]) {
            var changes: [(place: String.Index, change: WishChange)] = [(clause.startIndex, WishChange(.clear, .cities))]
            guard any != nil else { return changes }
            // 「市はどこでもいいから埼玉県内で」
            let rest = String(clause[place...]).replacing("いいから", with: "").replacing("どこでも", with: "").replacing(
                "any city is ok", with: ""
            )
            .replacing("any city", with: "")
            for (_, change) in self.changes(in: rest, judged: rest) {
                changes.append((clause.index(before: clause.endIndex), change))
            }
            return changes
        }
        if any != nil, clause.has(["どこでも", "どこの", "県", "場所", "地域", "全国", "where"]) {
            return [(place, WishChange(.clear, .prefectures))]
        }
        return isLifted && clause.has(["県", "都道府県", "場所の", "地域"]) ? [(place, WishChange(.clear, .prefectures))] : nil
    }

    private func prefectures(_ clause: String, besides ranges: [Range<String.Index>]) -> [(
        name: String, stem: String, range: Range<String.Index>
    )] {
        var found: [(name: String, stem: String, range: Range<String.Index>)] = []
        for (name, stem) in prefectures {
            guard let range = clause.firstRange(of: stem), !ranges.contains(where: { $0.overlaps(range) }) else { continue }
            // 新大阪 is a station.
            if clause[..<range.lowerBound].hasSuffix("新") { continue }
            // 東京 holds 京都 in 東京都.
            if found.contains(where: { $0.range.overlaps(range) }) || (stem == "京都" && clause.contains("東京都")) { continue }
            found.append((name, stem, range))
        }
        for (name, prefecture) in [("都内", "東京都"), ("道内", "北海道")] {
            if let range = clause.firstRange(of: name) { found.append((prefecture, prefecture, range)) }
        }
        for (name, prefecture) in romaji {
            guard let range = clause.firstRange(of: name) else { continue }
            if let before = clause[..<range.lowerBound].last, before.isLetter { continue }
            if let after = clause[range.upperBound...].first, after.isLetter || after == "-" { continue }
            if clause[range.upperBound...].hasPrefix(" city") { continue }
            found.append((prefecture, prefecture, range))
        }
        return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private func cities(_ clause: String) -> [(name: String, range: Range<String.Index>)] {
        clause.matches(of: /[一-龠々ァ-ヶのケさいたまつくば]{1,7}?[市区町村]/).compactMap { match in
            var name = match.0
            // Words before the name that the letters of names can be, too.
            for lead in ["職場は", "場所は", "の", "は"] where name.hasPrefix(lead) { name = name.dropFirst(lead.count) }
            let rest = clause[match.range.upperBound...]
            guard name.count >= 2, !["市町", "全市", "各市", "都市", "地区", "下町", "市区"].contains(String(name)), !rest.hasPrefix("場"),
                name.first.map({ !"のまばいた".contains($0) }) ?? false
            else { return nil }
            return (String(name), match.range)
        }
    }

    private static let noPlaces = [
        "仕事", "職場", "場所", "土日", "夜勤", "週末", "名前", "今", "家", "絶対", "在宅", "通勤", "時給", "夜", "朝", "本名", "ネット", "人前", "電話", "接客", "顔",
        "写真",
        "日曜", "土曜", "時間", "円", "円未満", "設定", "全部", "顔出", "早朝", "深夜", "出社", "平気", "条件", "希望", "実名", "飲食", "営業", "介護", "清掃", "ノルマ",
        "残業", "シフト",
        "電話対応", "制限", "指定", "下限", "上限", "給料", "月給", "日給", "年収", "平日", "夕方", "一人", "体力", "立", "重", "力仕事", "夜間", "リモート", "フル", "最低",
        "都内", "道内",
        "勘弁", "無理", "夜シフト", "万円", "時間フル", "堪忍", "運転", "車", "車通勤", "免許", "徒歩", "駅", "歩", "以外", "困", "変", "場所の設定", "場所", "給", "頭",
        "目", "腰", "店長",
    ]

    /// Stations and quarters, told by the words around them: 「浦和と与野には近寄れない」
    private func others(_ clause: String) -> [(name: String, range: Range<String.Index>)] {
        let pattern =
            /((?:[一-龠々ァ-ヶー]{1,6}?(?:[のケヶ][一-龠]{1,3})?駅?(?:と|や|か|、))*[一-龠々ァ-ヶー]{2,6}?(?:[のケヶ][一-龠]{1,3})?)駅?(?:の?(?:近く|近所|周辺|辺り|あたり|へん|辺|ほう|方)|周辺|方面|らへん|だけ|行く|行き|には|にも|へは|のng|に|は|を|へ|、|$)/
        for match in clause.matches(of: pattern) {
            let names = match.1.split(whereSeparator: { "とやか、".contains($0) }).map { name in
                name.hasSuffix("駅") ? String(name.dropLast()) : String(name)
            }.filter { name in
                name.count >= 2 && !Self.noPlaces.contains(name) && !name.hasSuffix("以外") && !name.hasPrefix("場所の")
                    && !prefectures.contains { $0.stem == name || $0.name == name }
            }
            if !names.isEmpty { return names.map { ($0, match.range) } }
        }
        return []
    }
}
