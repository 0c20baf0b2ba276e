import Foundation

/// What the ways of looking say about two writings, before anything is weighed: natural logarithms of Bayes factors, and a cosine.
package struct Scores: Sendable {
    /// The order of `all` and of a fusion's weights.
    package enum Kind: Int, CaseIterable {
        case habits, grams1, grams2, grams3
        /// Rates by what a gram is made of.
        case contentSign, contentPair, contentTriple, kanaPair, kanaTriple, mark, markGram, endMark, end
        case ways, length, cosine
    }

    /// One for each ``Kind``.
    package let all: [Double]
    /// Habits, rates of one, two and three signs, length: all without the marks at the ends of sentences.
    package let robust: [Double]
    /// How often each way of each habit came.
    let habitCounts: (known: [Double], questioned: [Double])
    /// How often each gram of the rate table came.
    let rateCounts: (known: RateTable.Counts, questioned: RateTable.Counts)
    /// For each habit.
    let habitTerms: [Double]
    /// For each gram of the rate table.
    let rateTerms: [Double]
    /// How much there is: the natural logarithm of letters, about 0 in the middle of what was tested.
    package let knownSize: Double
    package let questionedSize: Double

    package init(known: Writing, questioned: Writing, population: Population) {
        let share = population.share(of: known)
        let table = population.habits
        habitCounts = (table.counts(known.posts), table.counts(questioned.posts))
        habitTerms = HabitScore.terms(habitCounts.known, habitCounts.questioned, table, population.habitBase)
        let trial = TrialCounts(known: known.posts, questioned: questioned.posts)
        let grams = DirichletScore.sums(trial, population.grams, share: share)
        let x = population.rates.counts(known.posts)
        let y = population.rates.counts(questioned.posts)
        rateCounts = (x, y)
        rateTerms = population.rates.terms(x, y, share: share)
        var rates = [Double](repeating: 0, count: RateTable.groupCount)
        var robustRates = [Double](repeating: 0, count: RateTable.groupCount)
        for (row, term) in zip(population.rates.rows, rateTerms) {
            rates[row.group] += term
            if row.isRobust { robustRates[row.group] += term }
        }
        let length = LengthScore.term(
            known.posts.map(LengthScore.length), questioned.posts.map(LengthScore.length), population.lengths)
        let words = LengthScore.term(
            known.posts.map(LengthScore.wordLength), questioned.posts.map(LengthScore.wordLength), population.wordLengths)
        let ways = population.ways.sum(habitCounts.known, habitCounts.questioned, x.signCount, y.signCount, share: share)
        all = [habitTerms.reduce(0, +)] + grams + rates + [ways, length, population.rates.cosine(x.counts, y.counts)]
        let steadyHabits = zip(table.habits, habitTerms).reduce(0) { $0 + ($1.0.isEnding ? 0 : $1.1) }
        robust = [steadyHabits] + robustRates + [words]
        knownSize = log(Double(max(1, known.letterCount))) - 6.5
        questionedSize = log(Double(max(1, questioned.letterCount))) - 5
    }
}
