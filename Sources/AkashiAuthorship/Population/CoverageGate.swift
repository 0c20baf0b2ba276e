import Foundation

/// How well a writing fits a population.
package struct Fit: Sendable {
    package let traits: Traits
    /// How far the counts of grams lie from what the population's rates foretell (Pearson), over all grams and over those in which its writers
    /// hardly differ; about 1 where they fit.
    let misfit: Double
    let steadyMisfit: Double

    package init(_ counts: RateTable.Counts, _ traits: Traits, _ rates: RateTable) {
        self.traits = traits
        (misfit, steadyMisfit) = rates.misfit(counts)
    }

    /// What is held against limits: how unexpected the text is, both misfits, the distance of traits.
    package func values(_ gate: CoverageGate) -> [Double] {
        [gate.mean[0] - traits.means[0], misfit, steadyMisfit, gate.distance(traits)]
    }
}

/// Tells whether a writing is of the kind that a population speaks about at all. Without that, a ratio is worth nothing: against the wrong
/// population every second pair of different writers looks like one.
package struct CoverageGate: Sendable, Codable, Hashable {
    /// The population's mean traits, how writers differ, and how one writer's posts differ.
    let mean: [Double]
    let between: [[Double]]
    let within: [[Double]]
    /// Distances that all but a few writers of the program's own population stay below, by the number of posts.
    package var limits: [Limit]

    /// What nearly all writings of so many posts stay below, for each of ``Fit/values``.
    package struct Limit: Sendable, Codable, Hashable {
        package let postCount: Int
        package let values: [Double]

        package init(postCount: Int, values: [Double]) { (self.postCount, self.values) = (postCount, values) }
    }

    package init(mean: [Double], between: [[Double]], within: [[Double]], limits: [Limit]) {
        (self.mean, self.between, self.within, self.limits) = (mean, between, within, limits)
    }

    /// From writers' traits, with how posts differ within a writer taken from elsewhere.
    package init(_ writers: [Traits], within: [[Double]], limits: [Limit]) {
        let count = Double(max(1, writers.count))
        let mean = (0..<Traits.count).map { index in writers.reduce(0) { $0 + $1.means[index] } / count }
        let noise = writers.reduce(0) { $0 + 1 / Double(max(1, $1.postCount)) } / count
        let between = (0..<Traits.count).map { row in
            (0..<Traits.count).map { column in
                let whole = writers.reduce(0) { $0 + ($1.means[row] - mean[row]) * ($1.means[column] - mean[column]) }
                return whole / max(1, count - 1) - within[row][column] * noise
            }
        }
        self.init(mean: mean, between: between, within: within, limits: limits)
    }

    /// A population of the case: its own mean; how writers differ there and elsewhere.
    init(_ writers: [Traits], over wider: CoverageGate) {
        guard writers.count > 1 else {
            self = wider
            return
        }
        let own = CoverageGate(writers, within: wider.within, limits: wider.limits)
        let share = Double(writers.count) / (Double(writers.count) + 30)
        let between = zip(own.between, wider.between).map { zip($0, $1).map { share * $0 + (1 - share) * $1 } }
        self.init(mean: own.mean, between: between, within: wider.within, limits: wider.limits)
    }

    /// How far a writing stands from the population's middle (Mahalanobis, squared).
    package func distance(_ traits: Traits) -> Double {
        let count = Double(max(1, traits.postCount))
        var matrix = zip(between, within).map { zip($0, $1).map { $0 + $1 / count } }
        for index in matrix.indices { matrix[index][index] += Self.floor[index] }
        return Self.square(matrix, zip(traits.means, mean).map { $0 - $1 })
    }

    /// Whether a writing is of the population's kind.
    package func covers(_ fit: Fit) -> Bool { zip(fit.values(self), limit(fit.traits.postCount)).allSatisfy { $0 <= $1 } }

    /// Between two measured numbers of posts the limit lies between theirs.
    package func limit(_ postCount: Int) -> [Double] {
        guard let last = limits.last, let first = limits.first else { return [] }
        if postCount >= last.postCount { return last.values }
        if postCount <= first.postCount { return first.values }
        for (low, high) in zip(limits, limits.dropFirst()) where postCount <= high.postCount {
            let part =
                (log(Double(postCount)) - log(Double(low.postCount))) / (log(Double(high.postCount)) - log(Double(low.postCount)))
            return zip(low.values, high.values).map { $0 + part * ($1 - $0) }
        }
        return last.values
    }

    /// Keeps differences that few posts make from being taken as exact.
    private static let floor = [0.005, 0.005, 0.002, 0.002, 0.002, 0.0004, 0.0002, 0.0002, 0.0001, 0.00002]

    /// v' M^-1 v by Cholesky; where M is not positive, its diagonal alone.
    private static func square(_ matrix: [[Double]], _ vector: [Double]) -> Double {
        var lower = matrix
        var solved = vector
        var sum = 0.0
        for row in matrix.indices {
            for column in 0...row {
                var value = matrix[row][column]
                for index in 0..<column { value -= lower[row][index] * lower[column][index] }
                if row == column {
                    guard value > 1e-12 else {
                        return zip(matrix.indices, vector).reduce(0) { $0 + $1.1 * $1.1 / max(1e-9, matrix[$1.0][$1.0]) }
                    }
                    lower[row][row] = value.squareRoot()
                } else {
                    lower[row][column] = value / lower[column][column]
                }
            }
            for index in 0..<row { solved[row] -= lower[row][index] * solved[index] }
            solved[row] /= lower[row][row]
            sum += solved[row] * solved[row]
        }
        return sum
    }
}
