import AkashiDesk
import AkashiFormats
import AkashiKnowledge
import AkashiModel
import AkashiTesting
import AkashiVault
import Foundation

/// A desk with a vault of its own in a folder that disappears.
struct DeskFixture {
    let folder = try? TemporaryFolder()
    let environment: DeskEnvironment

    init(authority: TestAuthority? = nil, seed: UInt64 = 1) {
        environment = DeskEnvironment(
            vault: .test(seed: seed), knowledge: Knowledge(root: ProjectFolder.root.appending(path: "Knowledge")),
            sendStampRequest: { _, query in
                guard let authority else { throw CocoaError(.fileReadUnknown) }
                return try authority.answer(query)
            })
    }

    func path(_ name: String) -> URL { (folder?.url ?? URL(filePath: "/nonexistent")).appending(path: name) }

    func create() throws -> Desk {
        try Desk.create(at: path("vault").path, passphrase: nil, environment: environment)
    }

    func open() async throws -> Desk {
        try await Desk.open(at: path("vault").path, unlock: .noPassphrase, environment: environment)
    }

    /// Writes a file that she has, and says where.
    func write(_ name: String, _ bytes: [UInt8]) throws -> URL {
        let url = path("her/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        return url
    }

    func write(_ name: String, _ text: String) throws -> URL { try write(name, Array(text.utf8)) }

    /// A zip archive of text files.
    func zip(_ name: String, _ files: [(String, String)]) throws -> URL {
        try write(name, ZipWriter.zip(files.map { ($0.0, Array($0.1.utf8)) }))
    }

    /// An X archive of one account with some posts.
    static func archive(_ posts: [(id: String, text: String)], generated: String) -> [(String, String)] {
        let list = posts.map { post in
            """
            { "tweet" : { "id_str" : "\(post.id)", "full_text" : "\(post.text)", "created_at" : "Wed Nov 25 01:02:03 +0000 2026" } }
            """
        }.joined(separator: ",\n")
        return [
            (
                "data/manifest.js",
                """
                window.__THAR_CONFIG = { "userInfo" : { "accountId" : "14", "userName" : "ito_demo" },
                "archiveInfo" : { "generationDate" : "\(generated)", "isPartialArchive" : false }, "dataTypes" : { } }
                """
            ), ("data/tweets.js", "window.YTD.tweets.part0 = [ \(list) ]"),
        ]
    }
}
