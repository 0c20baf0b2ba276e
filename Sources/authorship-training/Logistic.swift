import AkashiAuthorship
import Foundation

/// Logistic regression with balanced classes and a ridge, by Newton's method, on inputs that are brought to one scale.
struct Logistic {
    /// The greater, the less the ridge holds (as in scikit-learn).
    static let looseness = 0.3

    static func fit(_ inputs: [[Double]], _ isSame: [Bool]) -> Fusion {
        let count = Double(inputs.count)
        let width = inputs[0].count
        let means = (0..<width).map { column in inputs.reduce(0) { $0 + $1[column] } / count }
        let scales = (0..<width).map { column in
            (inputs.reduce(0) { $0 + ($1[column] - means[column]) * ($1[column] - means[column]) } / count).squareRoot() + 1e-9
        }
        let rows = inputs.map { row in (0..<width).map { (row[$0] - means[$0]) / scales[$0] } + [1] }
        let positives = Double(isSame.count { $0 })
        let importance = isSame.map { $0 ? count / (2 * positives) : count / (2 * (count - positives)) }
        var weights = [Double](repeating: 0, count: width + 1)
        for _ in 0..<30 {
            var gradient = [Double](repeating: 0, count: width + 1)
            var curve = [[Double]](repeating: [Double](repeating: 0, count: width + 1), count: width + 1)
            for (index, row) in rows.enumerated() {
                let z = zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 }
                let p = 1 / (1 + exp(-z))
                let error = (p - (isSame[index] ? 1 : 0)) * importance[index] * looseness
                let bend = max(1e-9, p * (1 - p)) * importance[index] * looseness
                for a in 0...width {
                    gradient[a] += error * row[a]
                    let scaled = bend * row[a]
                    for b in 0...a { curve[a][b] += scaled * row[b] }
                }
            }
            for a in 0..<width {
                gradient[a] += weights[a]
                curve[a][a] += 1
            }
            let step = solve(curve, gradient)
            for a in 0...width { weights[a] -= step[a] }
            if step.allSatisfy({ abs($0) < 1e-8 }) { break }
        }
        let coefficients = (0..<width).map { weights[$0] / scales[$0] }
        let intercept = weights[width] - zip(coefficients, means).reduce(0) { $0 + $1.0 * $1.1 }
        return Fusion(coefficients: coefficients, intercept: intercept)
    }

    /// Solves a symmetric system of which the lower half is given.
    private static func solve(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
        var lower = matrix
        var x = vector
        for row in lower.indices {
            for column in 0...row {
                var value = matrix[row][column]
                for index in 0..<column { value -= lower[row][index] * lower[column][index] }
                lower[row][column] = row == column ? max(value, 1e-12).squareRoot() : value / lower[column][column]
            }
            for index in 0..<row { x[row] -= lower[row][index] * x[index] }
            x[row] /= lower[row][row]
        }
        for row in lower.indices.reversed() {
            for index in (row + 1)..<max(row + 1, lower.count) { x[row] -= lower[index][row] * x[index] }
            x[row] /= lower[row][row]
        }
        return x
    }
}
