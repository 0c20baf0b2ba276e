public import AkashiModel
import Foundation

/// What she wants of work: limits that are never broken, and wishes.
public struct Wishes: Sendable, Decodable {
    /// Limits.
    public struct Limits: Sendable, Decodable {
        /// The least that is paid.
        public struct Floor: Sendable, Decodable {
            /// For how long.
            public let unit: Pay.Unit
            /// Yen.
            public let yen: Int
        }

        /// Only there; nil for anywhere. Work that is all done from home is everywhere.
        public let prefectures: [String]?
        /// Not near these: cities, wards, stations, anything that an address holds.
        public let notCities: [String]?
        /// Only from home.
        public let remoteOnly: Bool?
        /// Not below.
        public let payFloor: Floor?
        /// No name and no face in public.
        public let noPublicName: Bool?
        /// Not at night.
        public let noNights: Bool?
    }

    /// Her name for them.
    public let id: String
    /// Limits.
    public let limits: Limits
    /// Wishes, in her words.
    public let wants: [String]

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
