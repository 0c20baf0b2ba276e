/// What to do with a comment. A suggestion: she decides.
public enum Action: String, Sendable, Codable, Comparable {
    /// Shown.
    case pass
    /// Shown, and marked for her.
    case note
    /// Not shown before she says so.
    case hold

    private var rank: Int { self == .pass ? 0 : self == .note ? 1 : 2 }
    /// By how much they do.
    public static func < (left: Action, right: Action) -> Bool { left.rank < right.rank }
}

/// A rule that was found, and what had to be undone to see it.
public struct Hit: Sendable, Hashable {
    /// Something that was undone, and where.
    public struct Undone: Sendable, Hashable {
        /// What.
        public let step: Step
        /// Bytes of the comment in UTF-8.
        public let range: Range<Int>
    }

    /// The rule's number.
    public let rule: Int
    /// The word that was found; nil for a pattern.
    public let term: Term?
    /// Bytes of the comment in UTF-8.
    public let range: Range<Int>
    /// What was undone, in order.
    public let undone: [Undone]
    /// What it suggests.
    public let action: Action
    /// How much likelier the comment is with the word there than without, in costs of the dictionary (`WordLattice`): the less, the likelier a false
    /// alarm. 0 where nothing was weighed.
    public var gain: Int32 = 0
}

/// Looks comments over for terms.
public struct Moderator: Sendable {
    /// The rules.
    public let rules: RuleSet

    /// Takes rules.
    public init(_ rules: RuleSet) { self.rules = rules }

    /// The fold of the coarse search, with the letters of these rules.
    public var fold: ScanFold { ScanFold(rules.tables) }

    /// The terms in a comment, given in UTF-8; in order, none over another.
    public func hits(in comment: [UInt8]) -> [Hit] {
        let letters = LetterReader.letters(comment, rules.tables)
        return hits(letters) + lineHeads(letters) + patterns(letters)
    }

    private func hits(_ letters: [Letter]) -> [Hit] {
        var walk = Walk(letters, rules)
        let candidates = walk.search().filter { candidate in
            let leaves = rules.rules[rules.ruleOfTerm[candidate.term]].leaves
            guard !leaves.isEmpty else { return true }
            // A kanji that stands there in code is code, also where it is only read.
            let written = letters[candidate.letters].map { EdgeTable.step($0.traits) }
            return leaves.isDisjoint(with: candidate.steps.union(written).subtracting([.plain]))
        }
        guard !candidates.isEmpty else { return [] }
        var judge = Judge(letters, rules)
        let findings = candidates.compactMap { judge.judge($0) }.sorted {
            ($0.isNote ? 1 : 0, -$0.candidate.letters.count, -Int($0.gain)) < (
                $1.isNote ? 1 : 0, -$1.candidate.letters.count, -Int($1.gain)
            )
        }
        // 卑怯者の may be read as ひきょうものの drawn out; what stands there openly is the word.
        let open = findings.filter(\.isOpen)
        var kept: [Finding] = []
        for finding in findings
        where finding.isOpen
            || !open.contains(where: {
                $0.candidate.term == finding.candidate.term && $0.candidate.letters.overlaps(finding.candidate.letters)
            })
        {
            guard !kept.contains(where: { $0.candidate.letters.overlaps(finding.candidate.letters) }) else { continue }
            kept.append(finding)
        }
        return kept.sorted { $0.candidate.letters.lowerBound < $1.candidate.letters.lowerBound }.map { hit($0, letters) }
    }

    private func hit(_ finding: Finding, _ letters: [Letter]) -> Hit {
        func bytes(_ range: Range<Int>) -> Range<Int> {
            let part = letters[range]
            return Int(part.map(\.start).min() ?? 0)..<Int(part.map(\.end).max() ?? 0)
        }
        let candidate = finding.candidate
        let whole = bytes(candidate.letters)
        var undone = candidate.parts.filter { $0.step != .plain }.map { Hit.Undone(step: $0.step, range: bytes($0.letters)) }
        undone += candidate.form.steps.sorted { $0.rawValue < $1.rawValue }.map { Hit.Undone(step: $0, range: whole) }
        let rule = rules.ruleOfTerm[candidate.term]
        let term = rules.terms[candidate.term]
        // ニート has a long mark of its own.
        if undone.allSatisfy({ $0.step == .drawnOut }),
            letters[candidate.letters].map(\.scalar) == term.text.unicodeScalars.map(\.value)
        {
            undone = []
        }
        return Hit(
            rule: rule, term: term, range: whole, undone: undone,
            action: min(finding.isNote ? .note : .hold, rules.rules[rule].action), gain: finding.gain)
    }

    /// Words that the first letters of lines spell, read downwards.
    private func lineHeads(_ letters: [Letter]) -> [Hit] {
        var heads: [Letter] = []
        var isStart = true
        for letter in letters {
            if letter.traits.contains(.lineBreak) {
                isStart = true
            } else if isStart, !letter.isSkippable {
                heads.append(letter)
                isStart = false
            }
        }
        guard heads.count >= 3 else { return [] }
        var found: [Hit] = []
        for start in heads.indices {
            var node: Int32 = 0
            for end in start..<heads.count {
                guard heads[end].unit != 0 else { break }
                node = rules.trie.child(node, heads[end].unit)
                guard node >= 0 else { break }
                guard end - start >= 2 else { continue }
                for ending in rules.trie.endings(node) where !ending.form.isReversed && !ending.form.isRomajiOnly {
                    let parts = heads[start...end].map { Hit.Undone(step: .lineHeads, range: Int($0.start)..<Int($0.end)) }
                    let rule = rules.ruleOfTerm[Int(ending.term)]
                    guard rules.rules[rule].leaves.isDisjoint(with: ending.form.steps.union([.lineHeads])) else { continue }
                    found.append(
                        Hit(
                            rule: rule, term: rules.terms[Int(ending.term)],
                            range: parts[0].range.lowerBound..<(parts.last?.range.upperBound ?? 0), undone: parts,
                            action: rules.rules[rule].action))
                }
            }
        }
        return found
    }

    /// Patterns, in the comment in its usual width, and in kana and letters alone with what stands between left out.
    private func patterns(_ letters: [Letter]) -> [Hit] {
        guard rules.rules.contains(where: { !$0.patterns.isEmpty }) else { return [] }
        let visible = letters.filter { !$0.isInvisible }
        let plain = visible.filter { $0.unit != 0 }
        let texts = [
            (visible, visible.map { $0.sort == .latin || $0.sort == .digit ? UInt32($0.unit) : $0.shape }),
            (plain, plain.map { UInt32($0.unit) }),
        ]
        var found: [Hit] = []
        for (number, rule) in rules.rules.enumerated() where !rule.patterns.isEmpty {
            for pattern in rule.patterns {
                for (letters, text) in texts {
                    for match in pattern.matches(in: text) {
                        let range = Int(letters[match.lowerBound].start)..<Int(letters[match.upperBound - 1].end)
                        guard !range.isEmpty, !found.contains(where: { $0.rule == number && $0.range.overlaps(range) }) else {
                            continue
                        }
                        found.append(Hit(rule: number, term: nil, range: range, undone: [], action: rule.action))
                    }
                }
            }
        }
        return found
    }
}
