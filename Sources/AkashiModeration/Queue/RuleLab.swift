/// What a rule would have held among past comments, while it is typed.
///
/// The folds of all comments are kept in one row in memory (about 110 bytes for a comment), so that a million of them are searched in some
/// hundredths of a second. This finds what ``ScanFold`` undoes; the whole matcher then judges the comments that are found.
public struct RuleLab: Sendable {
    /// A past comment that a rule finds.
    public struct Found: Sendable, Hashable {
        /// The comment's number: 0 for the first that was added.
        public let comment: Int
        /// What the whole matcher says.
        public let hit: Hit
    }

    /// What a rule would do.
    public struct Outlook: Sendable {
        /// How many comments were searched.
        public let searchedCount: Int
        /// How many of them have the rule's words in a form that the coarse search sees.
        public let foundCount: Int
        /// How many of those that were judged would be held, and how many were judged.
        public let held: (count: Int, of: Int)
        /// Those of the judged that would be held, the likeliest false alarms first.
        public let examples: [Found]

        /// An estimate of the share of all comments that would be held; 0 to 1.
        public var heldShare: Double {
            guard searchedCount > 0, held.of > 0 else { return 0 }
            return Double(foundCount) * Double(held.count) / Double(held.of) / Double(searchedCount)
        }
        /// Whether it would hold so much that it asks first, and pauses by itself if it is used (more than 5 in 100).
        public var isTooMuch: Bool { heldShare > 0.05 }
    }

    /// How many comments the whole matcher judges for one look.
    public static let judgedCount = 250

    private let base: MatcherBase
    private let fold: ScanFold
    /// Codes of all comments, a 0 before each and after the last.
    private var codes: [UInt16] = [0]
    /// Where each comment's codes begin.
    private var starts: [Int] = []

    /// Has no comments yet.
    public init(_ base: MatcherBase) {
        self.base = base
        fold = ScanFold(base.tables)
    }

    /// How many comments it has.
    public var count: Int { starts.count }

    /// Adds past comments, given in UTF-8.
    public mutating func add(_ comments: some Sequence<[UInt8]>) {
        var room = ScanRoom()
        for comment in comments {
            starts.append(codes.count)
            codes += fold.codes(comment, &room)
            codes.append(0)
        }
    }

    /// Looks what a rule would have held.
    ///
    /// - Parameter text: gives a comment's words, in UTF-8, by its number; asked for at most ``judgedCount`` comments.
    public func look(_ rule: Rule, text: (Int) throws -> [UInt8]) rethrows -> Outlook {
        let found = comments(with: rule)
        // Spread over all of time, so that the share is that of all.
        let step = max(1, (found.count + Self.judgedCount - 1) / Self.judgedCount)
        let chosen = stride(from: 0, to: found.count, by: step).map { found[$0] }
        let moderator = Moderator(RuleSet([rule], base))
        var held: [Found] = []
        for comment in chosen {
            let hits = moderator.hits(in: try text(comment)).filter { $0.action >= .note }
            guard let hit = hits.max(by: { ($0.action, $0.gain) < ($1.action, $1.gain) }), hit.action == rule.action else {
                continue
            }
            held.append(Found(comment: comment, hit: hit))
        }
        held.sort { ($0.hit.gain, $0.comment) < ($1.hit.gain, $1.comment) }
        return Outlook(
            searchedCount: count, foundCount: found.count, held: (held.count, chosen.count), examples: held)
    }

    /// The comments that have one of the rule's words in their fold, in order.
    func comments(with rule: Rule) -> [Int] {
        var room = ScanRoom()
        var words: Set<[UInt16]> = []
        for term in rule.terms {
            for text in [term.text, term.reading].compactMap({ $0 }) { words.insert(fold.codes(Array(text.utf8), &room)) }
        }
        var found: Set<Int> = []
        for word in words where word.count > 1 {
            for place in places(of: word) { found.insert(comment(at: place)) }
        }
        return found.sorted()
    }

    /// The comment that a code is of.
    private func comment(at place: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= place { low = middle } else { high = middle }
        }
        return low
    }

    /// Where a word stands: by its first two codes, eight places at a time.
    private func places(of word: [UInt16]) -> [Int] {
        var found: [Int] = []
        codes.withUnsafeBufferPointer { codes in
            guard let base = codes.baseAddress, codes.count >= word.count else { return }
            let last = codes.count - word.count
            let raw = UnsafeRawPointer(base)
            let wanted = UInt32(word[0]) | UInt32(word[1]) << 16
            func check(_ place: Int) {
                var at = 0
                while at < word.count, base[place + at] == word[at] { at += 1 }
                if at == word.count { found.append(place) }
            }
            @inline(__always)
            func isPair(_ place: Int, _ lane: Int) -> UInt8 {
                raw.loadUnaligned(fromByteOffset: place &<< 1 &+ lane &<< 1, as: UInt32.self).littleEndian == wanted ? 1 : 0
            }
            var place = 0
            while place &+ 8 <= last {
                let one = isPair(place, 0) | isPair(place, 1) | isPair(place, 2) | isPair(place, 3)
                let two = isPair(place, 4) | isPair(place, 5) | isPair(place, 6) | isPair(place, 7)
                if one | two != 0 {
                    for lane in 0..<8 where isPair(place, lane) == 1 { check(place + lane) }
                }
                place &+= 8
            }
            while place <= last {
                check(place)
                place += 1
            }
        }
        return found
    }
}
