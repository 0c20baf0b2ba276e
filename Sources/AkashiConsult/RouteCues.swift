import AkashiKnowledge
import AkashiText

/// Pieces of text that tell a route: `Knowledge/consult/routes.yaml`.
struct RouteCues: Sendable {
    private struct Lists: Decodable {
        let wish: [String]
        let wishSoft: [String]
        let idiom: [String]
        let denial: [String]
        let thirdPerson: [String]
        let place: [String]
        let presence: [String]
        let now: [String]
        let danger: [String]
        let past: [String]
        let threat: [String]
        let threatNoun: [String]
        let received: [String]
        let revenge: [String]
        let verdict: [String]
        let attribution: [String]
    }

    let wish: CueList
    let wishSoft: CueList
    let idiom: CueList
    let denial: CueList
    let thirdPerson: CueList
    let place: CueList
    let presence: CueList
    let now: CueList
    let danger: CueList
    let past: CueList
    let threat: CueList
    let threatNoun: CueList
    let received: CueList
    let revenge: CueList
    let verdict: CueList
    let attribution: CueList

    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        let lists: Lists = try knowledge.yaml("consult/routes.yaml")
        wish = CueList(lists.wish)
        wishSoft = CueList(lists.wishSoft)
        idiom = CueList(lists.idiom)
        denial = CueList(lists.denial)
        thirdPerson = CueList(lists.thirdPerson)
        place = CueList(lists.place)
        presence = CueList(lists.presence)
        now = CueList(lists.now)
        danger = CueList(lists.danger)
        past = CueList(lists.past)
        threat = CueList(lists.threat)
        threatNoun = CueList(lists.threatNoun)
        received = CueList(lists.received)
        revenge = CueList(lists.revenge)
        verdict = CueList(lists.verdict)
        attribution = CueList(lists.attribution)
    }
}

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

/// Text as cues see it: folded, katakana as hiragana, without blanks and marks.
enum PlainText {
    static func fold(_ text: String) -> [Unicode.Scalar] {
        FoldedText(text).scalars.compactMap { scalar in
            switch scalar.value {
            case 0x30A1...0x30F6: return Unicode.Scalar(scalar.value - 0x60)
            default: return scalar.properties.isWhitespace || marks.contains(scalar) ? nil : scalar
            }
        }
    }

    private static let marks = Set("、。.,…・!！♪~〜".unicodeScalars)

    /// What the person says, and what the person quotes: between quotation marks, and behind a `>`.
    static func parts(_ text: String) -> (own: String, quoted: String) {
        var own = ""
        var quoted = ""
        var depth = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(">") || line.hasPrefix("＞") {
                quoted += line.dropFirst() + "\n"
                continue
            }
            for character in line {
                switch character {
                case "「", "『", "“", "【", "〈", "《": depth += 1
                case "」", "』", "”", "】", "〉", "》": depth = max(0, depth - 1)
                case "\"": depth = depth > 0 ? depth - 1 : 1
                default: if depth > 0 { quoted.append(character) } else { own.append(character) }
                }
            }
            own += "\n"
            if depth > 0 { quoted += "\n" }
        }
        return (own, quoted)
    }
}
