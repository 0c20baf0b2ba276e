/// All ways to cut a text into words, and what each costs: the cheapest way, and what it costs to have one place be another word.
///
/// Viterbi's algorithm over words of a ``WordDictionary``, forwards and backwards. Time grows with the text's length.
public struct WordLattice: Sendable {
    /// A word in its place.
    public struct Node: Sendable {
        /// Bytes in UTF-8.
        public let start: Int
        /// Bytes in UTF-8.
        public let end: Int
        /// The word.
        public let word: WordDictionary.Word
        /// The cheapest way from the beginning to its end.
        var before: Int32
        /// The cheapest way from its end to the end.
        var after: Int32
        var previous: Int32

        /// Whether the dictionary has it.
        public var isKnown: Bool { word.feature >= 0 }
    }

    /// What is between two words or at an end: the number of sentences' beginnings and ends in MeCab's dictionaries.
    private static let edge: UInt16 = 0
    private static let none = Int32.max / 4
    /// A letter by itself where nothing else goes on.
    private static let stray: Int32 = 6000

    private let dictionary: WordDictionary
    /// All words.
    public private(set) var nodes: [Node] = []
    private var starts: [[Int32]]
    private var ends: [[Int32]]
    private let count: Int
    /// What the cheapest way costs.
    public private(set) var cost: Int32 = 0
    private var lastNode: Int32 = -1

    /// Cuts a text, given in UTF-8.
    public init(_ text: [UInt8], _ dictionary: WordDictionary) {
        self.dictionary = dictionary
        count = text.count
        starts = Array(repeating: [], count: text.count + 1)
        ends = Array(repeating: [], count: text.count + 1)
        text.withUnsafeBufferPointer { fill($0) }
        walkBack()
        best = cheapest
    }

    private mutating func fill(_ text: UnsafeBufferPointer<UInt8>) {
        var place = 0
        while place < count {
            let length = Self.width(text[place])
            defer { place += length }
            guard place == 0 || !ends[place].isEmpty else { continue }
            var isFound = false
            dictionary.lexicon.prefixes(text, place) { length, first, size in
                isFound = true
                for number in first..<first + size { add(place, place + length, dictionary.lexicon.token(number)) }
            }
            addUnknown(text, place, isFound)
        }
        var best = Self.none
        for number in ends[count] {
            let total = nodes[Int(number)].before + dictionary.connection(nodes[Int(number)].word.right, Self.edge)
            if total < best { (best, lastNode) = (total, number) }
        }
        cost = count == 0 ? 0 : best
    }

    private mutating func addUnknown(_ text: UnsafeBufferPointer<UInt8>, _ place: Int, _ isFound: Bool) {
        let kind = dictionary.kind(Self.scalar(text, place))
        let first = place + Self.width(text[place])
        var isSingle = false
        if kind.isAlways || !isFound {
            let words = dictionary.unknownWords(kind.category)
            var end = first
            var letters = 1
            var run: [Int] = [first]
            while end < count, letters < 24,
                dictionary.kind(Self.scalar(text, end)).categories & (1 << UInt32(kind.category)) != 0
            {
                end += Self.width(text[end])
                letters += 1
                run.append(end)
            }
            for (number, end) in run.enumerated() where number < kind.length || kind.isGrouped && number == run.count - 1 {
                if number == 0 { isSingle = true }
                for word in words { add(place, min(end, count), word) }
            }
        }
        if !isSingle {
            // So that every letter can be a word by itself, dearly.
            for word in dictionary.unknownWords(kind.category).prefix(1) {
                let dear = WordDictionary.Word(left: word.left, right: word.right, cost: word.cost + Self.stray, feature: -1)
                add(place, min(first, count), dear)
            }
        }
    }

    private mutating func add(_ start: Int, _ end: Int, _ word: WordDictionary.Word) {
        var best = Self.none
        var previous: Int32 = -1
        if start == 0 {
            best = dictionary.connection(Self.edge, word.left)
        } else {
            for number in ends[start] {
                let node = nodes[Int(number)]
                let total = node.before + dictionary.connection(node.word.right, word.left)
                if total < best { (best, previous) = (total, number) }
            }
        }
        guard best < Self.none else { return }
        let number = Int32(nodes.count)
        nodes.append(Node(start: start, end: end, word: word, before: best + word.cost, after: Self.none, previous: previous))
        starts[start].append(number)
        ends[end].append(number)
    }

    private mutating func walkBack() {
        for number in nodes.indices.reversed() {
            let node = nodes[number]
            if node.end == count {
                nodes[number].after = dictionary.connection(node.word.right, Self.edge)
                continue
            }
            nodes[number].after = after(node.end, node.word.right)
        }
    }

    private func after(_ place: Int, _ right: UInt16) -> Int32 {
        if place == count { return dictionary.connection(right, Self.edge) }
        var best = Self.none
        for next in starts[place] {
            let node = nodes[Int(next)]
            guard node.after < Self.none else { continue }
            best = min(best, dictionary.connection(right, node.word.left) + node.word.cost + node.after)
        }
        return best
    }

    /// The cheapest way that has another word, or several, in a place.
    ///
    /// - Parameters:
    ///   - range: bytes; at letters' edges.
    ///   - left: what may stand before it.
    ///   - right: what may stand behind it.
    ///   - inner: what it costs by itself.
    /// - Returns: nil if no way goes there.
    public func cost(_ range: Range<Int>, left: UInt16, right: UInt16, inner: Int32) -> Int32? {
        var before = Self.none
        if range.lowerBound == 0 {
            before = dictionary.connection(Self.edge, left)
        } else {
            for number in ends[range.lowerBound] {
                let node = nodes[Int(number)]
                before = min(before, node.before + dictionary.connection(node.word.right, left))
            }
        }
        let after = after(range.upperBound, right)
        guard before < Self.none, after < Self.none else { return nil }
        return before + inner + after
    }

    /// The words before and behind a place in the cheapest way that has another word there.
    public func neighbours(_ range: Range<Int>, left: UInt16, right: UInt16) -> (
        before: WordDictionary.Word?, after: WordDictionary.Word?
    ) {
        let before = ends[range.lowerBound].min {
            let (a, b) = (nodes[Int($0)], nodes[Int($1)])
            return a.before + dictionary.connection(a.word.right, left) < b.before + dictionary.connection(b.word.right, left)
        }
        let after = starts[range.upperBound].filter { nodes[Int($0)].after < Self.none }.min {
            let (a, b) = (nodes[Int($0)], nodes[Int($1)])
            return dictionary.connection(right, a.word.left) + a.word.cost + a.after < dictionary.connection(right, b.word.left)
                + b.word.cost + b.after
        }
        return (before.map { nodes[Int($0)].word }, after.map { nodes[Int($0)].word })
    }

    /// Whether the cheapest way has one word that the dictionary knows in exactly this place.
    public func isWord(_ range: Range<Int>) -> Bool {
        best.contains { $0.isKnown && $0.start == range.lowerBound && $0.end == range.upperBound }
    }

    /// Whether words of the cheapest way that the dictionary has stick out of a place at both ends.
    public func isCoveredAtBothEnds(_ range: Range<Int>) -> Bool {
        let known = best.filter { $0.isKnown && $0.end - $0.start > 3 }
        return known.contains { $0.start < range.lowerBound && $0.end > range.lowerBound }
            && known.contains { $0.start < range.upperBound && $0.end > range.upperBound }
    }

    /// Whether the cheapest way is made of the dictionary's words there, none of them a kanji by itself.
    public func isNatural(_ range: Range<Int>) -> Bool {
        best.filter { $0.start < range.upperBound && $0.end > range.lowerBound }.allSatisfy { node in
            node.isKnown && (node.end - node.start > 3 || dictionary.description(node.word).hasPrefix("助"))
        }
    }

    /// Whether a word of the cheapest way that the dictionary has sticks out of a place at one end or both.
    public func isCovered(_ range: Range<Int>) -> Bool {
        best.contains { node in
            node.isKnown && node.start < range.upperBound && node.end > range.lowerBound
                && (node.start < range.lowerBound || node.end > range.upperBound)
        }
    }

    /// The words of the cheapest way.
    public private(set) var best: [Node] = []

    private var cheapest: [Node] {
        var way: [Node] = []
        var at = lastNode
        while at >= 0 {
            way.append(nodes[Int(at)])
            at = nodes[Int(at)].previous
        }
        return way.reversed()
    }

    @inline(__always)
    private static func width(_ byte: UInt8) -> Int { byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4 }

    private static func scalar(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> UInt32 {
        let first = UInt32(text[place])
        func next(_ number: Int) -> UInt32 { place + number < text.count ? UInt32(text[place + number] & 0x3F) : 0 }
        if first < 0x80 { return first }
        if first < 0xE0 { return (first & 0x1F) << 6 | next(1) }
        if first < 0xF0 { return (first & 0xF) << 12 | next(1) << 6 | next(2) }
        return (first & 7) << 18 | next(1) << 12 | next(2) << 6 | next(3)
    }
}
