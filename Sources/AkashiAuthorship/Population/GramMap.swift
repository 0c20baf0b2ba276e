/// One to three masked signs in a row, as one number: 21 bits for each sign, the last one lowest; a place without a sign has all bits.
package struct Gram: Sendable, Hashable, Comparable {
    private static let absent: UInt64 = 0x1F_FFFF
    private let bits: UInt64

    /// What stands before the first sign: nothing.
    static let none = Gram(bits: absent << 42 | absent << 21 | absent)

    private init(bits: UInt64) { self.bits = bits }

    @inline(__always)
    init(_ one: UInt32) { bits = Self.absent << 42 | Self.absent << 21 | UInt64(one) }

    @inline(__always)
    init(_ one: UInt32, _ two: UInt32) { bits = Self.absent << 42 | UInt64(one) << 21 | UInt64(two) }

    @inline(__always)
    init(_ one: UInt32, _ two: UInt32, _ three: UInt32) {
        bits = UInt64(one) << 42 | UInt64(two) << 21 | UInt64(three)
    }

    /// How many signs.
    @inline(__always)
    var order: Int {
        if bits >> 42 != Self.absent { return 3 }
        if bits >> 21 & Self.absent != Self.absent { return 2 }
        return bits & Self.absent != Self.absent ? 1 : 0
    }

    /// The signs.
    package var signs: [UInt32] { (0..<order).reversed().map { UInt32(bits >> UInt64(21 * $0) & 0x1F_FFFF) } }

    /// Without the last sign.
    @inline(__always)
    var context: Gram {
        switch order {
        case 3: Gram(sign(2), sign(1))
        case 2: Gram(sign(1))
        default: .none
        }
    }

    /// Without the first sign.
    @inline(__always)
    var tail: Gram {
        switch order {
        case 3: Gram(sign(1), sign(0))
        case 2: Gram(sign(0))
        default: .none
        }
    }

    /// A sign, counted from the last.
    @inline(__always)
    private func sign(_ fromEnd: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: bits >> (21 * fromEnd) & 0x1F_FFFF) }

    /// A number in which all bits take part.
    @inline(__always)
    var mixed: Int { Int(truncatingIfNeeded: ((bits ^ bits >> 29) &* 0x9E37_79B9_7F4A_7C15) >> 20) }

    /// By signs.
    package static func < (one: Gram, other: Gram) -> Bool { one.bits < other.bits }
}

/// Numbers grams from 0 as they come: a hash table with open addressing, for dictionaries are what takes the time here.
struct GramMap: Sendable {
    private(set) var grams: [Gram] = []
    private var slots: [Int32]
    private var mask: Int

    init(capacity: Int = 64) {
        var size = 64
        while size < capacity * 2 { size *= 2 }
        slots = Array(repeating: -1, count: size)
        mask = size - 1
        grams.reserveCapacity(capacity)
    }

    var count: Int { grams.count }

    /// The number of a gram; -1 where it never came.
    @inline(__always)
    func find(_ gram: Gram) -> Int {
        var at = gram.mixed & mask
        while true {
            let slot = slots[at]
            if slot < 0 { return -1 }
            if grams[Int(slot)] == gram { return Int(slot) }
            at = (at + 1) & mask
        }
    }

    /// The number of a gram, a new one where it never came.
    @inline(__always)
    mutating func number(_ gram: Gram) -> Int {
        var at = gram.mixed & mask
        while true {
            let slot = slots[at]
            if slot < 0 { break }
            if grams[Int(slot)] == gram { return Int(slot) }
            at = (at + 1) & mask
        }
        slots[at] = Int32(grams.count)
        grams.append(gram)
        if grams.count * 2 > slots.count { grow() }
        return grams.count - 1
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        mask = slots.count - 1
        for (number, gram) in grams.enumerated() {
            var at = gram.mixed & mask
            while slots[at] >= 0 { at = (at + 1) & mask }
            slots[at] = Int32(number)
        }
    }

}

extension Post {
    /// Calls back for each gram of the masked signs with a start and an end: those of one sign (with the end), two and three.
    package func eachGram(_ body: (Gram) -> Void) {
        var before = ClassMask.start
        var last = ClassMask.start
        for index in 0...masked.count {
            let sign = index < masked.count ? masked[index] : ClassMask.end
            body(Gram(sign))
            body(Gram(last, sign))
            body(Gram(before, last, sign))
            before = last
            last = sign
        }
    }
}
