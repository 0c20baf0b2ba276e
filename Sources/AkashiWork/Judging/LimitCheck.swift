/// Lays a posting beside her limits. What it says against one breaks it; what it does not say is asked about.
struct LimitCheck {
    let posting: Posting
    var broken: [(limit: RankedPosting.Limit, words: String)] = []
    var unsure: [RankedPosting.Limit] = []

    init(_ posting: Posting) { self.posting = posting }

    private var isFromHome: Bool { posting.remote?.value == .full }

    /// Where it is, and how far from home.
    mutating func place(_ limits: Wishes.Limits) {
        if let wanted = limits.prefectures, !wanted.isEmpty, !isFromHome {
            if let prefecture = posting.prefecture {
                if !wanted.contains(prefecture.value) { broken.append((.prefectures, prefecture.words)) }
            } else {
                unsure.append(.prefectures)
            }
        }
        let place = posting.look.place
        if let wanted = limits.cities, !wanted.isEmpty, !isFromHome {
            if posting.city == nil {
                unsure.append(.cities)
            } else if !wanted.contains(where: { place.contains($0) }) {
                broken.append((.cities, posting.city?.words ?? ""))
            }
        }
        if let away = limits.notCities, !away.isEmpty, !isFromHome {
            if let city = away.first(where: { place.contains($0) }) {
                broken.append((.notCities, city))
            } else if place.isEmpty {
                unsure.append(.notCities)
            }
        }
        if limits.remoteOnly == true {
            switch posting.remote?.value {
            case .full: break
            case .partly, .no: broken.append((.remoteOnly, posting.remote?.words ?? ""))
            case nil: unsure.append(.remoteOnly)
            }
        }
    }

    /// How it is reached.
    mutating func travel(_ limits: Wishes.Limits) {
        guard !isFromHome else { return }
        let access = posting.look.access
        if let wanted = limits.stations, !wanted.isEmpty {
            if access.stations.isEmpty {
                unsure.append(.stations)
            } else if !wanted.contains(where: { access.names($0) }) {
                broken.append((.stations, access.stations.map { $0 + "駅" }.joined(separator: "、")))
            }
        }
        if let most = limits.walkMinutes {
            if let walk = access.walk {
                if walk.value > most { broken.append((.walkMinutes, walk.words)) }
            } else if let bus = access.bus {
                broken.append((.walkMinutes, bus))
            } else {
                unsure.append(.walkMinutes)
            }
        }
    }

    /// What is paid.
    mutating func pay(_ limits: Wishes.Limits) {
        guard let floor = limits.payFloor else { return }
        guard let pay = posting.pay, let most = Self.comparable(pay.value, floor.unit, most: true) else {
            unsure.append(.payFloor)
            return
        }
        guard most < floor.yen else { return }
        // "From 1,000 yen" may be more: it is asked about.
        if posting.look.isPayOpen { unsure.append(.payFloor) } else { broken.append((.payFloor, pay.words)) }
    }

    /// Hours that a day, a week, a month and a year of work are taken to have, as in ``Pay/leastAnHour``.
    static func comparable(_ pay: Pay, _ unit: Pay.Unit, most: Bool) -> Int? {
        let hours: [Pay.Unit: Double] = [.hour: 1, .day: 8, .week: 40, .month: 160, .year: 1_920]
        let yen = Double(most ? pay.most ?? pay.least : pay.least)
        if pay.unit == unit { return Int(yen) }
        guard let from = hours[pay.unit], let to = hours[unit] else { return nil }
        return Int(yen / from * to)
    }

    /// When it is. A posting of shifts breaks a limit only if no shift keeps it.
    mutating func hours(_ limits: Wishes.Limits) {
        let isAsked =
            limits.noWeekends == true || limits.earliestStart != nil || limits.latestEnd != nil || limits.daysPerWeek != nil
            || limits.hoursPerDay != nil
        guard isAsked else { return }
        let hours = posting.look.hours
        if limits.noWeekends == true {
            switch hours?.hasFreeWeekends {
            case true?: break
            case false?: broken.append((.noWeekends, ""))
            case nil: unsure.append(.noWeekends)
            }
        }
        spans(hours, .earliestStart, limits.earliestStart) { $0.start >= $1 }
        spans(hours, .latestEnd, limits.latestEnd) { $0.end <= $1 }
        if let most = limits.daysPerWeek {
            switch hours?.days {
            case let days? where days.lowerBound > most: broken.append((.daysPerWeek, "週\(days.lowerBound)日"))
            case nil: unsure.append(.daysPerWeek)
            default: break
            }
        }
        if let most = limits.hoursPerDay {
            if let least = hours?.leastHours, least <= most {
                // Named by number, and few enough.
            } else if let hours, !hours.spans.isEmpty {
                spans(hours, .hoursPerDay, "\(most):00") { $0.length <= $1 + 60 }
            } else {
                unsure.append(.hoursPerDay)
            }
        }
    }

    private mutating func spans(
        _ hours: WorkHours?, _ limit: RankedPosting.Limit, _ time: String?, _ keeps: (WorkHours.Span, Int) -> Bool
    ) {
        guard let minutes = time.flatMap(Self.minutes) else { return }
        guard let hours, !hours.spans.isEmpty else {
            unsure.append(limit)
            return
        }
        guard !hours.spans.contains(where: { keeps($0, minutes) }) else { return }
        // Of a long span she may choose a part: it is asked about.
        if hours.isFlexible {
            unsure.append(limit)
        } else {
            broken.append((limit, hours.spans.map(Self.text).joined(separator: "、")))
        }
    }

    /// `17:30` as minutes from midnight.
    static func minutes(_ time: String) -> Int? {
        let parts = time.split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2, (0...30).contains(parts[0]), (0..<60).contains(parts[1]) else { return nil }
        return parts[0] * 60 + parts[1]
    }

    private static func text(_ span: WorkHours.Span) -> String {
        func time(_ minutes: Int) -> String {
            let rest = minutes % 60
            return "\(minutes / 60):\(rest < 10 ? "0" : "")\(rest)"
        }
        return "\(time(span.start))〜\(time(span.end))"
    }
}
