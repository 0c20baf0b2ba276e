public import AkashiKnowledge
import AkashiModel

/// Names that stand in a case.
public struct KnownNames: Sendable {
    /// Of others: a text for the public must not hold them.
    public let others: [String]
    /// Her own and her shop's: it may.
    public let own: [String]

    /// Takes both.
    public init(others: [String] = [], own: [String] = []) {
        self.others = others
        self.own = own
    }
}

/// Looks texts for the public over.
public struct StatementLint: Sendable {
    private static let file = "statement/lint.yaml"
    /// Letters of the shortest known name that is looked for: shorter ones stand in too many words.
    private static let shortestKnownName = 3

    private let fold: StatementFold
    private let split: StatementSplit
    private let rules: [PatternRule]
    private let reported: StatementPattern
    private let lists: NameLists
    private let allowedFirst: Set<Unicode.Scalar>
    private let honorificNames: HonorificNames
    private let quotedNames: QuotedNames
    private let bareNames: BareNames
    private let reach: [StatementFinding.Kind: StatementRules.Kind.Span]
    private let ruleOrder: [String: Int]
    private let advice: [StatementFinding.Kind: Bilingual]
    private let reasons: [String: Bilingual]

    /// Loads the rules.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws {
        let data: StatementRules = try knowledge.yaml(Self.file)
        do {
            try self.init(data)
        } catch {
            throw KnowledgeError(.damaged, ["file": Self.file])
        }
    }

    init(_ data: StatementRules) throws {
        let fold = StatementFold(data.fold)
        let lists = try NameLists(data, fold)
        let words = try Dictionary(
            uniqueKeysWithValues: ["place", "platforms"].map { name in
                guard let list = data.lists[name] else { throw StatementRulesError.unknownName(name) }
                return (name, fold.words(list))
            })
        let patterns = try StatementPatterns(data.macros, words: words)
        self.fold = fold
        self.lists = lists
        split = StatementSplit(data.split)
        rules = try data.rules.map { try PatternRule($0, patterns) }
        reported = try patterns.pattern(data.names.reported)
        allowedFirst = lists.allowed.firstLetters
        honorificNames = try HonorificNames(data.names, lists, patterns)
        quotedNames = QuotedNames(data.names, lists, split)
        bareNames = BareNames(lists, try NamePatterns(data.names, patterns))
        reach = Dictionary(data.kinds.compactMap { kind in kind.span.map { (kind.id, $0) } }) { $1 }
        ruleOrder = Dictionary(data.rules.enumerated().map { ($0.element.id, $0.offset + 1) }) { $1 }
        advice = Dictionary(data.kinds.map { ($0.id, $0.advice) }) { $1 }
        reasons = Dictionary(data.rules.compactMap { rule in rule.reason.map { (rule.id, $0) } }) { $1 }
    }

    /// What should not be there, in the order of the text.
    public func findings(in text: String, known: KnownNames = KnownNames()) -> [StatementFinding] {
        let spans = spans(in: Array(text.unicodeScalars), known: known)
        guard !spans.isEmpty else { return [] }
        let characters = Array(text)
        var characterOf: [Int] = []
        for (index, character) in characters.enumerated() {
            characterOf += repeatElement(index, count: character.unicodeScalars.count)
        }
        return spans.map { span in
            let range = characterOf[span.range.lowerBound]..<(characterOf[span.range.upperBound - 1] + 1)
            return StatementFinding(
                kind: span.kind, text: String(characters[range]), range: range, rule: span.rule,
                reason: reasons[span.rule] ?? advice[span.kind] ?? Bilingual(ja: "", en: ""))
        }
    }
}

// MARK: - Places

/// A finding by the scalars of its text.
struct StatementSpan: Sendable, Hashable {
    let kind: StatementFinding.Kind
    var range: Range<Int>
    let rule: String
}

extension StatementLint {
    /// What should not be there; findings of one kind that overlap are one.
    func spans(in text: [Unicode.Scalar], known: KnownNames) -> [StatementSpan] {
        let folded = fold.fold(text)
        let knownNames = known.others.map { fold.fold(Array($0.unicodeScalars)).letters }
        let others = Dictionary(grouping: knownNames.filter { $0.count >= Self.shortestKnownName }) { $0[0] }
        var spans: [StatementSpan] = []
        var views = [folded]
        if let (view, runs) = fold.joined(folded) {
            spans = runs.filter { isNameApart(view.letters[$0]) }.map { run in
                StatementSpan(kind: .name, range: view.origin(run), rule: "joined")
            }
            views.append(view)
        }
        for view in views { spans += self.spans(in: view) + places(of: others, in: view) }
        let ownEnds = Self.ends(of: known.own, in: text)
        return merged(spans.filter { $0.range.upperBound > ownEnds[$0.range.lowerBound] })
    }

    /// For each place of a text where the words end, at the latest, that begin there or before.
    private static func ends(of words: [String], in text: [Unicode.Scalar]) -> [Int] {
        var ends = Array(repeating: 0, count: text.count + 1)
        for place in words.flatMap({ places(of: Array($0.unicodeScalars), in: text) }) {
            ends[place.lowerBound] = max(ends[place.lowerBound], place.upperBound)
        }
        for index in ends.indices.dropFirst() { ends[index] = max(ends[index], ends[index - 1]) }
        return ends
    }

    /// What the rules find in each sentence.
    private func spans(in view: FoldedStatement) -> [StatementSpan] {
        split.sentences(view.letters).flatMap { place -> [StatementSpan] in
            let sentence = StatementSentence(view.letters[place])
            let allowed = allowedWords(sentence.letters)
            let names =
                honorificNames.names(in: sentence, allowed: allowed) + quotedNames.names(in: sentence)
                + bareNames.names(in: sentence, allowed: allowed)
            let spans = patternSpans(in: sentence) + names.map { StatementSpan(kind: .name, range: $0.range, rule: $0.rule) }
            return spans.map { span in
                let range =
                    switch reach[span.kind] {
                    case .sentence: 0..<sentence.count
                    case .clause: split.clause(sentence.letters, around: span.range)
                    case nil: span.range
                    }
                let part = (place.lowerBound + range.lowerBound)..<(place.lowerBound + range.upperBound)
                return StatementSpan(kind: span.kind, range: view.origin(part), rule: span.rule)
            }
        }
    }

    /// What patterns find.
    private func patternSpans(in sentence: StatementSentence) -> [StatementSpan] {
        let quotations = split.quotations(sentence.letters).filter { reported.begins(sentence, from: $0.upperBound) }
        return rules.flatMap { rule in
            rule.places(in: sentence, split, reported: quotations).map {
                StatementSpan(kind: rule.kind, range: $0, rule: rule.id)
            }
        }
    }

    /// The words in a sentence that hold a name by chance.
    private func allowedWords(_ letters: [Unicode.Scalar]) -> [Range<Int>] {
        letters.indices.compactMap { start in
            guard allowedFirst.contains(letters[start]) else { return nil }
            let longest = min(lists.allowed.longest, letters.count - start)
            let length = stride(from: longest, to: 1, by: -1).first { lists.allowed.contains(letters[start..<(start + $0)]) }
            return length.map { start..<(start + $0) }
        }
    }

    /// Whether letters that stood apart are a name.
    private func isNameApart(_ word: Letters) -> Bool {
        guard lists.kanaReading(word) != nil || lists.isName(word) else { return false }
        return ![lists.generic, lists.genericKatakana, lists.genericHiragana, lists.givenKanaCommon].contains {
            $0.contains(word)
        }
    }

    /// Where names stand that are known from the case, by their first letter.
    private func places(of names: [Unicode.Scalar: [[Unicode.Scalar]]], in view: FoldedStatement) -> [StatementSpan] {
        guard !names.isEmpty else { return [] }
        return view.letters.indices.flatMap { start in
            (names[view.letters[start]] ?? []).filter { view.letters[start...].starts(with: $0) }.map { name in
                StatementSpan(kind: .name, range: view.origin(start..<(start + name.count)), rule: "known")
            }
        }
    }

    /// Where a word stands in a text, one place after the other.
    private static func places(of word: [Unicode.Scalar], in text: [Unicode.Scalar]) -> [Range<Int>] {
        guard !word.isEmpty else { return [] }
        var places: [Range<Int>] = []
        var start = 0
        while start + word.count <= text.count {
            let isHere = text[start...].starts(with: word)
            if isHere { places.append(start..<(start + word.count)) }
            start += isHere ? word.count : 1
        }
        return places
    }

    /// Findings of one kind that overlap are one; of rules that find the same place, the first gives its name.
    private func merged(_ spans: [StatementSpan]) -> [StatementSpan] {
        let sorted = spans.sorted { one, other in
            func key(_ span: StatementSpan) -> (String, Int, Int, Int, String) {
                let order = ruleOrder[span.rule] ?? 0
                return (span.kind.rawValue, span.range.lowerBound, -span.range.upperBound, order, span.rule)
            }
            return key(one) < key(other)
        }
        var merged: [StatementSpan] = []
        for span in sorted {
            if let last = merged.last, last.kind == span.kind, span.range.lowerBound < last.range.upperBound {
                merged[merged.count - 1].range = last.range.lowerBound..<max(last.range.upperBound, span.range.upperBound)
            } else {
                merged.append(span)
            }
        }
        return merged.sorted { ($0.range.lowerBound, $0.kind.rawValue) < ($1.range.lowerBound, $1.kind.rawValue) }
    }
}
