import AkashiModeration
import AkashiTesting
import AkashiText
import Testing

@Suite("the scanner for very many comments")
struct ScannerTests {
    private static let kana = Array("あいうえおかきくけこがぎしすばびたっつてでんはぱまみアイウカキクシスバビッツテンハパー".unicodeScalars)
    private static let others = Array("死殺馬鹿偽僞。、！★○ \u{200B}゛゜ﾞ0ｱｶﾊ".unicodeScalars)

    /// The fold said plainly: a list of what each letter is, then three things that are dropped.
    static func reference(_ text: String) -> [UInt32] {
        var codes: [UInt32] = []
        var last: UInt32 = 0
        let rows = ["あかがさざただなはばぱまやらわ", "いきぎしじちにひびぴみり", "うくぐすずつぬふぶぷむゆる", "えけげせぜてでねへべぺめれ", "おこごそぞとどのほぼぽもよろ"]
        let vowels = "あいうえお".unicodeScalars.map(\.value)
        func vowel(_ code: UInt32) -> UInt32? {
            rows.firstIndex { $0.unicodeScalars.contains { $0.value == code } }.map { vowels[$0] }
        }
        for scalar in text.unicodeScalars {
            var code: UInt32
            switch scalar {
            case "っ", "ッ", "ー": code = 0
            case "゛", "ﾞ", "゜":
                let pairs: [Character: Character] =
                    scalar == "゜"
                    ? ["は": "ぱ"]
                    : [
                        "か": "が", "き": "ぎ", "く": "ぐ", "け": "げ", "こ": "ご", "し": "じ", "す": "ず", "た": "だ", "つ": "ず", "て": "で",
                        "は": "ば", "う": "ぶ",
                    ]
                if let one = Unicode.Scalar(last), let other = pairs[Character(one)]?.unicodeScalars.first, codes.last == last {
                    codes[codes.count - 1] = other.value
                    last = other.value
                }
                continue
            case "ｱ": code = 0x3042
            case "ｶ": code = 0x304B
            case "ﾊ": code = 0x306F
            case "僞": code = 0x507D
            case "ァ"..."ヶ": code = scalar.value - 0x60
            case "ぁ"..."ん", "一"..."龥", "0": code = scalar.value
            default: code = 0
            }
            guard code != 0 else { continue }
            if code != last, code != vowel(last) { codes.append(code) }
            last = code
        }
        return codes
    }

    private static func random(_ letters: Int, _ generator: inout SeededGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<letters {
            let pool = Int.random(in: 0..<5, using: &generator) == 0 ? others : kana
            text.append(pool.randomElement(using: &generator) ?? "あ")
        }
        return String(text)
    }

    @Test("it finds what a search letter by letter through plainly folded texts finds", arguments: Seeds.standard)
    func reference(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var terms: [Term] = []
        while terms.count < 120 {
            let text = Self.random(Int.random(in: 2...4, using: &generator), &generator)
            // A voicing mark at the beginning would change the letter before the word.
            if Self.reference(text).count > 1, !terms.contains(Term(text)) { terms.append(Term(text)) }
        }
        let dictionary = try #require(WordDictionary(folder: WordDictionary.ipadic))
        let scanner = try RuleSet(Rule.list(terms), Fixture.knowledge, dictionary).scanner
        let folded = terms.map { Self.reference($0.text) }
        for _ in 0..<5000 {
            let comment = Self.random(Int.random(in: 0...40, using: &generator), &generator)
            let codes = Self.reference(comment)
            var expected: [Int: Int] = [:]
            for (number, word) in folded.enumerated() where codes.count >= word.count {
                let count = (0...(codes.count - word.count)).count { codes[$0...].starts(with: word) }
                if count > 0 { expected[number] = count }
            }
            var found: [Int: Int] = [:]
            for hit in scanner.hits(in: Array(comment.utf8)) { found[hit.term, default: 0] += 1 }
            #expect(found == expected, "\(comment)")
        }
    }

    @Test(
        "romaji is found as the kana it stands for",
        arguments: [
            ("ばか", "baka"), ("しね", "shine"), ("しね", "SINE"), ("ちゃんと", "chanto"), ("きっと", "kitto"), ("こんな", "konna"),
            ("ふじ", "fuzi"), ("しょうじ", "shouji"),
        ])
    func romaji(kana: String, latin: String) throws {
        let dictionary = try #require(WordDictionary(folder: WordDictionary.ipadic))
        let scanner = try RuleSet(Rule.list([Term(kana)]), Fixture.knowledge, dictionary).scanner
        #expect(scanner.hits(in: Array("お前は\(latin)だ".utf8)).map(\.term) == [0])
        #expect(scanner.hits(in: Array("お前は\(kana)だ".utf8)).map(\.term) == [0])
    }

    @Test("places are those of the comment", arguments: ["お前はバ★カだ", "お前はｂａｋａだ", "お前がハ゛カだ"])
    func places(comment: String) throws {
        let dictionary = try #require(WordDictionary(folder: WordDictionary.ipadic))
        let scanner = try RuleSet(Rule.list([Term("バカ")]), Fixture.knowledge, dictionary).scanner
        let bytes = Array(comment.utf8)
        let hit = try #require(scanner.hits(in: bytes).first)
        #expect(String(decoding: bytes[hit.range], as: UTF8.self).hasPrefix(String(comment.dropFirst(3).first ?? "x")))
        #expect(hit.range.upperBound == bytes.count - 3)
    }
}
