public import AkashiKnowledge
import Foundation

/// Compares two writings against a population. One pair at a time: it has no list to search.
public struct AuthorshipEngine: Sendable {
    /// The population that belongs to the program: consenting writers of chats.
    public let population: Population
    private let model: TrainedModel

    /// Below this a question cannot be asked.
    static let leastKnownPosts = 10
    static let leastQuestionedLetters = 25
    /// Below the first no ratio, below the second a direction only.
    static let leastWriters = (none: 10, thin: 30)
    static let leastPosts = (none: 500, thin: 2_000)
    /// How much the two variants may differ.
    private static let mostDifference = log(5.0)

    /// Reads the tables.
    ///
    /// - Throws: `AuthorshipError` or `KnowledgeError` for tables that cannot be read.
    public init(_ knowledge: Knowledge) throws {
        (population, model) = try TrainedData.read(knowledge)
    }

    /// The corpus and the day of the tables, for papers.
    public var version: String { "RealPersonaChat, \(population.writerCount) + 56, \(model.trained)" }

    /// What was tested, size by size.
    public var cells: [TestedCell] { model.cells }

    /// Compares.
    ///
    /// - Parameters:
    ///   - population: other writers of the same kind of text.
    ///   - areOneKind: whether both are the same kind of text. Across kinds there is no ratio.
    public func compare(known: Writing, questioned: Writing, population: Population, areOneKind: Bool = true) -> Comparison {
        let scores = Scores(known: known, questioned: questioned, population: population)
        let cell = cell(known.letterCount, questioned.letterCount)
        var bounds = (lower: cell.lower, upper: cell.upper)
        var reasons: [Comparison.Reason] = []
        if known.posts.count < Self.leastKnownPosts || known.letterCount < leastKnownLetters { reasons.append(.knownShort) }
        if questioned.letterCount < Self.leastQuestionedLetters { reasons.append(.questionedShort) }
        var isRefused = false
        if !population.isEnough {
            reasons.append(.populationSmall)
            isRefused = true
        } else if population.writerCount < Self.leastWriters.thin || population.postCount < Self.leastPosts.thin {
            reasons.append(.populationThin)
            bounds = (max(bounds.lower, -log(10)), min(bounds.upper, log(10)))
        }
        if !areOneKind {
            reasons.append(.otherKind)
            isRefused = true
        }
        let gate = population.gate
        let knownFit = Fit(scores.rateCounts.known, Traits(known.posts, self.population.grams), population.rates)
        let questionedFit = Fit(scores.rateCounts.questioned, Traits(questioned.posts, self.population.grams), population.rates)
        if !gate.covers(knownFit, questionedFit) {
            // Told of the side that stands out more, and of both where both do.
            let (k, q) = (gate.excess(knownFit), gate.excess(questionedFit))
            if 2 * k >= q { reasons.append(.knownNotCovered) }
            if 2 * q >= k { reasons.append(.questionedNotCovered) }
            isRefused = true
        }
        let raw = model.fusion.logRatio(scores.all, scores.knownSize, scores.questionedSize)
        let robust = model.robustFusion.logRatio(scores.robust, scores.knownSize, scores.questionedSize)
        let capped = isRefused ? 0 : min(bounds.upper, max(bounds.lower, raw))
        let cappedRobust = isRefused ? 0 : min(bounds.upper, max(bounds.lower, robust))
        if !isRefused, capped != raw { reasons.append(.capped) }
        var shown = capped
        if capped * cappedRobust < 0 || abs(capped - cappedRobust) > Self.mostDifference {
            if abs(capped) >= log(2) { reasons.append(.marksOnly) }
            shown = capped * cappedRobust < 0 ? 0 : abs(capped) < abs(cappedRobust) ? capped : cappedRobust
        }
        if reasons.contains(.knownShort) || reasons.contains(.questionedShort) { shown = 0 }
        return Comparison(
            outcome: isRefused ? .refused : Self.outcome(shown), reasons: reasons, logRatio: capped, robustLogRatio: cappedRobust,
            shownLogRatio: shown, cell: cell, habits: habitParts(scores, population),
            size: .init(
                knownPosts: known.posts.count, knownLetters: known.letterCount, questionedPosts: questioned.posts.count,
                questionedLetters: questioned.letterCount))
    }

    /// The least letters of ten known posts that were tested.
    var leastKnownLetters: Int { (model.cells.map(\.knownLetters).min() ?? 0) / 2 }

    private static func outcome(_ logRatio: Double) -> Comparison.Outcome {
        switch abs(logRatio) {
        case ..<log(2): .cannotTell
        case ..<log(10): logRatio > 0 ? .one(.slight) : .two(.slight)
        case ..<log(100): logRatio > 0 ? .one(.moderate) : .two(.moderate)
        default: logRatio > 0 ? .one(.rather) : .two(.rather)
        }
    }

    /// The largest tested size that is no larger; a little less is the same size.
    private func cell(_ knownLetters: Int, _ questionedLetters: Int) -> TestedCell {
        let fits = { (have: Int, tested: Int) in Double(have) >= 0.7 * Double(tested) }
        let known = model.cells.map(\.knownLetters).filter { fits(knownLetters, $0) }.max() ?? 0
        let least = model.cells.map(\.knownPosts).min() ?? 0
        let row = model.cells.filter { $0.knownLetters <= max(known, 1) }.map(\.knownPosts).max() ?? least
        let cells = model.cells.filter { $0.knownPosts == row }
        return cells.last { fits(questionedLetters, $0.questionedLetters) } ?? cells[0]
    }

    private func habitParts(_ scores: Scores, _ population: Population) -> [Comparison.HabitPart] {
        let table = population.habits
        let (k, q) = scores.habitCounts
        let weight = model.fusion.weight(Scores.Kind.habits.rawValue, scores.knownSize, scores.questionedSize)
        return table.habits.indices.compactMap { habit in
            let ways = table.offsets[habit]..<table.offsets[habit + 1]
            guard k[ways].contains(where: { $0 > 0 }), q[ways].contains(where: { $0 > 0 }) else { return nil }
            return .init(
                habit: habit, part: weight * scores.habitTerms[habit], known: Array(k[ways]), questioned: Array(q[ways]),
                others: Array(population.habitBase.shares[ways]))
        }
    }
}
