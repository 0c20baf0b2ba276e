/// Pieces that are looked for in folded text. `*` stands for up to eight letters.
struct CueList: Sendable {
    private static let mostBetween = 8
    private let cues: [[[Unicode.Scalar]]]
    private let byFirst: [Unicode.Scalar: [Int]]

    init(_ pieces: [String]) {
        let cues = pieces.map { $0.split(separator: "*").map { PlainText.fold(String($0)) } }.filter {
            !($0.first?.isEmpty ?? true)
        }
        byFirst = Dictionary(grouping: cues.indices) { cues[$0][0][0] }
        self.cues = cues
    }

    /// Whether one of them is there.
    func isIn(_ text: [Unicode.Scalar]) -> Bool { !ranges(in: text, limit: 1).isEmpty }

    /// Where they are.
    func ranges(in text: [Unicode.Scalar], limit: Int = .max) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for start in text.indices {
            for number in byFirst[text[start]] ?? [] {
                guard let end = Self.end(of: cues[number][...], at: start, in: text) else { continue }
                found.append(start..<end)
                if found.count == limit { return found }
            }
        }
        return found
    }

    private static func end(of parts: ArraySlice<[Unicode.Scalar]>, at start: Int, in text: [Unicode.Scalar]) -> Int? {
        guard let part = parts.first else { return start }
        let end = start + part.count
        guard end <= text.count, text[start..<end].elementsEqual(part) else { return nil }
        let rest = parts.dropFirst()
        if rest.isEmpty { return end }
        for between in 0...mostBetween where end + between <= text.count {
            if let last = Self.end(of: rest, at: end + between, in: text) { return last }
        }
        return nil
    }
}
