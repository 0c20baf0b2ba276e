import Foundation

/// Where the heaviest habits of a comparison stand in a text.
public struct HabitMarks: Sendable {
    /// A piece of a text; the part of the ratio that its habit gives, 0 for plain words.
    public struct Piece: Sendable, Hashable {
        /// The words.
        public let text: String
        /// Which of the table's habits.
        public let habit: Int?
        /// What that habit gives.
        public let part: Double
    }

    /// Habits that are shown for and against.
    public static let shownCount = 5
    private let table: HabitTable
    private let habits: [Comparison.HabitPart]

    /// Takes the five heaviest for and against.
    public init(_ table: HabitTable, _ comparison: Comparison) {
        self.table = table
        habits = comparison.heaviestFor + comparison.heaviestAgainst
    }

    /// The text in pieces. Where two habits meet the heavier one is marked.
    public func pieces(_ text: String) -> [Piece] {
        let scalars = Array(text.precomposedStringWithCanonicalMapping.unicodeScalars)
        let letters = scalars.map(\.value)
        var owner = [Comparison.HabitPart?](repeating: nil, count: letters.count)
        for habit in habits.sorted(by: { abs($0.part) < abs($1.part) }) {
            for find in table.finds(of: habit.habit, in: letters) {
                for index in find.range { owner[index] = habit }
            }
        }
        var pieces: [Piece] = []
        var start = 0
        while start < letters.count {
            var end = start
            while end < letters.count, owner[end]?.habit == owner[start]?.habit { end += 1 }
            let words = String(String.UnicodeScalarView(scalars[start..<end]))
            pieces.append(Piece(text: words, habit: owner[start]?.habit, part: owner[start]?.part ?? 0))
            start = end
        }
        return pieces
    }
}

extension Comparison {
    private static let least = 0.03

    /// The habits that speak most for one writer.
    public var heaviestFor: [HabitPart] {
        Array(habits.filter { $0.part > Self.least }.sorted { $0.part > $1.part }.prefix(HabitMarks.shownCount))
    }

    /// The habits that speak most for two.
    public var heaviestAgainst: [HabitPart] {
        Array(habits.filter { $0.part < -Self.least }.sorted { $0.part < $1.part }.prefix(HabitMarks.shownCount))
    }
}
