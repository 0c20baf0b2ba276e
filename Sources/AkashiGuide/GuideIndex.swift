import AkashiText
import Foundation

/// Finds sections by what people type: BM25F (Zaragoza and others, TREC 2004) over pairs of folded letters, and whole words in Latin script.
///
/// No dictionary: what frightened people type has slips and short forms, and pairs still meet where words would not.
struct GuideIndex: Sendable {
    /// How much a place in a section says, and how far its length is taken into account. These numbers and the two below were chosen on the
    /// development questions of the tests.
    private static let fields: [(weight: Double, lengthPull: Double)] = [(4, 0.3), (4, 0.6), (0.5, 0.75)]
    private static let saturation = 4.0
    /// Pairs of hiragana alone are mostly grammar, as are the commonest English words.
    private static let grammarWeight = 0.7

    private let ids: [String]
    /// For each token, the sections that have it and how much.
    private let postings: [String: [(section: Int, weight: Double)]]

    init(_ sections: [GuideSection]) {
        ids = sections.map(\.id)
        let texts = sections.map { [Self.tokens($0.title), Self.tokens($0.words), Self.tokens($0.text)] }
        let means = Self.fields.indices.map { field in
            max(1, Double(texts.reduce(0) { $0 + $1[field].count }) / Double(max(1, texts.count)))
        }
        var postings: [String: [(section: Int, weight: Double)]] = [:]
        for (section, fields) in texts.enumerated() {
            var weights: [String: Double] = [:]
            for (field, tokens) in fields.enumerated() {
                let (weight, pull) = Self.fields[field]
                let length = 1 - pull + pull * Double(tokens.count) / means[field]
                for token in tokens { weights[token, default: 0] += weight / length }
            }
            for (token, weight) in weights { postings[token, default: []].append((section, weight)) }
        }
        self.postings = postings
    }

    /// A section that has something of a question.
    struct Match {
        let id: String
        let score: Double
        /// How much of the question's weight stands in the section: near 1 where it has all of it, near 0 where only grammar meets.
        let coverage: Double
    }

    /// Sections that have something of the question, the best first.
    func find(_ question: String) -> [Match] {
        var scores: [Int: Double] = [:]
        var covered: [Int: Double] = [:]
        var whole = 0.0
        for token in Set(Self.tokens(question)) {
            let found = postings[token] ?? []
            let weight = Self.kindWeight(token) * rarity(found.count)
            whole += weight
            for (section, seen) in found {
                scores[section, default: 0] += weight * seen / (seen + Self.saturation)
                covered[section, default: 0] += weight
            }
        }
        let ranked = scores.sorted { one, other in one.value != other.value ? one.value > other.value : one.key < other.key }
        return ranked.map { Match(id: ids[$0.key], score: $0.value, coverage: (covered[$0.key] ?? 0) / max(whole, 1e-9)) }
    }

    /// How much of a question's weight stands in a sentence.
    func weight(of sentence: String, for question: String) -> Double {
        let have = Set(Self.tokens(sentence))
        return Set(Self.tokens(question)).intersection(have).reduce(0) {
            $0 + Self.kindWeight($1) * rarity(postings[$1]?.count ?? 0)
        }
    }

    private func rarity(_ count: Int) -> Double {
        let with = Double(count) + 0.5
        return log(1 + (Double(ids.count - count) + 0.5) / with)
    }

    private static func kindWeight(_ token: String) -> Double {
        isHiragana(token) || EnglishWord.isGrammar(token) ? grammarWeight : 1
    }

    /// Pairs of letters; whole words of Latin letters and digits without their endings; single kanji.
    private static func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        for line in text.split(separator: "\n") {
            var run: [Unicode.Scalar] = []
            func close() {
                defer { run = [] }
                guard let first = run.first else { return }
                if first.isASCII {
                    tokens.append(EnglishWord.stem(String(String.UnicodeScalarView(run))))
                    return
                }
                for (one, two) in zip(run, run.dropFirst()) { tokens.append(String(String.UnicodeScalarView([one, two]))) }
                for scalar in run where scalar.properties.isIdeographic { tokens.append(String(scalar)) }
            }
            for scalar in FoldedText(String(line)).scalars {
                guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "ー" else {
                    close()
                    continue
                }
                if let last = run.last, last.isASCII != scalar.isASCII { close() }
                run.append(scalar)
            }
            close()
        }
        return tokens
    }

    private static func isHiragana(_ token: String) -> Bool { token.unicodeScalars.allSatisfy { ("ぁ"..."ゖ").contains($0) } }
}
