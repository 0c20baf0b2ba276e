/// What kanji are made of: a kanji or a part of one, by the sequence of parts it comes apart into. Parts come apart themselves
/// (転載: 車云 and 十戈車), so that ``EdgeTable`` puts letters together from the smallest on.
struct PartTable: Sendable {
    private var next: [UInt64: Int32] = [:]
    /// By node: the kanji that are complete there.
    private var complete: [[UInt32]] = [[]]
    /// Parts that a letter may stand for.
    private var written: [UInt32: [UInt32]] = [:]
    /// Basic plane, a bit for each letter: whether it may begin a kanji.
    private var begins: [UInt64] = Array(repeating: 0, count: 1 << 10)

    /// The same for letters in any place.
    private var isInside: [UInt64] = Array(repeating: 0, count: 1 << 10)

    static let root: Int32 = 0

    /// A kanji that comes apart.
    mutating func add(_ kanji: UInt32, _ parts: [UInt32]) {
        guard parts.count > 1 else { return }
        var node = Self.root
        for part in parts {
            let key = UInt64(node) << 32 | UInt64(part)
            if let known = next[key] {
                node = known
            } else {
                complete.append([])
                next[key] = Int32(complete.count - 1)
                node = Int32(complete.count - 1)
            }
        }
        if !complete[Int(node)].contains(kanji) { complete[Int(node)].append(kanji) }
    }

    /// A letter that is written for a part.
    mutating func add(_ letter: UInt32, for part: UInt32) {
        if letter != part, !(written[letter]?.contains(part) ?? false) { written[letter, default: []].append(part) }
    }

    /// Once all is in.
    mutating func finish() {
        var first: Set<UInt32> = []
        for key in next.keys where key >> 32 == 0 { first.insert(UInt32(truncatingIfNeeded: key)) }
        for (letter, parts) in written where parts.contains(where: first.contains) { first.insert(letter) }
        var inside = Set(next.keys.map { UInt32(truncatingIfNeeded: $0) })
        for (letter, parts) in written where parts.contains(where: inside.contains) { inside.insert(letter) }
        for letter in inside where letter < 0x10000 { isInside[Int(letter) >> 6] |= 1 << UInt64(letter & 63) }
        for letter in first where letter < 0x10000 { begins[Int(letter) >> 6] |= 1 << UInt64(letter & 63) }
    }

    /// Whether a letter is a part of some kanji.
    @inline(__always)
    func isPart(_ letter: UInt32) -> Bool {
        letter < 0x10000 ? isInside[Int(letter) >> 6] >> UInt64(letter & 63) & 1 == 1 : true
    }

    @inline(__always)
    func mayBegin(_ letter: UInt32) -> Bool {
        letter < 0x10000 ? begins[Int(letter) >> 6] >> UInt64(letter & 63) & 1 == 1 : true
    }

    /// What a letter may be as a part, besides itself.
    func parts(_ letter: UInt32) -> [UInt32] { written[letter] ?? [] }

    @inline(__always)
    func step(_ node: Int32, _ part: UInt32) -> Int32? { next[UInt64(node) << 32 | UInt64(part)] }

    @inline(__always)
    func kanji(_ node: Int32) -> [UInt32] { complete[Int(node)] }
}

/// Kanji that stand taken apart in a comment, from every letter.
struct Composition {
    /// A part or a kanji, and the letter behind it.
    struct Item {
        let part: UInt32
        let end: Int32
    }

    private static let maximumLetters = 10
    private static let maximumItems = 40

    private let letters: [Letter]
    private let tables: LetterTables
    /// By letter: everything that begins there.
    private var items: [[Item]]

    init(_ letters: [Letter], _ tables: LetterTables) {
        self.letters = letters
        self.tables = tables
        items = Array(repeating: [], count: letters.count)
        // From the end, so that what comes behind a letter is known before it.
        for at in letters.indices.reversed() where isPart(at) { items[at] = made(at) }
    }

    /// The kanji that begin at a letter and take two letters or more.
    func kanji(_ at: Int) -> ArraySlice<Item> {
        let letter = letters[at]
        guard
            tables.parts.mayBegin(letter.scalar) || tables.parts.mayBegin(letter.shape)
                || tables.parts.mayBegin(UInt32(letter.unit))
        else { return [] }
        return items[at].drop { $0.end == Int32(at + 1) }
    }

    /// Everything that begins at a letter: what it may be by itself, then what it is put together with.
    private func made(_ at: Int) -> [Item] {
        let letter = letters[at]
        var found: [Item] = []
        if !letter.isInvisible, !letter.traits.contains(.space), letter.unit != 0 || letter.sort == .other {
            func add(_ part: UInt32) {
                if part != 0, !found.contains(where: { $0.part == part }) { found.append(Item(part: part, end: Int32(at + 1))) }
            }
            for form in [letter.scalar, letter.shape, UInt32(letter.unit)] { add(form) }
            for form in found { for part in tables.parts.parts(form.part) { add(part) } }
            var place = 0
            while place < found.count, found.count < Self.maximumItems {
                if let node = tables.parts.step(PartTable.root, found[place].part) {
                    extend(node, at, Int(found[place].end), 1, &found)
                }
                place += 1
            }
        }
        return found
    }

    private func extend(_ node: Int32, _ start: Int, _ end: Int, _ count: Int, _ found: inout [Item]) {
        if count > 1 {
            for kanji in tables.parts.kanji(node) where !found.contains(where: { $0.part == kanji && $0.end == Int32(end) }) {
                found.append(Item(part: kanji, end: Int32(end)))
            }
        }
        var next = end
        while next < letters.count, next - end < 3, letters[next].isSkippable, letters[next].isInvisible || !isPart(next) {
            next += 1
        }
        guard next < letters.count, next - start < Self.maximumLetters, found.count < Self.maximumItems else { return }
        for item in items[next] {
            if let further = tables.parts.step(node, item.part) { extend(further, start, Int(item.end), count + 1, &found) }
        }
    }

    private func isPart(_ at: Int) -> Bool {
        let letter = letters[at]
        return tables.parts.isPart(letter.scalar) || tables.parts.isPart(letter.shape) || tables.parts.isPart(UInt32(letter.unit))
    }
}
