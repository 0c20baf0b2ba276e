import AkashiKnowledge
import AkashiModel
import AkashiText

/// Other endings of a verb or an adjective (`Knowledge/moderation/endings.tsv`).
struct Endings: Sendable {
    /// By kind and row: the endings.
    private var endings: [String: [String]] = [:]

    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        var templates: [String: [String]] = [:]
        for line in try knowledge.text("moderation/endings.tsv").split(separator: "\n") where !line.hasPrefix("# ") {
            let parts = line.split(separator: "\t").map(String.init)
            guard parts.count == 2 else { throw KnowledgeError(.damaged, ["file": "moderation/endings.tsv"]) }
            templates[parts[0], default: []].append(parts[1])
        }
        for (name, row) in Self.rows {
            for (kind, list) in templates {
                endings[kind + name] = list.compactMap { template in
                    var ending = template
                    for (mark, kana) in row where ending.contains("{") { ending = ending.replacing("{\(mark)}", with: kana) }
                    return ending.contains("{") ? nil : ending
                }
            }
        }
    }

    private static let rows: [String: [String: String]] = {
        var rows = ["i": iku, "1": ichidan, "s": suru, "a": ["": ""]]
        for (name, row) in godan { rows[String(name)] = row }
        return rows
    }()

    /// The term with another ending.
    struct Ending {
        let text: String
        let reading: String?
        /// Whether anything may follow: it says something only where somebody is plainly attacked.
        let isLoose: Bool
    }

    /// A word's stem and how it goes on.
    private struct Stem {
        /// How much of the text's end goes away, in letters.
        let drop: Int
        let row: String
        let kind: String
    }

    /// The term with other endings, and each of them as it is read.
    func texts(_ term: Term, _ dictionary: WordDictionary?) -> [Ending] {
        guard let dictionary, let last = term.text.last, "ぁ"..."ん" ~= last || last == "リ" else { return [] }
        guard let stem = stem(term.text, dictionary) else { return fused(term) }
        return fused(term) + texts(term, stem, stem.kind, isLoose: false) + texts(term, stem, stem.kind + "~", isLoose: true)
    }

    private func texts(_ term: Term, _ stem: Stem, _ kind: String, isLoose: Bool) -> [Ending] {
        let text = term.text.dropLast(stem.drop)
        let tail = String(term.text.suffix(stem.drop))
        let reading = term.reading.flatMap { read -> Substring? in
            let end = read.suffix(stem.drop)
            return end.hiragana == tail.hiragana ? read.dropLast(stem.drop) : nil
        }
        return (endings[kind + stem.row] ?? []).filter { $0 != tail }.map { ending in
            Ending(text: text + ending, reading: reading.map { $0 + ending }, isLoose: isLoose)
        }
    }

    /// きめえ for きもい, うぜえ for うざい: two vowels in one.
    private func fused(_ term: Term) -> [Ending] {
        let read = (term.reading ?? term.text).hiragana
        guard read.count >= 3, read.last == "い", term.text.last == "い", let before = read.dropLast().last,
            let vowel = Self.fusedVowels[before]
        else { return [] }
        return ["え", "ぇ"].map { Ending(text: String(read.dropLast(2)) + String(vowel) + $0, reading: nil, isLoose: false) }
    }
    private static let fusedVowels = Dictionary(
        zip("あかがさざただなはばぱまやらわおこごそぞとどのほぼぽもよろ", "えけげせぜてでねへべぺめえれええけげせぜてでねへべぺめえれ"), uniquingKeysWith: { $1 })

    private func stem(_ text: String, _ dictionary: WordDictionary) -> Stem? {
        if text.hasSuffix("しろ"), text.count > 3 { return Stem(drop: 2, row: "s", kind: "order") }
        let isAdjective = dictionary.words(text).contains { dictionary.description($0).hasPrefix("形容詞") }
        for (ends, forms, kind) in Self.derived where !isAdjective {
            for end in ends where text.hasSuffix(end) && text.count > end.count {
                if let stem = form(text.dropLast(end.count), forms, dictionary) {
                    return Stem(drop: stem.drop + end.count, row: stem.row, kind: kind)
                }
            }
        }
        // What forbids stands behind the verb as the dictionary has it.
        for (end, kind) in [("な", "prohibit"), ("ぞ", "verb"), ("よ", "verb")] where text.hasSuffix(end) && text.count > 2 {
            if let inner = verb(String(text.dropLast(end.count)), dictionary, base: true) {
                return Stem(drop: inner.drop + end.count, row: inner.row, kind: kind)
            }
        }
        let stem = verb(text, dictionary, base: false)
        // パクリ is what one does who パクる; the dictionary need not know it.
        if stem == nil, let last = text.last, let row = Self.ofNoun[String(last).hiragana], text.count >= 3 {
            let verb = verb(text.dropLast() + (Self.godan[row]?["u"] ?? ""), dictionary, base: true)
            if verb?.row == String(row) || last == "リ" && verb == nil { return Stem(drop: 1, row: String(row), kind: "noun") }
        }
        return stem
    }

    /// 許さない, 役立たず; 腐ってる, 見てるぞ; 覚えてろ, 待っとけ: what stands before is a form of a verb.
    private static let derived: [(ends: [String], forms: Set<String>, kind: String)] = [
        (["てろ", "でろ", "ていろ", "でいろ", "とけ", "どけ", "ておけ", "でおけ"].flatMap { [$0 + "よ", $0] }, ["連用タ接続", "連用形"], "stay"),
        (["ない", "ず"], ["未然形"], "negative"),
        (["てる", "でる", "ている", "でいる"].flatMap { [$0 + "ぞ", $0 + "よ", $0 + "ね", $0] }, ["連用タ接続", "連用形"], "state"),
        (["た", "だ"], ["連用タ接続", "連用形"], "past"),
    ]
    private static let ofNoun: [String: Character] = [
        "い": "ワ", "き": "カ", "ぎ": "ガ", "し": "サ", "ち": "タ", "に": "ナ", "び": "バ", "み": "マ", "り": "ラ",
    ]

    /// The verb of which a text's end is a form.
    private func form(_ text: Substring, _ forms: Set<String>, _ dictionary: WordDictionary) -> (drop: Int, row: String)? {
        var part = text
        while !part.isEmpty {
            for word in dictionary.words(String(part)) {
                let fields = dictionary.description(word).split(separator: ",", omittingEmptySubsequences: false)
                guard fields.count > 6, fields[0] == "動詞", forms.contains(String(fields[5])) else { continue }
                if fields[4].hasPrefix("一段") { return (0, "1") }
                if fields[4].hasPrefix("サ変"), part == "し" { return (1, "s") }
                if fields[4].hasPrefix("五段"), let row = fields[4].dropFirst(3).first, Self.godan[row] != nil {
                    return (1, fields[4].contains("カ行促音便") ? "i" : String(row))
                }
            }
            part = part.dropFirst()
        }
        return nil
    }

    private func verb(_ text: String, _ dictionary: WordDictionary, base: Bool) -> Stem? {
        var start = text.startIndex
        while start < text.endIndex {
            let part = String(text[start...])
            for word in dictionary.words(part) {
                let fields = dictionary.description(word).split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                guard fields.count > 6, fields[0] == "動詞" || fields[0] == "形容詞", part.count > 1 else { continue }
                if base, fields[5] != "基本形" { continue }
                let kind = fields[5] == "基本形" ? "verb" : "order"
                if !base, !["基本形", "命令ｅ", "命令ｒｏ", "命令ｙｏ", "命令ｉ"].contains(fields[5]) { continue }
                if fields[0] == "形容詞" {
                    if fields[6].hasSuffix("い"), part.hasSuffix("い") { return Stem(drop: 1, row: "a", kind: "adjective") }
                } else if fields[4].hasPrefix("五段"), let row = fields[4].dropFirst(3).first, Self.godan[row] != nil {
                    return Stem(
                        drop: 1, row: fields[4].contains("行促音便") && fields[4].contains("カ行") ? "i" : String(row), kind: kind)
                } else if fields[4].hasPrefix("一段") {
                    return Stem(drop: 1, row: "1", kind: kind)
                }
                break
            }
            start = text.index(after: start)
        }
        // An adjective of everyday talk that the dictionary does not have: kana and い, but for one letter.
        if !base, dictionary.words(text).isEmpty, text.hasSuffix("い"), text.count >= 3,
            text.dropLast().last.map({ "ァ"..."ン" ~= $0 || "ぁ"..."ん" ~= $0 }) ?? false
        {
            return Stem(drop: 1, row: "a", kind: "adjective")
        }
        return nil
    }

    private static func row(_ kana: String, _ te: String, _ ta: String, _ tya: String) -> [String: String] {
        let letters = kana.map(String.init)
        let row: [String: String?] = [
            "a": letters[0], "i": letters[1], "u": letters[2], "e": letters[3], "o": letters[4], "te": te, "tta": ta, "tya": tya,
            "nna": letters[2] == "る" ? "んな" : letters[2] + "な", "nja": letters[2] == "る" ? "んじゃ" : letters[2] + "んじゃ",
            "tyau": tya.replacing("ちま", with: "ちゃ").replacing("じま", with: "じゃ"),
            "n": letters[2] == "る" ? "ん" : nil, "tsu": letters[2] == "る" ? "っ" : nil,
            "toku": te.hasSuffix("で") ? te.dropLast() + "ど" : te.dropLast() + "と",
        ]
        return row.compactMapValues { $0 }
    }
    private static let godan: [Character: [String: String]] = [
        "カ": row("かきくけこ", "いて", "いた", "いちま"), "ガ": row("がぎぐげご", "いで", "いだ", "いじま"), "サ": row("さしすせそ", "して", "した", "しちま"),
        "タ": row("たちつてと", "って", "った", "っちま"), "ナ": row("なにぬねの", "んで", "んだ", "んじま"), "バ": row("ばびぶべぼ", "んで", "んだ", "んじま"),
        "マ": row("まみむめも", "んで", "んだ", "んじま"), "ラ": row("らりるれろ", "って", "った", "っちま"), "ワ": row("わいうえお", "って", "った", "っちま"),
    ]
    private static let iku = row("かきくけこ", "って", "った", "っちま")
    private static let ichidan: [String: String] = [
        "a": "", "i": "", "u": "る", "e": "れ", "o": "よ", "te": "て", "tta": "た", "tya": "ちま", "nna": "んな", "nja": "んじゃ",
        "tyau": "ちゃ", "toku": "と", "n": "ん", "tsu": "っ",
    ]
    private static let suru: [String: String] = [
        "a": "さ", "i": "し", "u": "する", "e": "すれ", "o": "しよ", "te": "して", "tta": "した", "tya": "しちま", "nna": "すんな", "nja": "すんじゃ",
        "tyau": "しちゃ", "toku": "しと", "seyo": "せよ", "n": "すん", "see": "せえ",
        "surubeki": "すべき",
    ]
}

extension StringProtocol {
    /// Whether it has katakana and hiragana.
    var isMixedKana: Bool {
        contains { "ぁ"..."ん" ~= $0 } && contains { "ァ"..."ヶ" ~= $0 }
    }

    /// Katakana as hiragana.
    var hiragana: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { (0x30A1...0x30F6).contains($0.value) ? Unicode.Scalar($0.value - 0x60) ?? $0 : $0 }))
    }
}
