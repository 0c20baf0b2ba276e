/// One logistic model that weighs scores together, with sizes as inputs, so that evidence that says the same twice is not counted twice.
package struct Fusion: Sendable, Codable, Hashable {
    /// For each score: its weight, and how that changes with the sizes of the questioned and of the known writing.
    package let weights: [[Double]]
    /// By itself, and with both sizes.
    package let base: [Double]

    /// How much one unit of a score weighs, in natural logarithms of the likelihood ratio.
    func weight(_ score: Int, _ knownSize: Double, _ questionedSize: Double) -> Double {
        weights[score][0] + weights[score][1] * questionedSize + weights[score][2] * knownSize
    }

    /// The natural logarithm of the likelihood ratio.
    package func logRatio(_ scores: [Double], _ knownSize: Double, _ questionedSize: Double) -> Double {
        var sum = base[0] + base[1] * questionedSize + base[2] * knownSize
        for (number, score) in scores.enumerated() { sum += weight(number, knownSize, questionedSize) * score }
        return sum > 0 ? sum * Self.caution : sum
    }

    /// Pointing at somebody takes more than clearing somebody: what speaks for one writer is taken at four fifths of its logarithm.
    static let caution = 0.8

    /// What a model is fitted to: each score, alone and with the sizes, and the sizes.
    package static func inputs(_ scores: [Double], _ knownSize: Double, _ questionedSize: Double) -> [Double] {
        scores.flatMap { [$0, $0 * questionedSize, $0 * knownSize] } + [questionedSize, knownSize]
    }

    init(weights: [[Double]], base: [Double]) {
        self.weights = weights
        self.base = base
    }

    /// Takes what was fitted to ``inputs(_:_:_:)``.
    package init(coefficients: [Double], intercept: Double) {
        let count = (coefficients.count - 2) / 3
        weights = (0..<count).map { Array(coefficients[$0 * 3..<$0 * 3 + 3]) }
        base = [intercept, coefficients[count * 3], coefficients[count * 3 + 1]]
    }
}
