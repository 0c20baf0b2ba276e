import AkashiKnowledge
import AkashiModel

/// How the rest of a comment sounds around a place: like abuse, or like a thank-you, a question, a complaint.
///
/// Two logistic regressions over pieces of one and two letters on both sides of the place, and of up to three that touch it, learned by
/// `scripts/train-tone` from sentences written for it. It finds no word and never holds anything by itself: it says how likely somebody
/// is to be hurt here at all, and ``Judge`` adds that to what the letters say.
struct Tone: Sendable {
    /// Letters on each side that are looked at.
    private static let window = 24
    private static let touchesBefore: UInt64 = 1 << 62
    private static let touchesBehind: UInt64 = 2 << 62
    private static let start: UInt32 = 0x5E
    private static let end: UInt32 = 0x24

    /// The natural logarithm of the odds that what stands at a place is abuse, as its surroundings have it, if both are as common; about -6
    /// to 6.
    struct Score: Sendable {
        /// Against any other text.
        var attack: Float
        /// Against a listed word that is said openly and does no harm.
        var meant: Float
    }

    private var weights: [UInt64: SIMD2<Float>] = [:]
    private var bias = SIMD2<Float>.zero

    /// Loads `Knowledge/moderation/tone.tsv`.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        let path = "moderation/tone.tsv"
        let lines = try knowledge.text(path).split(separator: "\n").drop { $0.hasPrefix("# ") }
        weights.reserveCapacity(lines.count)
        for line in lines {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 3, let attack = Float(fields[1]), let meant = Float(fields[2]) else {
                throw KnowledgeError(.damaged, ["file": path])
            }
            let scalars = fields[0].unicodeScalars.map(\.value)
            if scalars.isEmpty { bias = [attack, meant] } else { weights[Self.key(written: scalars)] = [attack, meant] }
        }
    }

    /// How it sounds around some letters: in their sentence, or with the sentences beside it, whichever is worse. Kind words before an
    /// insult do not excuse it.
    func score(_ letters: [Letter], around range: Range<Int>) -> Score {
        let before = letters[..<range.lowerBound].suffix(Self.window * 2)
        let after = letters[range.upperBound...].prefix(Self.window * 2)
        let whole = score(before, after)
        let start = before.lastIndex(where: \.isSentenceEnd).map { $0 + 1 } ?? before.startIndex
        let end = after.firstIndex(where: \.isSentenceEnd) ?? after.endIndex
        guard start > before.startIndex || end + 1 < after.endIndex else { return whole }
        let own = score(before[start...], after[..<min(end + 1, after.endIndex)])
        return Score(attack: max(whole.attack, own.attack), meant: max(whole.meant, own.meant))
    }

    private func score(_ before: ArraySlice<Letter>, _ after: ArraySlice<Letter>) -> Score {
        let isBare = (before + after).count { $0.unit != 0 } < 3
        let before = Self.folded(before).suffix(Self.window)
        let after = Self.folded(after).prefix(Self.window)
        var pieces: Set<UInt64> = []
        for side in [before, after] {
            for first in side.indices {
                for size in 1...2 where first + size <= side.endIndex { pieces.insert(Self.key(side[first..<first + size])) }
            }
        }
        let left = Array(repeating: Self.start, count: 3) + before
        let right = after + Array(repeating: Self.end, count: 3)
        for size in 1...3 {
            pieces.insert(Self.key(left.suffix(size)) | Self.touchesBefore)
            pieces.insert(Self.key(right.prefix(size)) | Self.touchesBehind)
        }
        // In a fixed order: a sum of floats depends on it.
        let sum = pieces.sorted().reduce(SIMD2<Float>.zero) { $0 + (weights[$1] ?? .zero) }
        let score = bias + sum / Float(pieces.count).squareRoot()
        // A word by itself is neither kind nor harsh.
        return isBare ? Score(attack: max(0, score[0]), meant: max(0, score[1])) : Score(attack: score[0], meant: score[1])
    }

    /// Letters as `scripts/train-tone` folds them.
    private static func folded(_ letters: ArraySlice<Letter>) -> [UInt32] {
        letters.compactMap { letter in
            if letter.isInvisible || letter.traits.contains(.space) || letter.traits.contains(.lineBreak) { return nil }
            if letter.sort == .digit { return 0x30 }
            return letter.unit == 0 ? letter.shape : UInt32(letter.unit)
        }
    }

    private static func key(_ letters: some Sequence<UInt32>) -> UInt64 { letters.reduce(0) { $0 << 20 | UInt64($1 & 0xF_FFFF) } }

    /// `<` and `>` before a piece say on which side it touches the place; a piece of one letter is that letter.
    private static func key(written scalars: [UInt32]) -> UInt64 {
        guard scalars.count > 1, let mark = scalars.first, mark == 0x3C || mark == 0x3E else { return key(scalars) }
        return key(scalars.dropFirst()) | (mark == 0x3C ? touchesBefore : touchesBehind)
    }
}
