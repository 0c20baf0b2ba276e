import AkashiDesk
import AkashiIntake
import AkashiKnowledge
import AkashiModel
import ArgumentParser
import Foundation

/// `akashi add PATH…`
struct AddCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Take files, folders and archives in: seal every byte, then read what is sealed.")
    @Argument(help: "Files and folders. The format is told from the bytes.")
    var paths: [String]
    @Option(
        help:
            "What the columns of these tables say: time, text, name, id, stars, url, key, kind=review or order, source=shop, dates=ymd, mdy or dmy. Asked once."
    )
    var columns: String?
    @OptionGroup var options: VaultOptions
    var global: GlobalOptions { options.global }

    func perform(_ console: Console) async throws {
        let desk = try await options.openDesk(console)
        if let columns { try await desk.explain(TableArgument.mapping(columns)) }
        let report = try await desk.add(paths.map { URL(filePath: $0) }) { progress in
            switch progress {
            case .sealing(let done, let total):
                console.progress(console.words("progress-sealing", ["done": String(done), "total": String(total)]))
            case .reading(let records): console.progress(console.words("progress-reading", ["records": String(records)]))
            }
        }
        console.endProgress()
        console.say(
            "add-sealed",
            [
                "sealed": String(report.sealedCount), "known": String(report.knownCount),
                "bytes": ByteText.text(report.sealedByteCount),
            ])
        for reading in report.readings {
            console.say(
                "add-reading",
                [
                    "importer": console.words("importer-\(reading.parser.id)"), "added": String(reading.added),
                    "known": String(reading.known),
                ])
            if reading.absent > 0 { console.say("add-absent", ["count": String(reading.absent)]) }
            if reading.renamed > 0 { console.say("add-renamed", ["count": String(reading.renamed)]) }
        }
        let problems = report.problems + report.readings.flatMap(\.problems)
        if report.problemCount > 0 { console.say("add-problems", ["count": String(report.problemCount)]) }
        for path in report.unreadable { console.line("  \(path): \(console.strings.table("problems")("source.unreadable"))") }
        for problem in problems.prefix(20) { console.line("  " + describe(problem, console)) }
        if problems.count > 20 { console.say("add-more-problems", ["count": String(problems.count - 20)]) }
        for table in report.unknownTables {
            console.say("add-unknown-table", ["path": table.path, "columns": table.columns.prefix(30).joined(separator: "、")])
        }
        if !report.unknownTables.isEmpty { console.say("add-explain-table") }
        try console.json(AddOutput(report))
    }

    private func describe(_ problem: ReadingProblem, _ console: Console) -> String {
        var place = problem.member ?? ""
        if let line = problem.line { place += ":\(line)" }
        if let offset = problem.offset, problem.line == nil { place += " @\(offset)" }
        let text = console.strings.table("problems")(problem.code)
        return place.isEmpty ? text : "\(place): \(text)"
    }
}

/// `time=日付,text=コメント,name=投稿者`
enum TableArgument {
    static func mapping(_ text: String) throws -> TableMapping {
        var mapping = TableMapping(id: "", platform: "shop", kind: "order", recognise: [])
        for pair in text.split(separator: ",") {
            guard let equals = pair.firstIndex(of: "=") else { throw CommandError(.badArgument, ["argument": "--columns"]) }
            let value = String(pair[pair.index(after: equals)...])
            var isColumn = true
            switch pair[..<equals] {
            case "time": mapping.time.append(value)
            case "text": mapping.text.append(value)
            case "name": mapping.accountName = value
            case "id": mapping.accountID = value
            case "stars": mapping.stars = value
            case "url": mapping.url = value
            case "key": mapping.key.append(value)
            case "kind": (mapping.kind, isColumn) = (value, false)
            case "source": (mapping.platform, isColumn) = (value.lowercased(), false)
            case "dates":
                guard let order = TableMapping.DateOrder(rawValue: value) else {
                    throw CommandError(.badArgument, ["argument": "--columns"])
                }
                (mapping.dateOrder, isColumn) = (order, false)
            default: throw CommandError(.badArgument, ["argument": "--columns"])
            }
            if isColumn { mapping.recognise.append(value) }
        }
        guard !mapping.recognise.isEmpty,
            mapping.platform.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
        else { throw CommandError(.badArgument, ["argument": "--columns"]) }
        // The same columns explained anew replace the old explanation.
        mapping.id = "hers-" + mapping.recognise.sorted().joined(separator: "|")
        return mapping
    }
}

/// Sizes for people.
enum ByteText {
    static func text(_ count: UInt64) -> String {
        switch count {
        case ..<1024: return "\(count) B"
        case ..<(1 << 20): return "\(count >> 10) KiB"
        case ..<(1 << 30): return "\(count >> 20) MiB"
        default: return "\(Double(count * 10 >> 30) / 10) GiB"
        }
    }
}

/// `akashi add --json`
struct AddOutput: Encodable {
    struct Reading: Encodable {
        let importer: String
        let root: String
        let added: Int
        let known: Int
        let absent: Int
        let renamed: Int
        let problemCount: Int
        let problems: [ReadingProblem]
    }

    let sealed: Int
    let sealedBytes: UInt64
    let known: Int
    let addedRecords: Int
    let unreadable: [String]
    let problems: [ReadingProblem]
    let readings: [Reading]

    init(_ report: AddReport) {
        sealed = report.sealedCount
        sealedBytes = report.sealedByteCount
        known = report.knownCount
        addedRecords = report.addedRecordCount
        unreadable = report.unreadable
        problems = report.problems
        readings = report.readings.map {
            Reading(
                importer: $0.parser.id, root: $0.root, added: $0.added, known: $0.known, absent: $0.absent,
                renamed: $0.renamed, problemCount: $0.problemCount, problems: $0.problems)
        }
    }
}
