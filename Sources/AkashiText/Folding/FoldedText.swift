import Foundation

/// Text made comparable for searching: width, kana, case, old forms of kanji, kinds of dashes. Each folded letter knows which
/// raw letters it came from, so that a find can be shown in the words as they stand.
public struct FoldedText: Sendable {
    /// The folded letters.
    public let scalars: [Unicode.Scalar]
    /// For each folded letter, the UTF-8 offset in the raw text of the letter it came from; at the end, the raw length.
    public let offsets: [Int]

    /// Folds a text.
    public init(_ text: String) {
        var scalars: [Unicode.Scalar] = []
        var offsets: [Int] = []
        scalars.reserveCapacity(text.utf8.count / 2)
        offsets.reserveCapacity(text.utf8.count / 2)
        let raw = text.unicodeScalars
        var index = raw.startIndex
        var offset = 0
        while index < raw.endIndex {
            let scalar = raw[index]
            var end = raw.index(after: index)
            var length = UTF8.width(scalar)
            let isFollowed = end < raw.endIndex && SearchFolding.isMark(raw[end])
            if !isFollowed, let simple = SearchFolding.simple(scalar) {
                scalars.append(simple)
                offsets.append(offset)
            } else {
                // A letter and the marks on it, together: か and ゙ are が, half-width ｶ and ﾞ too.
                while end < raw.endIndex, SearchFolding.isMark(raw[end]), length < 64 {
                    length += UTF8.width(raw[end])
                    end = raw.index(after: end)
                }
                for folded in SearchFolding.cluster(String(raw[index..<end])) {
                    scalars.append(folded)
                    offsets.append(offset)
                }
            }
            offset += length
            index = end
        }
        offsets.append(offset)
        self.scalars = scalars
        self.offsets = offsets
    }

    /// The folded letters as text.
    public var text: String { String(String.UnicodeScalarView(scalars)) }

    /// The first place of some folded letters from a place on; nil if they are not there.
    public func firstRange(of needle: [Unicode.Scalar], from start: Int = 0) -> Range<Int>? {
        guard let first = needle.first, scalars.count >= needle.count else { return nil }
        var index = start
        while index + needle.count <= scalars.count {
            if scalars[index] == first, scalars[index..<index + needle.count].elementsEqual(needle) {
                return index..<index + needle.count
            }
            index += 1
        }
        return nil
    }

    /// The UTF-8 range in the raw text that some folded letters came from.
    public func rawRange(_ range: Range<Int>) -> Range<Int> {
        let start = offsets[range.lowerBound]
        // Several folded letters may come from one raw one: go on to where the next raw letter begins.
        var end = range.upperBound
        while end < scalars.count, offsets[end] == offsets[range.upperBound - 1] { end += 1 }
        return start..<offsets[end]
    }
}

/// How letters are made comparable.
enum SearchFolding {
    /// Old and personal forms of kanji, and the form that they are found under. Searching only: nothing is ever rewritten.
    private static let kanji: [Unicode.Scalar: Unicode.Scalar] = {
        let pairs = """
            髙高 﨑崎 嵜崎 濵浜 濱浜 邊辺 邉辺 齋斎 齊斉 斉斎 渕淵 德徳 瀨瀬 眞真 槇槙 嶋島 嶌島 冨富 桒桑 栁柳 廣広 國国 圀国 澤沢 櫻桜 龍竜 瀧滝 惠恵 榮栄 會会 學学 樂楽
            體体 圓円 壽寿 實実 寫写 應応 戰戦 擴拡 舊旧 晝昼 曉暁 條条 來来 氣気 淸清 溪渓 滿満 澁渋 燒焼 營営 獨独 獻献 當当 發発 盜盗 眾衆 禮礼 穗穂 經経 縣県 總総 繩縄
            聲声 臺台 與与 萬万 藝芸 藏蔵 處処 號号 衞衛 覺覚 觀観 讀読 變変 賣売 轉転 辭辞 遲遅 鄕郷 醫医 釋釈 鐵鉄 鑛鉱 關関 隱隠 雜雑 靈霊 靜静 餘余 驗験 鹽塩 麥麦 黃黄 黑黒 默黙 點点
            黨党 齒歯 龜亀 𠮷吉 𠮟叱 﨟臈 靑青 朗朗 神神 祥祥 福福 都都 侮侮 僧僧 勉勉 勤勤 卑卑 喝喝 嘆嘆 器器 塀塀 墨墨 層層 悔悔 慨慨 憎憎 懲懲 敏敏 既既 暑暑 梅梅 海海 渚渚 漢漢
            煮煮 琢琢 碑碑 社社 祉祉 祈祈 祐祐 祖祖 祝祝 禍禍 禎禎 穀穀 突突 節節 練練 繁繁 署署 者者 臭臭 艹草 著著 褐褐 視視 謁謁 謹謹 賓賓 贈贈 逸逸 難難 響響 頻頻
            """
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for pair in pairs.split(whereSeparator: \.isWhitespace) {
            let scalars = Array(pair.unicodeScalars)
            if scalars.count == 2 { table[scalars[0]] = scalars[1] }
        }
        return table
    }()

    private static let others: [Unicode.Scalar: Unicode.Scalar] = [
        "～": "〜", "~": "〜", "－": "-", "‐": "-", "‑": "-", "–": "-", "—": "-", "―": "-", "−": "-", "ｰ": "ー", "・": "・", "･": "・",
        "“": "\"", "”": "\"", "‘": "'", "’": "'", "`": "'", "゛": "゛",
    ]

    /// Marks that belong to the letter before them.
    static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x300...0x36F, 0x3099, 0x309A, 0xFF9E, 0xFF9F, 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0x200D, 0x20D0...0x20FF: true
        default: false
        }
    }

    /// The folded letter where one becomes one by a table alone; nil where it takes more.
    static func simple(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x41...0x5A: return Unicode.Scalar(scalar.value + 32)
        case 0x20...0x7E: return others[scalar] ?? scalar
        case 0..<0x80: return " "
        // Katakana and its repetition marks to hiragana.
        case 0x30A1...0x30F6, 0x30FD...0x30FE: return Unicode.Scalar(scalar.value - 0x60)
        case 0x3041...0x309E, 0x30FC: return scalar
        case 0x4E00...0x9FFF, 0x3400...0x4DBF: return kanji[scalar] ?? scalar
        case 0xFF21...0xFF3A: return Unicode.Scalar(scalar.value - 0xFF21 + 0x61)
        case 0x3000: return " "
        default: return nil
        }
    }

    /// The folded letters of a letter with its marks, or of one that becomes several (㈱, ﬁ, ½).
    static func cluster(_ text: String) -> [Unicode.Scalar] {
        let normal = text.precomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
        return normal.lowercased().unicodeScalars.compactMap { scalar in
            // Variation selectors and joiners choose a shape, not a letter.
            if isMark(scalar), scalar.value >= 0xFE00 || scalar.value == 0x200D { return nil }
            return kanji[scalar] ?? others[scalar] ?? simple(scalar) ?? scalar
        }
    }
}
