/// Finds which of some words stand in a text, in one pass over its bytes: an order over ten thousand postings is to take no time.
struct WordFinder: Sendable {
    private static let size = 4_096

    private let words: [[UInt8]]
    /// Words by their first three bytes.
    private let buckets: [[Int]]
    private let isUsed: [Bool]
    /// Words of one or two bytes.
    private let short: [Int]

    init(_ words: [String]) {
        self.words = words.map { Array($0.utf8) }
        var buckets: [[Int]] = Array(repeating: [], count: Self.size)
        var short: [Int] = []
        for (number, word) in self.words.enumerated() where !word.isEmpty {
            if word.count < 3 { short.append(number) } else { buckets[Self.key(word[0], word[1], word[2])].append(number) }
        }
        self.buckets = buckets
        self.short = short
        isUsed = buckets.map { !$0.isEmpty }
    }

    @inline(__always)
    private static func key(_ one: UInt8, _ two: UInt8, _ three: UInt8) -> Int {
        (Int(one) &* 31 ^ Int(two) &* 139 ^ Int(three) &* 1_031) & (size - 1)
    }

    /// For each word whether it is there; nil where none is.
    func find(in bytes: [UInt8]) -> [Bool]? {
        var found: [Bool]?
        func note(_ number: Int) {
            if found == nil { found = Array(repeating: false, count: words.count) }
            found?[number] = true
        }
        bytes.withUnsafeBufferPointer { text in
            guard text.count >= 3 else { return }
            isUsed.withUnsafeBufferPointer { isUsed in
                for place in 0..<text.count - 2 {
                    let key = Self.key(text[place], text[place + 1], text[place + 2])
                    guard isUsed[key] else { continue }
                    for number in buckets[key] where Self.stands(words[number], in: text, at: place) { note(number) }
                }
            }
        }
        for number in short where bytes.indices.contains(where: { Self.stands(words[number], in: bytes, at: $0) }) {
            note(number)
        }
        return found
    }

    private static func stands(_ word: [UInt8], in text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
        guard place + word.count <= text.count else { return false }
        for offset in word.indices where text[place + offset] != word[offset] { return false }
        return true
    }

    private static func stands(_ word: [UInt8], in text: [UInt8], at place: Int) -> Bool {
        text.withUnsafeBufferPointer { stands(word, in: $0, at: place) }
    }
}
