/// Finds names as the beginnings that recur before different texts.
struct LineRecurrence {
    /// Words that a name may have.
    private static let maximumWordCount = 6

    /// Beginnings that may be a member's name, or the name of a member with a shorter name and a word of hers.
    private(set) var doubtful: Set<[UInt8]> = []
    /// Names that stand before a text of one word, so that they cannot be longer.
    private(set) var proven: Set<[UInt8]> = []
    private let lines: LineLines

    /// A line, and the space after the words that are taken as its name for now.
    private struct Sample {
        let range: Range<Int>
        let gap: Int
        var text: Range<Int> { (gap + 1)..<range.upperBound }
    }

    /// What lines with the same beginning have next.
    private struct Branch {
        let count: Int
        let names: Set<[UInt8]>
        /// Whether so few lines can have the same next word by chance.
        let isLikely: Bool
    }

    /// Takes the lines of a file.
    init(_ lines: LineLines) { self.lines = lines }

    /// Names among lines that have the same first word, and something after it.
    mutating func names(in samples: [Range<Int>]) -> Set<[UInt8]> {
        names(in: whole(samples), wordCount: 1).names
    }

    /// Notes what is doubtful among lines whose first word is a name.
    mutating func noteDoubts(in samples: [Range<Int>]) {
        let samples = whole(samples)
        noteDoubts(in: children(of: samples), of: samples.count, wordCount: 1)
    }

    private func whole(_ samples: [Range<Int>]) -> [Sample] {
        samples.compactMap { range in
            let gap = LineNames.firstWord(lines.bytes[range]).endIndex
            return gap < range.upperBound ? Sample(range: range, gap: gap) : nil
        }
    }

    private func children(of samples: [Sample]) -> [ArraySlice<UInt8>: [Sample]] {
        var children: [ArraySlice<UInt8>: [Sample]] = [:]
        for sample in samples {
            let word = LineNames.firstWord(lines.bytes[sample.text])
            children[word, default: []].append(Sample(range: sample.range, gap: word.endIndex))
        }
        return children
    }

    /// Names among lines that begin with the same words; `isShort` if a text of one word follows in each line.
    private mutating func names(in samples: [Sample], wordCount: Int) -> (names: Set<[UInt8]>, isShort: Bool) {
        guard samples.count > 1, wordCount <= Self.maximumWordCount, let first = samples.first else {
            return ([], false)
        }
        let name = Array(lines.bytes[first.range.lowerBound..<first.gap])
        let children = children(of: samples)
        let shortCount = samples.count { !lines.bytes[$0.text].contains(LineBytes.space) }
        if shortCount > 0 {
            // A text must follow a name, so the name ends here. But the same line twice may be A, はい, そうです.
            guard wordCount == 1 || Set(samples.map { lines.bytes[$0.text] }).count > 1 else { return ([], false) }
            noteDoubts(in: children, of: samples.count, wordCount: wordCount)
            proven.insert(name)
            return ([name], shortCount == samples.count)
        }
        if children.count == samples.count { return ([name], false) }
        let longer = branches(children, wordCount: wordCount)
        if children.count == 1 || longer.allSatisfy(\.isLikely) { return (all(longer), false) }
        // Some of a family, who speak much: the rest of the family stays unsure.
        let strong = longer.filter { $0.count > 3 && !$0.names.isEmpty }
        if strong.reduce(0, { $0 + $1.count }) * 3 >= samples.count * 2 { return (all(strong), false) }
        return (children.count >= max(3, samples.count / 3) ? [name] : [], false)
    }

    private mutating func branches(_ children: [ArraySlice<UInt8>: [Sample]], wordCount: Int) -> [Branch] {
        var branches: [Branch] = []
        for (word, samples) in children {
            // The texts of these have one word, and the lines end there.
            let samples = samples.filter { $0.gap < $0.range.upperBound }
            let found = names(in: samples, wordCount: wordCount + 1)
            // Two lines may begin with the same word by chance, but hardly in Japanese, where texts have few spaces.
            let isLikely = samples.count > 2 || found.isShort || word.contains { $0 > 127 }
            branches.append(
                Branch(count: samples.count, names: found.names, isLikely: isLikely && !found.names.isEmpty))
        }
        return branches
    }

    private func all(_ branches: [Branch]) -> Set<[UInt8]> { branches.reduce(into: []) { $0.formUnion($1.names) } }

    /// Most lines of a name going on with the same word: 山田 has written once, or 山田 太郎 is who writes.
    private mutating func noteDoubts(
        in children: [ArraySlice<UInt8>: [Sample]], of sampleCount: Int, wordCount: Int
    ) {
        let usual = children.filter { $0.value.count > 3 && $0.value.count * 2 >= sampleCount }
        doubtful.formUnion(all(branches(usual, wordCount: wordCount)))
    }
}
