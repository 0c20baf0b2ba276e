public import AkashiKnowledge
import AkashiText
import Foundation

/// A posting laid beside her wishes.
public struct RankedPosting: Sendable {
    /// A limit.
    public enum Limit: String, Sendable, CaseIterable {
        /// The place.
        case prefectures
        /// A place that she stays away from.
        case notCities
        /// From home.
        case remoteOnly
        /// Pay.
        case payFloor
        /// Name and face.
        case noPublicName
        /// Nights.
        case noNights
        /// City, ward, town or village.
        case cities
        /// Saturdays and Sundays.
        case noWeekends
        /// When it begins.
        case earliestStart
        /// When it ends.
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
    }

    /// Something that speaks for or against it, with the words it came from.
    public struct Point: Sendable, Hashable {
        /// The wish, or a field.
        public let about: String
        /// What it counts.
        public let value: Double
        /// Words of the posting.
        public let words: String
    }

    /// The posting.
    public let posting: Posting
    /// Limits that it breaks, with the words that say so.
    public let broken: [(limit: Limit, words: String)]
    /// Limits of which it says nothing: to be asked about before anything is sent.
    public let unsure: [Limit]
    /// What counts.
    public let points: [Point]
    /// Fields that it does not name.
    public let missing: [String]

    /// The sum of its points.
    public var score: Double { points.reduce(0) { $0 + $1.value } }

    /// The score less what is not said.
    var rankingScore: Double { unsure.reduce(score) { $0 - ($1 == .remoteOnly ? 2 : 0.5) } }
}

/// Puts postings in order: those that keep every limit first, then those that say too little; those that break one are not offered.
public struct PostingRanker: Sendable {
    private struct Words: Decodable {
        let publicName: [String]
        let notPublicName: [String]
        let nights: [String]
        let notNights: [String]
        let car: [String]
        let notCar: [String]
        let alike: [[String]]
    }

    private let words: Words
    private let alike: [String: [String]]
    private let publicName: (some: WordFinder, others: WordFinder)
    private let nights: (some: WordFinder, others: WordFinder)
    private let car: (some: WordFinder, others: WordFinder)

    /// Reads the words by which a posting shows a name or asks for nights, and words that mean nearly the same.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) {
        let words: Words = try knowledge.yaml("work/wishes.yaml")
        self.words = words
        var alike: [String: [String]] = [:]
        for group in words.alike { for word in group { alike[word, default: []] += group.map { FoldedText($0).text } } }
        self.alike = alike
        publicName = (WordFinder(words.publicName), WordFinder(words.notPublicName))
        nights = (WordFinder(words.nights), WordFinder(words.notNights))
        car = (WordFinder(words.car), WordFinder(words.notCar))
    }

    /// All postings, the best first; those that break a limit at the end.
    public func rank(_ postings: [Posting], _ wishes: Wishes) -> [RankedPosting] {
        var forms: [String] = []
        var ranges: [Range<Int>] = []
        for want in wishes.wants {
            let start = forms.count
            forms += [FoldedText(want).text] + (alike[want] ?? [])
            ranges.append(start..<forms.count)
        }
        let finder = WordFinder(forms)
        let finds = postings.map { (title: finder.find(in: $0.look.titleBytes), text: finder.find(in: $0.look.textBytes)) }
        let wants = zip(wishes.wants, ranges).map { name, range -> Want in
            let having = finds.count { find in range.contains { find.title?[$0] == true || find.text?[$0] == true } }
            // What few postings have says more than what nearly all say.
            return Want(
                name: name, range: range, forms: range.map { Array(forms[$0].unicodeScalars) },
                weight: 0.3 + log(Double(postings.count + 1) / Double(having + 1)))
        }
        let ranked = zip(postings, finds).map { judge($0, $1, wishes.limits, wants) }
        // Places and scores are sorted, not the postings, which are large.
        let keys = ranked.map { (breaks: !$0.broken.isEmpty, score: $0.rankingScore) }
        return ranked.indices.sorted { one, other in
            if keys[one].breaks != keys[other].breaks { return keys[other].breaks }
            // What is not said weighs as half a wish; not a word of home, where home is a must, as two.
            if keys[one].score != keys[other].score { return keys[one].score > keys[other].score }
            let (left, right) = (ranked[one].posting, ranked[other].posting)
            return (left.file, left.index) < (right.file, right.index)
        }.map { ranked[$0] }
    }

    private struct Want {
        let name: String
        /// Its forms among all that are looked for.
        let range: Range<Int>
        let forms: [[Unicode.Scalar]]
        let weight: Double
    }

    private typealias Find = (title: [Bool]?, text: [Bool]?)

    private func judge(_ posting: Posting, _ find: Find, _ limits: Wishes.Limits, _ wants: [Want]) -> RankedPosting {
        var check = LimitCheck(posting)
        check.place(limits)
        check.travel(limits)
        check.pay(limits)
        check.hours(limits)
        let bytes = posting.look.plainBytes
        if limits.noPublicName == true, let place = Self.found(publicName.some, unless: publicName.others, bytes) {
            check.broken.append((.noPublicName, words.publicName[place]))
        }
        if limits.noNights == true, let place = Self.found(nights.some, unless: nights.others, bytes) {
            check.broken.append((.noNights, words.nights[place]))
        }
        if limits.noCar == true, let place = Self.found(car.some, unless: car.others, bytes) {
            check.broken.append((.noCar, words.car[place]))
        }
        return RankedPosting(
            posting: posting, broken: check.broken, unsure: check.unsure, points: points(posting, find, limits, wants),
            missing: Self.missing(posting))
    }

    /// Which word is there and is not taken back in the same sentence.
    private static func found(_ some: WordFinder, unless others: WordFinder, _ bytes: [UInt8]) -> Int? {
        // Most postings have none of the words at all.
        guard some.find(in: bytes) != nil else { return nil }
        for line in sentences(bytes) {
            guard let place = some.find(in: line)?.firstIndex(of: true), others.find(in: line) == nil else { continue }
            return place
        }
        return nil
    }

    /// The bytes between line ends and 。 (E3 80 82).
    private static func sentences(_ bytes: [UInt8]) -> [[UInt8]] {
        var sentences: [[UInt8]] = []
        var start = 0
        for place in bytes.indices {
            let isStop = place >= start + 2 && bytes[place] == 0x82 && bytes[place - 1] == 0x80 && bytes[place - 2] == 0xE3
            guard isStop || bytes[place] == 0x0A else { continue }
            sentences.append(Array(bytes[start..<place]))
            start = place + 1
        }
        return sentences + [Array(bytes[start...])]
    }

    private func points(_ posting: Posting, _ find: Find, _ limits: Wishes.Limits, _ wants: [Want]) -> [RankedPosting.Point] {
        var points: [RankedPosting.Point] = []
        for want in wants {
            if want.range.contains(where: { find.title?[$0] == true }) {
                points.append(.init(about: want.name, value: 2 * want.weight, words: posting.title?.value ?? ""))
            } else if let place = want.range.first(where: { find.text?[$0] == true }) {
                let form = want.forms[place - want.range.lowerBound]
                points.append(
                    .init(about: want.name, value: want.weight, words: Self.around(form, posting.look.text, posting.text)))
            }
        }
        if let floor = limits.payFloor, let pay = posting.pay,
            let least = LimitCheck.comparable(pay.value, floor.unit, most: false)
        {
            let share = Double(least - floor.yen) / Double(max(1, floor.yen))
            points.append(.init(about: "pay", value: max(-0.3, min(0.3, share)), words: pay.words))
        }
        return points
    }

    /// Letters around a find.
    private static func around(_ form: [Unicode.Scalar], _ folded: FoldedText, _ text: String) -> String {
        guard let range = folded.firstRange(of: form) else { return "" }
        let bytes = Array(text.utf8)
        var start = folded.offsets[max(0, range.lowerBound - 8)]
        var end = folded.offsets[min(folded.offsets.count - 1, range.upperBound + 8)]
        start = min(start, bytes.count)
        end = max(start, min(end, bytes.count))
        return String(decoding: bytes[start..<end], as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func missing(_ posting: Posting) -> [String] {
        var missing: [String] = []
        if posting.title == nil { missing.append("title") }
        if posting.employer == nil { missing.append("employer") }
        if posting.address == nil, posting.remote?.value != .full { missing.append("place") }
        if posting.pay == nil { missing.append("pay") }
        if posting.employment == nil { missing.append("employment") }
        if posting.remote == nil { missing.append("remote") }
        return missing
    }
}
