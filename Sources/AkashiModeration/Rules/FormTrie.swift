/// All ways in which the terms may be spelled, in units, as one trie.
struct FormTrie: Sendable {
    /// What ends at a node.
    struct Ending: Sendable {
        let term: Int32
        let form: Form
    }

    private var keys: [UInt64]
    private var values: [Int32]
    private var mask: Int
    private var edgeCount = 0
    private(set) var firstChild: [Int32] = [-1]
    private(set) var sibling: [Int32] = [-1]
    private(set) var unit: [UInt16] = [0]
    /// By node: where its endings stand in `ended`; -1 for none.
    private var endingAt: [Int32] = [-1]
    private var ended: [[Ending]] = []
    /// The longest form.
    private(set) var depth = 0

    init(capacity: Int) {
        var size = 256
        while size < capacity * 2 { size <<= 1 }
        keys = Array(repeating: 0, count: size)
        values = Array(repeating: -1, count: size)
        mask = size - 1
    }

    @inline(__always)
    private static func hash(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) }

    @inline(__always)
    func child(_ node: Int32, _ unit: UInt16) -> Int32 {
        let key = UInt64(node) << 16 | UInt64(unit)
        var slot = Self.hash(key) & mask
        while values[slot] >= 0 {
            if keys[slot] == key { return values[slot] }
            slot = (slot + 1) & mask
        }
        return -1
    }

    private mutating func insert(_ key: UInt64, _ value: Int32) {
        if edgeCount * 2 > mask { grow() }
        var slot = Self.hash(key) & mask
        while values[slot] >= 0 { slot = (slot + 1) & mask }
        keys[slot] = key
        values[slot] = value
        edgeCount += 1
    }

    private mutating func grow() {
        let old = zip(keys, values).filter { $0.1 >= 0 }
        keys = Array(repeating: 0, count: keys.count * 2)
        values = Array(repeating: -1, count: keys.count)
        mask = keys.count - 1
        edgeCount = 0
        for (key, value) in old { insert(key, value) }
    }

    mutating func add(_ units: [UInt16], _ term: Int, _ form: Form) {
        guard units.count > 1 || form.isSingle, !units.isEmpty else { return }
        depth = max(depth, units.count)
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
            insert(UInt64(node) << 16 | UInt64(one), fresh)
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
    /// Read from its end.
    var isReversed = false
    /// Only as romaji: its long sounds are left out.
    var isRomajiOnly = false
    /// Of one letter.
    var isSingle = false
    /// How many units.
    var count: UInt8 = 0
    /// Which of the term's spellings it is.
    var number: UInt16 = 0
}
