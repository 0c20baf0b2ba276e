import AkashiActions
import AkashiCapture
import AkashiDocuments
import AkashiKnowledge
import AkashiModeration
import AkashiTesting
import AkashiText
import Foundation
import Testing

/// docs/newcomer.md, taken at its word.
@Suite("the newcomer's guide")
struct NewcomerTests {
    private struct Block {
        let language: String
        let path: String
        let lines: [String]
        var isWhole: Bool { ["yaml", "mustache"].contains(language) }
        var text: String { lines.joined(separator: "\n") + "\n" }
    }

    private static let blocks: [Block] = {
        let url = ProjectFolder.root.appending(path: "docs/newcomer.md")
        let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        var blocks: [Block] = []
        var open: (language: String, path: String, lines: [String])?
        for line in text.components(separatedBy: "\n") {
            if let block = open {
                if line == "```" {
                    blocks.append(Block(language: block.language, path: block.path, lines: block.lines))
                    open = nil
                } else {
                    open?.lines.append(line)
                }
            } else if let match = line.wholeMatch(of: /```(\w+) (\S+)/) {
                open = (String(match.1), String(match.2), [])
            }
        }
        return blocks
    }()

    private static func lines(of path: String, in root: URL) throws -> [String] {
        try String(contentsOf: root.appending(path: path), encoding: .utf8).components(separatedBy: "\n")
    }

    @Test("what it shows is what the program has, line by line")
    func isTrue() throws {
        #expect(Self.blocks.count >= 15)
        for block in Self.blocks {
            let file = try Self.lines(of: block.path, in: ProjectFolder.root)
            if block.language == "diff" {
                for line in block.lines where line.hasPrefix("+") {
                    #expect(file.contains(String(line.dropFirst())), "\(block.path): \(line)")
                }
            } else if block.isWhole {
                #expect(block.lines + [""] == file, "\(block.path) is not what docs/newcomer.md shows")
            } else {
                let starts = file.indices.filter { file[$0...].starts(with: block.lines) }
                #expect(starts.count == 1, "\(block.path) has not once what begins with \(block.lines.first ?? "")")
            }
        }
    }

    @Test("followed where nothing of it is there, it makes a rule, a site and a paper that work")
    func works() throws {
        let folder = try TemporaryFolder()
        let root = folder.url.appending(path: "Knowledge")
        try FileManager.default.copyItem(at: ProjectFolder.root.appending(path: "Knowledge"), to: root)
        let blocks = Self.blocks.filter { $0.path.hasPrefix("Knowledge/") }
        let whole = blocks.filter(\.isWhole)
        let added = blocks.filter { $0.language == "diff" }
        for block in whole { try FileManager.default.removeItem(at: folder.url.appending(path: block.path)) }
        for block in added {
            let taken = Set(block.lines.map { String($0.dropFirst()) })
            let left = try Self.lines(of: block.path, in: folder.url).filter { !taken.contains($0) }
            try Data(left.joined(separator: "\n").utf8).write(to: folder.url.appending(path: block.path))
        }
        func packs() throws -> [RulePack] { try RulePack.all(Knowledge(root: root)) }
        func site() throws -> PlatformPack? {
            try Knowledge(root: root).list("platforms", ending: ".yaml").map {
                try Knowledge(root: root).yaml($0) as PlatformPack
            }
            .first { $0.holds("https://note.com/tsumugi_demo/n/n0a1b2c3d4e5f") }
        }
        func papers() throws -> [String] { try PaperDefinition.all(Knowledge(root: root)).map(\.id) }
        func name(_ key: String) throws -> String { try Strings(Knowledge(root: root), .ja).table("kinds")(key) }
        #expect(try !packs().contains { $0.id == "phishing" } && site() == nil)
        #expect(try !papers().contains("workplace-notice") && name("platform.note") == "platform.note")

        for block in whole { try Data(block.text.utf8).write(to: folder.url.appending(path: block.path)) }
        for block in added {
            // A newcomer puts a line where its key belongs.
            let lines =
                try Self.lines(of: block.path, in: folder.url).filter { !$0.isEmpty } + block.lines.map { String($0.dropFirst()) }
            try Data((lines.sorted().joined(separator: "\n") + "\n").utf8).write(to: folder.url.appending(path: block.path))
        }
        let pack = try #require(try packs().first { $0.id == "phishing" })
        let dictionary = try #require(WordDictionary(folder: WordDictionary.ipadic))
        let moderator = Moderator(try RuleSet(try pack.made(), Knowledge(root: root), dictionary))
        for rule in pack.rules {
            for text in rule.finds { #expect(!moderator.hits(in: Array(text.utf8)).isEmpty, "\(text)") }
        }
        #expect(try site()?.id == "note" && papers().contains("workplace-notice") && name("platform.note") == "note")
        let paper = try #require(try PaperDefinition.all(Knowledge(root: root)).first { $0.id == "workplace-notice" })
        _ = try PaperRenderer(Knowledge(root: root))
        #expect(paper.own?.map(\.id) == ["workPerson", "workContact", "workAsk"])
    }
}
