import AkashiAuthorship
import Foundation

/// Fits a population's tables to writers.
struct Tables {
    /// Writers that a gram must have before it is kept: counts of fewer could lead back to one.
    static let leastWriters = 4
    /// Writers and occurrences before a gram's rate is fitted.
    static let rateWriters = 8
    static let rateCount = 40

    let grams: [(gram: Gram, count: Double)]
    let rates: [Gram: (mean: Double, shape: Double, rarity: Double)]
    let habits: HabitBase
    let ways: WayRates
    let counts: PopulationCounts
    let base: GramBase

    init(_ writers: [[Post]], _ table: HabitTable) {
        var each: [[Gram: Double]] = []
        var total: [Gram: Double] = [:]
        var having: [Gram: Int] = [:]
        for posts in writers {
            var own: [Gram: Double] = [:]
            for post in posts { post.eachGram { own[$0, default: 0] += 1 } }
            for (gram, count) in own {
                total[gram, default: 0] += count
                having[gram, default: 0] += 1
            }
            each.append(own)
        }
        grams = total.filter { having[$0.key, default: 0] >= Self.leastWriters }.map { ($0.key, $0.value) }
            .sorted { $0.gram < $1.gram }
        base = GramBase(grams)
        let kept = grams.filter {
            having[$0.gram, default: 0] >= Self.rateWriters && $0.count >= Double(Self.rateCount) && Self.isRate($0.gram)
        }
        let signs = writers.map { posts in posts.reduce(0.0) { $0 + Double($1.masked.count + 1) } }
        let stretches = Self.stretches(writers)
        var rates: [Gram: (mean: Double, shape: Double, rarity: Double)] = [:]
        for (gram, _) in kept {
            let x = each.map { $0[gram] ?? 0 }
            let mean = zip(x, signs).reduce(0) { $0 + $1.0 / $1.1 } / Double(writers.count) + 1e-7
            let rarity = log((1 + Double(stretches.count)) / (1 + Double(stretches.count { $0.contains(gram) }))) + 1
            rates[gram] = (TrainedData.rounded(mean, 4), Self.shape(x, signs, mean), TrainedData.rounded(rarity, 4))
        }
        self.rates = rates
        var counts = PopulationCounts(habits: table, grams: base)
        for posts in writers { counts.add(Writing(posts: posts)) }
        self.counts = counts
        let wayCounts = writers.map(table.counts)
        habits = Self.habits(wayCounts, table)
        let fitted = (0..<table.offsets[table.habits.count - 1]).map { way in
            let x = wayCounts.map { $0[way] }
            let mean = TrainedData.rounded(zip(x, signs).reduce(0) { $0 + $1.0 / $1.1 } / Double(writers.count) + 1e-6, 4)
            return (mean: mean, shape: Self.shape(x, signs, mean))
        }
        ways = WayRates(means: fitted.map(\.mean), shapes: fitted.map(\.shape))
    }

    private static func isRate(_ gram: Gram) -> Bool {
        let signs = gram.signs
        return signs != [ClassMask.end] && !(signs.count == 3 && signs[0] == ClassMask.start && signs[1] == ClassMask.start)
    }

    private static func stretches(_ writers: [[Post]]) -> [Set<Gram>] {
        writers.flatMap { posts in
            stride(from: 0, to: posts.count - 29, by: 30).map { first in
                var grams: Set<Gram> = []
                for post in posts[first..<first + 30] { post.eachGram { grams.insert($0) } }
                return grams
            }
        }
    }

    private static let shapes = [0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128]

    /// The gamma's shape that makes the writers' counts likeliest.
    private static func shape(_ x: [Double], _ signs: [Double], _ mean: Double) -> Double {
        let scored = shapes.map { r -> (Double, Double) in
            let b = r / mean
            let sum = zip(x, signs).reduce(0.0) { sum, pair in
                let (x, e) = pair
                return sum + logGamma(r + x) - logGamma(r) + r * log(b / (b + e)) + x * log(e / (b + e))
            }
            return (sum, r)
        }
        return scored.reduce(scored[0]) { $1.0 > $0.0 ? $1 : $0 }.1
    }

    /// Shares by writer, and the concentration that makes the writers' counts likeliest.
    private static func habits(_ counts: [[Double]], _ table: HabitTable) -> HabitBase {
        var shares: [Double] = []
        var concentrations: [Double] = []
        for habit in table.habits.indices {
            let ways = table.offsets[habit]..<table.offsets[habit + 1]
            let own = counts.map { Array($0[ways]) }
            var sums = [Double](repeating: 0, count: ways.count)
            for writer in own {
                let all = writer.reduce(0, +)
                if all > 0 { for way in writer.indices { sums[way] += writer[way] / all } }
            }
            let trust = 0.5 * Double(ways.count)
            let all = sums.reduce(0, +)
            let base = sums.map { TrainedData.rounded(($0 + trust / Double(ways.count)) / (all + trust), 5) }
            let scored = [0.5, 1, 2, 4, 8, 16, 32, 64, 128].map { a -> (Double, Double) in
                let sum = own.reduce(0.0) { sum, writer in
                    let n = writer.reduce(0, +)
                    return zip(writer, base).reduce(sum + logGamma(a) - logGamma(a + n)) {
                        $0 + ($1.0 > 0 ? logGamma(a * $1.1 + $1.0) - logGamma(a * $1.1) : 0)
                    }
                }
                return (sum, a)
            }
            shares += base
            concentrations.append(scored.reduce(scored[0]) { $1.0 > $0.0 ? $1 : $0 }.1)
        }
        return HabitBase(shares: shares, concentrations: concentrations, writers: nil)
    }

    /// The population, with a gate.
    func population(_ table: HabitTable, gate: CoverageGate) -> Population {
        let ordered = rates.sorted { $0.key < $1.key }
        return Population(
            habits: table, grams: base, habitBase: habits,
            rates: RateTable(ordered.map { ($0.key, $0.value.mean, $0.value.shape, $0.value.rarity) }), ways: ways,
            lengths: LengthBase(counts.writers.map { ($0.postCount, $0.lengthMean, $0.lengthSpread) }),
            wordLengths: LengthBase(counts.writers.map { ($0.postCount, $0.wordLengthMean, $0.wordLengthSpread) }), gate: gate,
            writerCount: counts.writers.count, postCount: counts.postCount)
    }
}
