import AkashiAuthorship
import Foundation

/// From a corpus to the files that ship.
struct Training {
    let corpus: Corpus
    let habits: HabitTable

    /// Background writers are held out a quarter at a time, so that what is fitted never saw the writers that it is fitted on.
    private static let quarters = 4
    /// Counted up with every change of the method; the day is that of the change.
    private static let version = "1, 2026-11-29"
    private static let pairsOfQuarter = 120
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
            for writer in writers { gate.add(writer.posts, population, tables.base) }
            print("quarter \(quarter + 1): \(fitted.count) pairs")
        }
        let tables = Tables(corpus.background.map(\.posts), habits)
        let coverage = gate.gate()
        let population = tables.population(habits, gate: coverage)
        let tested = score(corpus.trials, population)
        let standard = Validation(fitted, tested, folds: Self.folds) { $0.all }
        let robust = Validation(fitted, tested, folds: Self.folds) { $0.robust }
        let cosine = Validation([], tested, folds: Self.folds) { [$0.all[Scores.Kind.cosine.rawValue]] }
        standard.report("all scores", beside: cosine)
        robust.report("without end marks", beside: cosine)
        reportGate(coverage, population, tables.base)
        try numbers(tested).write(
            to: folder.appending(path: "../Tests/AkashiAuthorshipTests/Fixtures/scores.tsv"), atomically: true, encoding: .utf8)
        let model = TrainedModel(
            trained: Self.version, writerCount: corpus.background.count, postCount: tables.counts.postCount,
            habits: tables.habits, ways: tables.ways,
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

    /// Every seventh trial as numbers, for the test of dependence.
    private func numbers(_ tested: [Scored]) -> String {
        let rows = stride(from: 0, to: tested.count, by: 7).map { index in
            let pair = tested[index]
            let values = [pair.isSame ? 1 : 0, pair.scores.knownSize, pair.scores.questionedSize] + pair.scores.all
            return values.map { "\(TrainedData.rounded($0, 5))" }.joined(separator: "\t")
        }
        return "# Derived from RealPersonaChat, CC BY-SA 4.0: isSame, sizes, scores of trials. No text.\n"
            + rows.joined(separator: "\n") + "\n"
    }

    private func reportGate(_ gate: CoverageGate, _ population: Population, _ base: GramBase) {
        for (size, pairs) in zip(Corpus.sizes, corpus.trials) {
            let refused = pairs.count { pair in
                let fits = [pair.known, pair.questioned].map { writing in
                    Fit(population.rates.counts(writing.posts), Traits(writing.posts, base), population.rates)
                }
                return !gate.covers(fits[0], fits[1])
            }
            print("gate \(size.known)/\(size.questioned): \(refused) of \(pairs.count) refused")
        }
    }
}

/// Fits a gate to writers who were held out of the tables.
struct GateFit {
    private static let sizes = [1, 3, 10, 30, 100]
    private static let drawsOfWriter = 20
    private static let pairCount = 20_000
    /// The share of pairs that may be refused.
    private static let refused = 0.04

    private var writers: [Traits] = []
    private var within = [[Double]](repeating: [Double](repeating: 0, count: Traits.count), count: Traits.count)
    private var freedom = 0.0
    /// By size, then by writer.
    private var fits: [[[Fit]]] = sizes.map { _ in [] }
    private var random = SplitMix(state: 3)

    mutating func add(_ posts: [Post], _ population: Population, _ base: GramBase) {
        let whole = Traits(posts, base)
        let values = posts.map { Traits.values($0, base) }
        let counts = posts.map { population.rates.counts([$0]) }
        writers.append(whole)
        freedom += Double(values.count - 1)
        for value in values {
            let off = zip(value, whole.means).map { $0 - $1 }
            for row in off.indices { for column in off.indices { within[row][column] += off[row] * off[column] } }
        }
        for (number, size) in Self.sizes.enumerated() {
            // Who has fewer posts than that stands in with all of them: few have a hundred, and they differ less than others do.
            let count = min(size, posts.count)
            fits[number].append(
                (0..<Self.drawsOfWriter).map { _ in
                    let drawn = random.sample(Array(posts.indices), count)
                    let means = (0..<Traits.count).map { column in drawn.reduce(0) { $0 + values[$1][column] } / Double(count) }
                    var sums = [Double](repeating: 0, count: population.rates.count)
                    for post in drawn {
                        for (gram, seen) in counts[post].counts.enumerated() where seen > 0 { sums[gram] += seen }
                    }
                    let signs = drawn.reduce(0) { $0 + counts[$1].signCount }
                    return Fit((sums, signs), Traits(postCount: count, means: means), population.rates)
                })
        }
    }

    mutating func gate() -> CoverageGate {
        var gate = CoverageGate(writers, within: within.map { $0.map { $0 / freedom } }, sizes: [], limits: [])
        gate.sizes = zip(Self.sizes, fits).map { size, fits in
            let values = fits.joined().map { $0.values(gate) }
            let sorted = values[0].indices.map { index in values.map { $0[index] }.sorted() }
            let middles = sorted.map { $0[$0.count / 2] }
            return .init(
                postCount: size, middles: middles,
                spreads: zip(sorted, middles).map { max(1e-3, $0[Int(Double($0.count - 1) * 0.9)] - $1) })
        }
        let excesses = fits.map { $0.map { $0.map(gate.excess) } }
        gate.limits = excesses.map { known in excesses.map { questioned in limit(known, questioned) } }
        return gate
    }

    /// What all but a few pairs stay below: half of them by one writer, half by two.
    private mutating func limit(_ known: [[Double]], _ questioned: [[Double]]) -> Double {
        let sums = (0..<Self.pairCount).map { number in
            let one = random.below(known.count)
            let other = number.isMultiple(of: 2) ? one : random.below(questioned.count)
            return known[one][random.below(known[one].count)] + questioned[other][random.below(questioned[other].count)]
        }
        return sums.sorted()[Int(Double(Self.pairCount - 1) * (1 - Self.refused))]
    }
}

extension CoverageGate {
    /// Lets everything through.
    static let open = CoverageGate(
        mean: Array(repeating: 0, count: Traits.count),
        between: Array(repeating: Array(repeating: 0, count: Traits.count), count: Traits.count),
        within: Array(repeating: Array(repeating: 0, count: Traits.count), count: Traits.count), sizes: [], limits: [])
}
