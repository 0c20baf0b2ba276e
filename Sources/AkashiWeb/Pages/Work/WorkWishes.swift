import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiWork
import Foundation
import HTTPTypes

/// What she wants of work, to be changed field by field.
struct WishesPage: Page {
    static let template = "wishes"
    static let title = "wishes.title"
    static let room = Room.work

    let prefectures: String
    let cities: String
    let notCities: String
    let stations: String
    let walkMinutes: String
    let noCar: Bool
    let remoteOnly: Bool
    let noPublicName: Bool
    let noNights: Bool
    let noWeekends: Bool
    let floor: String
    let units: [TimelinePage.Choice]
    let earliestStart: String
    let latestEnd: String
    let daysPerWeek: String
    let hoursPerDay: String
    let wants: String
    let isSaved: Bool
}

/// What a sentence would change. She says yes or no.
struct WishProposalPage: Page {
    static let template = "wish-proposal"
    static let title = "wishes.title"
    static let room = Room.work

    let said: String
    let changes: [String]
    let hasChanges: Bool
    let packed: String
}

extension Rooms {
    /// Letters of a sentence about wishes.
    private static let mostLetters = 1_000

    func addWishes(_ register: Register) {
        register(.get, "work/wishes", .owner) { visit in .page(try await wishes(visit)) }
        register(.post, "work/wishes", .owner) { visit in
            try await visit.desk.keepWishes(Self.wishes(visit.form))
            return .go("/work/wishes?saved=1")
        }
        register(.post, "work/wishes/say", .owner) { visit in
            let said = String(visit.form.text("said").prefix(Self.mostLetters))
            let changes = try await visit.desk.wishChanges(in: said)
            let packed = try JSONEncoder().encode(changes)
            return .page(
                WishProposalPage(
                    said: said, changes: changes.map(WishLines(visit).line), hasChanges: !changes.isEmpty,
                    packed: String(decoding: packed, as: UTF8.self)))
        }
        register(.post, "work/wishes/change", .owner) { visit in
            guard let changes = try? JSONDecoder().decode([WishChange].self, from: Data(visit.form.text("changes").utf8)) else {
                throw WorkError(.wishesUnreadable)
            }
            var now = try await visit.desk.wishes()
            for change in changes { now = now.changed(by: change) }
            try await visit.desk.keepWishes(now)
            return .go("/work/wishes?saved=1")
        }
    }

    private func wishes(_ visit: Visit) async throws -> WishesPage {
        let wishes = try await visit.desk.wishes()
        let limits = wishes.limits
        let comma = visit.words("comma")
        func list(_ words: [String]?) -> String { (words ?? []).joined(separator: comma) }
        return WishesPage(
            prefectures: list(limits.prefectures), cities: list(limits.cities), notCities: list(limits.notCities),
            stations: list(limits.stations), walkMinutes: limits.walkMinutes.map(String.init) ?? "", noCar: limits.noCar ?? false,
            remoteOnly: limits.remoteOnly ?? false, noPublicName: limits.noPublicName ?? false,
            noNights: limits.noNights ?? false,
            noWeekends: limits.noWeekends ?? false, floor: limits.payFloor.map { String($0.yen) } ?? "",
            units: Pay.Unit.allCases.map {
                TimelinePage.Choice(
                    value: $0.rawValue, label: visit.words("pay-unit." + $0.rawValue),
                    isChosen: $0 == limits.payFloor?.unit ?? .hour)
            },
            earliestStart: limits.earliestStart ?? "", latestEnd: limits.latestEnd ?? "",
            daysPerWeek: limits.daysPerWeek.map(String.init) ?? "", hoursPerDay: limits.hoursPerDay.map(String.init) ?? "",
            wants: wishes.wants.joined(separator: "\n"), isSaved: visit.asked("saved") != nil)
    }

    private static func wishes(_ form: Form) -> Wishes {
        func list(_ name: String) -> [String]? {
            let words = form.text(name).split(whereSeparator: { "、,，・\n".contains($0) }).map {
                $0.trimmingCharacters(in: .whitespaces)
            }.filter { !$0.isEmpty }
            return words.isEmpty ? nil : words
        }
        func flag(_ name: String) -> Bool? { form.exact(name) == "yes" ? true : nil }
        func number(_ name: String, _ range: ClosedRange<Int>) -> Int? {
            Int(form.text(name)).flatMap { range.contains($0) ? $0 : nil }
        }
        var limits = Wishes.Limits()
        (limits.prefectures, limits.cities, limits.notCities) = (list("prefectures"), list("cities"), list("notCities"))
        limits.stations = list("stations")?.map { $0.count > 1 && $0.hasSuffix("駅") ? String($0.dropLast()) : $0 }
        (limits.walkMinutes, limits.noCar) = (number("walkMinutes", 1...180), flag("noCar"))
        (limits.remoteOnly, limits.noPublicName) = (flag("remoteOnly"), flag("noPublicName"))
        (limits.noNights, limits.noWeekends) = (flag("noNights"), flag("noWeekends"))
        if let yen = number("floor", 1...100_000_000), let unit = Pay.Unit(rawValue: form.text("unit")) {
            limits.payFloor = Wishes.Limits.Floor(unit, yen)
        }
        (limits.earliestStart, limits.latestEnd) = (form.optional("earliestStart"), form.optional("latestEnd"))
        (limits.daysPerWeek, limits.hoursPerDay) = (number("daysPerWeek", 1...7), number("hoursPerDay", 1...24))
        return Wishes(limits: limits, wants: list("wants") ?? [])
    }
}

/// Wishes and changes of them as sentences.
struct WishLines {
    private let visit: Visit
    init(_ visit: Visit) { self.visit = visit }

    func lines(_ wishes: Wishes) -> [String] {
        let limits = wishes.limits
        var lines: [String] = []
        func add(_ field: WishChange.Field, _ value: WishChange.Value?) {
            if let value { lines.append(visit.words("wish-is." + field.rawValue, ["value": text(value)])) }
        }
        add(.prefectures, limits.prefectures.map { .words($0) })
        add(.cities, limits.cities.map { .words($0) })
        add(.notCities, limits.notCities.flatMap { $0.isEmpty ? nil : .words($0) })
        add(.stations, limits.stations.flatMap { $0.isEmpty ? nil : .words($0) })
        add(.walkMinutes, limits.walkMinutes.map { .number($0) })
        add(.noCar, limits.noCar == true ? .flag(true) : nil)
        add(.remoteOnly, limits.remoteOnly == true ? .flag(true) : nil)
        add(.payFloor, limits.payFloor.map { .pay($0) })
        add(.noPublicName, limits.noPublicName == true ? .flag(true) : nil)
        add(.noNights, limits.noNights == true ? .flag(true) : nil)
        add(.noWeekends, limits.noWeekends == true ? .flag(true) : nil)
        add(.earliestStart, limits.earliestStart.map { .time($0) })
        add(.latestEnd, limits.latestEnd.map { .time($0) })
        add(.daysPerWeek, limits.daysPerWeek.map { .number($0) })
        add(.hoursPerDay, limits.hoursPerDay.map { .number($0) })
        add(.wants, wishes.wants.isEmpty ? nil : .words(wishes.wants))
        return lines
    }

    func line(_ change: WishChange) -> String {
        let value = change.value.map(text) ?? ""
        if case .flag(let isYes)? = change.value {
            return visit.words("wish-change.\(change.field.rawValue).\(isYes ? "yes" : "no")")
        }
        let field = visit.words("wish-field." + change.field.rawValue)
        return visit.words("wish-change." + change.act.rawValue, ["field": field, "value": value])
    }

    private func text(_ value: WishChange.Value) -> String {
        switch value {
        case .words(let words): words.joined(separator: visit.words("comma"))
        case .flag: ""
        case .number(let number): String(number)
        case .time(let time): time
        case .pay(let floor): PayText(visit).text(Pay(floor.unit, floor.yen))
        }
    }
}
