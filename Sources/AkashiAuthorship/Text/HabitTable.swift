public import AkashiKnowledge
import AkashiModel

/// The habits that are counted: small closed sets of ways to write the same thing, and the mix of scripts.
public struct HabitTable: Sendable {
    /// One habit.
    public struct Habit: Sendable, Hashable {
        /// What it is called, in both languages.
        public let name: Bilingual
        /// Its ways, as a person writes them.
        public let ways: [String]
        /// Whether it lies in the marks at the ends of sentences, which change with the platform.
        public let isEnding: Bool
    }

    /// As in the data, and the mix of scripts last.
    public let habits: [Habit]
    /// For each habit, where its ways begin in a list of all ways.
    package let offsets: [Int]
    private let patterns: [HabitPattern]
    /// For each letter up to U+FFFF, the group of patterns that can begin with it.
    private let groupOfLetter: [UInt16]
    private let groups: [[Int]]
    /// Patterns that can begin with anything.
    private let anywhere: [Int]

    static let scripts = ["漢", "ひ", "カ", "半", "半記", "全", "絵", "記"]

    /// Takes habits with a pattern for each way.
    ///
    /// - Throws: ``AuthorshipErrorCode/tablesUnreadable``.
    init(_ entries: [(habit: Habit, patterns: [String])], scripts: Bilingual) throws(AuthorshipError) {
        habits = entries.map(\.habit) + [Habit(name: scripts, ways: Self.scripts, isEnding: false)]
        var offsets = [0]
        for habit in habits { offsets.append(offsets[offsets.count - 1] + habit.ways.count) }
        self.offsets = offsets
        var patterns: [HabitPattern] = []
        for source in entries.flatMap(\.patterns) {
            guard let pattern = HabitPattern(source) else { throw AuthorshipError(.tablesUnreadable, ["part": source]) }
            patterns.append(pattern)
        }
        self.patterns = patterns
        var members: [UInt32: [Int]] = [:]
        var anywhere: [Int] = []
        for (number, pattern) in patterns.enumerated() {
            let letters = pattern.firsts.map(\.letters)
            if letters.contains(where: { $0 == nil }) {
                anywhere.append(number)
            } else {
                for letter in Set(letters.compactMap { $0 }.joined()) { members[letter, default: []].append(number) }
            }
        }
        var groups: [[Int]] = [[]]
        var numbers: [[Int]: UInt16] = [:]
        var table = [UInt16](repeating: 0, count: 0x1_0000)
        for (letter, list) in members where letter < 0x1_0000 {
            if numbers[list] == nil {
                numbers[list] = UInt16(groups.count)
                groups.append(list)
            }
            table[Int(letter)] = numbers[list] ?? 0
        }
        (self.groups, groupOfLetter, self.anywhere) = (groups, table, anywhere)
    }

    /// How often each way occurs, for all ways in a row. Letters are no independent draws: eight of one script count as one.
    package func counts(_ posts: [Post]) -> [Double] {
        var counts = [Double](repeating: 0, count: offsets[habits.count])
        var free = [Int](repeating: 0, count: patterns.count)
        let scripts = offsets[habits.count - 1]
        for post in posts {
            for index in free.indices { free[index] = 0 }
            let letters = post.letters
            for position in letters.indices {
                let letter = letters[position]
                counts[scripts + Self.script(of: letter)] += 0.125
                let group = letter < 0x1_0000 ? Int(groupOfLetter[Int(letter)]) : 0
                if group > 0 { for number in groups[group] { find(number, position, letters, &free, &counts) } }
                for number in anywhere { find(number, position, letters, &free, &counts) }
            }
        }
        return counts
    }

    @inline(__always)
    private func find(_ number: Int, _ position: Int, _ letters: [UInt32], _ free: inout [Int], _ counts: inout [Double]) {
        guard position >= free[number], let end = patterns[number].end(from: position, in: letters) else { return }
        counts[number] += 1
        free[number] = end
    }

    /// Where each way of a habit occurs in a text.
    func finds(of habit: Int, in letters: [UInt32]) -> [(way: Int, range: Range<Int>)] {
        guard habit < habits.count - 1 else { return [] }
        var finds: [(way: Int, range: Range<Int>)] = []
        for number in offsets[habit]..<offsets[habit + 1] {
            var position = 0
            while position < letters.count {
                if let end = patterns[number].end(from: position, in: letters), end > position {
                    finds.append((number - offsets[habit], position..<end))
                    position = end
                } else {
                    position += 1
                }
            }
        }
        return finds
    }

    private static func script(of letter: UInt32) -> Int {
        switch letter {
        case 0x4E00...0x9FFF, 0x3005: return 0
        case 0x3041...0x309F: return 1
        case 0x30A0...0x30FF: return 2
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return 3
        case 0..<0x80: return 4
        case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: return 5
        default:
            switch Unicode.Scalar(letter)?.properties.generalCategory {
            case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: return 6
            default: return 7
            }
        }
    }
}
