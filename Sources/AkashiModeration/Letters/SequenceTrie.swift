/// Sequences of letters, found one letter at a time.
struct SequenceTrie: Sendable {
    private var next: [UInt64: Int32] = [:]
    private var found: [[LetterTables.Other]] = [[]]
    private var isOpen: [Bool] = [false]
    static let root: Int32 = 0

    mutating func add(_ letters: [UInt32], _ other: LetterTables.Other) {
        guard !letters.isEmpty else { return }
        var node = Self.root
        for letter in letters {
            let key = UInt64(node) << 32 | UInt64(letter)
            if let known = next[key] {
                node = known
            } else {
                isOpen[Int(node)] = true
                found.append([])
                isOpen.append(false)
                next[key] = Int32(found.count - 1)
                node = Int32(found.count - 1)
            }
        }
        if !found[Int(node)].contains(where: { $0.units == other.units }) { found[Int(node)].append(other) }
    }

    @inline(__always)
    func step(_ node: Int32, _ letter: UInt32) -> Int32? { isOpen[Int(node)] ? next[UInt64(node) << 32 | UInt64(letter)] : nil }

    @inline(__always)
    func others(_ node: Int32) -> [LetterTables.Other] { found[Int(node)] }
}
