import Foundation

/// What can be said about whether two writings have one writer.
public struct Comparison: Sendable, Hashable {
    /// How a ratio reads, after the scale of ENFSI (2015), capped at what style can ever bear.
    public enum Strength: String, Sendable, CaseIterable {
        /// 2 to 10.
        case slight
        /// 10 to 100.
        case moderate
        /// Above 100: the ceiling.
        case rather
    }

    /// The answer.
    public enum Outcome: Sendable, Hashable {
        /// The texts are likelier if one person wrote both.
        case one(Strength)
        /// The texts are likelier if two persons wrote them.
        case two(Strength)
        /// Between 1/2 and 2, or too little to go on.
        case cannotTell
        /// No ratio is given at all.
        case refused

        /// A word for files.
        public var code: String {
            switch self {
            case .one: "one-writer"
            case .two: "two-writers"
            case .cannotTell: "cannot-tell"
            case .refused: "refused"
            }
        }
    }

    /// Why the answer is no stronger than it is.
    public enum Reason: String, Sendable, CaseIterable {
        /// Fewer than ten known posts, or fewer letters than were ever tested.
        case knownShort = "known-short"
        /// Fewer than 25 questioned letters.
        case questionedShort = "questioned-short"
        /// Fewer than 10 writers or 500 sentences: no ratio.
        case populationSmall = "population-small"
        /// Fewer than 30 writers or 2,000 sentences: a direction only.
        case populationThin = "population-thin"
        /// The known posts are of another kind than the population.
        case knownNotCovered = "known-not-covered"
        /// The questioned posts are of another kind than the population.
        case questionedNotCovered = "questioned-not-covered"
        /// Posts against reviews, or the like: nothing is validated across kinds.
        case otherKind = "other-kind"
        /// Without the marks at the ends of sentences it looks otherwise.
        case marksOnly = "marks-only"
        /// So many trials of this size bear no more.
        case capped
    }

    /// The answer.
    public let outcome: Outcome
    /// Why it is no stronger.
    public let reasons: [Reason]
    /// The natural logarithm of the likelihood ratio, capped; 0 where it is refused.
    public let logRatio: Double
    /// The same without the marks at the ends of sentences.
    public let robustLogRatio: Double
    /// The ratio that is shown: of both the one nearer to 1, and 1 where they disagree.
    public let shownLogRatio: Double
    /// The ratio that is shown, with two digits: more were never tested.
    public var shownRatio: Double { TrainedData.rounded(exp(shownLogRatio), 2) }
    /// Trials of the next smaller size that was tested.
    public let cell: TestedCell
    /// What each habit gives, in natural logarithms of the ratio; those that were in both writings.
    public let habits: [HabitPart]
    /// Letters and posts of both sides.
    public let size: Size

    /// What one habit gives.
    public struct HabitPart: Sendable, Hashable {
        /// Which of the table's habits.
        public let habit: Int
        /// Its part of the logarithm of the ratio.
        public let part: Double
        /// How often each way was in the known posts and in the questioned ones, and how common it is among others.
        public let known: [Double]
        /// In the questioned text.
        public let questioned: [Double]
        /// Among other writers, as shares.
        public let others: [Double]
    }

    /// How much there was to compare.
    public struct Size: Sendable, Hashable {
        /// Known posts.
        public let knownPosts: Int
        /// Letters of the known side.
        public let knownLetters: Int
        /// Questioned posts.
        public let questionedPosts: Int
        /// Letters of the questioned side.
        public let questionedLetters: Int
    }
}
