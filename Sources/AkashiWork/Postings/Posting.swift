import AkashiText

/// Something that a posting says, with the words that it was read from. Unknown is nil and stays so.
public struct Stated<Value: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
    /// What was read.
    public let value: Value
    /// The words as they stand in the posting.
    public let words: String

    /// Takes both.
    public init(_ value: Value, _ words: String) { (self.value, self.words) = (value, words) }
}

/// What is paid for what.
public struct Pay: Sendable, Hashable, Codable {
    /// For how long.
    public enum Unit: String, Sendable, Codable, CaseIterable {
        /// An hour.
        case hour
        /// A day.
        case day
        /// A week.
        case week
        /// A month.
        case month
        /// A year.
        case year
        /// A piece of work.
        case task
    }

    /// For how long.
    public let unit: Unit
    /// Yen at the least.
    public let least: Int
    /// Yen at the most; nil where one figure is named.
    public let most: Int?

    /// Takes the parts.
    public init(_ unit: Unit, _ least: Int, _ most: Int? = nil) { (self.unit, self.least, self.most) = (unit, least, most) }

    /// Hours that a day, a week, a month and a year of work are taken to have, to compare figures: 8, 40, 160, 1920.
    public var leastAnHour: Int? {
        switch unit {
        case .hour: least
        case .day: least / 8
        case .week: least / 40
        case .month: least / 160
        case .year: least / 1_920
        case .task: nil
        }
    }
}

/// How far the work is done from home.
public enum RemoteWork: String, Sendable, Codable {
    /// All of it.
    case full
    /// Some of it.
    case partly
    /// None of it, as the posting says.
    case no
}

/// The form of employment.
public enum Employment: String, Sendable, Codable, CaseIterable {
    /// Full time, without an end.
    case fullTime = "full-time"
    /// Part time.
    case partTime = "part-time"
    /// With an end.
    case contract
    /// By an agency.
    case temporary
    /// Commissioned work.
    case freelance
}

/// A posting, as far as it says something.
public struct Posting: Sendable {
    /// The file it was read from, and which posting in it, from 0.
    public private(set) var file: String
    /// Which in its file.
    public internal(set) var index: Int
    /// What the work is called.
    public internal(set) var title: Stated<String>?
    /// Who gives it.
    public internal(set) var employer: Stated<String>?
    /// The number of the corporation, 13 digits, as it is written.
    public internal(set) var corporateNumber: Stated<String>?
    /// The prefecture.
    public internal(set) var prefecture: Stated<String>?
    /// City, ward, town or village.
    public internal(set) var city: Stated<String>?
    /// The address as it is written.
    public internal(set) var address: Stated<String>?
    /// What is paid.
    public internal(set) var pay: Stated<Pay>?
    /// Whether it is done from home.
    public internal(set) var remote: Stated<RemoteWork>?
    /// The form.
    public internal(set) var employment: Stated<Employment>?
    /// The day it was published.
    public internal(set) var posted: Stated<String>?
    /// Where to ask.
    public internal(set) var contact: Stated<String>?
    /// Where it stands on the net.
    public internal(set) var url: String?
    /// Everything else that has a name in the posting, by that name.
    public internal(set) var named: [String: String] = [:]
    /// The same by what the names mean, the first of each.
    var parts: [LabelTable.Kind: String] = [:]
    /// All of its words.
    public internal(set) var text = ""
    /// The same as it is looked through again and again, made once when it was read.
    var look = PostingLook()

    init(file: String, index: Int) { (self.file, self.index) = (file, index) }

    /// The same posting under another name of its file.
    public func inFile(_ name: String) -> Posting {
        var posting = self
        posting.file = name
        return posting
    }
}

/// What a posting is looked through by.
struct PostingLook: Sendable {
    /// Letters of one width.
    var plain = ""
    /// The same as bytes.
    var plainBytes: [UInt8] = []
    /// Where it is, letters of one width.
    var place = ""
    /// When it is; nil where it says nothing of that.
    var hours: WorkHours?
    /// Whether the pay is said to be a figure or more.
    var isPayOpen = false
    /// How it is reached.
    var access = StationAccess()
    /// The words, folded.
    var text = FoldedText("")
    /// Folded title and words as bytes.
    var titleBytes: [UInt8] = []
    /// The words.
    var textBytes: [UInt8] = []

    init() {}

    init(_ posting: Posting) {
        plain = PlainReading.plain(posting.text)
        plainBytes = Array(plain.utf8)
        place = PlainReading.plain([posting.address?.words, posting.city?.value].compactMap { $0 }.joined(separator: " "))
        hours = WorkHours(plain)
        if let pay = posting.pay, pay.value.most == nil {
            let words = PlainReading.plain(pay.words)
            isPayOpen = ["以上", "~", "から"].contains { words.contains($0) }
        }
        // What stands under a name of its own is named again before it.
        let named = posting.named.filter { $0.key.contains("最寄") }.sorted { $0.key < $1.key }
        access = StationAccess(named.map { "最寄り駅:\(PlainReading.plain($0.value))\n" }.joined() + plain)
        text = FoldedText(posting.text)
        titleBytes = Array(FoldedText(posting.title?.value ?? "").text.utf8)
        textBytes = Array(text.text.utf8)
    }
}

/// A place in a file that could not be read.
public struct PostingProblem: Sendable, Hashable {
    /// The file.
    public let file: String
    /// What is wrong: `json`, `unknown`, `empty`, `pdf`.
    public let code: String

    /// Takes both.
    public init(file: String, code: String) { (self.file, self.code) = (file, code) }
}
