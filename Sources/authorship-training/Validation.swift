import AkashiAuthorship
import Foundation

/// Fits a fusion, and tests it on writers that it was not fitted on.
struct Validation {
    /// Fitted to everything: what ships.
    let whole: Fusion
    /// What the tests showed, size by size.
    let cells: [TestedCell]
    private let ratios: [[(ratio: Double, isSame: Bool)]]

    /// - Parameters:
    ///   - fitted: pairs that are fitted on only.
    ///   - tested: pairs that are fitted on and, their writers held out, tested on.
    init(_ fitted: [Training.Scored], _ tested: [Training.Scored], folds: Int, _ pick: (Scores) -> [Double]) {
        let inputs = { (pair: Training.Scored) in
            Fusion.inputs(pick(pair.scores), pair.scores.knownSize, pair.scores.questionedSize)
        }
        let all = fitted + tested
        whole = Logistic.fit(all.map(inputs), all.map(\.isSame))
        let writers = tested.reduce(into: Set<String>()) { $0.formUnion($1.writers) }.sorted()
        var sums = [Double](repeating: 0, count: tested.count)
        var counts = [Double](repeating: 0, count: tested.count)
        for seed in [1, 2] as [UInt64] {
            var random = SplitMix(state: seed)
            let order = random.sample(writers, writers.count)
            for fold in 0..<folds {
                let out = Set(order.enumerated().filter { $0.offset % folds == fold }.map(\.element))
                let rest = fitted + tested.filter { $0.writers.isDisjoint(with: out) }
                let fusion = Logistic.fit(rest.map(inputs), rest.map(\.isSame))
                for (index, pair) in tested.enumerated() where !pair.writers.isDisjoint(with: out) {
                    sums[index] += fusion.logRatio(pick(pair.scores), pair.scores.knownSize, pair.scores.questionedSize)
                    counts[index] += 1
                }
            }
        }
        var ratios = [[(ratio: Double, isSame: Bool)]](repeating: [], count: Corpus.sizes.count)
        for (index, pair) in tested.enumerated() { ratios[pair.size].append((sums[index] / counts[index], pair.isSame)) }
        self.ratios = ratios
        cells = Corpus.sizes.enumerated().map { number, size in
            let pairs = tested.filter { $0.size == number }
            let middle = { (values: [Int]) in values.sorted()[values.count / 2] }
            return TestedCell(
                knownPosts: size.known, questionedPosts: size.questioned, knownLetters: middle(pairs.map(\.letters.known)),
                questionedLetters: middle(pairs.map(\.letters.questioned)),
                same: ratios[number].filter(\.isSame).map(\.ratio), different: ratios[number].filter { !$0.isSame }.map(\.ratio))
        }
    }

    func report(_ name: String, beside other: Validation) {
        print("\n\(name)   known/questioned  AUC  Cllr  (cosine Cllr)  two writers above 2, above 10   caps")
        var sum = (auc: 0.0, cllr: 0.0, cosine: 0.0)
        for (number, cell) in cells.enumerated() {
            let pairs = ratios[number].map { (ratio: min(cell.upper, max(cell.lower, $0.ratio)), isSame: $0.isSame) }
            let (auc, cllr, cosine) = (Self.auc(ratios[number]), Self.cllr(pairs), Self.cllr(other.ratios[number]))
            sum = (sum.auc + auc, sum.cllr + cllr, sum.cosine + cosine)
            print(
                String(
                    format: "%3d/%2d  %.3f  %.3f  (%.3f)  %d and %d of %d   %.1f to %.3f", cell.knownPosts, cell.questionedPosts,
                    auc, cllr, cosine, cell.differentAbove2, cell.differentAbove10, cell.differentCount, exp(cell.upper),
                    exp(cell.lower)))
        }
        let count = Double(cells.count)
        print(String(format: "mean AUC %.4f  Cllr %.4f  (cosine %.4f)", sum.auc / count, sum.cllr / count, sum.cosine / count))
    }

    /// The chance that a pair of one writer ranks above a pair of two.
    private static func auc(_ pairs: [(ratio: Double, isSame: Bool)]) -> Double {
        let different = pairs.filter { !$0.isSame }.map(\.ratio)
        let same = pairs.filter(\.isSame).map(\.ratio)
        let wins = same.reduce(0.0) { sum, one in sum + different.reduce(0) { $0 + (one > $1 ? 1 : one == $1 ? 0.5 : 0) } }
        return wins / Double(same.count * different.count)
    }

    /// The cost of the log likelihood ratio: 0 is perfect, 1 says nothing (Bruemmer and du Preez 2006).
    private static func cllr(_ pairs: [(ratio: Double, isSame: Bool)]) -> Double {
        let cost = { (isSame: Bool) in
            let own = pairs.filter { $0.isSame == isSame }
            return own.reduce(0) { $0 + log1p(exp(isSame ? -$1.ratio : $1.ratio)) } / Double(own.count)
        }
        return 0.5 * (cost(true) + cost(false)) / log(2)
    }
}
