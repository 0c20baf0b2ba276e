/// Finds words in very many comments: folds each and looks the words up, in one pass and without keeping anything.
///
/// This is the coarse half of the matcher: it undoes what ``ScanFold`` undoes, knows no borders of words and judges nothing. A
/// comment that it finds something in is looked over by ``Moderator``.
public struct CommentScanner: Sendable {
    private let fold: ScanFold
    private var edges: TrieEdges
    /// By node: where the list of words that end there begins in `ended`, plus one; 0 for none.
    private var wordAt: [Int32] = [0]
    /// Words and where the rest of their node's list is, plus one.
    private var ended: [(word: Int32, next: Int32)] = []
    /// Bits of the first two codes of all words, of those of words of two, of the first three codes of the others.
    private var pairs: [UInt64]
    private var short: [UInt64]
    private var triples: [UInt64]
    private var frozen: Frozen?

    private struct Frozen: Sendable {
        let keys: FixedTable<UInt64>
        let values: FixedTable<Int32>
        let pairs: FixedTable<UInt64>
        let short: FixedTable<UInt64>
        let triples: FixedTable<UInt64>
    }
    private let tripleShift: UInt64
    /// Words whose fold is a single letter or none: they cannot be looked for here.
    public private(set) var tooShort: [Int] = []

    /// Takes words; a hit names one by its number. A word with a reading is also looked for as it is read.
    public init(_ terms: [Term], _ fold: ScanFold) {
        self.fold = fold
        edges = TrieEdges(capacity: terms.count * 6)
        let bits: UInt64 = terms.count > 4000 ? 20 : 17
        tripleShift = 64 - bits
        triples = Array(repeating: 0, count: 1 << (Int(bits) - 6))
        pairs = Array(repeating: 0, count: 1 << 10)
        short = pairs
        wordAt.reserveCapacity(terms.count * 5)
        for (number, term) in terms.enumerated() {
            let isFound = insert(term.text, number)
            let isRead = term.reading.map { insert($0, number) } ?? false
            if !isFound, !isRead { tooShort.append(number) }
        }
        frozen = Frozen(
            keys: FixedTable(edges.keys), values: FixedTable(edges.values), pairs: FixedTable(pairs), short: FixedTable(short),
            triples: FixedTable(triples))
    }

    @inline(__always)
    private static func pairHash(_ one: UInt16, _ two: UInt16) -> Int { Int(truncatingIfNeeded: one &* 0x9E5 ^ two) }

    @inline(__always)
    private func tripleHash(_ one: UInt16, _ two: UInt16, _ three: UInt16) -> Int {
        Int(truncatingIfNeeded: ((UInt64(one) << 32 | UInt64(two) << 16 | UInt64(three)) &* 0x9E37_79B9_7F4A_7C15) >> tripleShift)
    }

    private mutating func insert(_ text: String, _ number: Int) -> Bool {
        let codes = folded(Array(text.utf8)).codes
        guard codes.count > 1 else { return false }
        let pair = Self.pairHash(codes[0], codes[1])
        pairs[pair >> 6] |= 1 << UInt64(pair & 63)
        if codes.count == 2 {
            short[pair >> 6] |= 1 << UInt64(pair & 63)
        } else {
            let triple = tripleHash(codes[0], codes[1], codes[2])
            triples[triple >> 6] |= 1 << UInt64(triple & 63)
        }
        var node: Int32 = 0
        for code in codes {
            let known = edges.child(node, code)
            if known >= 0 {
                node = known
                continue
            }
            wordAt.append(0)
            let fresh = Int32(wordAt.count - 1)
            edges.insert(node, code, fresh)
            node = fresh
        }
        if wordAt[Int(node)] == 0 || ended[Int(wordAt[Int(node)]) - 1].word != Int32(number) {
            ended.append((Int32(number), wordAt[Int(node)]))
            wordAt[Int(node)] = Int32(ended.count)
        }
        return true
    }

    /// A text's codes and where each letter begins.
    func folded(_ text: [UInt8]) -> (codes: [UInt16], places: [Range<Int32>]) {
        var codes = Array(repeating: UInt16(0), count: text.count * 2 + 4)
        var places = Array(repeating: Int32(0)..<0, count: text.count * 2 + 4)
        let count = text.withUnsafeBufferPointer { text in
            codes.withUnsafeMutableBufferPointer { codes in
                places.withUnsafeMutableBufferPointer { places in
                    codes.baseAddress.map { fold.fold(text, into: $0, places: places.baseAddress) } ?? 0
                }
            }
        }
        return (Array(codes.prefix(count)), Array(places.prefix(count)))
    }

    /// Calls back for each word in a comment, given in UTF-8: its number, and which codes of the fold it is.
    ///
    /// - Parameter room: twice as many codes as the comment has bytes, and four.
    @inline(__always)
    public func scan(
        _ text: UnsafeBufferPointer<UInt8>, room: UnsafeMutableBufferPointer<UInt16>, _ found: (Int, Range<Int>) -> Void
    ) {
        guard let codes = room.baseAddress, let frozen, room.count >= text.count * 2 + 4 else { return }
        let count = fold.fold(text, into: codes, places: nil)
        guard count > 1 else { return }
        codes[count] = 0
        let pairs = frozen.pairs.first
        let short = frozen.short.first
        let triples = frozen.triples.first
        var one = codes[0]
        var place = 0
        while place < count &- 1 {
            let two = codes[place &+ 1]
            let pair = Self.pairHash(one, two)
            if pairs[pair >> 6] >> UInt64(pair & 63) & 1 == 1 {
                let triple = tripleHash(one, two, codes[place &+ 2])
                if (triples[triple >> 6] >> UInt64(triple & 63) | short[pair >> 6] >> UInt64(pair & 63)) & 1 == 1 {
                    walk(frozen, codes, count, place, found)
                }
            }
            one = two
            place &+= 1
        }
    }

    private func walk(
        _ frozen: Frozen, _ codes: UnsafeMutablePointer<UInt16>, _ count: Int, _ start: Int, _ found: (Int, Range<Int>) -> Void
    ) {
        let keys = frozen.keys.first
        let values = frozen.values.first
        let mask = edges.mask
        var node: Int32 = 0
        var place = start
        while place < count {
            let key = TrieEdges.key(node, codes[place])
            var slot = TrieEdges.slot(key) & mask
            while values[slot] >= 0, keys[slot] != key { slot = (slot &+ 1) & mask }
            node = values[slot]
            guard node >= 0 else { return }
            place &+= 1
            var list = wordAt[Int(node)]
            while list > 0 {
                let (word, next) = ended[Int(list) - 1]
                found(Int(word), start..<place)
                list = next
            }
        }
    }

    /// The words in a comment and the bytes where each stands, in order.
    public func hits(in comment: [UInt8]) -> [(term: Int, range: Range<Int>)] {
        var found: [(Int, Range<Int>)] = []
        comment.withUnsafeBufferPointer { text in
            withUnsafeTemporaryAllocation(of: UInt16.self, capacity: text.count * 2 + 4) { room in
                scan(text, room: room) { found.append(($0, $1)) }
            }
        }
        guard !found.isEmpty else { return [] }
        let places = folded(comment).places
        return found.map { term, codes in
            (term, Int(places[codes.lowerBound].lowerBound)..<Int(places[codes.upperBound - 1].upperBound))
        }
    }
}

extension RuleSet {
    /// The coarse, fast half of these rules.
    public var scanner: CommentScanner { CommentScanner(terms, ScanFold(tables)) }
}
