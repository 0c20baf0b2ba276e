import AkashiTesting
import Foundation
import Testing

@Suite("architecture")
struct ArchitectureTests {
    /// Modules that come with the compiler.
    private static let system: Set<String> = [
        "Foundation", "FoundationNetworking", "Testing", "Synchronization", "Dispatch", "Glibc", "System", "SystemPackage",
    ]

    @Test("a target imports what it declares, and declares what it imports")
    func importsAreDeclared() throws {
        let package = try PackageDump.load()
        #expect(package.targets.count > 20)
        for target in package.targets where target.type != "system-target" {
            let allowed = Set(target.allowed)
            var used: Set<String> = []
            for file in SourceFile.all(in: [target.folder]) {
                for line in file.lines where line.contains("import ") {
                    guard
                        let match = line.wholeMatch(
                            of: /(?:@\w+ )*(?:public |internal |package )?import (?:struct |func |enum )?(\w+)(?:\.\w+)*/)
                    else { continue }
                    used.insert(String(match.1))
                    let isFine = allowed.contains(String(match.1)) || Self.system.contains(String(match.1))
                    #expect(
                        isFine, "\(file.path) imports \(match.1): declare it for \(target.name) in Package.swift, or leave it out"
                    )
                }
            }
            let isOurs = target.type != "test" && target.name != "AkashiTesting" && !used.isEmpty
            for name in allowed.subtracting(used).sorted() where isOurs && !name.hasPrefix("C") {
                Issue.record("\(target.name) declares \(name) in Package.swift and never imports it")
            }
        }
    }

    @Test("ARCHITECTURE.md names every target, and imports go down its levels only")
    func levels() throws {
        let text = try String(contentsOf: ProjectFolder.root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
        var level: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            guard let match = line.wholeMatch(of: /\ {4}(\d)\ {2}(.*)/), let number = Int(match.1) else { continue }
            for name in match.2.matches(of: /[\w\-\/*]+/) { level[String(name.output)] = number }
        }
        let package = try PackageDump.load()
        func levelOf(_ name: String) -> Int? { name.hasSuffix("Importer") ? level["Importers/*"] : level[name] }
        for target in package.targets where ["regular", "executable"].contains(target.type) && target.name != "AkashiTesting" {
            guard !target.name.hasPrefix("C") else { continue }
            guard let own = levelOf(target.name) else {
                Issue.record("ARCHITECTURE.md has no level for \(target.name)")
                continue
            }
            for name in target.allowed {
                guard !name.hasPrefix("C"), let other = levelOf(name) else { continue }
                #expect(other < own, "\(target.name) (level \(own)) must not use \(name) (level \(other))")
            }
        }
    }

    /// What makes a program differ from run to run or reach outside, and the only files that may use it.
    private static let banned: [(call: String, allowed: @Sendable (SourceFile) -> Bool)] = [
        ("Date()", { $0.name.hasPrefix("Live") }), ("UUID()", { _ in false }), (".random(in:", { _ in false }),
        ("SystemRandomNumberGenerator", { $0.name.hasPrefix("Live") }), ("URLSession", { $0.name.hasPrefix("Live") }),
        ("ProcessInfo", { $0.name.hasPrefix("Live") || $0.name == "KnowledgeLocation.swift" }), ("Bundle.module", { _ in false }),
        ("fatalError(", { _ in false }), ("try!", { _ in false }), ("Task.detached", { _ in false }),
        ("TimeZone.current", { _ in false }), ("Locale.current", { _ in false }),
    ]

    @Test("clock, chance, network and the process are used in their own files only")
    func bannedCalls() {
        for file in SourceFile.all(in: ["Sources", "Importers"]) where !file.path.contains("/Tests/") {
            guard !file.path.hasPrefix("Sources/AkashiTesting") else { continue }
            for (number, line) in file.lines.enumerated() where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                for (call, allowed) in Self.banned where line.contains(call) && !allowed(file) {
                    Issue.record("\(file.path):\(number + 1) uses \(call): take it from the environment that is handed in")
                }
            }
        }
    }

    @Test("unchecked promises to the compiler say why they are safe")
    func safetyComments() {
        for file in SourceFile.all(in: ["Sources", "Importers"]) {
            for (number, line) in file.lines.enumerated()
            where ["@unchecked Sendable", "nonisolated(unsafe)", "@preconcurrency"].contains(where: { line.contains($0) }) {
                let before = file.lines[max(0, number - 4)...number].joined()
                #expect(before.contains("SAFETY:"), "\(file.path):\(number + 1) needs a SAFETY: comment above it")
            }
        }
    }

    @Test("files have at most 400 lines, functions at most 60")
    func sizes() {
        for file in SourceFile.all(in: ["Sources", "Importers"]) {
            #expect(file.lines.count <= 400, "\(file.path) has \(file.lines.count) lines")
            var start: (line: Int, indent: Int, name: Substring)?
            for (number, line) in file.lines.enumerated() {
                let indent = line.prefix { $0 == " " }.count
                if let open = start {
                    guard indent == open.indent, line.dropFirst(indent).hasPrefix("}") else { continue }
                    let length = number - open.line + 1
                    #expect(length <= 60, "\(file.path):\(open.line + 1) is \(length) lines long: \(open.name)")
                    start = nil
                } else if line.contains("func ") || line.contains("init"), line.firstMatch(of: /\b(func |init[?(<])/) != nil,
                    !line.hasSuffix("}"), !line.contains("//")
                {
                    start = (number, indent, line.dropFirst(indent))
                }
            }
        }
    }

    @Test("templates escape everything: no triple mustache, no unescaped mark")
    func templatesEscape() {
        for file in SourceFile.all(in: ["Knowledge"], ending: ".mustache") where !file.path.contains(".txt.") {
            for (number, line) in file.lines.enumerated() where line.contains("{{{") || line.contains("{{&") {
                Issue.record("\(file.path):\(number + 1) prints something unescaped")
            }
        }
    }

    @Test("documents name no file that is not there")
    func links() throws {
        let documents =
            SourceFile.all(in: ["docs"], ending: ".md")
            + ["README.md", "README.ja.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"].compactMap { name in
                (try? String(contentsOf: ProjectFolder.root.appending(path: name), encoding: .utf8))
                    .map { SourceFile(path: name, text: $0) }
            }
        #expect(documents.count > 8)
        for document in documents {
            let folder = ProjectFolder.root.appending(path: document.path).deletingLastPathComponent()
            for match in document.text.matches(of: /\]\(([^)#]+)(?:#[^)]*)?\)/) where !match.1.contains("://") {
                let target = folder.appending(path: String(match.1)).path
                #expect(FileManager.default.fileExists(atPath: target), "\(document.path) links to \(match.1)")
            }
            for match in document.text.matches(of: /`((?:Sources|Tests|Importers|Knowledge|scripts|docs)\/[\w\/.+\-]+)`/) {
                let target = ProjectFolder.root.appending(path: String(match.1)).path
                #expect(FileManager.default.fileExists(atPath: target), "\(document.path) names \(match.1)")
            }
        }
    }

    @Test("every threat is linked to a test that exists, or says why it is accepted")
    func threats() throws {
        let text = try String(contentsOf: ProjectFolder.root.appending(path: "docs/threat-model.md"), encoding: .utf8)
        let tests = SourceFile.all(in: ["Tests", "Importers"]).map(\.text).joined(separator: "\n")
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| threat") }
        #expect(rows.count > 40)
        for row in rows {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            try #require(cells.count == 3, "\(row)")
            let names = cells[2].matches(of: /"([^"]+)"/).map { String($0.1) }
            #expect(!names.isEmpty || cells[2] != "–" || cells[1].hasPrefix("accepted") || cells[1].contains("above"), "\(row)")
            for name in names { #expect(tests.contains("\"\(name)\""), "no test is named: \(name)") }
        }
    }

    @Test("decisions are numbered without gaps and say their status")
    func decisions() throws {
        let decisions = SourceFile.all(in: ["docs/adr"], ending: ".md")
        #expect(!decisions.isEmpty)
        for (number, decision) in decisions.enumerated() {
            let digits = String(number + 1)
            let prefix = String(repeating: "0", count: 4 - digits.count) + digits
            #expect(decision.name.hasPrefix(prefix + "-"), "\(decision.path)")
            #expect(decision.text.hasPrefix("# \(prefix) "), "\(decision.path) begins with its number")
            #expect(decision.text.firstMatch(of: /\nStatus: (accepted|superseded by \d{4})\n/) != nil, "\(decision.path)")
            for heading in ["Context", "Decision", "Rejected", "Consequences"] {
                #expect(decision.text.contains("\n## \(heading)\n"), "\(decision.path) lacks \(heading)")
            }
        }
    }

    @Test("the glossary's identifiers exist in the code")
    func glossary() throws {
        let text = try String(contentsOf: ProjectFolder.root.appending(path: "docs/glossary.md"), encoding: .utf8)
        let code = SourceFile.all(in: ["Sources", "Importers"]).map(\.text).joined(separator: "\n")
        let rows = text.split(separator: "\n").filter {
            $0.hasPrefix("| ") && !$0.hasPrefix("| Japanese") && !$0.hasPrefix("|--")
        }
        #expect(rows.count > 20)
        for row in rows {
            let cells = row.split(separator: "|", omittingEmptySubsequences: false)
            guard cells.count > 2 else { continue }
            for match in cells[2].matches(of: /`([\w.]+)`/) {
                let last = match.1.split(separator: ".").last.map(String.init) ?? ""
                #expect(code.contains(last), "docs/glossary.md: \(match.1) is nowhere in the code")
            }
        }
    }
}
