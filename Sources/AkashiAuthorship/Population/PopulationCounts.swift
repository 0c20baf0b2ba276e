/// What is counted of other writers: no text, and nothing that leads back to one.
public struct PopulationCounts: Sendable {
    /// What is kept of each writer.
    public struct Writer: Sendable, Codable, Hashable {
        /// Posts or sentences.
        public let postCount: Int
        /// Masked signs and ends.
        let signCount: Int
        /// Mean and sum of squared differences of the logarithm of lengths.
        package let lengthMean: Double
        package let lengthSpread: Double
        package let wordLengthMean: Double
        package let wordLengthSpread: Double
        let traits: Traits
    }

    /// Each writer, in the order in which they came.
    public internal(set) var writers: [Writer] = []
    /// How often each gram came.
    private(set) var map = GramMap(capacity: 1 << 15)
    private(set) var gramCounts: [Double] = []
    /// For each way, the shares that writers have of it, summed; for each habit, the writers who have it at all.
    private(set) var wayShares: [Double]
    private(set) var habitWriters: [Double]
    let habits: HabitTable
    private let wider: GramBase

    /// Posts or sentences of all.
    public var postCount: Int { writers.reduce(0) { $0 + $1.postCount } }
    var signCount: Double { Double(writers.reduce(0) { $0 + $1.signCount }) }

    /// Begins with nothing counted.
    ///
    /// - Parameter wider: the program's own population.
    public init(over wider: Population) { self.init(habits: wider.habits, grams: wider.grams) }

    package init(habits: HabitTable, grams: GramBase) {
        self.habits = habits
        wider = grams
        wayShares = Array(repeating: 0, count: habits.offsets[habits.habits.count])
        habitWriters = Array(repeating: 0, count: habits.habits.count)
    }

    /// Counts one writer's posts.
    public mutating func add(_ writing: Writing) {
        guard !writing.posts.isEmpty else { return }
        for post in writing.posts {
            post.eachGram { gram in
                let number = map.number(gram)
                if number == gramCounts.count { gramCounts.append(1) } else { gramCounts[number] += 1 }
            }
        }
        let counts = habits.counts(writing.posts)
        for habit in habits.habits.indices {
            let ways = habits.offsets[habit]..<habits.offsets[habit + 1]
            let sum = counts[ways].reduce(0, +)
            guard sum > 0 else { continue }
            habitWriters[habit] += 1
            for way in ways { wayShares[way] += counts[way] / sum }
        }
        let whole = LengthScore.summary(writing.posts.map(LengthScore.length))
        let letters = LengthScore.summary(writing.posts.map(LengthScore.wordLength))
        writers.append(
            Writer(
                postCount: writing.posts.count, signCount: writing.posts.reduce(0) { $0 + $1.masked.count + 1 },
                lengthMean: whole.mean, lengthSpread: whole.spread, wordLengthMean: letters.mean,
                wordLengthSpread: letters.spread, traits: Traits(writing.posts, wider)))
    }

    /// All grams with their counts.
    var grams: [(gram: Gram, count: Double)] { zip(map.grams, gramCounts).map { ($0, $1) } }

    /// How often a gram came.
    func count(_ gram: Gram) -> Double {
        let number = map.find(gram)
        return number < 0 ? 0 : gramCounts[number]
    }
}
