/// The words of a ``CommentScanner`` as one trie, entered with the first three codes of a word.
// SAFETY: the tables are written once, before anybody else can see them, and live as long as this does.
struct ScanIndex: @unchecked Sendable {
    /// From a node by a code to a node, in one cache line with the words that end there.
    struct Edge {
        /// 0 for a place that is free.
        var key: UInt64 = 0
        var node: Int32 = 0
        /// Where the list of words that end at the node begins in `ended`, plus one; 0 for none.
        var words: Int32 = 0
    }

    /// A word and where the rest of its node's list is, plus one.
    struct Ended {
        let word: Int32
        let next: Int32
    }

    /// Bits of the first two codes of all words.
    let pairs: UnsafeMutablePointer<UInt64>
    /// Bits of those of words of two.
    private let short: UnsafeMutablePointer<UInt64>
    /// Bits of the first three codes of longer ones.
    private let triples: UnsafeMutablePointer<UInt64>
    private let tripleShift: UInt64
    private let edges: UnsafeMutablePointer<Edge>
    private let mask: Int
    private let ended: UnsafeMutablePointer<Ended>
    private let owners: [AnyObject]

    init(_ builder: ScanIndexBuilder) {
        let bits = [FixedTable(builder.pairs), FixedTable(builder.short), FixedTable(builder.triples)]
        let edges = FixedTable(builder.edges)
        let ended = FixedTable(builder.ended)
        (pairs, short, triples) = (bits[0].first, bits[1].first, bits[2].first)
        self.edges = edges.first
        self.ended = ended.first
        mask = builder.edges.count - 1
        tripleShift = builder.tripleShift
        owners = bits + [edges, ended]
    }

    @inline(__always)
    static func pairHash(_ one: UInt16, _ two: UInt16) -> Int { Int(truncatingIfNeeded: one &* 0x9E5 ^ two) }

    /// Keys of first edges are told from those of others by their uppermost bit.
    @inline(__always)
    static func key(_ one: UInt16, _ two: UInt16, _ three: UInt16) -> UInt64 {
        1 << 63 | UInt64(one) << 32 | UInt64(two) << 16 | UInt64(three)
    }

    @inline(__always)
    static func key(_ node: Int32, _ code: UInt16) -> UInt64 { UInt64(UInt32(bitPattern: node)) << 16 | UInt64(code) }

    @inline(__always)
    static func hash(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }

    @inline(__always)
    static func slot(_ hash: UInt64, _ mask: Int) -> Int { Int(truncatingIfNeeded: hash >> 24) & mask }

    /// Keeps of the places where a word's first two codes stand (given by the second) those where its third stands too, or where it
    /// has only two; without a branch.
    ///
    /// - Returns: how many.
    @inline(__always)
    func sift(_ places: UnsafeMutablePointer<UnsafeMutablePointer<UInt16>>, _ count: Int) -> Int {
        var kept = 0
        for number in 0..<count {
            let place = places[number]
            let (one, two, three) = (place[-1], place[0], place[1])
            let triple = Int(truncatingIfNeeded: Self.hash(Self.key(one, two, three)) >> tripleShift)
            let pair = Self.pairHash(one, two)
            let bits = triples[triple >> 6] >> UInt64(triple & 63) | short[pair >> 6] >> UInt64(pair & 63)
            places[kept] = place
            kept &+= Int(truncatingIfNeeded: bits & 1)
        }
        return kept
    }

    /// The words that begin at a code.
    @inline(__always)
    func walk(_ codes: UnsafeMutablePointer<UInt16>, _ count: Int, _ start: Int, _ found: (Int, Range<Int>) -> Void) {
        let pair = Self.pairHash(codes[start], codes[start &+ 1])
        if short[pair >> 6] >> UInt64(pair & 63) & 1 == 1 {
            let edge = edge(Self.key(codes[start], codes[start &+ 1], 0))
            tell(edge.words, start..<start &+ 2, found)
        }
        guard start &+ 2 < count else { return }
        var edge = edge(Self.key(codes[start], codes[start &+ 1], codes[start &+ 2]))
        var place = start &+ 3
        while edge.key != 0 {
            tell(edge.words, start..<place, found)
            guard place < count else { return }
            edge = self.edge(Self.key(edge.node, codes[place]))
            place &+= 1
        }
    }

    @inline(__always)
    private func edge(_ key: UInt64) -> Edge {
        var slot = Self.slot(Self.hash(key), mask)
        while edges[slot].key != 0, edges[slot].key != key { slot = (slot &+ 1) & mask }
        return edges[slot]
    }

    @inline(__always)
    private func tell(_ list: Int32, _ range: Range<Int>, _ found: (Int, Range<Int>) -> Void) {
        var list = list
        while list > 0 {
            let one = ended[Int(list) &- 1]
            found(Int(one.word), range)
            list = one.next
        }
    }
}

/// Makes a ``ScanIndex``.
struct ScanIndexBuilder {
    private(set) var edges: [ScanIndex.Edge]
    private(set) var ended: [ScanIndex.Ended] = []
    private(set) var pairs: [UInt64]
    private(set) var short: [UInt64]
    private(set) var triples: [UInt64]
    let tripleShift: UInt64
    private var edgeCount = 0

    init(capacity: Int) {
        var size = 1024
        while size < capacity * 4 { size <<= 1 }
        edges = Array(repeating: ScanIndex.Edge(), count: size)
        let bits: UInt64 = capacity > 4000 ? 20 : 17
        tripleShift = 64 - bits
        triples = Array(repeating: 0, count: 1 << (Int(bits) - 6))
        pairs = Array(repeating: 0, count: 1 << 10)
        short = pairs
        ended.reserveCapacity(capacity)
    }

    /// Adds a word of two codes or more.
    mutating func insert(_ codes: [UInt16], _ number: Int) {
        let pair = ScanIndex.pairHash(codes[0], codes[1])
        pairs[pair >> 6] |= 1 << UInt64(pair & 63)
        let key = ScanIndex.key(codes[0], codes[1], codes.count > 2 ? codes[2] : 0)
        if codes.count == 2 {
            short[pair >> 6] |= 1 << UInt64(pair & 63)
        } else {
            let triple = Int(truncatingIfNeeded: ScanIndex.hash(key) >> tripleShift)
            triples[triple >> 6] |= 1 << UInt64(triple & 63)
        }
        var slot = step(key)
        for code in codes.dropFirst(3) { slot = step(ScanIndex.key(edges[slot].node, code)) }
        let list = edges[slot].words
        if list == 0 || ended[Int(list) - 1].word != Int32(number) {
            ended.append(ScanIndex.Ended(word: Int32(number), next: list))
            edges[slot].words = Int32(ended.count)
        }
    }

    /// The place of an edge, made where it is not there yet.
    private mutating func step(_ key: UInt64) -> Int {
        if (edgeCount + 1) * 2 > edges.count { grow() }
        let slot = place(key)
        if edges[slot].key == 0 {
            edgeCount += 1
            edges[slot] = ScanIndex.Edge(key: key, node: Int32(edgeCount))
        }
        return slot
    }

    private func place(_ key: UInt64) -> Int {
        var slot = ScanIndex.slot(ScanIndex.hash(key), edges.count - 1)
        while edges[slot].key != 0, edges[slot].key != key { slot = (slot + 1) & (edges.count - 1) }
        return slot
    }

    private mutating func grow() {
        let old = edges.filter { $0.key != 0 }
        edges = Array(repeating: ScanIndex.Edge(), count: edges.count * 2)
        for edge in old { edges[place(edge.key)] = edge }
    }
}
