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
            habits: tables.habits,
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
                [pair.known, pair.questioned].contains { writing in
                    !gate.covers(Fit(population.rates.counts(writing.posts), Traits(writing.posts, base), population.rates))
                }
            }
            print("gate \(size.known)/\(size.questioned): \(refused) of \(pairs.count) refused")
        }
    }
}

/// Fits a gate to writers who were held out of the tables.
struct GateFit {
    private static let sizes = [1, 3, 10, 30, 100]
    private static let drawsOfWriter = 40
    /// The share of writings that each of the gate's values may refuse.
    private static let refused = [0.010, 0.006, 0.006, 0.003]

    private var writers: [Traits] = []
    private var within = [[Double]](repeating: [Double](repeating: 0, count: Traits.count), count: Traits.count)
    private var freedom = 0.0
    private var fits: [[Fit]] = sizes.map { _ in [] }
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
        for (number, size) in Self.sizes.enumerated() where posts.count >= size {
            for _ in 0..<Self.drawsOfWriter {
                let drawn = random.sample(Array(posts.indices), size)
                let means = (0..<Traits.count).map { column in drawn.reduce(0) { $0 + values[$1][column] } / Double(size) }
                var sums = [Double](repeating: 0, count: population.rates.count)
                for post in drawn {
                    for (gram, count) in counts[post].counts.enumerated() where count > 0 { sums[gram] += count }
                }
                let signs = drawn.reduce(0) { $0 + counts[$1].signCount }
                fits[number].append(Fit((sums, signs), Traits(postCount: size, means: means), population.rates))
            }
        }
    }

    func gate() -> CoverageGate {
        var gate = CoverageGate(writers, within: within.map { $0.map { $0 / freedom } }, limits: [])
        gate.limits = zip(Self.sizes, fits).map { size, fits in
            let values = fits.map { $0.values(gate) }
            return .init(
                postCount: size,
                values: values[0].indices.map { index in
                    let sorted = values.map { $0[index] }.sorted()
                    return sorted[Int(Double(sorted.count - 1) * (1 - Self.refused[index]))]
                })
        }
        // The few writers who have a hundred posts differ less than all do: the last limits are not tightened for them.
        if let last = gate.limits.popLast(), let before = gate.limits.last {
            gate.limits.append(.init(postCount: last.postCount, values: zip(last.values, before.values).map { max($0, $1) }))
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
