/// Learns the names of a talk in the form of computers, `11:24 name text`, where names may hold spaces.
///
/// A name is taken as sure only for a reason: the title of a talk of two, a notice (`Aが参加しました。`), a marker that is
/// always a whole text (`[写真]`), or a beginning that recurs before different texts. Whoever spoke once is not learnt.
struct LineNameLearner {
    /// Words that a name may have.
    private static let maximumWordCount = 6
    /// Lines that are looked at for one first word. More tell nothing new.
    private static let maximumSampleCount = 2000

    /// Lines with the same first word.
    private struct Group {
        var orderedCount = 0
        var strayCount = 0
        var samples: [Range<Int>] = []
    }

    private let lines: LineLines
    private var groups: [ArraySlice<UInt8>: Group] = [:]
    private var sure: Set<[UInt8]> = []
    private var hopeful: Set<[UInt8]> = []

    /// Learns from all lines of a file.
    static func names(in classifier: LineClassifier, body: LineSpan?, partner: String?) -> LineNames {
        var learner = LineNameLearner(lines: classifier.lines)
        if let partner { learner.hopeful.insert(Array(partner.utf8)) }
        var today: [(minute: Int, range: Range<Int>)] = []
        var line = body
        while let current = line {
            switch classifier.kind(of: current) {
            case .day:
                learner.take(today)
                today = []
            case .message(let head): today.append((head.time.minuteOfDay, head.rest..<current.end))
            case .blank, .other: break
            }
            line = classifier.lines.after(current)
        }
        learner.take(today)
        return LineNames(learner.result())
    }

    private init(lines: LineLines) { self.lines = lines }

    private mutating func take(_ day: [(minute: Int, range: Range<Int>)]) {
        for (line, isInOrder) in zip(day, LineOrder.inOrder(day.map(\.minute))) {
            if isInOrder {
                take(line.range)
            } else {
                groups[LineNames.firstWord(lines.bytes[line.range]), default: Group()].strayCount += 1
            }
        }
    }

    private mutating func take(_ range: Range<Int>) {
        let bytes = lines.bytes[range]
        let text = LineText.decode(bytes).text
        if let notice = LineNotice(known: text) {
            if let name = notice.name {
                let name = Array(name.utf8)
                // `A Bが参加しました。` can be A's own words on B.
                if name.contains(LineBytes.space) { hopeful.insert(name) } else { sure.insert(name) }
            }
            if notice.name != nil || notice.event == "unsend" || notice.event == "call" { return }
        }
        if let marker = LinePhrases.startOfMarker(in: text) { sure.insert(Array(text.utf8[..<marker])) }
        let word = LineNames.firstWord(bytes)
        // Nothing after the first word: a name alone before a text that begins with an empty line, or no name at all.
        guard word.count < bytes.count, !word.isEmpty else { return }
        groups[word, default: Group()].orderedCount += 1
        if groups[word, default: Group()].orderedCount <= Self.maximumSampleCount {
            groups[word, default: Group()].samples.append(range)
        }
    }

    private func result() -> Set<[UInt8]> {
        var names = sure
        for name in hopeful {
            let samples = groups[LineNames.firstWord(name[...])]?.samples ?? []
            let start = name + [LineBytes.space]
            if samples.contains(where: { lines.bytes[$0].starts(with: start) }) { names.insert(name) }
        }
        let known = LineNames(names)
        // A word that often stands out of order begins lines of texts, not messages.
        for group in groups.values where group.strayCount * 4 <= group.orderedCount {
            let samples = group.samples.filter { known.length(in: lines.bytes[$0]) == nil }.map { range in
                Sample(range: range, gap: range.lowerBound + LineNames.firstWord(lines.bytes[range]).count)
            }
            names.formUnion(recurring(samples, wordCount: 1).names)
        }
        return names
    }

    /// A line, and the space after the words that are taken as its name for now.
    private struct Sample {
        let range: Range<Int>
        let gap: Int
        var text: Range<Int> { (gap + 1)..<range.upperBound }
    }

    /// Names among lines that begin with the same words; `isShort` if a text of one word follows in each line.
    private func recurring(_ samples: [Sample], wordCount: Int) -> (names: [[UInt8]], isShort: Bool) {
        guard samples.count > 1, wordCount <= Self.maximumWordCount, let first = samples.first else {
            return ([], false)
        }
        let name = Array(lines.bytes[first.range.lowerBound..<first.gap])
        var children: [ArraySlice<UInt8>: [Sample]] = [:]
        var shortCount = 0
        for sample in samples {
            let word = LineNames.firstWord(lines.bytes[sample.text])
            if word.endIndex == sample.range.upperBound { shortCount += 1 }
            children[word, default: []].append(Sample(range: sample.range, gap: word.endIndex))
        }
        if shortCount > 0 {
            // A text must follow a name, so the name ends here. But the same line twice may be A, はい, そうです.
            let isVaried = wordCount == 1 || Set(samples.map { lines.bytes[$0.text] }).count > 1
            return (isVaried ? [name] : [], shortCount == samples.count)
        }
        if children.count == samples.count { return ([name], false) }
        let longer = children.values.map { (count: $0.count, found: recurring($0, wordCount: wordCount + 1)) }
        let isFamily = longer.allSatisfy { !$0.found.names.isEmpty && ($0.count > 2 || $0.found.isShort) }
        if children.count == 1 || isFamily { return (longer.flatMap(\.found.names), false) }
        // Some of a family, who speak much: the rest of the family stays unsure.
        let strong = longer.filter { $0.count > 3 && !$0.found.names.isEmpty }
        let strongCount = strong.reduce(0) { $0 + $1.count }
        if strongCount * 3 >= samples.count * 2 { return (strong.flatMap(\.found.names), false) }
        return (children.count >= max(3, samples.count / 3) ? [name] : [], false)
    }
}
