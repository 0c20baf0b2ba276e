public import AkashiModel
import Foundation

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
    /// How many writers have it, and the last who had.
    private var gramWriters: [(count: Int, last: Int)] = []
    /// For each way, the shares that writers have of it, summed; for each habit, the writers who have it at all.
    private(set) var wayShares: [Double]
    private(set) var habitWriters: [Double]
    /// For each way but the scripts, how often it came.
    private(set) var wayTotals: [Double]
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
        wayTotals = Array(repeating: 0, count: habits.offsets[habits.habits.count - 1])
    }

    /// Counts one writer's posts.
    public mutating func add(_ writing: Writing) {
        guard !writing.posts.isEmpty else { return }
        for post in writing.posts {
            post.eachGram { gram in
                add(1, gram, writers: 1, last: writers.count)
            }
        }
        let counts = habits.counts(writing.posts)
        for way in wayTotals.indices { wayTotals[way] += counts[way] }
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

    private mutating func add(_ count: Double, _ gram: Gram, writers: Int, last: Int) {
        let number = map.number(gram)
        if number == gramCounts.count {
            gramCounts.append(0)
            gramWriters.append((0, -1))
        }
        gramCounts[number] += count
        if gramWriters[number].last != last { gramWriters[number] = (gramWriters[number].count + writers, last) }
    }

    /// Adds what was counted elsewhere, of writers who are not among these.
    public mutating func add(_ file: PopulationFile) throws(AuthorshipError) {
        guard file.wayShares.count == wayShares.count, file.habitWriters.count == habitWriters.count,
            file.wayTotals.count == wayTotals.count
        else {
            throw AuthorshipError(.countsUnreadable)
        }
        for (text, count) in file.grams.sorted(by: { $0.key < $1.key }) {
            guard let gram = TrainedData.gram(text[...]), count >= 1 else { throw AuthorshipError(.countsUnreadable) }
            add(count, gram, writers: PopulationFile.leastWriters, last: writers.count)
        }
        for way in wayShares.indices { wayShares[way] += file.wayShares[way] }
        for habit in habitWriters.indices { habitWriters[habit] += file.habitWriters[habit] }
        for way in wayTotals.indices { wayTotals[way] += file.wayTotals[way] }
        writers += file.writers
    }

    /// What can be handed on: no gram of a single writer is in it.
    public func file(kind: String) -> PopulationFile {
        var grams: [String: Double] = [:]
        for (number, gram) in map.grams.enumerated() where gramWriters[number].count >= PopulationFile.leastWriters {
            grams[TrainedData.text(gram)] = gramCounts[number]
        }
        return PopulationFile(
            kind: kind, writers: writers, grams: grams, wayShares: wayShares, habitWriters: habitWriters, wayTotals: wayTotals)
    }

    /// All grams with their counts.
    var grams: [(gram: Gram, count: Double)] { zip(map.grams, gramCounts).map { ($0, $1) } }

    /// How often a gram came.
    func count(_ gram: Gram) -> Double {
        let number = map.find(gram)
        return number < 0 ? 0 : gramCounts[number]
    }
}

/// Counts of other writers as a file. There is no text in it: signs in groups of three at the most, and how common habits are.
public struct PopulationFile: Codable, Sendable, Equatable {
    /// Writers that a gram must have before it is in a file.
    static let leastWriters = 2
    private static let formatName = "akashi-population/1"
    /// How such a file's name ends.
    public static let nameEnding = ".akashi-population.json"

    private let format: String
    /// The kind of text: `post`, `review`, `message` or `mail`.
    public let kind: String
    /// Each writer's sizes.
    public let writers: [PopulationCounts.Writer]
    let grams: [String: Double]
    let wayShares: [Double]
    let habitWriters: [Double]
    let wayTotals: [Double]

    init(
        kind: String, writers: [PopulationCounts.Writer], grams: [String: Double], wayShares: [Double], habitWriters: [Double],
        wayTotals: [Double]
    ) {
        format = Self.formatName
        (self.kind, self.writers, self.grams) = (kind, writers, grams)
        (self.wayShares, self.habitWriters, self.wayTotals) = (wayShares, habitWriters, wayTotals)
    }

    /// Reads a file.
    ///
    /// - Throws: ``AuthorshipErrorCode/countsUnreadable``.
    public init(bytes: [UInt8]) throws(AuthorshipError) {
        guard let file = try? JSONDecoder().decode(PopulationFile.self, from: Data(bytes)), file.format == Self.formatName else {
            throw AuthorshipError(.countsUnreadable)
        }
        self = file
    }

    /// The file's bytes.
    public var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return Array(try encoder.encode(self))
        }
    }
}
