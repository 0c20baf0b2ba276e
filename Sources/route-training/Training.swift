import AkashiConsult
import Foundation

/// Multinomial logistic regression with a ridge over the rarity-weighted letters of examples, by AdaGrad in a fixed order.
struct Training {
    private static let leastExamples = 4
    private static let rounds = 25
    private static let rate = 0.5
    private static let ridge = 3e-4
    /// The file that ships.
    let weights: String

    /// - Parameter sets: names in the order of the weights, each with its texts.
    init(_ sets: [(name: String, texts: [String])]) {
        let classes = sets.count
        let texts = sets.enumerated().flatMap { number, set in
            set.texts.map { (grams: LetterModel.grams(LetterModel.letters($0)), route: number) }
        }
        var having: [UInt128: Int] = [:]
        for text in texts { for gram in text.grams.keys { having[gram, default: 0] += 1 } }
        let kept = having.filter {
            $0.value >= Self.leastExamples && !LetterModel.piece($0.key).contains { "\t\n\r".contains($0) }
        }.keys.sorted()
        let index = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
        let rarity = kept.map { log((1 + Double(texts.count)) / (1 + Double(having[$0] ?? 0))) + 1 }
        let rows = texts.map { text -> (places: [Int], values: [Double], route: Int) in
            let found = text.grams.compactMap { gram, count in index[gram].map { ($0, (1 + log(Double(count))) * rarity[$0]) } }
                .sorted { $0.0 < $1.0 }
            let length = max(1e-9, found.reduce(0) { $0 + $1.1 * $1.1 }.squareRoot())
            return (found.map(\.0), found.map { $0.1 / length }, text.route)
        }
        let model = Self.fit(rows, kept.count, classes: classes)
        func text(_ value: Double) -> String { String(Int((value * LetterModel.scale).rounded())) }
        var lines = [
            (["names"] + sets.map(\.name)).joined(separator: "\t"), "\t0\t" + model.base.map(text).joined(separator: "\t"),
        ]
        for (number, gram) in kept.enumerated() {
            let own = model.weights[number * classes..<(number + 1) * classes]
            guard own.contains(where: { abs($0) >= 0.1 }) else { continue }
            lines.append("\(LetterModel.piece(gram))\t\(text(rarity[number]))\t" + own.map(text).joined(separator: "\t"))
        }
        weights = lines.joined(separator: "\n") + "\n"
        let right = rows.count { row in
            let sums = Self.sums(row, model)
            return sums.firstIndex(of: sums.max() ?? 0) == row.route
        }
        print("\(texts.count) examples, \(lines.count - 2) pieces, \(right) taken as they are marked")
    }

    private struct Model {
        var weights: [Double]
        var base: [Double]
    }

    private static func sums(_ row: (places: [Int], values: [Double], route: Int), _ model: Model) -> [Double] {
        var sums = model.base
        for (place, value) in zip(row.places, row.values) {
            for route in sums.indices { sums[route] += model.weights[place * sums.count + route] * value }
        }
        return sums
    }

    private static func fit(_ rows: [(places: [Int], values: [Double], route: Int)], _ count: Int, classes: Int) -> Model {
        let sizes = (0..<classes).map { route in Double(rows.count { $0.route == route }) }
        let importance = sizes.map { Double(rows.count) / (Double(classes) * max(1, $0)) }
        var model = Model(weights: Array(repeating: 0, count: count * classes), base: Array(repeating: 0, count: classes))
        var seen = Array(repeating: 1e-6, count: count * classes)
        var seenBase = Array(repeating: 1e-6, count: classes)
        // A step that shares no divisor with the count visits all, in an order that mixes the classes.
        var step = 7_919
        while rows.count.isMultiple(of: step) { step += 2 }
        for _ in 0..<rounds {
            var at = 0
            for _ in rows.indices {
                at = (at + step) % rows.count
                let row = rows[at]
                let chances = LetterModel.softmax(sums(row, model))
                for route in 0..<classes {
                    let error = (chances[route] - (row.route == route ? 1 : 0)) * importance[row.route]
                    seenBase[route] += error * error
                    model.base[route] -= rate * error / seenBase[route].squareRoot()
                    for (place, value) in zip(row.places, row.values) {
                        let slot = place * classes + route
                        let slope = error * value + ridge * model.weights[slot]
                        seen[slot] += slope * slope
                        model.weights[slot] -= rate * slope / seen[slot].squareRoot()
                    }
                }
            }
        }
        return model
    }
}
