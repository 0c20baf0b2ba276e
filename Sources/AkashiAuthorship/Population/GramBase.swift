/// How likely a sign is after those before it, in a population: interpolated Witten-Bell over one to three signs (Bell, Cleary and Witten
/// 1990). A population of the case lies over the wider one: where it has seen little, that one speaks.
package final class GramBase: Sendable {
    /// Signs that there may be.
    private static let alphabetSize = 6_000.0

    private let map: GramMap
    private let counts: [Double]
    private let contexts: GramMap
    private let totals: [Double]
    private let kinds: [Double]
    private let parent: GramBase?

    package init(_ grams: [(gram: Gram, count: Double)], over parent: GramBase? = nil) {
        var map = GramMap(capacity: grams.count)
        var counts: [Double] = []
        var contexts = GramMap(capacity: grams.count / 4)
        var totals: [Double] = []
        var kinds: [Double] = []
        for (gram, count) in grams {
            _ = map.number(gram)
            counts.append(count)
            let context = contexts.number(gram.context)
            if context == totals.count {
                totals.append(0)
                kinds.append(0)
            }
            totals[context] += count
            kinds[context] += 1
        }
        (self.map, self.counts, self.contexts, self.totals, self.kinds) = (map, counts, contexts, totals, kinds)
        self.parent = parent
    }

    /// The probability of a gram's last sign after those before it.
    func probability(_ gram: Gram) -> Double {
        let lower: Double
        if let parent {
            lower = parent.probability(gram)
        } else {
            lower = gram.order > 1 ? probability(gram.tail) : 1 / Self.alphabetSize
        }
        let context = contexts.find(gram.context)
        guard context >= 0 else { return lower }
        let number = map.find(gram)
        let count = number < 0 ? 0 : counts[number]
        return (count + kinds[context] * lower) / (totals[context] + kinds[context])
    }

    /// How much was seen after a gram's context here, in signs, the wider population's say included; nil for a population that is not thin.
    func strength(_ gram: Gram) -> Double? {
        guard parent != nil else { return nil }
        let context = contexts.find(gram.context)
        return context < 0 ? 0 : totals[context] + kinds[context]
    }
}
