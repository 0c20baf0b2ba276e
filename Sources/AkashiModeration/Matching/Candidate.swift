/// A place where a term may stand, with what was undone to see it.
struct Candidate: Sendable {
    /// One letter or some that were read together.
    struct Part: Sendable {
        let step: Step
        let letters: Range<Int>
        /// Whether it stands for any letter.
        var isGuess = false
        /// How many of the word's units it is.
        var unitCount = 1
    }

    let term: Int
    let form: Form
    /// Letters of the comment.
    let letters: Range<Int>
    let parts: [Part]
    /// What the steps cost.
    let cost: Int32
    /// Parts that are letters of the word.
    let real: Int
    let masks: Int

    func count(_ step: Step) -> Int { parts.count { $0.step == step } }
    /// All that was undone.
    var steps: Set<Step> { form.steps.union(parts.map(\.step)).subtracting([.plain]) }
    /// How many of its letters are said again.
    var repeatedRuns: Int {
        parts.indices.count { parts[$0].step == .repeated && ($0 == 0 || parts[$0 - 1].step != .repeated) }
    }
    func has(_ steps: Set<Step>) -> Bool { parts.contains { steps.contains($0.step) } }
}

/// How unlikely each way of writing is where nobody hides anything, in the units of the dictionary's costs; below zero where it is
/// only done to hide. The first of a kind, and each further one.
enum StepCost {
    private static func pair(_ step: Step) -> (first: Int32, more: Int32) {
        switch step {
        case .plain, .ending, .homophone, .reading, .lineHeads, .twoComments, .turned, .variantKanji: (0, 0)
        case .width: (0, -300)
        case .dress: (-2000, -1000)
        case .encoded: (-1500, -500)
        case .invisible: (-3000, -1000)
        case .sign: (500, 200)
        case .repeated: (300, 100)
        case .drawnOut: (300, 0)
        case .masked: (1400, 1500)
        case .apart: (-1500, -500)
        case .otherKanji: (2700, 1000)
        case .romaji: (300, 0)
        case .homoglyph: (-500, -200)
        case .leet: (300, 100)
        case .lookalike: (1500, 700)
        case .foreign: (300, 300)
        case .gyaru, .gyaruBeside: (500, -1500)
        case .splitKanji: (0, 0)
        case .number: (1500, 700)
        case .emoji: (500, 500)
        case .reversed: (3000, 0)
        }
    }

    /// One step, while candidates are looked for.
    static func of(_ step: Step) -> Int32 { max(0, pair(step).first / 2) }

    /// All steps of a candidate.
    static func of(_ candidate: Candidate) -> Int32 {
        var seen: Set<Step> = []
        return candidate.parts.reduce(0) { sum, part in
            let (first, more) = pair(part.step)
            // A kanji of several sounds makes ordinary words that are said alike; one of one sound is a disguise.
            let dear: Int32 = part.step == .otherKanji && part.unitCount > 1 ? 600 : 0
            return sum + (seen.insert(part.step).inserted ? first : more) + dear
        }
    }
}
