/// The edges of a trie: from a node by a letter to a node, in one open hash table.
struct TrieEdges: Sendable {
    private var keys: [UInt64]
    /// Negative for a place that is free.
    private var values: [Int32]
    private var mask: Int
    private var count = 0

    init(capacity: Int) {
        var size = 1024
        while size < capacity * 2 { size <<= 1 }
        keys = Array(repeating: 0, count: size)
        values = Array(repeating: -1, count: size)
        mask = size - 1
    }

    @inline(__always)
    private static func key(_ node: Int32, _ letter: UInt16) -> UInt64 { UInt64(UInt32(bitPattern: node)) << 16 | UInt64(letter) }

    /// Where to begin to look, before the mask.
    @inline(__always)
    private static func slot(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) }

    /// The node that an edge leads to; -1 for none.
    @inline(__always)
    func child(_ node: Int32, _ letter: UInt16) -> Int32 {
        let key = Self.key(node, letter)
        var slot = Self.slot(key) & mask
        while values[slot] >= 0 {
            if keys[slot] == key { return values[slot] }
            slot = (slot + 1) & mask
        }
        return -1
    }

    /// Adds an edge that is not there yet.
    mutating func insert(_ node: Int32, _ letter: UInt16, _ child: Int32) {
        if count * 2 > mask { grow() }
        put(Self.key(node, letter), child)
        count += 1
    }

    private mutating func put(_ key: UInt64, _ value: Int32) {
        var slot = Self.slot(key) & mask
        while values[slot] >= 0 { slot = (slot + 1) & mask }
        keys[slot] = key
        values[slot] = value
    }

    private mutating func grow() {
        let old = zip(keys, values).filter { $0.1 >= 0 }
        keys = Array(repeating: 0, count: keys.count * 2)
        values = Array(repeating: -1, count: keys.count)
        mask = keys.count - 1
        for (key, value) in old { put(key, value) }
    }
}
