import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiWork
import Foundation
import HTTPTypes

/// Finding work: what she wants, postings in their order, what is under way.
struct WorkPage: Page {
    static let template = "work"
    static let title = "work.title"
    static let room = Room.work

    struct Line: Sendable {
        let path: String
        let name: String
        let about: String
        let reasons: [String]
        let asks: String?
        let warning: String?
    }

    struct File: Sendable {
        let digest: String
        let fileName: String
    }

    let wishes: [String]
    let hasWishes: Bool
    let fitting: [Line]
    let hasFitting: Bool
    let careful: [Line]
    let hasCareful: Bool
    let broken: [Line]
    let hasBroken: Bool
    let brokenCount: String
    let files: [File]
    let hasFiles: Bool
    let added: String?
    let openCount: String?
}

/// One posting: what it says, what it does not say, what speaks for and against it.
struct PostingPage: Page {
    static let template = "posting"
    static let title = "posting.title"
    static let room = Room.work

    struct Field: Sendable {
        let label: String
        let value: String
        let words: String?
    }

    let digest: String
    let index: String
    let name: String
    let employer: String
    let fields: [Field]
    let points: [Field]
    let hasPoints: Bool
    let broken: [Field]
    let hasBroken: Bool
    let asks: [String]
    let hasAsks: Bool
    let warnings: [Field]
    let hasWarnings: Bool
    let missing: [String]
    let hasMissing: Bool
    let alsoIn: String?
    let text: String
}

extension Rooms {
    func addWork(_ register: Register) {
        register(.get, "work", .owner) { visit in .page(try await work(visit)) }
        register(.post, "work/postings", .owner) { visit in
            var count = 0
            var problem: (any CodedError)?
            for file in try postingFiles(visit) {
                do { count += try await visit.desk.keepPostings(file.bytes, name: file.name) } catch let error as WorkError {
                    problem = error
                }
            }
            // One bad file among good ones does not hide what was read; alone it is said why.
            if count == 0, let problem { throw problem }
            return .go("/work?added=\(count)")
        }
        register(.post, "work/postings/record", .owner) { visit in
            guard let record = visit.form.records.first else { return .go("/work") }
            return .go("/work?added=\(try await visit.desk.keepPostings(of: record))")
        }
        register(.post, "work/postings/drop", .owner) { visit in
            if let digest = ContentDigest(hex: visit.form.text("digest")) { try await visit.desk.dropPostings(digest) }
            return .go("/work")
        }
        register(.get, "work/posting/:digest/:index", .owner) { visit in .page(try await posting(visit)) }
        addWishes(register)
        addMonth(register)
        addCareer(register)
        addCopies(register)
        addApplications(register)
        addCareerLetters(register)
    }

    private func postingFiles(_ visit: Visit) throws -> [(name: String, bytes: [UInt8])] {
        var files = visit.form.files.map { (name: $0.name, bytes: $0.bytes) }.filter { !$0.bytes.isEmpty }
        let words = visit.form.text("words")
        if !words.isEmpty { files.append((name: "posting.txt", bytes: Array(words.utf8))) }
        return files
    }

    private func work(_ visit: Visit) async throws -> WorkPage {
        let wishes = try await visit.desk.wishes()
        let postings = try await visit.desk.postings()
        let files = try await visit.desk.postingFiles()
        let lines = postings.map { item in
            (isBroken: !item.ranked.broken.isEmpty, isRed: item.findings.contains { $0.isRed }, line: Self.line(item, visit))
        }
        let wishLines = WishLines(visit).lines(wishes)
        let open = try await visit.desk.applications().count { $0.isOpen }
        let broken = lines.filter(\.isBroken).map(\.line)
        let fitting = lines.filter { !$0.isBroken && !$0.isRed }.map(\.line)
        let careful = lines.filter { !$0.isBroken && $0.isRed }.map(\.line)
        return WorkPage(
            wishes: wishLines, hasWishes: !wishLines.isEmpty, fitting: fitting, hasFitting: !fitting.isEmpty,
            careful: careful, hasCareful: !careful.isEmpty,
            broken: broken, hasBroken: !broken.isEmpty, brokenCount: String(broken.count),
            files: files.map { WorkPage.File(digest: $0.digest.hex, fileName: $0.name) }, hasFiles: !files.isEmpty,
            added: visit.asked("added").map { visit.words("work.added", ["count": String($0.prefix(6))]) },
            openCount: open > 0 ? visit.words("work.open", ["count": String(open)]) : nil)
    }

    private static func line(_ item: PostingOnDesk, _ visit: Visit) -> WorkPage.Line {
        let posting = item.posting
        let unknown = visit.words("work.unknown")
        let place =
            posting.remote?.value == .full
            ? visit.words("remote.full") : [posting.prefecture?.value, posting.city?.value].compactMap { $0 }.joined()
        let about = [
            posting.employer?.value ?? unknown, place.isEmpty ? unknown : place,
            posting.pay.map { PayText(visit).text($0.value) } ?? unknown,
        ]
        let red = item.findings.filter(\.isRed)
        let names = LimitNames(visit)
        let reasons: [String]
        if item.ranked.broken.isEmpty {
            reasons = item.ranked.points.filter { $0.value > 0 }.sorted { $0.value > $1.value }.prefix(3).map {
                visit.words("work.reason", ["about": names.point($0.about), "words": $0.words.oneLine])
            }
        } else {
            reasons = item.ranked.broken.map { names.broken($0.limit, $0.words.oneLine) }
        }
        let asks = item.ranked.unsure.map(names.name).joined(separator: visit.words("comma"))
        return WorkPage.Line(
            path: "\(visit.site.base)/work/posting/\(item.digest.hex)/\(item.index)", name: posting.title?.value ?? unknown,
            about: about.joined(separator: visit.words("work.between")), reasons: reasons,
            asks: asks.isEmpty ? nil : visit.words("work.asks", ["what": asks]),
            warning: red.isEmpty ? nil : visit.words("work.warning", ["count": String(red.count)]))
    }

    private func posting(_ visit: Visit) async throws -> PostingPage {
        let digest = visit.parameters["digest"] ?? ""
        let index = Int(visit.parameters["index"] ?? "") ?? -1
        guard let item = try await visit.desk.postings().first(where: { $0.digest.hex == digest && $0.index == index }) else {
            throw DeskError(.guideUnknown, ["name": "\(digest.prefix(8))/\(index)"])
        }
        let posting = item.posting
        let names = LimitNames(visit)
        let red = item.findings.filter(\.isRed)
        let missing = item.findings.filter { !$0.isRed && $0.kind == .missing }
        let asks = item.ranked.unsure.map { visit.words("posting.ask." + $0.rawValue) }
        func field(_ label: String, _ value: String, _ words: String? = nil) -> PostingPage.Field {
            PostingPage.Field(label: label, value: value, words: words.flatMap { $0 == value ? nil : $0 })
        }
        return PostingPage(
            digest: digest, index: String(index), name: posting.title?.value ?? visit.words("work.unknown"),
            employer: posting.employer?.value ?? "", fields: fields(posting, item, visit),
            points: item.ranked.points.map { field(names.point($0.about), $0.words.oneLine) },
            hasPoints: !item.ranked.points.isEmpty,
            broken: item.ranked.broken.map { field(names.name($0.limit), $0.words.oneLine) },
            hasBroken: !item.ranked.broken.isEmpty,
            asks: asks, hasAsks: !asks.isEmpty,
            warnings: red.map { field($0.reason[visit.language], "", $0.words.isEmpty ? nil : $0.words) },
            hasWarnings: !red.isEmpty,
            missing: missing.map { $0.reason[visit.language] }, hasMissing: !missing.isEmpty,
            alsoIn: item.alsoIn.isEmpty
                ? nil : visit.words("posting.also", ["files": item.alsoIn.joined(separator: visit.words("comma"))]),
            text: posting.text)
    }

    private func fields(_ posting: Posting, _ item: PostingOnDesk, _ visit: Visit) -> [PostingPage.Field] {
        let unknown = visit.words("work.unknown")
        func field(_ name: String, _ value: String?, _ words: String? = nil) -> PostingPage.Field {
            let words = words?.oneLine
            return PostingPage.Field(
                label: visit.words("posting.field." + name), value: value ?? unknown, words: words == value ? nil : words)
        }
        let place = [posting.prefecture?.value, posting.city?.value].compactMap { $0 }.joined()
        var fields = [
            field("employer", posting.employer?.value),
            field("place", place.isEmpty ? nil : place, posting.address?.words),
            field("pay", posting.pay.map { PayText(visit).text($0.value) }, posting.pay?.words),
            field(
                "employment", posting.employment.map { visit.words("employment." + $0.value.rawValue) }, posting.employment?.words
            ),
            field("remote", posting.remote.map { visit.words("remote." + $0.value.rawValue) }, posting.remote?.words),
            field("posted", posting.posted.flatMap { CivilDate($0.value) }.map(visit.dayText)),
        ]
        if let number = posting.corporateNumber { fields.append(field("number", number.value)) }
        if let group = item.occupation { fields.append(field("occupation", "\(group.name[visit.language])（\(group.code)）")) }
        return fields
    }
}

extension String {
    /// Without line ends, shortened.
    var oneLine: String { String(split(whereSeparator: \.isNewline).joined(separator: " ").prefix(60)) }
}

/// What is paid, in words.
struct PayText {
    private let visit: Visit
    init(_ visit: Visit) { self.visit = visit }

    /// Figures in groups of three.
    func plain(_ number: Int) -> String {
        var digits = String(number)
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
            place -= 3
        }
        return digits
    }

    func text(_ pay: Pay) -> String {
        let sum = plain(pay.least) + (pay.most.map { "〜" + plain($0) } ?? "")
        return visit.words("pay." + pay.unit.rawValue, ["yen": sum])
    }
}

/// Names of limits and points, for people.
struct LimitNames {
    private let visit: Visit
    init(_ visit: Visit) { self.visit = visit }

    func name(_ limit: RankedPosting.Limit) -> String { visit.words("limit." + limit.rawValue) }

    func broken(_ limit: RankedPosting.Limit, _ words: String) -> String {
        visit.words("work.broken-by", ["limit": name(limit), "words": words])
    }

    /// A wish is in her words; pay has a name.
    func point(_ about: String) -> String { about == "pay" ? visit.words("limit.payFloor") : about }
}
