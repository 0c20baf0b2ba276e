/// How a place of work is reached, as far as a posting says.
struct StationAccess: Sendable, Hashable {
    /// Stations that it names, without 駅, with the line where the words run together: `JR京都線長岡京`.
    var stations: [String] = []
    /// Minutes on foot from a station, and the words that say so; the fewest, where there are several ways.
    var walk: Stated<Int>?
    /// Words of a bus from the station, where nothing says that one can walk.
    var bus: String?

    init() {}

    /// Reads them out of plain words.
    ///
    /// - Parameter plain: letters of one width (``PlainReading/plain(_:)``).
    init(_ plain: String) {
        guard plain.contains("駅") else { return }
        var isByBus = false
        var follows = false
        for part in plain.split(whereSeparator: { $0.isNewline || "。、,;/・|".contains($0) }) {
            if part.contains("駅") {
                (follows, isByBus) = (true, false)
                stations += Self.names(part)
            }
            guard follows else { continue }
            if part.contains("バス") {
                isByBus = true
                if bus == nil { bus = String(part) }
            }
            guard let minutes = Self.minutes(part) else {
                // What is said on another line is said of something else.
                if !part.contains("駅"), !part.contains("バス") { follows = false }
                continue
            }
            // The way from the bus stop is not the way from the station.
            if !isByBus, minutes < walk?.value ?? .max { walk = Stated(minutes, String(part)) }
        }
        if walk != nil { bus = nil }
    }

    /// Whether a station of hers is among them: 新宿 is no 西新宿, but stands in JR山手線新宿.
    func names(_ station: String) -> Bool {
        stations.contains { found in
            guard found.hasSuffix(station) else { return false }
            let before = found.dropLast(station.count)
            return before.isEmpty || Self.lineEnds.contains { before.hasSuffix($0) }
        }
    }

    private static let lineEnds = [
        "線", "JR", "鉄", "鉄道", "電鉄", "メトロ", "モノレール", "ライナー", "電車", "京急", "京王", "小田急", "東急", "西武", "東武", "京成", "阪急", "阪神", "近鉄",
        "南海", "京阪", "都営", "市営", "ライン", "り", "は",
    ]

    private static func isOfName(_ letter: Character) -> Bool {
        guard letter != "駅" else { return false }
        return letter.unicodeScalars.allSatisfy {
            (0x3041...0x309F).contains($0.value) || (0x30A1...0x30FC).contains($0.value) || (0x4E00...0x9FFF).contains($0.value)
                || $0.value == 0x3005 || ($0.properties.isAlphabetic && $0.isASCII)
        }
    }

    /// What stands before each 駅.
    private static func names(_ part: Substring) -> [String] {
        var names: [String] = []
        var rest = part
        while let place = rest.firstIndex(of: "駅") {
            var head = rest[..<place]
            // 「京都」駅
            if let last = head.last, "」』】)".contains(last) { head = head.dropLast() }
            var name = String(head.reversed().prefix(while: isOfName).prefix(20).reversed())
            for lead in ["最寄りは", "最寄は", "場所は", "から", "まで", "または"] {
                if let range = name.firstRange(of: lead) { name = String(name[range.upperBound...]) }
            }
            rest = rest[rest.index(after: place)...]
            // 道の駅 and 各駅 are no stations; 最寄り駅: 長岡京 names its own behind.
            if ["最寄り", "最寄"].contains(name) || name.hasSuffix("最寄り") {
                let behind = rest.drop { " ::は(".contains($0) }.prefix(while: isOfName)
                if (1...12).contains(behind.count), !behind.hasPrefix("から"), !behind.hasPrefix("より"), !behind.hasPrefix("徒歩") {
                    names.append(String(behind))
                }
            } else if !name.isEmpty, !["道の", "各", "当", "同", "次の", "各線", "主要", "無人", "ある", "近くの"].contains(name),
                !name.hasSuffix("道の")
            {
                names.append(name)
            }
        }
        return names
    }

    /// 徒歩8分, 歩いて9分, 駅から5分以内; of 5~10分 the more.
    private static func minutes(_ part: Substring) -> Int? {
        if let match = part.firstMatch(of: /(?:徒歩|歩いて|歩き)(?:で|約|およそ|\s|:)*([0-9]{1,3})(?:分?(?:~|-|から)([0-9]{1,3}))?分/) {
            return Int(match.2 ?? match.1)
        }
        guard !part.contains("バス"), !part.contains("車"),
            let match = part.firstMatch(of: /駅(?:から|より)(?:約|\s)*([0-9]{1,3})(?:~([0-9]{1,3}))?分/)
        else { return nil }
        return Int(match.2 ?? match.1)
    }
}
