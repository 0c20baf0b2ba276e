import AkashiFormats
import AkashiTesting
import Foundation
import Testing

@Suite("killed programs")
struct KillTests {
    private static let posts = 4_000

    private static func archive() throws -> [UInt8] {
        let tweets = (0..<posts).map { number in
            let id = 1_827_364_554_637_280_000 + number
            return #"{"tweet":{"id_str":"\#(id)","created_at":"Sat Nov 14 12:00:00 +0000 2026","full_text":"投稿 \#(number)"}}"#
        }
        return try ZipWriter.zip([
            ("data/tweets.js", Array("window.YTD.tweets.part0 = [\(tweets.joined(separator: ",\n"))]".utf8)),
            ("data/account.js", Array(#"window.YTD.account.part0 = [{"account":{"username":"a_demo","accountId":"1"}}]"#.utf8)),
            ("data/manifest.js", Array(#"window.__THAR_CONFIG = {"userInfo":{"accountId":"1","userName":"a_demo"}}"#.utf8)),
        ])
    }

    private struct Info: Decodable {
        let records: Int
    }

    @Test("kill -9 at any moment of an import leaves a vault that is intact, and adding again completes it")
    func killedImports() throws {
        let work = try TemporaryFolder()
        let vault = work.url.appending(path: "vault").path
        let zip = work.url.appending(path: "archive.zip")
        try Data(try Self.archive()).write(to: zip)
        let akashi = Command.builtProgram("akashi")
        #expect(try Command.run(akashi, ["vault", "create", "--vault", vault, "--no-passphrase"]).status == 0)
        var generator = SeededGenerator(seed: 7)
        var kills = 0
        for _ in 0..<12 {
            let process = Process()
            process.executableURL = URL(filePath: akashi)
            process.arguments = ["add", zip.path, "--vault", vault]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            usleep(UInt32.random(in: 20_000...900_000, using: &generator))
            if process.isRunning {
                kill(process.processIdentifier, SIGKILL)
                kills += 1
            }
            process.waitUntilExit()
            let verify = try Command.run(akashi, ["verify", "--vault", vault])
            #expect(verify.status == 0, "\(verify.text) \(verify.errors)")
        }
        #expect(kills > 0)
        let added = try Command.run(akashi, ["add", zip.path, "--vault", vault])
        #expect(added.status == 0, "\(added.text) \(added.errors)")
        let info = try Command.run(akashi, ["vault", "info", "--vault", vault, "--json"])
        #expect(try JSONDecoder().decode(Info.self, from: Data(info.output)).records == Self.posts)
        #expect(try Command.run(akashi, ["reindex", "--vault", vault]).status == 0)
    }
}
