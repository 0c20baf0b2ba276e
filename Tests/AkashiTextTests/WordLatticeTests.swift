import AkashiTesting
import AkashiText
import Foundation
import Testing

@Suite("cutting text into words")
struct WordLatticeTests {
    private static let sentences = [
        "すもももももももものうち", "この店の人は親切だと思います", "星一つ。写真と色がちがいました", "ABCテストを3回やりました", "東京都に住んでいる", "ﾊﾝｶｸも混じる",
        "彼氏ねえ、どうかな", "今日は早く帰れそうです", "カステラを焼きました", "未知語のグルグルヌポポを買う", "😀絵文字もある",
    ]

    @Test("the words are those of the mecab program", arguments: sentences)
    func agrees(sentence: String) throws {
        let dictionary = try #require(WordDictionary(folder: WordDictionary.ipadic), "mecab-ipadic-utf8")
        let result = try Command.run(
            "mecab", ["-d", WordDictionary.ipadic.path, "-O", "wakati"], input: Array((sentence + "\n").utf8))
        let theirs = result.text.split(whereSeparator: \.isWhitespace).map(String.init)
        let bytes = Array(sentence.utf8)
        let ours = WordLattice(bytes, dictionary).best.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
        #expect(ours == theirs)
    }

    @Test("a word that is there costs nothing more, and one across others does")
    func costs() throws {
        let dictionary = try #require(WordDictionary(folder: WordDictionary.ipadic))
        let text = "カステラを焼く"
        let lattice = WordLattice(Array(text.utf8), dictionary)
        let cake = try #require(dictionary.words("カステラ").first)
        let whole = try #require(lattice.cost(0..<12, left: cake.left, right: cake.right, inner: cake.cost))
        #expect(whole == lattice.cost)
        let part = try #require(lattice.cost(0..<6, left: cake.left, right: cake.right, inner: cake.cost))
        #expect(part > lattice.cost)
    }
}
