import AkashiKnowledge
import AkashiModel
import Foundation

/// How likely each of some names is for a text, from its letters: a linear model over one to four letters in a row, made from examples
/// by `scripts/train-routes`.
package struct LetterModel: Sendable {
    /// What numbers in the file are multiplied by: they are whole hundredths.
    package static let scale = 100.0
    /// Letters in a row at the most.
    private static let mostLetters = 4

    /// Number of names.
    private let count: Int
    /// Where a piece's numbers begin: its rarity, then a weight for each name.
    private let places: [UInt128: Int32]
    private let numbers: [Float]
    private let base: [Double]

    /// Reads a file: names on the first line, their base on the second, then a piece on each with its rarity and weights, in hundredths.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged`` with file and line, also where the names are not those that are known.
    init(_ knowledge: Knowledge, _ file: String, names: [String]) throws(KnowledgeError) {
        let bytes = try knowledge.bytes(file)
        var places: [UInt128: Int32] = [:]
        var numbers: [Float] = []
        var base: [Double] = []
        places.reserveCapacity(bytes.count / 50)
        numbers.reserveCapacity(bytes.count / 5)
        var line = 1
        var start = 0
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let row = bytes[start..<end]
            let head = row.firstIndex(of: UInt8(ascii: "\t")) ?? end
            if line == 1 {
                let found = String(decoding: row[head...], as: UTF8.self).split(separator: "\t").map(String.init)
                guard found == names else { throw KnowledgeError(.damaged, ["file": "\(file):1"]) }
            } else {
                let before = numbers.count
                guard Self.read(row[head...], into: &numbers), numbers.count - before == names.count + 1 else {
                    throw KnowledgeError(.damaged, ["file": "\(file):\(line)"])
                }
                if line == 2 {
                    base = numbers[(before + 1)...].map { Double($0) / Self.scale }
                    numbers = []
                } else {
                    places[Self.key(String(decoding: row[..<head], as: UTF8.self).unicodeScalars)] = Int32(before)
                }
            }
            start = end + 1
            line += 1
        }
        (count, self.places, self.numbers, self.base) = (names.count, places, numbers, base)
    }

    /// Whole numbers, a tab before each.
    private static func read(_ row: ArraySlice<UInt8>, into numbers: inout [Float]) -> Bool {
        var value = 0
        var isNegative = false
        var hasDigits = false
        for (place, byte) in zip(row.indices, row) {
            switch byte {
            case UInt8(ascii: "\t"):
                if place > row.startIndex {
                    guard hasDigits else { return false }
                    numbers.append(Float(isNegative ? -value : value))
                }
                (value, isNegative, hasDigits) = (0, false, false)
            case UInt8(ascii: "-") where !hasDigits && !isNegative: isNegative = true
            case UInt8(ascii: "0")...UInt8(ascii: "9") where value < 1_000_000:
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
                hasDigits = true
            default: return false
            }
        }
        guard hasDigits else { return false }
        numbers.append(Float(isNegative ? -value : value))
        return true
    }

    /// The probability of each name, in their order.
    func probabilities(_ text: [Unicode.Scalar]) -> [Double] {
        var sums = Array(repeating: 0.0, count: count)
        var square = 0.0
        // In a fixed order: sums of the same numbers differ in their last bits otherwise.
        for (key, times) in Self.grams(text).sorted(by: { $0.key < $1.key }) {
            guard let place = places[key] else { continue }
            let value = (1 + log(Double(times))) * Double(numbers[Int(place)]) / Self.scale
            square += value * value
            for name in sums.indices { sums[name] += Double(numbers[Int(place) + 1 + name]) / Self.scale * value }
        }
        let length = max(square.squareRoot(), 1e-9)
        return Self.softmax(zip(sums, base).map { $0 / length + $1 })
    }

    package static func softmax(_ sums: [Double]) -> [Double] {
        let most = sums.max() ?? 0
        let powers = sums.map { exp($0 - most) }
        let all = powers.reduce(0, +)
        return powers.map { $0 / all }
    }

    /// One to four letters in a row, with the start and the end, and how often.
    package static func grams(_ text: [Unicode.Scalar]) -> [UInt128: Int] {
        let letters = ["^"] + text + ["$"]
        var counts: [UInt128: Int] = [:]
        for start in letters.indices {
            for end in start..<min(start + mostLetters, letters.count) { counts[key(letters[start...end]), default: 0] += 1 }
        }
        return counts
    }

    /// Up to four letters as one number.
    private static func key(_ letters: some Sequence<Unicode.Scalar>) -> UInt128 {
        letters.reduce(0) { $0 << 32 | UInt128($1.value) }
    }

    /// The letters of a key.
    package static func piece(_ key: UInt128) -> String {
        var letters = String.UnicodeScalarView()
        for shift in [96, 64, 32, 0] {
            let value = UInt32(truncatingIfNeeded: key >> UInt128(shift))
            if value > 0, let scalar = Unicode.Scalar(value) { letters.append(scalar) }
        }
        return String(letters)
    }

    /// A turn's letters as the model sees them.
    package static func letters(_ text: String) -> [Unicode.Scalar] { PlainText.fold(text) }
}
