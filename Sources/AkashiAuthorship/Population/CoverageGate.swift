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

    /// How unexpected the text is, both misfits, the distance of traits; the last three as logarithms.
    package func values(_ gate: CoverageGate) -> [Double] {
        [gate.mean[0] - traits.means[0], log(misfit), log(steadyMisfit), log(gate.distance(traits))]
    }
}

/// Tells whether a writing is of the kind that a population speaks about at all. Without that, a ratio is worth nothing: against the wrong
/// population every second pair of different writers looks like one.
package struct CoverageGate: Sendable, Codable, Hashable {
    /// The population's mean traits, how writers differ, and how one writer's posts differ.
    let mean: [Double]
    let between: [[Double]]
    let within: [[Double]]
    /// What is usual, by the number of posts.
    package var sizes: [Size]
    /// What nearly all pairs of known and questioned posts of those sizes stay below together, row by row of known sizes.
    package var limits: [[Double]]

    /// What is usual for writings of so many posts, for each of ``Fit/values``: the middle, and how far nine in ten reach above it.
    package struct Size: Sendable, Codable, Hashable {
        package let postCount: Int
        package let middles: [Double]
        package let spreads: [Double]

        package init(postCount: Int, middles: [Double], spreads: [Double]) {
            (self.postCount, self.middles, self.spreads) = (postCount, middles, spreads)
        }
    }

    package init(mean: [Double], between: [[Double]], within: [[Double]], sizes: [Size], limits: [[Double]]) {
        (self.mean, self.between, self.within) = (mean, between, within)
        (self.sizes, self.limits) = (sizes, limits)
    }

    /// From writers' traits, with how posts differ within a writer taken from elsewhere.
    package init(_ writers: [Traits], within: [[Double]], sizes: [Size], limits: [[Double]]) {
        let count = Double(max(1, writers.count))
        let mean = (0..<Traits.count).map { index in writers.reduce(0) { $0 + $1.means[index] } / count }
        let noise = writers.reduce(0) { $0 + 1 / Double(max(1, $1.postCount)) } / count
        let between = (0..<Traits.count).map { row in
            (0..<Traits.count).map { column in
                let whole = writers.reduce(0) { $0 + ($1.means[row] - mean[row]) * ($1.means[column] - mean[column]) }
                return whole / max(1, count - 1) - within[row][column] * noise
            }
        }
        self.init(mean: mean, between: between, within: within, sizes: sizes, limits: limits)
    }

    /// A population of the case: its own mean; how writers differ there and elsewhere.
    init(_ writers: [Traits], over wider: CoverageGate) {
        guard writers.count > 1 else {
            self = wider
            return
        }
        let own = CoverageGate(writers, within: wider.within, sizes: wider.sizes, limits: wider.limits)
        let share = Double(writers.count) / (Double(writers.count) + 30)
        let between = zip(own.between, wider.between).map { zip($0, $1).map { share * $0 + (1 - share) * $1 } }
        self.init(mean: own.mean, between: between, within: wider.within, sizes: wider.sizes, limits: wider.limits)
    }

    /// How far a writing stands from the population's middle (Mahalanobis, squared).
    package func distance(_ traits: Traits) -> Double {
        let count = Double(max(1, traits.postCount))
        var matrix = zip(between, within).map { zip($0, $1).map { $0 + $1 / count } }
        for index in matrix.indices { matrix[index][index] += Self.floor[index] }
        return Self.square(matrix, zip(traits.means, mean).map { $0 - $1 })
    }

    /// Whether two writings are of the population's kind. Many small oddities together tell it, where each alone would not.
    package func covers(_ known: Fit, _ questioned: Fit) -> Bool {
        excess(known) + excess(questioned) <= limit(known.traits.postCount, questioned.traits.postCount)
    }

    /// How far a writing stands above what is usual for its size, over all measures.
    package func excess(_ fit: Fit) -> Double {
        let (low, high, part) = place(fit.traits.postCount)
        guard let low, let high else { return 0 }
        return fit.values(self).enumerated().reduce(0) { sum, entry in
            let (index, value) = entry
            let middle = low.middles[index] + part * (high.middles[index] - low.middles[index])
            let spread = low.spreads[index] + part * (high.spreads[index] - low.spreads[index])
            return sum + max(0, (value - middle) / spread)
        }
    }

    private func limit(_ known: Int, _ questioned: Int) -> Double {
        guard !limits.isEmpty else { return .infinity }
        let (row, column) = (index(known), index(questioned))
        let next = (row: min(row.at + 1, sizes.count - 1), column: min(column.at + 1, sizes.count - 1))
        let upper = limits[row.at][column.at] * (1 - column.part) + limits[row.at][next.column] * column.part
        let lower = limits[next.row][column.at] * (1 - column.part) + limits[next.row][next.column] * column.part
        return upper * (1 - row.part) + lower * row.part
    }

    private func place(_ postCount: Int) -> (low: Size?, high: Size?, part: Double) {
        guard !sizes.isEmpty else { return (nil, nil, 0) }
        let (at, part) = index(postCount)
        return (sizes[at], sizes[min(at + 1, sizes.count - 1)], part)
    }

    /// Between two measured numbers of posts things lie between theirs, by the logarithm.
    private func index(_ postCount: Int) -> (at: Int, part: Double) {
        let at = max(0, (sizes.firstIndex { $0.postCount > postCount } ?? sizes.count) - 1)
        guard at + 1 < sizes.count, postCount > sizes[at].postCount else { return (at, 0) }
        let (low, high) = (log(Double(sizes[at].postCount)), log(Double(sizes[at + 1].postCount)))
        return (at, (log(Double(postCount)) - low) / (high - low))
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
