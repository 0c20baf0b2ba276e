/// How a population of writers writes: what a likeness is weighed against.
public struct Population: Sendable {
    /// The habits that are counted.
    public let habits: HabitTable
    let grams: GramBase
    let habitBase: HabitBase
    package let rates: RateTable
    let ways: WayRates
    package let lengths: LengthBase
    package let wordLengths: LengthBase
    let gate: CoverageGate
    /// Writers and posts (or sentences) behind it.
    public let writerCount: Int
    /// Posts or sentences behind it.
    public let postCount: Int
    /// Whether it is one of the case, laid over the population that belongs to the program.
    public let isOfCase: Bool
    /// Masked signs of a middling writer, against which one long writing is weighed where the population is thin.
    private let signsOfWriter: Double

    /// The population that belongs to the program.
    package init(
        habits: HabitTable, grams: GramBase, habitBase: HabitBase, rates: RateTable, ways: WayRates, lengths: LengthBase,
        wordLengths: LengthBase,
        gate: CoverageGate, writerCount: Int, postCount: Int
    ) {
        (self.habits, self.grams, self.habitBase, self.rates, self.lengths) = (habits, grams, habitBase, rates, lengths)
        self.ways = ways
        (self.wordLengths, self.gate, self.writerCount, self.postCount) = (wordLengths, gate, writerCount, postCount)
        isOfCase = false
        signsOfWriter = .infinity
    }

    /// A population of the case: what was counted there, laid over a wider one that speaks where little was counted.
    public init(_ counts: PopulationCounts, over wider: Population) {
        habits = wider.habits
        grams = GramBase(counts.grams, over: wider.grams)
        let table = wider.habits
        var shares = wider.habitBase.shares
        for habit in table.habits.indices {
            let ways = table.offsets[habit]..<table.offsets[habit + 1]
            let trust = 0.5 * Double(ways.count)
            for way in ways {
                shares[way] = (counts.wayShares[way] + trust * shares[way]) / (counts.habitWriters[habit] + trust)
            }
        }
        habitBase = HabitBase(
            shares: shares, concentrations: wider.habitBase.concentrations,
            writers: table.habits.indices.map { habit in
                counts.habitWriters[habit] + 0.5 * Double(table.offsets[habit + 1] - table.offsets[habit])
            })
        rates = RateTable(wider.rates, counts)
        ways = WayRates(wider.ways, counts)
        lengths = LengthBase(counts.writers.map { ($0.postCount, $0.lengthMean, $0.lengthSpread) }, over: wider.lengths)
        wordLengths = LengthBase(
            counts.writers.map { ($0.postCount, $0.wordLengthMean, $0.wordLengthSpread) }, over: wider.wordLengths)
        gate = CoverageGate(counts.writers.map(\.traits), over: wider.gate)
        writerCount = counts.writers.count
        postCount = counts.postCount
        isOfCase = true
        signsOfWriter = counts.signCount / Double(max(1, counts.writers.count))
    }

    /// Whether there are enough writers and posts to give a ratio at all.
    public var isEnough: Bool {
        writerCount >= AuthorshipEngine.leastWriters.none && postCount >= AuthorshipEngine.leastPosts.none
    }

    /// How much of a long writing counts beside a thin population: as much as one of its writers.
    func share(of writing: Writing) -> Double {
        let signs = writing.posts.reduce(0.0) { $0 + Double($1.masked.count + 1) }
        return min(1, signsOfWriter / max(1, signs))
    }
}

extension LengthBase {
    /// Lays what was seen over a wider population: ten writers of that one weigh as much as ten of these.
    init(_ writers: [(count: Int, mean: Double, spread: Double)], over wider: LengthBase) {
        let seen = LengthBase(writers)
        let count = Double(writers.count)
        let share = count / (count + 10)
        self.init(
            mean: count > 0 ? seen.mean : wider.mean, within: share * seen.within + (1 - share) * wider.within,
            between: share * seen.between + (1 - share) * wider.between)
    }
}
