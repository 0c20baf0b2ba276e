import AkashiIntake
import AkashiModel
import AkashiTesting
import Foundation
import Testing

/// A folder under Cases: the bytes of an export and what must be read from it.
struct LineCase: CustomTestStringConvertible, Sendable {
    let name: String

    static let folder = ProjectFolder.root.appending(path: "Importers/LineTalk/Cases")
    static let all: [LineCase] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().map { LineCase(name: $0) }
    }()

    var testDescription: String { name }

    func bytes() throws -> [UInt8] { Array(try Data(contentsOf: file("input.txt"))) }

    /// The name that the file is said to have.
    func fileName() throws -> String {
        guard FileManager.default.fileExists(atPath: file("name.txt").path) else { return "みほん.txt" }
        let text = String(decoding: try Data(contentsOf: file("name.txt")), as: UTF8.self)
        return String(text.prefix { !$0.isNewline })
    }

    func reading() throws -> LineReading { try LineReading(bytes(), name: fileName()) }

    func expected() throws -> LineExpectation {
        try JSONDecoder().decode(LineExpectation.self, from: try Data(contentsOf: file("expected.json")))
    }

    private func file(_ part: String) -> URL { Self.folder.appending(path: name).appending(path: part) }
}

/// What stands in `expected.json`.
struct LineExpectation: Codable {
    struct Record: Codable {
        /// RFC 3339 in UTC.
        let time: String?
        let literal: String?
        let who: String?
        let kind: String
        let text: String
        let remarks: [String]
        let details: [String: String]
    }

    struct Problem: Codable {
        let code: String
        let line: Int?
    }

    let scope: String
    let exportedAt: String?
    let problems: [Problem]
    let records: [Record]
}

@Suite("LINE の書き出しの例")
struct LineTalkCasesTests {
    @Test("例がそろっている")
    func casesArePresent() {
        #expect(LineCase.all.count >= 20)
    }

    @Test("例のとおりに読む", arguments: LineCase.all)
    func readsAsExpected(_ example: LineCase) throws {
        let expected = try example.expected()
        let reading = try example.reading()
        #expect(reading.claimCount == 1)
        #expect(reading.report.scopes.map(\.scope) == [expected.scope])
        #expect(reading.report.scopes.first?.exportedAt?.instant.utcText == expected.exportedAt)
        #expect(reading.report.scopes.first?.count == expected.records.count)
        #expect(reading.report.scopes.first?.isComplete == true)
        #expect(reading.report.problems.map(\.code) == expected.problems.map(\.code))
        #expect(reading.report.problems.map(\.line) == expected.problems.map(\.line))
        #expect(reading.records.count == expected.records.count)
        for (index, (record, wanted)) in zip(reading.records, expected.records).enumerated() {
            let place: Comment = "record \(index + 1)"
            #expect(record.claimedTime?.instant.utcText == wanted.time, place)
            #expect(bytes(record.claimedTime?.literal) == bytes(wanted.literal), place)
            #expect(bytes(record.account?.displayName) == bytes(wanted.who), place)
            #expect(record.kind.name == wanted.kind, place)
            #expect(bytes(record.text) == bytes(wanted.text), place)
            #expect(record.remarks.map(\.code) == wanted.remarks, place)
            #expect(record.details == wanted.details, place)
        }
    }

    @Test("どの記録も、元のバイトの場所と要約値を持つ", arguments: LineCase.all)
    func locatorsHold(_ example: LineCase) throws {
        let reading = try example.reading()
        for record in reading.records {
            let slice = try #require(reading.slice(record))
            #expect(SliceDigest.of(slice) == record.source.digest)
            #expect(record.source.object == reading.member.object)
            let end = Int(record.source.offset) + slice.count
            #expect(end == reading.bytes.count || [10, 13].contains(reading.bytes[end]))
        }
        #expect(Set(reading.keys).count == reading.records.count)
    }

    @Test("二度読んでも同じ", arguments: LineCase.all)
    func readsTheSameTwice(_ example: LineCase) throws {
        let first = try example.reading()
        let second = try example.reading()
        #expect(first.records == second.records)
        #expect(first.report == second.report)
    }

    @Test("こわれたバイトでも止まらず、場所は正しい", arguments: LineCase.all)
    func survivesDamage(_ example: LineCase) throws {
        let whole = try example.bytes()
        let name = try example.fileName()
        for seed in 1...300 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var bytes = whole
            Mutation.apply(to: &bytes, using: &generator)
            let reading = try LineReading(bytes, name: name)
            for record in reading.records {
                let slice = try #require(reading.slice(record), "seed \(seed)")
                #expect(SliceDigest.of(slice) == record.source.digest, "seed \(seed)")
            }
            #expect(reading.report.scopes.first?.count == reading.records.count, "seed \(seed)")
            #expect(Set(reading.keys).count == reading.records.count, "seed \(seed)")
        }
    }

    /// Bytes, because String takes か followed by a combining mark for が.
    private func bytes(_ text: String?) -> [UInt8]? { text.map { Array($0.utf8) } }
}
