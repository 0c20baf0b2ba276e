/// Remembers the end of what each author wrote last, to see a word that is split over two comments.
///
/// Comments must come in order of time. What is older than ``window`` is forgotten.
public struct AuthorStream: Sendable {
    /// Milliseconds within which two comments of one author are read together.
    public static let window: Int64 = 600_000
    private static let keptByteCount = 120

    private struct Last: Sendable {
        let id: String
        let at: Int64
        let tail: [UInt8]
    }

    private var last: [String: Last] = [:]
    private var sinceSweep = 0

    /// Remembers nothing yet.
    public init() {}

    /// A term that begins at the end of the author's comment before and ends in this one.
    ///
    /// - Parameter at: milliseconds since 1970.
    /// - Returns: the id of the comment before and the hit; its bytes count from where this comment begins (negative in the one before).
    public mutating func join(_ id: String, author: String, at: Int64, _ comment: [UInt8], _ moderator: Moderator) -> (
        before: String, hit: Hit
    )? {
        sinceSweep += 1
        if sinceSweep >= 10_000 {
            last = last.filter { at - $0.value.at <= Self.window }
            sinceSweep = 0
        }
        let before = last[author]
        last[author] = Last(id: id, at: at, tail: Self.tail(comment))
        guard let before, at - before.at <= Self.window, at >= before.at, before.id != id else { return nil }
        let joined = before.tail + comment.prefix(Self.keptByteCount)
        let border = before.tail.count
        let hit = moderator.hits(in: joined).first {
            // Who splits a word hides it, whatever the rest speaks of.
            let rule = moderator.rules.rules[$0.rule]
            return rule.action == .hold && !rule.leaves.contains(.twoComments) && $0.range.lowerBound < border
                && $0.range.upperBound > border
        }
        guard let hit else { return nil }
        let undone = hit.undone.map {
            Hit.Undone(step: $0.step, range: $0.range.lowerBound - border..<$0.range.upperBound - border)
        }
        return (
            before.id,
            Hit(
                rule: hit.rule, term: hit.term, range: hit.range.lowerBound - border..<hit.range.upperBound - border,
                undone: [Hit.Undone(step: .twoComments, range: -1..<1)] + undone, action: .hold)
        )
    }

    /// The last letters; not from the middle of one.
    private static func tail(_ comment: [UInt8]) -> [UInt8] {
        var start = max(0, comment.count - keptByteCount)
        while start < comment.count, comment[start] & 0xC0 == 0x80 { start += 1 }
        return Array(comment[start...])
    }
}
