import Foundation

/// What was trained on consenting writers and ships with the program, beside the counts of grams.
package struct TrainedModel: Codable, Sendable {
    /// The version of the method and the day of the training.
    package var trained: String
    package var writerCount: Int
    package var postCount: Int
    package var habitShares: [Double]
    package var habitConcentrations: [Double]
    package var wayMeans: [Double]
    package var wayShapes: [Double]
    package var length: LengthBase
    package var wordLength: LengthBase
    package var gate: CoverageGate
    /// With all scores, and without the marks at the ends of sentences.
    package var fusion: Fusion
    package var robustFusion: Fusion
    /// What tests of each size showed.
    package var cells: [TestedCell]

    package init(
        trained: String, writerCount: Int, postCount: Int, habits: HabitBase, ways: WayRates, length: LengthBase,
        wordLength: LengthBase,
        gate: CoverageGate,
        fusion: Fusion, robustFusion: Fusion, cells: [TestedCell]
    ) {
        self.trained = trained
        (wayMeans, wayShapes) = (ways.means, ways.shapes)
        (self.writerCount, self.postCount, self.length, self.wordLength) = (writerCount, postCount, length, wordLength)
        (habitShares, habitConcentrations) = (habits.shares, habits.concentrations)
        (self.gate, self.fusion, self.robustFusion, self.cells) = (gate, fusion, robustFusion, cells)
    }
}

extension TrainedModel {
    /// With as many digits as mean something.
    package var rounded: TrainedModel {
        var model = self
        let list = { (values: [Double], digits: Int) in values.map { TrainedData.rounded($0, digits) } }
        model.fusion = Fusion(weights: fusion.weights.map { list($0, 7) }, base: list(fusion.base, 7))
        model.robustFusion = Fusion(weights: robustFusion.weights.map { list($0, 7) }, base: list(robustFusion.base, 7))
        model.gate = CoverageGate(
            mean: list(gate.mean, 8), between: gate.between.map { list($0, 8) }, within: gate.within.map { list($0, 8) },
            sizes: gate.sizes.map { .init(postCount: $0.postCount, middles: list($0.middles, 5), spreads: list($0.spreads, 5)) },
            limits: gate.limits.map { list($0, 4) })
        return model
    }
}

/// Trials of one size, on writers that had no part in what they were tested with.
public struct TestedCell: Codable, Sendable, Hashable {
    /// Posts of the known and of the questioned side, and their letters in the middle.
    public let knownPosts: Int
    /// Questioned posts.
    public let questionedPosts: Int
    /// Letters of the known side.
    public let knownLetters: Int
    /// Letters of the questioned side.
    public let questionedLetters: Int
    /// Pairs that were one writer, and pairs that were two.
    public let sameCount: Int
    /// Pairs that were two writers.
    public let differentCount: Int
    /// Of the pairs that were two writers, those that reached a ratio of 2 and of 10.
    public let differentAbove2: Int
    /// The same at a ratio of 10.
    public let differentAbove10: Int
    /// Of the pairs that were one writer, those that fell to a ratio of 1/2 and of 1/10.
    public let sameBelow2: Int
    /// The same at a ratio of 1/10.
    public let sameBelow10: Int
    /// Of the pairs that were one writer, those between 1/2 and 2.
    public let sameBetween: Int
    /// The greatest and the least natural logarithm of a ratio that so many trials can bear (ELUB; Vergeer and others 2016).
    public let upper: Double
    /// The least.
    public let lower: Double

    package init(
        knownPosts: Int, questionedPosts: Int, knownLetters: Int, questionedLetters: Int, same: [Double], different: [Double]
    ) {
        (self.knownPosts, self.questionedPosts) = (knownPosts, questionedPosts)
        (self.knownLetters, self.questionedLetters) = (knownLetters, questionedLetters)
        let two = 0.693_147_180_559_945_3
        let ten = 2.302_585_092_994_046
        (sameCount, differentCount) = (same.count, different.count)
        differentAbove2 = different.count { $0 >= two }
        differentAbove10 = different.count { $0 >= ten }
        sameBelow2 = same.count { $0 <= -two }
        sameBelow10 = same.count { $0 <= -ten }
        sameBetween = same.count { abs($0) < two }
        (upper, lower) = Bounds.supported(same: same, different: different)
    }
}

/// The empirical bounds of a ratio (ELUB): the largest that still beats saying nothing once one misleading case of each kind is added.
enum Bounds {
    static func supported(same: [Double], different: [Double]) -> (upper: Double, lower: Double) {
        let s = Double(same.count)
        let d = Double(different.count)
        var upper = 0.0
        var lower = 0.0
        for step in 0..<2400 {
            let t = 0.005 * Double(step)
            let missed = (Double(same.count { $0 < t }) + 1) / (s + 1)
            let wrong = (Double(different.count { $0 >= t }) + 1) / (d + 1)
            if missed + exp(t) * wrong < 1 { upper = t }
            let missedBelow = (Double(same.count { $0 < -t }) + 1) / (s + 1)
            let wrongBelow = (Double(different.count { $0 >= -t }) + 1) / (d + 1)
            if missedBelow * exp(t) + wrongBelow < 1 { lower = -t }
        }
        return (upper, lower)
    }
}
