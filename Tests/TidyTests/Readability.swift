/// How easily Japanese text reads, by the formula of Tateishi, Ono and Yamada (1988), with the weights of RS'.
///
/// Anchors that were measured with this definition: counsellors' messages 86, a police leaflet 46, a statute 19.
struct Readability {
    /// Higher is easier.
    let score: Double
    /// Characters per sentence.
    let meanSentence: Double
    /// Characters of the longest sentence.
    let longestSentence: Int

    /// Measures a text. Marks such as `{count}` and code between backquotes are left out: they are no words.
    init(_ text: String) {
        let words = text.replacing(/\{[a-z]+\}|`[^`]*`/, with: "")
        let sentences = words.split { "。！？\n".contains($0) }
            .map { $0.trimmingPrefix(while: \.isWhitespace) }.filter { !$0.isEmpty }
        let count = Double(max(1, sentences.count))
        meanSentence = Double(sentences.reduce(0) { $0 + $1.count }) / count
        longestSentence = sentences.map(\.count).max() ?? 0
        func meanRun(_ isMember: (Character) -> Bool) -> Double {
            var runs: [Int] = []
            var run = 0
            for character in words {
                if isMember(character) { run += 1 } else if run > 0 { (runs, run) = (runs + [run], 0) }
            }
            if run > 0 { runs.append(run) }
            return runs.isEmpty ? 0 : Double(runs.reduce(0, +)) / Double(runs.count)
        }
        let letters = meanRun { ("A"..."Z").contains($0) || ("a"..."z").contains($0) }
        let hiragana = meanRun { ("ぁ"..."ゖ").contains($0) || "ゝゞ".contains($0) }
        let kanji = meanRun { ("一"..."龥").contains($0) || "々〆".contains($0) }
        let katakana = meanRun { ("ァ"..."ヺ").contains($0) || $0 == "ー" }
        let commas = Double(words.count { $0 == "、" }) / count
        score = 115.79 - 0.12 * meanSentence - 1.37 * letters + 7.4 * hiragana - 23.18 * kanji - 5.4 * katakana - 4.67 * commas
    }
}
