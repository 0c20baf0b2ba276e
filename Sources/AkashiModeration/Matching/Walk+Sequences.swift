/// Several letters that are read as others: ﾚよ, タヒ, shi, 5ro.
extension Walk {
    mutating func sequences(_ state: State, _ parent: Int32, _ start: Int, _ limit: Int) {
        walkSequence(SequenceTrie.root, Int(state.at), Int(state.at), .plain, state, parent, start, limit, 0)
    }

    private mutating func walkSequence(
        _ node: Int32, _ first: Int, _ at: Int, _ via: Step, _ state: State, _ parent: Int32, _ start: Int, _ limit: Int,
        _ gap: Int
    ) {
        guard at < limit, at - first < 12 else { return }
        let letter = letters[at]
        tryLetter(letter.shape, node, first, at, via, state, parent, start, limit)
        if letter.shape != letter.scalar, letter.scalar < 0x10000, !letter.traits.contains(.composed), letter.sort != .latin {
            tryLetter(letter.scalar, node, first, at, via, state, parent, start, limit)
        }
        for (other, step) in tables.latin[letter.shape] ?? [] where step == .homoglyph || isAmongLatin(at) {
            tryLetter(other, node, first, at, step, state, parent, start, limit)
        }
        for drawn in tables.latinDrawn[letter.shape] ?? [] where isDrawn(drawn.letters, at) && isAmongLatin(at) {
            tryLetter(drawn.target, node, first, at + drawn.letters.count - 1, .leet, state, parent, start, limit)
        }
        if at > first, letter.isSkippable, gap < 3 || letter.isInvisible {
            walkSequence(node, first, at + 1, via, state, parent, start, limit, gap + 1)
        } else if at > first, letter.sort == .latin, letters[at - 1].shape == letter.shape, gap < 6 {
            // Latin letters written again: baaaka.
            walkSequence(node, first, at + 1, via, state, parent, start, limit, gap + 1)
        }
    }

    private mutating func tryLetter(
        _ shape: UInt32, _ node: Int32, _ first: Int, _ at: Int, _ via: Step, _ state: State, _ parent: Int32, _ start: Int,
        _ limit: Int
    ) {
        guard let next = tables.sequences.step(node, shape) else { return }
        for other in tables.sequences.others(next) {
            followVoiced(parent, state, other.units, at + 1, via == .plain ? romajiStep(other.step, at) : via, start)
        }
        walkSequence(next, first, at + 1, via, state, parent, start, limit, 0)
    }

    private func romajiStep(_ step: Step, _ at: Int) -> Step {
        step == .romaji && letters[at].traits.contains(.dressed) ? .dress : step
    }

    private func isDrawn(_ shapes: [UInt32], _ at: Int) -> Bool {
        guard at + shapes.count <= letters.count else { return false }
        return shapes.indices.allSatisfy { letters[at + $0].shape == shapes[$0] }
    }

    /// Digits and signs are Latin letters only in a run with one.
    private func isAmongLatin(_ at: Int) -> Bool {
        func isRun(_ letter: Letter) -> Bool {
            letter.sort == .latin || letter.sort == .digit || tables.latin[letter.shape] != nil
                || tables.latinDrawn[letter.shape] != nil || letter.shape < 0x7F && letter.shape > 0x20
        }
        func isLatin(_ letter: Letter) -> Bool {
            letter.sort == .latin || tables.latin[letter.shape]?.contains { $0.1 == .homoglyph } ?? false
        }
        for step in [-1, 1] {
            var place = at
            while letters.indices.contains(place), abs(place - at) < 24, isRun(letters[place]) {
                if isLatin(letters[place]) { return true }
                place += step
            }
        }
        return false
    }
}
