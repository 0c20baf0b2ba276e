import AkashiDocuments
import AkashiKnowledge
import AkashiMedia
import AkashiModel
import AkashiWork
import ArgumentParser
import Foundation

/// `akashi work …`
struct WorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "Look at job postings that you saved. It fetches none, and reads no vault.",
        subcommands: [Rank.self, Check.self, Wish.self, Papers.self, Bench.self])

    /// Every posting of a folder, in the order of names.
    private static func postings(_ folder: String, _ knowledge: Knowledge) throws -> (
        postings: [Posting], problems: [PostingProblem]
    ) {
        let root = URL(filePath: folder).standardizedFileURL
        guard let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isRegularFileKey]) else {
            throw WorkError(.folderUnreadable)
        }
        let reader = try PostingReader(knowledge)
        var paths: [String] = []
        for case let file as URL in files where (try? file.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true {
            paths.append(String(file.standardizedFileURL.path.dropFirst(root.path.count).drop { $0 == "/" }))
        }
        guard !paths.isEmpty else { throw WorkError(.folderUnreadable) }
        var postings: [Posting] = []
        var problems: [PostingProblem] = []
        for path in paths.sorted() {
            guard let content = FileManager.default.contents(atPath: root.appending(path: path).path) else { continue }
            var bytes = Array(content)
            if bytes.starts(with: Array("%PDF".utf8)) {
                guard let pages = try? PDFReading.pages(bytes) else {
                    problems.append(PostingProblem(file: path, code: "pdf"))
                    continue
                }
                bytes = Array(pages.joined(separator: "\n").utf8)
            }
            let read = reader.read(bytes, file: path)
            postings += read.postings
            problems += read.problems
        }
        return (postings, problems)
    }

    /// What was read of a posting.
    private struct Fields: Encodable {
        let title: String?
        let employer: String?
        let corporateNumber: String?
        let prefecture: String?
        let city: String?
        let payUnit: String?
        let payMin: Int?
        let payMax: Int?
        let remote: String?
        let employment: String?
        let posted: String?

        init(_ posting: Posting) {
            title = posting.title?.value
            employer = posting.employer?.value
            corporateNumber = posting.corporateNumber?.value
            prefecture = posting.prefecture?.value
            city = posting.city?.value
            payUnit = posting.pay?.value.unit.rawValue
            payMin = posting.pay?.value.least
            payMax = posting.pay.map { $0.value.most ?? $0.value.least }
            remote = posting.remote?.value.rawValue
            employment = posting.employment?.value.rawValue
            posted = posting.posted?.value
        }
    }

    private static func print(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Swift.print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    struct Rank: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "rank", abstract: "Put postings in the order of your wishes, with the words that each point comes from.",
            discussion: """
                Wishes: {"id", "limits": {...}, "wants": [words]}, or a list of them. Limits: "prefectures", "cities", "notCities", "stations" \
                (lists), "walkMinutes", "daysPerWeek", "hoursPerDay" (numbers), "earliestStart", "latestEnd" ("10:00"), "payFloor": {"unit", \
                "yen"}, "remoteOnly", "noCar", "noPublicName", "noNights", "noWeekends" (true). Another name of a limit is told on standard error. Limits are never broken: what breaks one stands last, with "broken"; what does not say \
                is marked "unsure", to be asked about first. Out, a posting on each line, the best first: {"wishes", "rank", "file", "index", \
                "fields", "score", "points", "broken", "unsure", "missing"}.
                """)
        @Option(help: "The folder of saved pages, feeds, tables and sheets.") var postings: String
        @Option(help: "Your wishes, a file in JSON.") var wishes: String
        @OptionGroup var global: GlobalOptions

        private struct Output: Encodable {
            struct Point: Encodable {
                let about: String
                let value: Double
                let words: String
            }
            struct Broken: Encodable {
                let limit: String
                let words: String
            }
            let wishes: String
            let rank: Int?
            let file: String
            let index: Int
            let fields: Fields
            let score: Double
            let points: [Point]
            let broken: [Broken]
            let unsure: [String]
            let missing: [String]
        }

        func perform(_ console: Console) async throws {
            let knowledge = Knowledge(root: try KnowledgeLocation.find())
            guard let bytes = FileManager.default.contents(atPath: wishes) else { throw WorkError(.wishesUnreadable) }
            for name in Wishes.unknownLimits(Array(bytes)) { console.warn("work.limit-unknown", ["name": name]) }
            let (found, _) = try WorkCommand.postings(postings, knowledge)
            let ranker = try PostingRanker(knowledge)
            for wishes in try Wishes.all(Array(bytes)) {
                for (number, ranked) in ranker.rank(found, wishes).enumerated() {
                    guard global.json else {
                        if ranked.broken.isEmpty {
                            Swift.print("\(number + 1)\t\(ranked.posting.title?.value ?? "-")\t\(ranked.posting.file)")
                        }
                        continue
                    }
                    try WorkCommand.print(
                        Output(
                            wishes: wishes.id, rank: ranked.broken.isEmpty ? number + 1 : nil, file: ranked.posting.file,
                            index: ranked.posting.index, fields: Fields(ranked.posting),
                            score: (ranked.score * 1_000).rounded() / 1_000,
                            points: ranked.points.map {
                                .init(about: $0.about, value: ($0.value * 1_000).rounded() / 1_000, words: $0.words)
                            },
                            broken: ranked.broken.map { .init(limit: $0.limit.rawValue, words: $0.words) },
                            unsure: ranked.unsure.map(\.rawValue), missing: ranked.missing))
                }
            }
        }
    }

    struct Wish: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "wish", abstract: "Say what a sentence changes of wishes, and what they are then. Nothing is kept.",
            discussion: "Out: {\"changes\": [{\"act\", \"field\", \"value\"}], \"wishes\"}.")
        @Argument(help: "The sentence, such as: 足立区は避けたい。時給1200円は欲しい") var sentence: String
        @Option(help: "Your wishes so far, a file in JSON.") var wishes: String?
        @OptionGroup var global: GlobalOptions

        private struct Output: Encodable {
            let changes: [WishChange]
            let wishes: Wishes
        }

        func perform(_ console: Console) async throws {
            let reader = try WishReader(Knowledge(root: try KnowledgeLocation.find()))
            var now = Wishes()
            if let wishes {
                guard let bytes = FileManager.default.contents(atPath: wishes) else { throw WorkError(.wishesUnreadable) }
                now = try Wishes.all(Array(bytes)).first ?? now
            }
            let changes = reader.changes(in: sentence)
            for change in changes { now = now.changed(by: change) }
            try WorkCommand.print(Output(changes: changes, wishes: now))
        }
    }

    struct Papers: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "papers",
            abstract:
                "Lay a career out as 履歴書 and 職務経歴書: PDF to print, Word to change. Drafts without a mark; copies are made in the desk.",
            discussion: "The career: a file of JSON Resume, or of the desk's own form.")
        @Option(help: "The career, a file in JSON.") var career: String
        @Option(help: "What they may know: L0 no address, L1 the town, L2 everything.") var level = "L0"
        @Flag(help: "Years of the Japanese era.") var era = false
        @Option(help: "The day on the papers, as 2026-11-29.") var day: String
        @Option(help: "The folder to write to.") var to: String
        @OptionGroup var global: GlobalOptions

        func perform(_ console: Console) async throws {
            let knowledge = Knowledge(root: try KnowledgeLocation.find())
            guard let bytes = FileManager.default.contents(atPath: career).map(Array.init) else {
                throw WorkError(.resumeUnreadable)
            }
            let foreign = try? JSONResume.read(bytes)
            let resume = try foreign ?? Resume(kept: bytes)
            guard let level = PrivacyLevel(rawValue: level), let date = CivilDate(day) else {
                throw ValidationError("--level L0|L1|L2, --day 2026-11-29")
            }
            let renderer = try CareerRenderer(knowledge)
            let sheet = ResumeSheet(resume, on: date, level, era ? .era : .western, renderer.substitutes)
            let papers = try CareerPaper.allCases.map { try renderer.render($0, sheet, mark: nil) }
            let folder = URL(filePath: to)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (name, bytes) in try await CareerRenderer.files(papers) {
                try Data(bytes).write(to: folder.appending(path: name), options: .atomic)
                Swift.print(name)
            }
        }
    }

    /// For `scripts/bench`: how long ranking alone takes, postings repeated up to a count.
    struct Bench: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "bench", shouldDisplay: false)
        @Option var postings: String
        @Option var wishes: String
        @Option var count = 10_000
        @OptionGroup var global: GlobalOptions

        func perform(_ console: Console) async throws {
            let knowledge = Knowledge(root: try KnowledgeLocation.find())
            guard let bytes = FileManager.default.contents(atPath: wishes), let wishes = try Wishes.all(Array(bytes)).first else {
                throw WorkError(.wishesUnreadable)
            }
            let (found, _) = try WorkCommand.postings(postings, knowledge)
            let many = (0..<count).map { found[$0 % found.count] }
            let ranker = try PostingRanker(knowledge)
            let clock = ContinuousClock()
            let took = clock.measure { _ = ranker.rank(many, wishes) }
            Swift.print(Double(took.components.seconds) * 1_000 + Double(took.components.attoseconds) / 1e15)
        }
    }

    struct Check: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract:
                "Look postings over: what the law wants said, signs of lures, corporate numbers. It never says that one is safe.",
            discussion: """
                Out, a posting on each line: {"file", "index", "fields", "isUnsafe", "findings": [{"kind": "missing"|"lure"|"number", "id", \
                "words", "reason", "isRed"}]}.
                """)
        @Option(help: "The folder of saved pages, feeds, tables and sheets.") var postings: String
        @OptionGroup var global: GlobalOptions

        private struct Output: Encodable {
            struct Finding: Encodable {
                let kind: String
                let id: String
                let words: String
                let reason: String
                let isRed: Bool
            }
            let file: String
            let index: Int
            let fields: Fields
            let isUnsafe: Bool
            let findings: [Finding]
        }

        func perform(_ console: Console) async throws {
            let knowledge = Knowledge(root: try KnowledgeLocation.find())
            let (found, _) = try WorkCommand.postings(postings, knowledge)
            let checker = try PostingChecker(knowledge)
            for posting in found {
                let findings = checker.check(posting)
                let isUnsafe = findings.contains(where: \.isRed)
                guard global.json else {
                    Swift.print("\(posting.file)\t\(posting.title?.value ?? "-")")
                    for finding in findings where finding.isRed || !isUnsafe {
                        Swift.print("  \(finding.isRed ? "!" : "-") \(finding.reason[global.language]) \(finding.words)")
                    }
                    continue
                }
                try WorkCommand.print(
                    Output(
                        file: posting.file, index: posting.index, fields: Fields(posting), isUnsafe: isUnsafe,
                        findings: findings.map {
                            .init(
                                kind: $0.kind.rawValue, id: $0.id, words: $0.words, reason: $0.reason[global.language],
                                isRed: $0.isRed)
                        }))
            }
        }
    }
}
