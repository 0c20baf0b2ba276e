import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiProof
import AkashiVault
import AkashiVerifying
import ArgumentParser
import Foundation

/// `akashi demo`
struct DemoCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "The whole job on the demo case. Everything in it is invented.")
    @Option(help: "A new or empty folder for the demo's files, vault and dossier.") var to: String?
    @Flag(help: "Only do the job and print what was done.") var headless = false
    @Option(help: "The desk's port; 0 for any free one.") var port = 0
    @Flag(help: "Print the desk's address, and open no browser.") var noBrowser = false
    @OptionGroup var global: GlobalOptions

    func perform(_ console: Console) async throws {
        let folder = try to.map { URL(filePath: $0) } ?? Self.freshFolder()
        guard ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).isEmpty else {
            throw VaultError(.folderNotEmpty)
        }
        var run = DemoRun(folder: folder, console: console)
        try await run.perform()
        try console.json(run.output)
        guard run.output.vaultIntact, run.output.dossierConsistent else { throw ExitCode(ProgramExit.broken.rawValue) }
        guard !headless, !console.isJSON else { return }
        console.say("demo-look", ["folder": folder.path])
        try await DeskCommand.serve(
            folder.appending(path: "vault"), port: port, language: global.language, opensBrowser: !noBrowser, console)
    }
}

extension DemoCommand {
    private static func freshFolder() throws -> URL {
        var template = Array(FileManager.default.temporaryDirectory.appending(path: "akashi-demo-XXXXXX").path.utf8CString)
        guard mkdtemp(&template) != nil else { throw VaultError(.notWritable) }
        return URL(filePath: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
}

/// One run of the demo, step by step, each with its time.
private struct DemoRun {
    struct Output: Encodable {
        struct Step: Encodable {
            let name: String
            let milliseconds: Int
        }
        var folder: String
        var items = 0
        var sealed = 0
        var records = 0
        var problems = 0
        var exhibits = 0
        var stamped = false
        var vaultIntact = false
        var dossierConsistent = false
        var steps: [Step] = []
    }

    let folder: URL
    let console: Console
    var output: Output
    private let clock = ContinuousClock()

    init(folder: URL, console: Console) {
        self.folder = folder
        self.console = console
        output = Output(folder: folder.path)
    }

    mutating func perform() async throws {
        let environment = try DeskEnvironment.live()
        let vaultPath = folder.appending(path: "vault").path
        let sources = folder.appending(path: "sources")
        let demo = try DemoCase(environment.knowledge)
        output.items = demo.itemCount
        try await step("demo-sources", ["items": String(demo.itemCount)]) { try demo.writeSources(to: sources) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let desk = try await step("demo-vault") {
            try Desk.create(at: vaultPath, passphrase: nil, environment: environment)
        }
        let report = try await step("demo-add") { try await desk.add([sources]) }
        output.sealed = report.sealedCount
        output.records = report.addedRecordCount
        output.problems = report.problemCount
        console.say(
            "demo-added",
            [
                "sealed": String(report.sealedCount), "records": String(report.addedRecordCount),
                "problems": String(report.problemCount),
            ])
        let caseID = try await step("demo-casework") { try await demo.enterCasework(into: desk) }
        try await demo.enterWork(into: desk)
        // What the desk would ask first: the demo's device is seen by nobody else.
        try await desk.choose("device", "no")
        try await desk.choose("discreet", "off")
        if let authority = try DemoAuthority(folder: folder.appending(path: "authority"), knowledge: environment.knowledge) {
            try await step("demo-stamp") {
                try await desk.addAuthority(authority.description)
                _ = try await desk.sendStamps()
            }
            output.stamped = true
            authority.stop()
        } else {
            console.say("demo-no-authority")
        }
        var request = DossierRequest(caseID: caseID)
        request.receiver = console.words("demo-receiver")
        let made = try await step("demo-dossier") { try await desk.makeDossier(request) }
        try Desk.write(made.files, to: folder.appending(path: "dossier"))
        output.exhibits = made.exhibits.count
        let check = await step("demo-verify") { await desk.verify() }
        output.vaultIntact = check.isIntact
        VerifyText.print(check, console)
        let dossierFolder = folder.appending(path: "dossier")
        let dossier = try await step("demo-verify-dossier") {
            try await DossierReport(folder: dossierFolder, previous: nil, fingerprint: nil)
        }
        output.dossierConsistent = dossier.verification.isConsistent
        console.line(dossier.lines(console.strings).first ?? "")
        console.say("demo-done", ["folder": folder.path])
    }

    private mutating func step<Value>(
        _ name: String, _ arguments: [String: String] = [:], _ work: () async throws -> Value
    ) async rethrows -> Value {
        let start = clock.now
        let value = try await work()
        let taken = clock.now - start
        let milliseconds = Int(taken.components.seconds * 1000 + taken.components.attoseconds / 1_000_000_000_000_000)
        output.steps.append(Output.Step(name: name, milliseconds: milliseconds))
        console.line("\(console.words(name, arguments))  \(milliseconds) ms")
        return value
    }
}
