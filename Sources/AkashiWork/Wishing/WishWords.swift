import AkashiKnowledge

/// Words by which a sentence changes her wishes: `Knowledge/work/sentences.yaml`.
struct WishWords: Decodable, Sendable {
    struct English: Decodable, Sendable {
        let wantAdd: [String]
        let wantDrop: [String]
        let romaji: [String: String]
    }

    // Whether a sentence is a wish at all, and where it is cut.
    let question: [String]
    let story: [String]
    let today: [String]
    let apart: [String]
    let cut: [String]
    // Yes, no, and lifting a limit.
    let yes: [String]
    let no: [String]
    let limitNouns: [String]
    let liftVerbs: [String]
    let lift: [String]
    // Places.
    let away: [String]
    let safeAgain: [String]
    let drop: [String]
    let only: [String]
    let also: [String]
    let any: [String]
    let nearLimit: [String]
    // Stations, minutes on foot, a car.
    let nearStation: [String]
    let noStations: [String]
    let onFoot: [String]
    let withCar: [String]
    let withoutCar: [String]
    // From home, names, hours, pay.
    let remote: [String]
    let notRemote: [String]
    let commute: [String]
    let publicName: [String]
    let hide: [String]
    let show: [String]
    let nights: [String]
    let weekends: [String]
    let rest: [String]
    let accept: [String]
    let noPayLimit: [String]
    let payWords: [String]
    let payWish: [String]
    let otherPay: [String: [String]]
    let anyEnd: [String]
    let anyStart: [String]
    let hours: [String]
    let days: [String]
    // Work.
    let wantAdd: [String]
    let wantDrop: [String]
    let noWant: [String]
    let english: English

    /// Whether a limit is lifted: 「土日の制限は外して」「こだわらない」
    func lifts(_ clause: String) -> Bool {
        clause.has(lift) || (clause.has(limitNouns) && clause.has(liftVerbs))
    }

    /// Whether a clause says yes, no or anything about what it names.
    func judges(_ clause: String) -> Bool {
        clause.has(yes) || clause.has(no) || lifts(clause) || clause.has(only) || clause.has(also) || clause.has(drop)
    }
}

extension String {
    /// Whether one of some pieces stands in it. A piece of two Latin letters is a word of its own: NG is not in "nothing".
    func has(_ pieces: [String]) -> Bool { pieces.contains { firstPlace(of: $0) != nil } }

    /// Where the first of some pieces begins.
    func place(of pieces: [String]) -> String.Index? { pieces.compactMap(firstPlace).min() }

    private func firstPlace(of piece: String) -> String.Index? {
        guard piece.utf8.count == 2, piece.allSatisfy({ $0.isASCII }) else { return firstRange(of: piece)?.lowerBound }
        return ranges(of: piece).first { range in
            let before = self[..<range.lowerBound].last
            let after = self[range.upperBound...].first
            return ![before, after].contains { $0.map { $0.isASCII && $0.isLetter } ?? false }
        }?.lowerBound
    }
}
