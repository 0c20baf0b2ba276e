import AkashiAuthorship
import Foundation

/// From a corpus to the files that ship.
struct Training {
    let corpus: Corpus
    let habits: HabitTable

    /// Background writers are held out a quarter at a time, so that what is fitted never saw the writers that it is fitted on.
    private static let quarters = 4
    private static let pairsOfQuarter = 80
    private static let folds = 7

    init(_ corpus: Corpus, _ habits: HabitTable) {
        self.corpus = corpus
        self.habits = habits
    }

    /// A trial's scores with what is true of it.
    struct Scored {
        let scores: Scores
        let isSame: Bool
        let writers: Set<String>
        let size: Int
        let letters: (known: Int, questioned: Int)
    }

    func run(into folder: URL) throws {
        var random = SplitMix(state: 5)
        let order = random.sample(Array(corpus.background.indices), corpus.background.count)
        var fitted: [Scored] = []
        var gate = GateFit()
        for quarter in 0..<Self.quarters {
            let out = Set(order.enumerated().filter { $0.offset % Self.quarters == quarter }.map(\.element))
            let tables = Tables(
                corpus.background.indices.filter { !out.contains($0) }.map { corpus.background[$0].posts }, habits)
            let population = tables.population(habits, gate: .open)
            let writers = out.sorted().map { corpus.background[$0] }
            let pairs = Corpus.draw(writers, count: Self.pairsOfQuarter, seed: UInt64(11 + quarter))
            fitted += score(pairs, population)
            for writer in writers { gate.add(writer.posts, tables.base) }
            print("quarter \(quarter + 1): \(fitted.count) pairs")
        }
        let tables = Tables(corpus.background.map(\.posts), habits)
        let coverage = gate.gate(seed: 3)
        let population = tables.population(habits, gate: coverage)
        let tested = score(corpus.trials, population)
        let standard = Validation(fitted, tested, folds: Self.folds) { $0.all }
        let robust = Validation(fitted, tested, folds: Self.folds) { $0.robust }
        let cosine = Validation([], tested, folds: Self.folds) { [$0.all[Scores.Kind.cosine.rawValue]] }
        standard.report("all scores", beside: cosine)
        robust.report("without end marks", beside: cosine)
        reportGate(coverage, tables.base)
        let model = TrainedModel(
            writerCount: corpus.background.count, postCount: tables.counts.postCount, habits: tables.habits,
            length: population.lengths, wordLength: population.wordLengths, gate: coverage, fusion: standard.whole,
            robustFusion: robust.whole, cells: standard.cells)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try encoder.encode(model.rounded).write(to: folder.appending(path: TrainedData.modelFile))
        try TrainedData.write(tables.grams, rates: tables.rates)
            .write(to: folder.appending(path: TrainedData.gramsFile), atomically: true, encoding: .utf8)
    }

    private func score(_ pairs: [[Corpus.Pair]], _ population: Population) -> [Scored] {
        pairs.enumerated().flatMap { size, pairs in
            pairs.map { pair in
                Scored(
                    scores: Scores(known: pair.known, questioned: pair.questioned, population: population), isSame: pair.isSame,
                    writers: pair.writers, size: size, letters: (pair.known.letterCount, pair.questioned.letterCount))
            }
        }
    }

    private func reportGate(_ gate: CoverageGate, _ base: GramBase) {
        for (size, pairs) in zip(Corpus.sizes, corpus.trials) {
            let refused = pairs.count { pair in
                !gate.covers(Traits(pair.known.posts, base)) || !gate.covers(Traits(pair.questioned.posts, base))
            }
            print("gate \(size.known)/\(size.questioned): \(refused) of \(pairs.count) refused")
        }
    }
}

/// Fits a gate to writers who were held out of the tables.
struct GateFit {
    private var writers: [Traits] = []
    private var posts: [[[Double]]] = []

    mutating func add(_ posts: [Post], _ base: GramBase) {
        writers.append(Traits(posts, base))
        self.posts.append(posts.map { Traits.values($0, base) })
    }

    /// The share of writers whose posts may be refused.
    private static let refused = 0.015

    func gate(seed: UInt64) -> CoverageGate {
        var within = [[Double]](repeating: [Double](repeating: 0, count: Traits.count), count: Traits.count)
        var freedom = 0.0
        for (writer, values) in zip(writers, posts) {
            freedom += Double(values.count - 1)
            for value in values {
                let off = zip(value, writer.means).map { $0 - $1 }
                for row in off.indices { for column in off.indices { within[row][column] += off[row] * off[column] } }
            }
        }
        within = within.map { $0.map { $0 / freedom } }
        var gate = CoverageGate(writers, within: within, limits: [])
        var random = SplitMix(state: seed)
        gate.limits = [1, 3, 10, 30, 100].map { count in
            var distances: [Double] = []
            for values in posts where values.count >= count {
                for _ in 0..<40 {
                    let drawn = random.sample(values, count)
                    let means = (0..<Traits.count).map { column in drawn.reduce(0) { $0 + $1[column] } / Double(count) }
                    distances.append(gate.distance(Traits(postCount: count, means: means)))
                }
            }
            distances.sort()
            return .init(postCount: count, distance: distances[Int(Double(distances.count - 1) * (1 - Self.refused))])
        }
        return gate
    }
}

extension CoverageGate {
    /// Lets everything through.
    static let open = CoverageGate(
        mean: Array(repeating: 0, count: Traits.count),
        between: Array(repeating: Array(repeating: 0, count: Traits.count), count: Traits.count),
        within: Array(repeating: Array(repeating: 0, count: Traits.count), count: Traits.count), limits: [])
}
