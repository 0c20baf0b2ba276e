/// Looks for spellings of the terms from every letter of a comment, undoing what people do to hide them.
///
/// States are (node of the trie, next letter); for each start there are at most ``maximumStates`` of them, so time grows with the
/// comment's length.
struct Walk {
    /// A way from a start to where it is.
    struct State {
        let node: Int32
        let at: Int32
        let last: UInt16
        let cost: Int32
        let parent: Int32
        let step: Step
        let from: Int32
        let real: UInt8
        let masks: UInt8
        let gap: UInt8
        var isGuess = false
        var unitCount: UInt8 = 1
    }

    private static let maximumStates = 3000
    private static let maximumLetters = 80

    private let letters: [Letter]
    private let edges: EdgeTable
    private let trie: FormTrie
    private let afterFirst: [UInt16: [Int32]]
    private var states: [State] = []
    private var buckets: [[Int32]] = []
    private(set) var candidates: [Candidate] = []

    init(_ letters: [Letter], _ rules: RuleSet) {
        self.letters = letters
        trie = rules.trie
        afterFirst = rules.afterFirst
        edges = EdgeTable(letters, rules)
    }

    /// All candidates.
    mutating func search() -> [Candidate] {
        for start in letters.indices where !letters[start].isInvisible && mayBegin(start) { search(from: start) }
        return candidates
    }

    /// Whether the first two sounds of a term may stand here: most places are ruled out by this alone.
    private func mayBegin(_ start: Int) -> Bool {
        if isMask(start) { return true }
        for edge in edges.range(start) {
            let edge = edges.edges[edge]
            let node = target(0, edge)
            guard node >= 0 else { continue }
            let end = Int(edge.end)
            if trie.isEnding(node) { return true }
            guard end < letters.count else { continue }
            let next = letters[end]
            if next.isSkippable || next.sort == .other || next.traits.contains(.iteration) || isMask(end) || isDrawn(end) {
                return true
            }
            let last = edges.units[Int(edge.first) + Int(edge.count) - 1]
            if next.unit == last || next.sort == .kana && (next.traits.contains(.small) || next.unit == Kana.vowel(last)) {
                return true
            }
            if next.sort == .latin, letters[end - 1].shape == next.shape { return true }
            for follower in edges.range(end) where trie.child(node, edges.units[Int(edges.edges[follower].first)]) >= 0 {
                return true
            }
        }
        return false
    }

    /// The node that an edge's units lead to; -1 for none.
    @inline(__always)
    private func target(_ node: Int32, _ edge: EdgeTable.Edge) -> Int32 {
        var node = node
        for place in Int(edge.first)..<Int(edge.first) + Int(edge.count) {
            node = trie.child(node, edges.units[place])
            if node < 0 { return -1 }
        }
        return node
    }

    private mutating func search(from start: Int) {
        states.removeAll(keepingCapacity: true)
        let limit = min(letters.count, start + Self.maximumLetters)
        if buckets.count < limit - start + 1 { buckets = Array(repeating: [], count: Self.maximumLetters + 1) }
        for at in 0...(limit - start) { buckets[at].removeAll(keepingCapacity: true) }
        let origin = State(
            node: 0, at: Int32(start), last: 0, cost: 0, parent: -1, step: .plain, from: Int32(start), real: 0, masks: 0, gap: 0)
        expand(origin, -1, start, limit)
        if isMask(start),
            letters[start].shape > 0x7F || letters[start].shape == 0x2A || letters[start].shape == 0x3F
                || letters[start].sort == .latin
                || letters[start].shape == 0x5F
        {
            maskFirst(start, limit)
        }
        var at = 1
        while at <= limit - start {
            // What is pushed goes to later places only.
            for number in buckets[at] {
                let state = states[Int(number)]
                if state.gap == 0, trie.isEnding(state.node) { found(trie.endings(state.node), number, start) }
                guard start + at < limit, states.count < Self.maximumStates else { continue }
                expand(state, number, start, limit)
            }
            at += 1
        }
    }

    private mutating func found(_ endings: [FormTrie.Ending], _ number: Int32, _ start: Int) {
        let state = states[Int(number)]
        guard state.real > 0 else { return }
        // A sign behind the word is none of it; a sound drawn out is.
        if state.step == .sign || state.step == .invisible { return }
        if state.step == .drawnOut, letters[Int(state.at) - 1].unit == 0x3064 { return }
        var parts: [Candidate.Part] = []
        var at = number
        while at >= 0 {
            let state = states[Int(at)]
            parts.append(
                Candidate.Part(
                    step: state.step, letters: Int(state.from)..<Int(state.at), isGuess: state.isGuess,
                    unitCount: Int(state.unitCount)))
            at = state.parent
        }
        for ending in endings {
            candidates.append(
                Candidate(
                    term: Int(ending.term), form: ending.form, letters: start..<Int(state.at), parts: parts.reversed(),
                    cost: state.cost,
                    real: Int(state.real), masks: Int(state.masks)))
        }
    }

    private mutating func push(
        _ parent: Int32, _ state: State, _ node: Int32, _ end: Int, _ last: UInt16, _ step: Step, _ start: Int,
        isReal: Bool = true,
        unitCount: Int = 1
    ) {
        let cost = state.cost + StepCost.of(step)
        let place = end - start
        guard place < buckets.count else { return }
        let isMask = step == .masked
        let isStay = step == .sign || step == .invisible
        for known in buckets[place].prefix(64) where states[Int(known)].node == node && states[Int(known)].masks <= state.masks {
            let other = states[Int(known)]
            if other.cost <= cost, other.last == last, other.gap <= state.gap { return }
        }
        states.append(
            State(
                node: node, at: Int32(end), last: last, cost: cost, parent: parent, step: step, from: state.at,
                real: state.real + (isReal && !isMask ? 1 : 0), masks: state.masks + (isMask ? 1 : 0),
                gap: isStay ? state.gap + (step == .sign ? 1 : 0) : 0, unitCount: UInt8(min(unitCount, 99))))
        buckets[place].append(Int32(states.count - 1))
    }

    private mutating func expand(_ state: State, _ parent: Int32, _ start: Int, _ limit: Int) {
        let at = Int(state.at)
        let letter = letters[at]
        for number in edges.range(at) {
            let edge = edges.edges[number]
            let node = target(state.node, edge)
            guard node >= 0, Int(edge.end) <= limit else { continue }
            let last = edges.units[Int(edge.first) + Int(edge.count) - 1]
            push(parent, state, node, Int(edge.end), last, edge.step, start, unitCount: Int(edge.count))
        }
        guard parent >= 0 else { return }
        if isMask(at), state.masks < 4 {
            var child = trie.firstChild[Int(state.node)]
            while child >= 0, states.count < Self.maximumStates {
                push(parent, state, child, at + 1, 0, .masked, start)
                child = trie.sibling[Int(child)]
            }
        }
        if letter.sort == .other, letter.traits.isEmpty,
            Self.isGuessed(letter.scalar)
        {
            var child = trie.firstChild[Int(state.node)]
            while child >= 0, states.count < Self.maximumStates {
                push(parent, state, child, at + 1, 0, .foreign, start)
                if let last = buckets[at + 1 - start].last, states[Int(last)].step == .foreign {
                    states[Int(last)].isGuess = true
                }
                child = trie.sibling[Int(child)]
            }
        }
        stay(state, parent, start)
    }

    /// Letters of scripts that Japanese borrows shapes from: jamo, bopomofo, syllabics, strokes.
    private static func isGuessed(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x1100...0x11FF, 0x1400...0x167F, 0x3100...0x318F, 0x31A0...0x31EF, 0xA960...0xA97F, 0xAC00...0xD7FF: true
        default: false
        }
    }

    /// Letters that do not go on in the word: signs between, repetitions, long sounds.
    private mutating func stay(_ state: State, _ parent: Int32, _ start: Int) {
        let at = Int(state.at)
        let letter = letters[at]
        func isSame(_ vowel: UInt16) -> Bool { vowel != 0 && letter.sort == .kana && letter.unit == vowel }
        if letter.isInvisible {
            push(parent, state, state.node, at + 1, state.last, .invisible, start, isReal: false)
        } else if letter.traits.contains(.long) || isDrawn(at) {
            // どろぼー: the mark stands for the vowel that is written out in the word.
            for vowel in Kana.longVowels(state.last) {
                let node = trie.child(state.node, vowel)
                if node >= 0 { push(parent, state, node, at + 1, vowel, .drawnOut, start) }
            }
            push(parent, state, state.node, at + 1, state.last, .drawnOut, start, isReal: false)
        } else if letter.isSkippable, state.gap < 3 {
            push(parent, state, state.node, at + 1, state.last, .sign, start, isReal: false)
        } else if letter.traits.contains(.iteration) || letter.unit != 0 && letter.unit == state.last {
            push(parent, state, state.node, at + 1, state.last, .repeated, start, isReal: false)
        } else if letter.sort == .latin, at > 0, letters[at - 1].shape == letter.shape {
            push(parent, state, state.node, at + 1, state.last, .repeated, start, isReal: false)
        } else if letter.sort == .kana {
            let isTsu = letter.unit == 0x3064 && letter.traits.contains(.small)
            let isVowel =
                isSame(Kana.vowel(state.last))
                || letter.traits.contains(.small) && letter.unit < 0x304B && isSame(Kana.vowel(state.last))
            if isTsu || isVowel {
                push(parent, state, state.node, at + 1, isVowel ? letter.unit : state.last, .drawnOut, start, isReal: false)
            }
        }
    }

    /// ニ一ト: the kanji for one, drawn like the mark of a long sound, behind katakana and before no other kanji.
    private func isDrawn(_ at: Int) -> Bool {
        func isKatakana(_ at: Int) -> Bool {
            letters.indices.contains(at)
                && (letters[at].traits.contains(.katakana) || Self.drawnKana.contains(letters[at].scalar))
        }
        guard letters[at].scalar == 0x4E00, isKatakana(at - 1) else { return false }
        return at + 1 == letters.count || letters[at + 1].sort != .kanji || isKatakana(at + 1)
    }
    private static let drawnKana = Set("力二卜八口夕工才千三".unicodeScalars.map(\.value))

    /// A first letter that is left out: the word goes on with its second.
    private mutating func maskFirst(_ start: Int, _ limit: Int) {
        var at = start + 1
        while at < limit, letters[at].isInvisible { at += 1 }
        guard at < limit, letters[at].unit != 0, let nodes = afterFirst[letters[at].unit] else { return }
        let state = State(
            node: 0, at: Int32(start), last: 0, cost: 0, parent: -1, step: .plain, from: Int32(start), real: 0, masks: 0, gap: 0)
        for node in nodes {
            push(-1, state, node, at + 1, letters[at].unit, .masked, start)
            guard let number = buckets[at + 1 - start].last, states[Int(number)].step == .masked, states[Int(number)].node == node
            else { continue }
            let made = states[Int(number)]
            states[Int(number)] = State(
                node: made.node, at: made.at, last: made.last, cost: made.cost, parent: -1, step: .masked, from: Int32(start),
                real: 1, masks: 1, gap: 0)
        }
    }

    /// A sign that may stand for a letter: not a question mark at an end, not one of a row of stars.
    private func isMask(_ at: Int) -> Bool {
        let letter = letters[at]
        guard !letter.traits.isDisjoint(with: [.mask, .emoji]) else { return false }
        func same(_ place: Int) -> Bool {
            guard letters.indices.contains(place) else { return false }
            return letters[place].scalar == letter.scalar
                || Self.stars.contains(letter.scalar) && Self.stars.contains(letters[place].scalar)
        }
        if Self.stars.contains(letter.scalar) || letter.sort == .latin { return !same(at - 1) && !same(at + 1) }
        return true
    }
    private static let stars: Set<UInt32> = [0x2605, 0x2606]

}
