public import AkashiKnowledge
import Foundation

/// Reads what a sentence changes of her wishes for work: 「足立区は避けたい。時給1200円は欲しい」. It proposes; she confirms.
public struct WishReader: Sendable {
    private let words: WishWords
    private let places: WishPlaces

    /// Reads the words.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) {
        words = try knowledge.yaml("work/sentences.yaml")
        places = try WishPlaces(knowledge, words)
    }

    /// The changes, in the order of the sentence. None for a question, a story, or anything apart from work.
    public func changes(in sentence: String) -> [WishChange] {
        let plain = PlainFigures.plain(sentence)
        var found: [WishChange] = []
        for part in sentences(plain) where !isApart(part) {
            let clauses = clauses(part)
            for (number, clause) in clauses.enumerated() {
                let next = number + 1 < clauses.count ? clauses[number + 1] : ""
                for change in self.changes(inClause: clause, next: next) where !found.contains(change) {
                    found.append(change)
                }
            }
        }
        return found
    }

    /// What is told or asked is no wish.
    private func isApart(_ sentence: String) -> Bool {
        let sentence = " " + sentence
        let asks = sentence.has(words.today)
        if sentence.has(words.apart), !asks { return true }
        if sentence.has(words.story) || sentence.hasPrefix(" 前は"), !asks { return true }
        return sentence.has(words.question) && !(asks && !sentence.contains("?"))
    }

    private func sentences(_ plain: String) -> [String] {
        var parts: [String] = []
        var current = ""
        for letter in plain {
            current.append(letter)
            if "。!?\n".contains(letter) {
                parts.append(current)
                current = ""
            }
        }
        return (parts + [current]).filter { !$0.isEmpty }
    }

    private func clauses(_ sentence: String) -> [String] {
        var parts = [sentence]
        for cut in words.cut {
            parts = parts.flatMap { part -> [String] in
                var pieces: [String] = []
                var rest = part[...]
                while let range = rest.firstRange(of: cut) {
                    pieces.append(String(rest[..<range.upperBound]))
                    rest = rest[range.upperBound...]
                }
                return pieces + [String(rest)]
            }
        }
        return parts.filter { $0.contains { !$0.isWhitespace && !"。、!".contains($0) } }
    }

    private func changes(inClause clause: String, next: String) -> [WishChange] {
        var found: [(place: String.Index, change: WishChange)] = []
        func add(_ place: String.Index?, _ change: WishChange?) {
            if let place, let change { found.append((place, change)) }
        }
        // What is only named is judged by what follows: 「富山、消して」
        let judged = words.judges(clause) ? clause : clause + next
        for (place, change) in places.changes(in: clause, judged: judged) { add(place, change) }
        add(clause.place(of: words.remote + words.commute), remote(clause, judged))
        add(clause.place(of: words.payWords) ?? clause.startIndex, pay(clause, next))
        add(clause.place(of: words.publicName), publicName(clause, judged))
        add(clause.place(of: words.nights), nights(clause, judged))
        add(clause.place(of: words.weekends), weekends(clause, judged))
        for (place, change) in WishTravel(clause, judged: judged, words).changes { add(place, change) }
        for (place, change) in WishTimes(clause, words).changes { add(place, change) }
        if found.isEmpty { add(clause.startIndex, want(clause)) }
        return found.sorted { $0.place < $1.place }.map(\.change)
    }

    private func remote(_ clause: String, _ judged: String) -> WishChange? {
        let names = clause.has(words.remote)
        let goes = clause.has(words.commute)
        guard names || goes else { return nil }
        func answer(_ yes: Bool) -> WishChange { WishChange(.set, .remoteOnly, .flag(yes)) }
        if names, judged.has(["以外は", "以外の"]) { return answer(true) }
        if judged.has(words.notRemote) || (names && words.lifts(judged)) { return answer(false) }
        if names, judged.has(["じゃないとダメっていう", "縛りはやめ"]) { return answer(false) }
        if goes, !names {
            if judged.has(["なしで", "なしが", "出んで", "ありのは", "出なくて"]) || judged.has(["無理", "ng", "パス", "勘弁", "したくない", "できない"]) {
                return answer(true)
            }
            return judged.has(words.yes) || judged.hasSuffix("いい") ? answer(false) : nil
        }
        let isWish = [
            "だけ", "のみ", "じゃないと", "でないと", "しか", "がいい", "希望", "したい", "やりたい", "できる", "やれる", "出来る", "限", "で", "only", "work",
        ]
        return names && clause.has(isWish) ? answer(true) : nil
    }

    private func pay(_ clause: String, _ next: String) -> WishChange? {
        if clause.has(words.payWords),
            clause.has(words.noPayLimit) || (clause.has(words.limitNouns) && clause.has(words.liftVerbs))
                || next.has(words.noPayLimit)
        {
            return WishChange(.clear, .payFloor)
        }
        let order: [Pay.Unit] = [.hour, .day, .week, .task, .month, .year]
        guard let unit = order.first(where: { clause.has(words.otherPay[$0.rawValue] ?? []) }) else { return nil }
        let bare = clause.replacing(",", with: "").replacing(/([0-9]{1,6})万([0-9]{1,3})千/) {
            "\((Int($0.1) ?? 0) * 10_000 + (Int($0.2) ?? 0) * 1_000)"
        }
        var yen: Int?
        for match in bare.matches(of: /([0-9]{1,9}(?:\.[0-9]{1,4})?)\s?(万|million)?\s?([0-9]{1,5})?\s?(円|yen|¥)?/) {
            guard let number = Double(match.1) else { continue }
            let scale = match.2 == "万" ? 10_000.0 : match.2 == "million" ? 1_000_000.0 : 1
            if scale == 1, match.4 == nil, unit != .hour || number < 500 { continue }
            yen = Int((number * scale).rounded()) + (scale > 1 ? Int(match.3 ?? "") ?? 0 : 0)
            break
        }
        guard let yen, yen >= 300 || unit == .task, clause.has(words.payWish) || Self.endsWish(clause) || next.has(words.payWish)
        else {
            return nil
        }
        return WishChange(.set, .payFloor, .pay(Wishes.Limits.Floor(unit, yen)))
    }

    /// 「時給1200円で」
    private static func endsWish(_ clause: String) -> Bool {
        let bare = clause.trimmingCharacters(in: .whitespacesAndNewlines.union(CharacterSet(charactersIn: "。、!.")))
        return bare.hasSuffix("で") || bare.hasSuffix("円") || bare.hasSuffix("お願い")
    }

    private func publicName(_ clause: String, _ judged: String) -> WishChange? {
        guard clause.has(words.publicName) else { return nil }
        if judged.has(words.show) || judged.has(["っていう条件", "って条件", "条件はもう"]) && judged.has(words.liftVerbs) {
            return WishChange(.set, .noPublicName, .flag(false))
        }
        return judged.has(words.hide) ? WishChange(.set, .noPublicName, .flag(true)) : nil
    }

    private func nights(_ clause: String, _ judged: String) -> WishChange? {
        guard clause.has(words.nights) else { return nil }
        if words.lifts(judged) { return WishChange(.set, .noNights, .flag(false)) }
        if judged.has(words.no) || judged.has(words.rest) { return WishChange(.set, .noNights, .flag(true)) }
        return judged.has(words.yes) || judged.has(words.accept) ? WishChange(.set, .noNights, .flag(false)) : nil
    }

    private func weekends(_ clause: String, _ judged: String) -> WishChange? {
        guard clause.has(words.weekends) else { return nil }
        func answer(_ yes: Bool) -> WishChange { WishChange(.set, .noWeekends, .flag(yes)) }
        if words.lifts(judged) || judged.has(["土日じゃなくて", "土日でなくて", "休みじゃなくて"]) { return answer(false) }
        if judged.has(["月~金", "月曜から金曜"]) || judged.has(words.rest) || judged.has(words.no) { return answer(true) }
        return judged.has(words.yes) || judged.has(words.accept) ? answer(false) : nil
    }

    /// 「縫い物の仕事がしたい」「接客はもういい」
    private func want(_ clause: String) -> WishChange? {
        for (pieces, act) in [(words.english.wantDrop, WishChange.Act.remove), (words.english.wantAdd, .add)] {
            guard let piece = pieces.first(where: { clause.contains($0) }), let range = clause.firstRange(of: piece) else {
                continue
            }
            let word = clause[range.upperBound...].trimmingCharacters(in: .whitespaces.union(CharacterSet(charactersIn: ".,!")))
            let bare =
                word.hasSuffix(" work") ? String(word.dropLast(5)) : word.hasSuffix(" jobs") ? String(word.dropLast(5)) : word
            return bare.isEmpty || bare.count > 40 ? nil : WishChange(act, .wants, .words([bare]))
        }
        for (pieces, act) in [(words.wantDrop, WishChange.Act.remove), (words.wantAdd, .add)] {
            let ordered = pieces.sorted { $0.count > $1.count }
            guard let piece = ordered.first(where: { clause.has([$0]) }), let range = clause.firstRange(of: piece) else {
                continue
            }
            var word = clause[..<range.lowerBound]
            // What stands before it in the clause is no part of the word.
            for mark in ["。", "、", " ", "\u{3000}", "あと", "できれば", "やっぱり", "やっぱ", "本当は", "ほんとは", "もう", "今度は", "次は"] {
                if let last = word.ranges(of: mark).last { word = word[last.upperBound...] }
            }
            for tail in ["の仕事", "する仕事", "関係", "とか", "が", "を", "の", "は", "も"] where word.hasSuffix(tail) {
                word = word.dropLast(tail.count)
                break
            }
            let text = String(word)
            guard (2...16).contains(text.count) || text.count == 1 && act == .add,
                !words.noWant.contains(where: { text.hasPrefix($0) })
            else {
                return nil
            }
            return WishChange(act, .wants, .words([text]))
        }
        return nil
    }
}
