public import AkashiModel
import Foundation

/// What she wants of work: limits that are never broken, and wishes.
public struct Wishes: Sendable, Hashable, Codable {
    /// Limits.
    public struct Limits: Sendable, Hashable, Codable {
        /// The least that is paid.
        public struct Floor: Sendable, Hashable, Codable {
            /// For how long.
            public let unit: Pay.Unit
            /// Yen.
            public let yen: Int

            /// Takes both.
            public init(_ unit: Pay.Unit, _ yen: Int) { (self.unit, self.yen) = (unit, yen) }
        }

        /// Only there; nil for anywhere. Work that is all done from home is everywhere.
        public var prefectures: [String]?
        /// Only in these cities, wards, towns or villages; nil for anywhere.
        public var cities: [String]?
        /// Not near these: cities, wards, stations, anything that an address holds.
        public var notCities: [String]?
        /// Only from home.
        public var remoteOnly: Bool?
        /// Not below.
        public var payFloor: Floor?
        /// No name and no face in public.
        public var noPublicName: Bool?
        /// Not at night.
        public var noNights: Bool?
        /// Not on Saturdays and Sundays.
        public var noWeekends: Bool?
        /// Not before this time, as `10:00`.
        public var earliestStart: String?
        /// Not after this time, as `17:00`.
        public var latestEnd: String?
        /// Days a week at the most.
        public var daysPerWeek: Int?
        /// Hours a day at the most.
        public var hoursPerDay: Int?
        /// Only near one of these stations, named without 駅; nil for anywhere.
        public var stations: [String]?
        /// Minutes on foot from a station at the most.
        public var walkMinutes: Int?
        /// No work that asks for a car or a licence.
        public var noCar: Bool?

        /// No limits.
        public init() {}
    }

    /// Her name for them.
    public var id: String
    /// Limits.
    public var limits: Limits
    /// Wishes, in her words.
    public var wants: [String]

    /// Takes the parts.
    public init(id: String = "own", limits: Limits = Limits(), wants: [String] = []) {
        (self.id, self.limits, self.wants) = (id, limits, wants)
    }

    /// Whether nothing is wished for.
    public var isEmpty: Bool { wants.isEmpty && limits == Limits() }

    /// Names of limits in a file of wishes that mean nothing here. A limit that is passed over in silence would be broken.
    public static func unknownLimits(_ bytes: [UInt8]) -> [String] {
        let all = try? JSONSerialization.jsonObject(with: Data(bytes))
        let wishes = (all as? [[String: Any]]) ?? (all as? [String: Any]).map { [$0] } ?? []
        let names = Set(wishes.flatMap { ($0["limits"] as? [String: Any]).map { Array($0.keys) } ?? [] })
        return names.subtracting(RankedPosting.Limit.allCases.map(\.rawValue)).sorted()
    }

    /// Reads one or a list of them.
    ///
    /// - Throws: ``WorkErrorCode/wishesUnreadable``.
    public static func all(_ bytes: [UInt8]) throws(WorkError) -> [Wishes] {
        let decoder = JSONDecoder()
        if let list = try? decoder.decode([Wishes].self, from: Data(bytes)) { return list }
        guard let one = try? decoder.decode(Wishes.self, from: Data(bytes)) else { throw WorkError(.wishesUnreadable) }
        return [one]
    }
}

/// One change of her wishes, as a sentence asks for it.
public struct WishChange: Sendable, Hashable, Codable {
    /// What is done.
    public enum Act: String, Sendable, Codable {
        /// This and no other.
        case set
        /// This too.
        case add
        /// No longer this.
        case remove
        /// Nothing of the kind any more.
        case clear
    }

    /// What is changed.
    public enum Field: String, Sendable, Codable, CaseIterable {
        /// Prefectures.
        case prefectures
        /// Cities.
        case cities
        /// Places to stay away from.
        case notCities
        /// Only from home.
        case remoteOnly
        /// Pay.
        case payFloor
        /// Name and face.
        case noPublicName
        /// Nights.
        case noNights
        /// Saturdays and Sundays.
        case noWeekends
        /// When it may begin.
        case earliestStart
        /// When it must end.
        case latestEnd
        /// Days a week.
        case daysPerWeek
        /// Hours a day.
        case hoursPerDay
        /// Stations.
        case stations
        /// On foot from a station.
        case walkMinutes
        /// A car.
        case noCar
        /// Work and circumstances that she would like.
        case wants
    }

    /// What it is changed to.
    public enum Value: Sendable, Hashable {
        /// Names or words.
        case words([String])
        /// Yes or no.
        case flag(Bool)
        /// A number.
        case number(Int)
        /// A time, as `17:00`.
        case time(String)
        /// A least pay.
        case pay(Wishes.Limits.Floor)
    }

    /// What is done.
    public let act: Act
    /// What is changed.
    public let field: Field
    /// To what; nil where it is cleared.
    public let value: Value?

    /// Takes the parts.
    public init(_ act: Act, _ field: Field, _ value: Value? = nil) { (self.act, self.field, self.value) = (act, field, value) }
}

extension Wishes {
    /// The wishes with a change made.
    public func changed(by change: WishChange) -> Wishes {
        var new = self
        switch change.field {
        case .prefectures: Self.change(&new.limits.prefectures, change)
        case .cities: Self.change(&new.limits.cities, change)
        case .notCities: Self.change(&new.limits.notCities, change)
        case .stations: Self.change(&new.limits.stations, change)
        case .wants:
            var words: [String]? = new.wants
            Self.change(&words, change)
            new.wants = words ?? []
        case .remoteOnly: new.limits.remoteOnly = change.isYes ? true : nil
        case .noPublicName: new.limits.noPublicName = change.isYes ? true : nil
        case .noCar: new.limits.noCar = change.isYes ? true : nil
        case .noNights: new.limits.noNights = change.isYes ? true : nil
        case .noWeekends: new.limits.noWeekends = change.isYes ? true : nil
        case .payFloor:
            if case .pay(let floor)? = change.value { new.limits.payFloor = floor } else { new.limits.payFloor = nil }
        case .earliestStart: new.limits.earliestStart = change.timeText
        case .latestEnd: new.limits.latestEnd = change.timeText
        case .daysPerWeek: new.limits.daysPerWeek = change.count
        case .hoursPerDay: new.limits.hoursPerDay = change.count
        case .walkMinutes: new.limits.walkMinutes = change.count
        }
        return new
    }

    /// No list and an empty list are the same: no limit.
    private static func change(_ list: inout [String]?, _ change: WishChange) {
        var words: [String] = []
        if case .words(let given)? = change.value { words = given }
        var kept = list ?? []
        switch change.act {
        case .set: kept = words
        case .add: kept += words.filter { !kept.contains($0) }
        case .remove: kept.removeAll { words.contains($0) }
        case .clear: kept = []
        }
        list = kept.isEmpty ? nil : kept
    }
}

extension WishChange {
    fileprivate var isYes: Bool { value == .flag(true) && act != .clear && act != .remove }

    fileprivate var timeText: String? {
        if case .time(let text)? = value, act != .clear { text } else { nil }
    }

    fileprivate var count: Int? {
        if case .number(let number)? = value, act != .clear { number } else { nil }
    }
}

extension WishChange.Value: Codable {
    /// Reads a bare value: a list, yes or no, a number, a time, or a pay.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let words = try? container.decode([String].self) {
            self = .words(words)
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let time = try? container.decode(String.self) {
            self = .time(time)
        } else {
            self = .pay(try container.decode(Wishes.Limits.Floor.self))
        }
    }

    /// Writes the bare value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .words(let words): try container.encode(words)
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .time(let time): try container.encode(time)
        case .pay(let floor): try container.encode(floor)
        }
    }
}
