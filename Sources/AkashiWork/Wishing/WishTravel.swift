/// What a clause changes of the way to work: stations, minutes on foot, and a car.
struct WishTravel {
    private let clause: String
    private let judged: String
    private let words: WishWords

    init(_ clause: String, judged: String, _ words: WishWords) {
        (self.clause, self.judged, self.words) = (clause, judged, words)
    }

    var changes: [(place: String.Index, change: WishChange)] {
        [walk, car].compactMap { $0 } + stations
    }

    /// 「駅から歩いて10分以内」「徒歩の条件は外して」
    private var walk: (place: String.Index, change: WishChange)? {
        guard let place = clause.place(of: words.onFoot) else { return nil }
        if words.lifts(judged) || judged.has(words.drop) { return (place, WishChange(.clear, .walkMinutes)) }
        let rest = clause[place...]
        guard let match = rest.firstMatch(of: /([0-9]{1,3})\s?(?:分|min)/), let minutes = Int(match.1), (1...180).contains(minutes)
        else { return nil }
        return (place, WishChange(.set, .walkMinutes, .number(minutes)))
    }

    /// 「車は使えない」「車で通ってもいい」
    private var car: (place: String.Index, change: WishChange)? {
        if let place = clause.place(of: words.withoutCar) { return (place, WishChange(.set, .noCar, .flag(true))) }
        if let place = clause.place(of: words.withCar) { return (place, WishChange(.set, .noCar, .flag(false))) }
        return nil
    }

    /// 「新宿駅か中野駅の近くがいい」
    private var stations: [(place: String.Index, change: WishChange)] {
        guard !judged.has(words.away), !judged.has(words.safeAgain), !clause.has(words.nearLimit) else { return [] }
        var names: [(name: String, place: String.Index)] = []
        for match in clause.matches(of: /([一-龠々ァ-ヶー]{1,8}(?:の[一-龠々]{1,3})?)駅/) {
            let name = String(match.1)
            guard !words.noStations.contains(name), !name.hasSuffix("道の") else { continue }
            names.append((name, match.range.lowerBound))
        }
        guard let first = names.first else { return [] }
        let list = WishChange.Value.words(names.map(\.name))
        func change(_ act: WishChange.Act) -> [(place: String.Index, change: WishChange)] {
            [(first.place, WishChange(act, .stations, list))]
        }
        if judged.has(words.drop) { return change(.remove) }
        if judged.has(words.also) { return change(.add) }
        return judged.has(words.only) || judged.has(words.nearStation) || clause.hasSuffix("で") ? change(.set) : []
    }
}
