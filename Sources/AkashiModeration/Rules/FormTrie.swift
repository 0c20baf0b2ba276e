/// All ways in which the terms may be spelled, in units, as one trie.
struct FormTrie: Sendable {
    /// What ends at a node.
    struct Ending: Sendable {
        let term: Int32
        let form: Form
    }

    private var edges: TrieEdges
    private(set) var firstChild: [Int32] = [-1]
    private(set) var sibling: [Int32] = [-1]
    private(set) var unit: [UInt16] = [0]
    /// By node: where its endings stand in `ended`; -1 for none.
    private var endingAt: [Int32] = [-1]
    private var ended: [[Ending]] = []

    init(capacity: Int) { edges = TrieEdges(capacity: capacity) }

    @inline(__always)
    func child(_ node: Int32, _ unit: UInt16) -> Int32 { edges.child(node, unit) }

    mutating func add(_ units: [UInt16], _ term: Int, _ form: Form) {
        guard units.count > 1 || form.origin == .writing || form.origin == .homophone else { return }
        var node: Int32 = 0
        for one in units {
            let known = child(node, one)
            if known >= 0 {
                node = known
                continue
            }
            let fresh = Int32(firstChild.count)
            firstChild.append(-1)
            sibling.append(firstChild[Int(node)])
            unit.append(one)
            endingAt.append(-1)
            firstChild[Int(node)] = fresh
            edges.insert(node, one, fresh)
            node = fresh
        }
        let ending = Ending(term: Int32(term), form: form)
        if endingAt[Int(node)] < 0 {
            endingAt[Int(node)] = Int32(ended.count)
            ended.append([ending])
        } else if !endings(node).contains(where: { $0.term == ending.term && $0.form == form }) {
            ended[Int(endingAt[Int(node)])].append(ending)
        }
    }

    @inline(__always)
    func isEnding(_ node: Int32) -> Bool { endingAt[Int(node)] >= 0 }

    func endings(_ node: Int32) -> [Ending] { endingAt[Int(node)] < 0 ? [] : ended[Int(endingAt[Int(node)])] }

    /// How often each unit begins a form, by the unit that follows: for a first letter that is left out.
    func secondUnits() -> [UInt16: [Int32]] {
        var found: [UInt16: [Int32]] = [:]
        var first = firstChild[0]
        while first >= 0 {
            var second = firstChild[Int(first)]
            while second >= 0 {
                found[unit[Int(second)], default: []].append(second)
                second = sibling[Int(second)]
            }
            first = sibling[Int(first)]
        }
        return found
    }
}

/// What kind of spelling a form is.
struct Form: Sendable, Hashable {
    enum Origin: UInt8, Sendable { case surface, mixed, reading, writing, homophone, ending, endingReading }
    let origin: Origin
    /// What this spelling does to the word.
    var steps: Set<Step> {
        var steps: Set<Step> = isReversed ? [.reversed] : []
        switch origin {
        case .surface: break
        case .reading, .mixed: steps.insert(.reading)
        case .writing, .homophone: steps.insert(.homophone)
        case .ending, .endingReading: steps.insert(.ending)
        }
        return steps
    }
    /// Read from its end.
    var isReversed = false
    /// Only as romaji: its long sounds are left out.
    var isRomajiOnly = false
    /// The word with an ending that says nothing by itself (刺され).
    var isLoose = false
    /// How many units.
    var count: UInt8 = 0
    /// How many long marks it has besides.
    var longCount: UInt8 = 0
    /// Which of the term's spellings it is.
    var number: UInt16 = 0
}
