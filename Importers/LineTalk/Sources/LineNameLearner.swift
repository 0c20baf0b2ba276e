/// Learns the names of a talk in the form of computers, `11:24 name text`, where names may hold spaces.
///
/// A name is taken as sure only for a reason: the title of a talk of two, a notice (`Aが参加しました。`), a marker that is
/// always a whole text (`[写真]`), or a beginning that recurs before different texts. Whoever spoke once is not learnt.
/// Nobody may be able to put words under another name by what he writes: where a shorter name is known, a longer one
/// with the same beginning is doubtful.
struct LineNameLearner {
    /// Lines that are looked at for one first word. More tell nothing new.
    private static let maximumSampleCount = 2000
    /// Names of several words that wait for more lines.
    private static let maximumCandidateCount = 1000

    /// Lines with the same first word.
    private struct Group {
        var orderedCount = 0
        var strayCount = 0
        var samples: [Range<Int>] = []
    }

    private let lines: LineLines
    private var groups: [ArraySlice<UInt8>: Group] = [:]
    /// Names of one word.
    private var sure: Set<[UInt8]> = []
    /// Names of several words, and whether another line must begin with them.
    private var candidates: [[UInt8]: Bool] = [:]

    /// Learns from all lines of a file.
    static func names(in classifier: LineClassifier, body: LineSpan?, partner: String?) -> LineNames {
        var learner = LineNameLearner(lines: classifier.lines)
        if let partner { learner.candidates[Array(partner.utf8)] = true }
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
        return learner.result()
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
            // `A Bが参加しました。` can be A's own words on B.
            if let name = notice.name { propose(name, mustRecur: true) }
            if notice.name != nil || notice.event == "unsend" || notice.event == "call" { return }
        }
        var end = range.upperBound
        if let marker = LinePhrases.startOfMarker(in: text) {
            let name = text.utf8[..<marker]
            propose(String(decoding: name, as: UTF8.self).trimmed, mustRecur: false)
            // One word, so that nobody who mostly calls is taken for somebody named A ☎.
            let length = name.count + 1 + text.utf8[marker...].dropFirst().prefix { $0 != LineBytes.space }.count
            end = min(end, range.lowerBound + length)
        }
        let word = LineNames.firstWord(bytes)
        // Nothing after the first word: a name alone before a text that begins with an empty line, or no name at all.
        guard word.count < bytes.count, !word.isEmpty else { return }
        groups[word, default: Group()].orderedCount += 1
        if groups[word, default: Group()].orderedCount <= Self.maximumSampleCount {
            groups[word, default: Group()].samples.append(range.lowerBound..<end)
        }
    }

    private mutating func propose(_ name: String, mustRecur: Bool) {
        let name = Array(name.utf8)
        if !name.contains(LineBytes.space) {
            sure.insert(name)
        } else if candidates.count < Self.maximumCandidateCount {
            candidates[name] = candidates[name, default: true] && mustRecur
        }
    }

    private func result() -> LineNames {
        var names = sure
        var doubtful: Set<[UInt8]> = []
        let proposed = Dictionary(grouping: candidates.keys) { LineNames.firstWord($0[...]) }
        for (word, group) in groups {
            let found = self.names(in: group, word: Array(word), proposed: proposed[word] ?? [])
            names.formUnion(found.sure)
            doubtful.formUnion(found.doubtful)
        }
        return LineNames(sure: names, doubtful: doubtful.subtracting(sure))
    }

    private func names(
        in group: Group, word: [UInt8], proposed: [[UInt8]]
    ) -> (sure: Set<[UInt8]>, doubtful: Set<[UInt8]>) {
        var recurrence = LineRecurrence(lines)
        // A word that often stands out of order begins lines of texts, not messages.
        let isUsual = group.strayCount * 4 <= group.orderedCount
        let isKnown = sure.contains(word) || candidates[word] != nil
        if isKnown { recurrence.noteDoubts(in: group.samples) }
        var found: Set<[UInt8]> = isKnown ? [word] : isUsual ? recurrence.names(in: group.samples) : []
        let firm = isKnown ? [word] : recurrence.proven
        let longer = Set(proposed.filter { $0.count > word.count && isSupported($0, by: group) })
        let taken = longer.filter { name in !firm.contains { Self.begins(name, with: $0) } }
        if !taken.isEmpty {
            let rest = group.samples.filter { line in
                !taken.contains { Self.begins(lines.bytes[line], with: $0) }
            }
            // The first word alone is what a family has in common.
            found = taken.union(isUsual ? recurrence.names(in: rest).subtracting([word]) : [])
        }
        return (found, recurrence.doubtful.union(longer.subtracting(taken)))
    }

    private func isSupported(_ name: [UInt8], by group: Group) -> Bool {
        candidates[name] == false || group.samples.contains { Self.begins(lines.bytes[$0], with: name) }
    }

    private static func begins(_ line: some Collection<UInt8>, with name: [UInt8]) -> Bool {
        line.starts(with: name) && line.dropFirst(name.count).first == LineBytes.space
    }
}
