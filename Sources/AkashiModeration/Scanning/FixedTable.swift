/// A table that never changes, read without checks by code that knows its size.
// SAFETY: the memory is written once, before anybody else can see it, and freed with the last reference.
final class FixedTable<Element: BitwiseCopyable>: @unchecked Sendable {
    /// Its first value.
    let first: UnsafeMutablePointer<Element>
    /// How many there are.
    let count: Int

    init(_ values: [Element]) {
        count = values.count
        first = .allocate(capacity: max(1, values.count))
        for (place, value) in values.enumerated() { (first + place).initialize(to: value) }
    }

    deinit { first.deallocate() }
}
