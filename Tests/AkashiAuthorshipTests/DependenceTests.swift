import AkashiKnowledge
import AkashiTesting
import Foundation
import Testing

@testable import AkashiAuthorship

@Suite("what hangs together is not multiplied")
struct DependenceTests {
    struct Row {
        let isSame: Bool
        let known: Double
        let questioned: Double
        let scores: [Double]
    }

    /// Scores of every seventh trial of the development writers: numbers, no text.
    static func rows() throws -> [Row] {
        let url = ProjectFolder.root.appending(path: "Tests/AkashiAuthorshipTests/Fixtures/scores.tsv")
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let cells = line.split(separator: "\t").compactMap { Double($0) }
            return Row(isSame: cells[0] == 1, known: cells[1], questioned: cells[2], scores: Array(cells[3...]))
        }
    }

    static func cllr(_ ratios: [(ratio: Double, isSame: Bool)]) -> Double {
        let cost = { (isSame: Bool) in
            let own = ratios.filter { $0.isSame == isSame }
            return own.reduce(0) { $0 + log1p(exp(isSame ? -$1.ratio : $1.ratio)) } / Double(own.count)
        }
        return 0.5 * (cost(true) + cost(false)) / log(2)
    }

    @Test("multiplying the scores as if they were independent is worse than saying nothing; the fusion is not")
    func naive() throws {
        let rows = try Self.rows()
        #expect(rows.count == 515)
        let fusion = try TrainedData.read(Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))).model.fusion
        let fused = Self.cllr(rows.map { (fusion.logRatio($0.scores, $0.known, $0.questioned), $0.isSame) })
        // All but the cosine are logarithms of Bayes factors by themselves.
        let naive = Self.cllr(rows.map { ($0.scores.dropLast().reduce(0, +), $0.isSame) })
        #expect(naive > 1 && fused < 0.6, "\(naive) \(fused)")
    }

    @Test("within a group the least counts, across groups from the largest alone to the product")
    func weighing() {
        let style = Finding(.style, .style, ratio: 2.3...2.3)
        let words = Finding(.sharedWords(count: 3), .style, ratio: nil)
        let place = Finding(.soonAfter(SoonAfterFinding(.refusal, hours: 3, perWeek: 2)), .place, ratio: 9...44)
        #expect(Weighing([]).ratio == 1...1)
        #expect(Weighing([style, words]).ratio == 2.3...2.3)
        let both = Weighing([style, words, place])
        #expect(both.ratio.lowerBound == 9 && abs(both.ratio.upperBound - 2.3 * 44) < 1e-9)
        #expect(both.groups == [.style, .place])
        // A second finding of one group never strengthens it.
        #expect(Weighing([style, Finding(.style, .style, ratio: 50...50)]).ratio == 2.3...2.3)
        // What speaks against pulls the lower end down.
        #expect(Weighing([Finding(.style, .style, ratio: 0.1...0.1), place]).ratio.lowerBound < 1)
    }

    @Test(
        "the band after looking is that of the worked table",
        arguments: [(1_000.0, 9.0, 2.0), (1_000, 44, 9), (100, 9, 17), (100, 44, 51), (20, 9, 52), (2, 9, 95)])
    func posterior(oneIn: Double, place: Double, percent: Double) {
        let weighing = Weighing([
            Finding(.style, .style, ratio: 2.3...2.3),
            Finding(.soonAfter(.init(.lock, hours: 1, perWeek: 1)), .place, ratio: place...place),
        ])
        let band = Prior(oneIn: oneIn...oneIn).posterior(weighing)
        #expect(abs(band.upperBound * 100 - percent) < 1)
        #expect(band.lowerBound <= band.upperBound)
    }

    @Test("Kyoto says less the more of the shop's customers live there, and with many reviews it is no wonder")
    func place() throws {
        let shares = try PlaceShares.read(Knowledge(root: ProjectFolder.root.appending(path: "Knowledge")))
        let kyoto = try #require(shares.share(of: "京都府"))
        #expect(shares.people.count == 47 && abs(kyoto - 0.0204) < 0.0002)
        let japan = PlaceFinding(prefecture: "京都府", shareOfJapan: kyoto, orders: (10, 5), seenCount: 50)
        // Without orders it may be a shop whose customers live near.
        #expect(japan.shareOfShop == nil && abs(japan.ratio.lowerBound - 3) < 0.1 && abs(japan.ratio.upperBound - 44) < 1)
        #expect(abs(japan.chanceAmongStrangers - 0.64) < 0.01)
        let local = PlaceFinding(prefecture: "京都府", shareOfJapan: kyoto, orders: (200, 60), seenCount: 10)
        #expect(local.ratio.lowerBound < 3 && local.ratio.upperBound > 40)
    }

    @Test("hours weigh nothing until many are known, and never much")
    func hours() {
        #expect(HourFinding(known: [23, 23], others: Array(0..<24), questioned: 23).ratio == nil)
        let night = HourFinding(known: Array(repeating: 2, count: 60), others: (0..<400).map { $0 % 24 }, questioned: 3)
        #expect(night.ratio == 3...3)
        let day = HourFinding(known: Array(repeating: 2, count: 60), others: (0..<400).map { $0 % 24 }, questioned: 13)
        #expect(day.ratio.map { $0.upperBound < 1 } == true)
    }

    @Test("shared words are pieces that nobody else has")
    func shared() {
        let found = SharedWords.find(
            ["あの糸目の処理はひどいと思いました", "発送は早かったです"], ["糸目の処理はひどいと聞いた", "発送は早かったです"], others: ["発送は早かったです。ありがとう"])
        #expect(found == ["糸目の処理はひどいと"])
        #expect(SharedWords.find(["短い"], ["短い"], others: []).isEmpty)
    }
}
