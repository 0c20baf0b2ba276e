/// The habits of a population: how common each way is, and how much writers differ.
package struct HabitBase: Sendable {
    /// For each way of all habits in a row.
    package let shares: [Double]
    /// For each habit; small where writers differ much.
    package let concentrations: [Double]
    /// For each habit, how many writers stand behind the shares; nil for a population that is not thin.
    let writers: [Double]?

    package init(shares: [Double], concentrations: [Double], writers: [Double]?) {
        (self.shares, self.concentrations, self.writers) = (shares, concentrations, writers)
    }
}

/// The logarithm of the Bayes factor of each habit (Dirichlet-multinomial).
enum HabitScore {
    static func terms(_ known: [Double], _ questioned: [Double], _ table: HabitTable, _ base: HabitBase) -> [Double] {
        table.habits.indices.map { habit in
            let ways = table.offsets[habit]..<table.offsets[habit + 1]
            let n = known[ways].reduce(0, +)
            let m = questioned[ways].reduce(0, +)
            guard n > 0, m > 0 else { return 0 }
            let alpha = base.concentrations[habit]
            var sum = logGamma(alpha + n) - logGamma(alpha + n + m) - logGamma(alpha) + logGamma(alpha + m)
            for way in ways where questioned[way] > 0 && known[way] > 0 {
                var share = base.shares[way]
                if let writers = base.writers?[habit] {
                    share = (share * writers + known[way] / n + questioned[way] / m) / (writers + 2)
                }
                let a = alpha * share
                sum +=
                    logGamma(a + known[way] + questioned[way]) - logGamma(a + known[way]) - logGamma(a + questioned[way])
                    + logGamma(a)
            }
            return sum
        }
    }
}
