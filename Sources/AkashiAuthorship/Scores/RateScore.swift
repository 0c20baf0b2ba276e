import Foundation

/// How often single grams come in a population, and how much writers differ in each: a gamma for each gram's rate (Mosteller and Wallace
/// 1964 used the same for the Federalist papers).
package struct RateTable: Sendable {
    /// The gram's mean rate for each masked sign, and the gamma's shape; small where writers differ much.
    struct Row: Sendable {
        let gram: Gram
        var mean: Double
        let shape: Double
        /// How rare it is among stretches of thirty posts: the weight that a cosine gives it.
        let rarity: Double
        /// Which sum it belongs to.
        let group: Int
        /// Whether it holds no mark of an end.
        let isRobust: Bool
    }

    /// How often each of its grams came, among so many signs.
    package typealias Counts = (counts: [Double], signCount: Double)

    let map: GramMap
    let rows: [Row]
    /// Signs seen in a thin population, which the two writings themselves widen; nil where it is not thin.
    let thin: Thin?

    struct Thin: Sendable {
        let signCount: Double
        let counts: [Double]
        let widerMeans: [Double]
    }

    package init(_ rows: [(gram: Gram, mean: Double, shape: Double, rarity: Double)]) {
        var map = GramMap(capacity: rows.count)
        self.rows = rows.map { row in
            _ = map.number(row.gram)
            let signs = row.gram.signs
            return Row(
                gram: row.gram, mean: row.mean, shape: row.shape, rarity: row.rarity, group: Self.group(signs),
                isRobust: !signs.contains { EndMarks.all.contains($0) })
        }
        self.map = map
        thin = nil
    }

    /// Sums that grams are gathered in, in the order of ``Scores/Kind``.
    static let groupCount = 9

    /// By what a gram is made of: content signs or kana, by length; marks; the end of a post.
    private static func group(_ signs: [UInt32]) -> Int {
        if signs.contains(ClassMask.end) { return signs.contains { $0 != ClassMask.end && EndMarks.all.contains($0) } ? 7 : 8 }
        if signs.contains(where: isMark) { return signs.count == 1 ? 5 : 6 }
        if signs.count == 1 { return 0 }
        return (signs.contains(where: ClassMask.isRun) ? 1 : 3) + signs.count - 2
    }

    private static func isMark(_ sign: UInt32) -> Bool {
        switch sign {
        case 0x3041...0x309F, 0x4E00...0x9FFF, ClassMask.start: false
        default: !ClassMask.isRun(sign)
        }
    }

    /// Lays a population of the case over a wider one: it may differ from that by about a factor of two in each gram, until it shows.
    init(_ wider: RateTable, _ counts: PopulationCounts) {
        map = wider.map
        let signs = counts.signCount
        let seen = wider.rows.map { counts.count($0.gram) }
        rows = zip(wider.rows, seen).map { row, count in
            var row = row
            row.mean = (Self.trust + count) / (Self.trust / row.mean + signs)
            return row
        }
        thin = Thin(signCount: signs, counts: seen, widerMeans: wider.rows.map(\.mean))
    }

    static let trust = 2.0

    /// How many grams.
    package var count: Int { rows.count }

    /// How often each of its grams comes.
    package func counts(_ posts: [Post]) -> Counts {
        var counts = [Double](repeating: 0, count: rows.count)
        var signs = 0
        for post in posts {
            signs += post.masked.count + 1
            post.eachGram { gram in
                let number = map.find(gram)
                if number >= 0 { counts[number] += 1 }
            }
        }
        return (counts, Double(signs))
    }

    /// The logarithm of the Bayes factor of each gram.
    func terms(
        _ known: Counts, _ questioned: Counts, share: Double
    ) -> [Double] {
        rows.indices.map { number in
            let x = known.counts[number]
            let y = questioned.counts[number]
            let r = rows[number].shape
            var mean = rows[number].mean
            if let thin {
                mean =
                    (Self.trust + thin.counts[number] + share * x + y)
                    / (Self.trust / thin.widerMeans[number] + thin.signCount + share * known.signCount + questioned.signCount)
            }
            return Self.factor(x, y, known.signCount, questioned.signCount, mean, r)
        }
    }

    /// The logarithm of one Bayes factor: counts `x` and `y` among `k` and `q` signs, of a rate with this mean and shape.
    @inline(__always)
    static func factor(_ x: Double, _ y: Double, _ k: Double, _ q: Double, _ mean: Double, _ r: Double) -> Double {
        let b = r / mean
        var sum = (r + x) * log((b + k) / b) + (r + y) * log((b + q) / b) - (r + x + y) * log((b + k + q) / b)
        if x > 0, y > 0 { sum += logGamma(r + x + y) + logGamma(r) - logGamma(r + x) - logGamma(r + y) }
        return sum
    }

    /// The cosine of both, each gram by the logarithm of its count and its rarity.
    func cosine(_ known: [Double], _ questioned: [Double]) -> Double {
        var product = 0.0
        var knownSquare = 0.0
        var questionedSquare = 0.0
        for (number, row) in rows.enumerated() {
            let x = known[number] > 0 ? (1 + log(known[number])) * row.rarity : 0
            let y = questioned[number] > 0 ? (1 + log(questioned[number])) * row.rarity : 0
            product += x * y
            knownSquare += x * x
            questionedSquare += y * y
        }
        return product / ((knownSquare * questionedSquare).squareRoot() + 1e-9)
    }

    /// How far counts lie from what the rates foretell, squared and for each gram: over all grams, and over those in which writers hardly differ.
    func misfit(_ seen: Counts) -> (all: Double, steady: Double) {
        var all = 0.0
        var steady = (sum: 0.0, count: 0.0)
        for (number, row) in rows.enumerated() {
            let expected = row.mean * seen.signCount
            let doubt = 1 / row.shape + (thin.map { 1 / (Self.trust + $0.counts[number]) } ?? 0)
            let off = seen.counts[number] - expected
            let square = off * off / (expected + expected * expected * doubt)
            all += square
            if row.shape >= Self.steadyShape { steady = (steady.sum + min(25, square), steady.count + 1) }
        }
        return (all / Double(max(1, rows.count)), steady.sum / max(1, steady.count))
    }

    private static let steadyShape = 8.0
}

/// How often each way of each habit comes, and how much writers differ: the same as ``RateTable``, for what is longer than three signs.
package struct WayRates: Sendable {
    package let means: [Double]
    package let shapes: [Double]
    private let thin: (signCount: Double, counts: [Double], widerMeans: [Double])?

    package init(means: [Double], shapes: [Double]) {
        (self.means, self.shapes) = (means, shapes)
        thin = nil
    }

    init(_ wider: WayRates, _ counts: PopulationCounts) {
        shapes = wider.shapes
        let (seen, signs) = (counts.wayTotals, counts.signCount)
        means = zip(wider.means, seen).map { (RateTable.trust + $1) / (RateTable.trust / $0 + signs) }
        thin = (signs, seen, wider.means)
    }

    /// The sum of the logarithms of all Bayes factors.
    func sum(_ known: [Double], _ questioned: [Double], _ k: Double, _ q: Double, share: Double) -> Double {
        means.indices.reduce(0) { sum, way in
            var mean = means[way]
            if let thin {
                mean =
                    (RateTable.trust + thin.counts[way] + share * known[way] + questioned[way])
                    / (RateTable.trust / thin.widerMeans[way] + thin.signCount + share * k + q)
            }
            return sum + RateTable.factor(known[way], questioned[way], k, q, mean, shapes[way])
        }
    }
}
