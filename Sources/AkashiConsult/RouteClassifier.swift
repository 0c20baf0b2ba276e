import AkashiKnowledge
import AkashiModel
import Foundation

/// How likely each way of taking a turn is, from its letters: a linear model over one to four letters in a row, made from the examples.
package struct RouteClassifier: Sendable {
    /// The order of weights.
    package static let routes = Route.allCases
    package static let file = "consult/weights.tsv"

    private let rows: [String: (rarity: Double, weights: [Double])]
    private let base: [Double]

    package init(rows: [String: (rarity: Double, weights: [Double])], base: [Double]) { (self.rows, self.base) = (rows, base) }

    /// Reads the weights.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        var rows: [String: (rarity: Double, weights: [Double])] = [:]
        var base: [Double] = []
        for (number, line) in try knowledge.text(Self.file).split(separator: "\n").enumerated() {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            let values = cells.dropFirst().compactMap { Double($0) }
            guard values.count == Self.routes.count + 1 else {
                throw KnowledgeError(.damaged, ["file": "\(Self.file):\(number + 1)"])
            }
            if number == 0 {
                base = Array(values.dropFirst())
            } else {
                rows[String(cells[0])] = (values[0], Array(values.dropFirst()))
            }
        }
        self.init(rows: rows, base: base)
    }

    /// The probability of each route, in the order of ``routes``.
    func probabilities(_ text: [Unicode.Scalar]) -> [Double] {
        var seen: [(weights: [Double], value: Double)] = []
        var square = 0.0
        for (gram, count) in Self.grams(text) {
            guard let row = rows[gram] else { continue }
            let value = (1 + log(Double(count))) * row.rarity
            square += value * value
            seen.append((row.weights, value))
        }
        let length = max(square.squareRoot(), 1e-9)
        var sums = base
        for (weights, value) in seen {
            for route in sums.indices { sums[route] += weights[route] * value / length }
        }
        return Self.softmax(sums)
    }

    package static func softmax(_ sums: [Double]) -> [Double] {
        let most = sums.max() ?? 0
        let powers = sums.map { exp($0 - most) }
        let all = powers.reduce(0, +)
        return powers.map { $0 / all }
    }

    /// One to four letters in a row, with the start and the end, and how often.
    package static func grams(_ text: [Unicode.Scalar]) -> [String: Int] {
        let letters = ["^"] + text + ["$"]
        var counts: [String: Int] = [:]
        for start in letters.indices {
            var gram = ""
            for end in start..<min(start + 4, letters.count) {
                gram.unicodeScalars.append(letters[end])
                counts[gram, default: 0] += 1
            }
        }
        return counts
    }

    /// A turn's letters as the model sees them.
    package static func letters(_ text: String) -> [Unicode.Scalar] { PlainText.fold(text) }
}
