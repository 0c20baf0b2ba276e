/// Everything together, as a range: what is dependent counts once, what is independent is multiplied.
///
/// Ratios of things that hang together must never be multiplied: measured, that is worse than saying nothing.
public struct Weighing: Sendable, Hashable {
    /// From everything being one thing seen several times to every group being independent.
    public let ratio: ClosedRange<Double>
    /// The groups that were multiplied for the upper end.
    public let groups: [Finding.Group]

    /// Takes findings; what cannot be weighed weighs nothing.
    public init(_ findings: [Finding]) {
        var byGroup: [(group: Finding.Group, ratio: ClosedRange<Double>)] = []
        for group in Finding.Group.allCases {
            let own = findings.filter { $0.group == group }.compactMap(\.ratio)
            guard let first = own.first else { continue }
            // Within a group the one that is nearest to saying nothing.
            let least = own.reduce(first) { Self.isNearer($1, $0) ? $1 : $0 }
            byGroup.append((group, least))
        }
        groups = byGroup.map(\.group)
        guard let first = byGroup.first else {
            ratio = 1...1
            return
        }
        let product = byGroup.reduce((low: 1.0, high: 1.0)) { ($0.low * $1.ratio.lowerBound, $0.high * $1.ratio.upperBound) }
        let largest = byGroup.map(\.ratio).reduce(first.ratio) { $1.upperBound > $0.upperBound ? $1 : $0 }
        ratio = min(product.low, largest.lowerBound)...max(product.high, largest.upperBound)
    }

    private static func isNearer(_ one: ClosedRange<Double>, _ other: ClosedRange<Double>) -> Bool {
        func reach(_ range: ClosedRange<Double>) -> Double { max(range.upperBound, 1 / max(range.lowerBound, 1e-9)) }
        return reach(one) < reach(other)
    }
}

/// How likely it seemed before looking, as she says: from the lowest to the highest. Never one number.
public struct Prior: Sendable, Hashable {
    /// One in so many; the greater, the less likely.
    public let oneIn: ClosedRange<Double>

    /// What a range begins with.
    public static let usual = Prior(oneIn: 20...1_000)
    /// What she can choose from.
    public static let choices: [Double] = [2, 5, 20, 100, 300, 1_000, 10_000]

    /// Takes the most and the least likely.
    public init(oneIn: ClosedRange<Double>) { self.oneIn = oneIn }

    /// How likely it is after looking: the whole band.
    public func posterior(_ weighing: Weighing) -> ClosedRange<Double> {
        func after(_ oneIn: Double, _ ratio: Double) -> Double {
            let odds = ratio / max(oneIn - 1, 1e-9)
            return odds / (1 + odds)
        }
        return after(oneIn.upperBound, weighing.ratio.lowerBound)...after(oneIn.lowerBound, weighing.ratio.upperBound)
    }
}

/// Words that stand in both writings and in nobody else's.
public enum SharedWords {
    /// Letters that a shared piece must have.
    static let least = 8

    /// The longest pieces that both have and that none of the others has.
    public static func find(_ known: [String], _ questioned: [String], others: [String]) -> [String] {
        let pieces = { (texts: [String]) -> Set<String> in
            var all: Set<String> = []
            for text in texts {
                let letters = Array(text)
                guard letters.count >= least else { continue }
                for start in 0...letters.count - least { all.insert(String(letters[start..<start + least])) }
            }
            return all
        }
        let shared = pieces(known).subtracting(pieces(others))
        var found: [String] = []
        for text in questioned {
            let letters = Array(text)
            guard letters.count >= least else { continue }
            var end = 0
            for start in 0...letters.count - least where start >= end {
                guard shared.contains(String(letters[start..<start + least])) else { continue }
                end = start + least
                while end < letters.count, shared.contains(String(letters[end - least + 1...end])) { end += 1 }
                found.append(String(letters[start..<end]))
            }
        }
        return Array(Set(found)).sorted()
    }
}
