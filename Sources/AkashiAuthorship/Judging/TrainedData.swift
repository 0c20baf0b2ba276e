package import AkashiKnowledge
import AkashiModel
import Foundation

/// Reads and writes the tables that ship with the program: `Knowledge/authorship`.
package enum TrainedData {
    package static let gramsFile = "authorship/chat/grams.tsv"
    package static let modelFile = "authorship/chat/model.json"
    static let habitsFile = "authorship/habits.yaml"

    private struct HabitEntry: Decodable {
        struct Way: Decodable {
            let `as`: String
            let pattern: String
        }
        let name: Bilingual
        let isEnding: Bool?
        let ways: [Way]
    }

    /// The habits.
    package static func habits(_ knowledge: Knowledge) throws -> HabitTable {
        let entries: [HabitEntry] = try knowledge.yaml(habitsFile)
        return try HabitTable(
            entries.map { entry in
                let habit = HabitTable.Habit(
                    name: entry.name, ways: entry.ways.map(\.as), isEnding: entry.isEnding ?? false)
                return (habit, entry.ways.map(\.pattern))
            }, scripts: Bilingual(ja: "文字の種類の割合", en: "the mix of scripts"))
    }

    /// The population that ships, and the model.
    static func read(_ knowledge: Knowledge) throws -> (population: Population, model: TrainedModel) {
        let habits = try habits(knowledge)
        let text = try knowledge.text(gramsFile)
        var grams: [(gram: Gram, count: Double)] = []
        var rates: [(gram: Gram, mean: Double, shape: Double, rarity: Double)] = []
        for (number, line) in text.split(separator: "\n").enumerated() {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count == 2 || cells.count == 5, let gram = gram(cells[0]), let count = Double(cells[1]) else {
                throw AuthorshipError(.tablesUnreadable, ["part": "\(gramsFile):\(number + 1)"])
            }
            grams.append((gram, count))
            guard cells.count == 5 else { continue }
            guard let mean = Double(cells[2]), let shape = Double(cells[3]), let rarity = Double(cells[4]) else {
                throw AuthorshipError(.tablesUnreadable, ["part": "\(gramsFile):\(number + 1)"])
            }
            rates.append((gram, mean, shape, rarity))
        }
        guard let model = try? JSONDecoder().decode(TrainedModel.self, from: Data(knowledge.bytes(modelFile))),
            model.habitShares.count == habits.offsets[habits.habits.count],
            model.habitConcentrations.count == habits.habits.count,
            model.wayMeans.count == habits.offsets[habits.habits.count - 1], model.wayShapes.count == model.wayMeans.count
        else { throw AuthorshipError(.tablesUnreadable, ["part": modelFile]) }
        let population = Population(
            habits: habits, grams: GramBase(grams),
            habitBase: HabitBase(shares: model.habitShares, concentrations: model.habitConcentrations, writers: nil),
            rates: RateTable(rates), ways: WayRates(means: model.wayMeans, shapes: model.wayShapes), lengths: model.length,
            wordLengths: model.wordLength, gate: model.gate,
            writerCount: model.writerCount, postCount: model.postCount)
        return (population, model)
    }

    /// The counts as text, the commonest first.
    package static func write(
        _ grams: [(gram: Gram, count: Double)], rates: [Gram: (mean: Double, shape: Double, rarity: Double)]
    ) -> String {
        let safe = grams.filter {
            !$0.gram.signs.contains { sign in sign == 9 || sign == 10 || sign == 13 || sign == start.value || sign == end.value }
        }
        let sorted = safe.sorted { $0.count != $1.count ? $0.count > $1.count : $0.gram < $1.gram }
        return sorted.map { entry in
            var line = "\(text(entry.gram))\t\(Int(entry.count))"
            if let rate = rates[entry.gram] {
                line += "\t\(rounded(rate.mean, 4))\t\(rate.shape)\t\(rounded(rate.rarity, 4))"
            }
            return line + "\n"
        }.joined()
    }

    /// A number with so many digits that count.
    package static func rounded(_ value: Double, _ digits: Int) -> Double {
        guard value != 0, value.isFinite else { return value }
        let scale = pow(10, Double(digits) - ceil(log10(abs(value))))
        return (value * scale).rounded() / scale
    }

    private static let start: Unicode.Scalar = "⊢"
    private static let end: Unicode.Scalar = "⊣"

    static func text(_ gram: Gram) -> String {
        var view = String.UnicodeScalarView()
        for sign in gram.signs {
            switch sign {
            case ClassMask.start: view.append(start)
            case ClassMask.end: view.append(end)
            default: if let scalar = Unicode.Scalar(sign) { view.append(scalar) }
            }
        }
        return String(view)
    }

    static func gram(_ text: Substring) -> Gram? {
        let signs = text.unicodeScalars.map { scalar -> UInt32 in
            switch scalar {
            case start: ClassMask.start
            case end: ClassMask.end
            default: scalar.value
            }
        }
        switch signs.count {
        case 1: return Gram(signs[0])
        case 2: return Gram(signs[0], signs[1])
        case 3: return Gram(signs[0], signs[1], signs[2])
        default: return nil
        }
    }
}
