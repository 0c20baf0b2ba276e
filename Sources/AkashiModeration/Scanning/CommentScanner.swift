/// Finds words in very many comments: folds each and looks the words up, in one pass and without keeping anything.
///
/// This is the coarse half of the matcher: it undoes what ``ScanFold`` undoes, knows no borders of words and judges nothing. A
/// comment that it finds something in is looked over by ``Moderator``.
///
/// While a comment is folded, each pair of neighbouring codes is looked up in a bit set, without a branch; only where a word's first
/// two codes stand is its third looked up, and from there the rest of the word.
public struct CommentScanner: Sendable {
    private let fold: ScanFold
    private let index: ScanIndex
    /// Words whose fold is a single letter or none: they cannot be looked for here.
    public let tooShort: [Int]

    /// Takes words; a hit names one by its number. A word with a reading is also looked for as it is read.
    public init(_ terms: [Term], _ fold: ScanFold) {
        self.fold = fold
        var builder = ScanIndexBuilder(capacity: terms.count)
        var tooShort: [Int] = []
        var room = ScanRoom()
        for (number, term) in terms.enumerated() {
            var isFound = false
            for text in [term.text, term.reading].compactMap({ $0 }) {
                let codes = fold.codes(Array(text.utf8), &room)
                guard codes.count > 1 else { continue }
                builder.insert(codes, number)
                isFound = true
            }
            if !isFound { tooShort.append(number) }
        }
        self.tooShort = tooShort
        index = ScanIndex(builder)
    }

    /// Calls back for each word in a comment, given in UTF-8: its number, and which codes of the fold it is.
    @inline(__always)
    public func scan(_ text: UnsafeBufferPointer<UInt8>, _ room: inout ScanRoom, _ found: (Int, Range<Int>) -> Void) {
        room.reserve(text.count)
        let codes = room.codes
        var probe = PairProbe(pairs: index.pairs, next: room.candidates)
        let count = fold.fold(text, into: codes, &probe)
        codes[count] = 0
        let candidates = index.sift(room.candidates, probe.next - room.candidates)
        for number in 0..<candidates { index.walk(codes, count, room.candidates[number] - codes &- 1, found) }
    }

    /// The words in a comment and the bytes where each stands.
    public func hits(in comment: [UInt8]) -> [(term: Int, range: Range<Int>)] {
        var room = ScanRoom()
        var found: [(Int, Range<Int>)] = []
        comment.withUnsafeBufferPointer { scan($0, &room) { found.append(($0, $1)) } }
        guard !found.isEmpty else { return [] }
        _ = fold.codes(comment, &room)
        return found.map { term, codes in
            (term, Int(room.places[codes.lowerBound].lowerBound)..<Int(room.places[codes.upperBound - 1].upperBound))
        }
    }
}

/// Marks where the first two codes of a word stand.
struct PairProbe: FoldSink {
    let pairs: UnsafeMutablePointer<UInt64>
    /// Where the next marked code is put.
    var next: UnsafeMutablePointer<UnsafeMutablePointer<UInt16>>

    @inline(__always)
    mutating func letter(_ place: UnsafeMutablePointer<UInt16>, _ code: UInt16, _ start: Int, _ end: Int, _ kept: Int) {
        let pair = ScanIndex.pairHash(place[-1], code)
        next.pointee = place
        next += Int(truncatingIfNeeded: pairs[pair >> 6] >> UInt64(pair & 63) & 1) & kept
    }

    mutating func changed(_ place: UnsafeMutablePointer<UInt16>) {
        // What was marked with the code before is still looked up, and found or not as it is now.
        let pair = ScanIndex.pairHash(place[-1], place.pointee)
        if pairs[pair >> 6] >> UInt64(pair & 63) & 1 == 1, next[-1] != place {
            next.pointee = place
            next += 1
        }
    }
}

/// Room to fold comments in, kept from one to the next.
public struct ScanRoom: ~Copyable {
    private var memory: UnsafeMutableRawPointer
    private var byteCount = 0
    /// Codes; one before the first is 0.
    private(set) var codes: UnsafeMutablePointer<UInt16>
    private(set) var candidates: UnsafeMutablePointer<UnsafeMutablePointer<UInt16>>
    private(set) var places: UnsafeMutablePointer<Range<Int32>>

    /// Takes no room yet for long comments.
    public init() {
        (memory, codes, candidates, places) = Self.make(256)
        byteCount = 256
    }

    deinit { memory.deallocate() }

    private static func make(_ byteCount: Int) -> (
        UnsafeMutableRawPointer, UnsafeMutablePointer<UInt16>, UnsafeMutablePointer<UnsafeMutablePointer<UInt16>>,
        UnsafeMutablePointer<Range<Int32>>
    ) {
        let count = byteCount * 2 + 8
        let memory = UnsafeMutableRawPointer.allocate(byteCount: count * 18 + 32, alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: 32)
        let candidates = (memory + 16).bindMemory(to: UnsafeMutablePointer<UInt16>.self, capacity: count)
        let places = (memory + 16 + count * 8).bindMemory(to: Range<Int32>.self, capacity: count)
        let codes = (memory + 16 + count * 16).bindMemory(to: UInt16.self, capacity: count)
        codes.pointee = 0
        return (memory, codes + 1, candidates, places)
    }

    @inline(__always)
    mutating func reserve(_ wanted: Int) { if wanted > byteCount { grow(wanted) } }

    private mutating func grow(_ wanted: Int) {
        memory.deallocate()
        byteCount = wanted * 2
        (memory, codes, candidates, places) = Self.make(byteCount)
    }
}

extension RuleSet {
    /// The coarse, fast half of these rules.
    public var scanner: CommentScanner { CommentScanner(terms, ScanFold(tables)) }
}
