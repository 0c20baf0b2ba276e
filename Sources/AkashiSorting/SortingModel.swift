import AkashiModel
import AkashiText
import Foundation

/// Pieces of words with weights, learnt from invented texts (`scripts/train-sorting`). It speaks only where the rules are silent.
public struct SortingModel: Sendable, Decodable {
    private let kinds: [String]
    private let bias: [Double]
    private let pieces: [String: [Double]]

    /// How likely each kind is by this model, 0…1: a likeness to the texts it learnt from, no more.
    struct Scores {
        var harms: [Harm: Double] = [:]
        var criticism = 0.0
    }

    private static let start: Unicode.Scalar = "^"
    private static let end: Unicode.Scalar = "$"

    /// The scores of folded words.
    func scores(_ folded: FoldedText) -> Scores {
        var sums = [Double](repeating: 0, count: kinds.count)
        // Every piece counts for the length, known or not, as in training.
        let found = Set(Self.pieces(folded.scalars))
        var count = 0
        for piece in found {
            guard let weights = pieces[piece] else { continue }
            count += 1
            for (index, weight) in weights.enumerated() where index < sums.count { sums[index] += weight }
        }
        let scale = 1 / Double(max(1, count)).squareRoot()
        var scores = Scores()
        for (index, kind) in kinds.enumerated() where index < bias.count {
            let value = 1 / (1 + exp(-(bias[index] + scale * sums[index])))
            if let harm = Harm(rawValue: kind) { scores.harms[harm] = value } else { scores.criticism = value }
        }
        return scores
    }

    /// The stretches that spoke most for a kind, at most three, each of two letters or more.
    func reasons(_ folded: FoldedText, for kind: String) -> [Range<Int>] {
        guard let column = kinds.firstIndex(of: kind) else { return [] }
        let scalars = folded.scalars
        var best: [(range: Range<Int>, weight: Double)] = []
        for size in [2, 3] where scalars.count >= size {
            for start in 0...(scalars.count - size) {
                let piece = String(String.UnicodeScalarView(scalars[start..<start + size]))
                if let weight = pieces[piece]?[column], weight > 0.1 { best.append((start..<start + size, weight)) }
            }
        }
        var chosen: [Range<Int>] = []
        for item in best.sorted(by: { ($0.weight, $1.range.lowerBound) > ($1.weight, $0.range.lowerBound) }) {
            if chosen.count == 3 { break }
            if !chosen.contains(where: { $0.overlaps(item.range) }) { chosen.append(item.range) }
        }
        return chosen.sorted { $0.lowerBound < $1.lowerBound }
    }

    private static func pieces(_ scalars: [Unicode.Scalar]) -> [String] {
        let all = [start] + scalars + [end]
        var pieces: [String] = []
        pieces.reserveCapacity(all.count * 3)
        for size in 1...3 where all.count >= size {
            for start in 0...(all.count - size) { pieces.append(String(String.UnicodeScalarView(all[start..<start + size]))) }
        }
        return pieces
    }
}
