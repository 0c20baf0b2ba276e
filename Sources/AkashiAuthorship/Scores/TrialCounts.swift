/// What two writings have of each gram.
struct TrialCounts {
    /// Grams of the questioned posts.
    private(set) var map: GramMap
    private(set) var questioned: [Double] = []
    /// The same grams in the known posts.
    private(set) var known: [Double] = []
    /// What follows each context in the known posts and in the questioned ones.
    private(set) var contexts: GramMap
    private(set) var knownTotals: [Double] = []
    private(set) var questionedTotals: [Double] = []

    init(known knownPosts: [Post], questioned questionedPosts: [Post]) {
        let letters = questionedPosts.reduce(0) { $0 + $1.masked.count + 1 }
        var map = GramMap(capacity: letters * 3)
        var contexts = GramMap(capacity: letters * 2)
        var questioned = [Double](repeating: 0, count: letters * 3)
        var questionedTotals = [Double](repeating: 0, count: letters * 3)
        for post in questionedPosts {
            post.eachGram { gram in
                questioned[map.number(gram)] += 1
                questionedTotals[contexts.number(gram.context)] += 1
            }
        }
        var known = [Double](repeating: 0, count: map.count)
        var knownTotals = [Double](repeating: 0, count: contexts.count)
        for post in knownPosts {
            post.eachGram { gram in
                let context = contexts.find(gram.context)
                guard context >= 0 else { return }
                knownTotals[context] += 1
                let number = map.find(gram)
                if number >= 0 { known[number] += 1 }
            }
        }
        (self.map, self.contexts, self.known, self.knownTotals) = (map, contexts, known, knownTotals)
        self.questioned = Array(questioned.prefix(map.count))
        self.questionedTotals = Array(questionedTotals.prefix(contexts.count))
    }
}

/// The logarithm of the Bayes factor of grams, order by order: how much better the known posts foretell the questioned ones than the
/// population does (Dirichlet-multinomial; Madsen and others, ICML 2005).
struct DirichletScore {
    /// How many signs of the population's say each context begins with, for grams of one, two and three signs.
    static let concentrations = [1024.0, 128.0, 64.0]

    /// Sums for the three orders.
    static func sums(_ counts: TrialCounts, _ base: GramBase, share: Double) -> [Double] {
        var sums = [0.0, 0.0, 0.0]
        for (number, gram) in counts.map.grams.enumerated() {
            sums[gram.order - 1] += term(number, gram, counts, base, share)
        }
        for (number, context) in counts.contexts.grams.enumerated() {
            let alpha = concentrations[context.order]
            let known = counts.knownTotals[number]
            if known > 0 { sums[context.order] -= rise(alpha, known, counts.questionedTotals[number]) }
        }
        return sums
    }

    /// What one gram gives, with its share of its context's sum.
    static func part(_ number: Int, _ counts: TrialCounts, _ base: GramBase, share: Double) -> Double {
        let gram = counts.map.grams[number]
        let context = counts.contexts.find(gram.context)
        let known = counts.knownTotals[context]
        let whole = counts.questionedTotals[context]
        let norm = known > 0 ? rise(concentrations[gram.order - 1], known, whole) * counts.questioned[number] / whole : 0
        return term(number, gram, counts, base, share) - norm
    }

    @inline(__always)
    private static func term(_ number: Int, _ gram: Gram, _ counts: TrialCounts, _ base: GramBase, _ share: Double) -> Double {
        let known = counts.known[number]
        guard known > 0 else { return 0 }
        var probability = base.probability(gram)
        // A thin population is widened by the two writings themselves: what both have may be what everybody there has.
        if let strength = base.strength(gram) {
            let context = counts.contexts.find(gram.context)
            let here = share * counts.knownTotals[context] + counts.questionedTotals[context]
            let both = share * known + counts.questioned[number]
            probability = ((strength + 5) * probability + both) / (strength + 5 + here)
        }
        return rise(concentrations[gram.order - 1] * probability, known, counts.questioned[number])
    }

    /// The sum of log((known + a + i) / (a + i)) for i below `count`.
    @inline(__always)
    private static func rise(_ a: Double, _ known: Double, _ count: Double) -> Double {
        logGamma(known + a + count) - logGamma(known + a) - logGamma(a + count) + logGamma(a)
    }
}
