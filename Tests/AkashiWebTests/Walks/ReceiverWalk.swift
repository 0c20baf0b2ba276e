import AkashiBrowser
import AkashiDesk
import AkashiTesting
import Foundation
import Testing

/// The lawyer and the police desk: a ZIP, a machine with Python and nothing of ours, and what the letter in it says to do.
@Suite("the receiver's walk", .serialized)
struct ReceiverWalk {
    /// A command as somebody types it, with nothing of this program within reach.
    private static func type(_ command: String, in folder: URL) throws -> (status: Int32, said: String) {
        let done = try Command.run(
            "/usr/bin/env", ["-i", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "sh", "-c", "cd '\(folder.path)' && \(command)"])
        return (done.status, done.text + done.errors)
    }

    @Test(
        "opens what was handed over, follows its letter, checks it, compares the number that she told, and sees which exhibit was touched"
    )
    func walk() async throws {
        try await Visitor.visit(width: 360, height: 740, fill: { _ = try await DemoFill.fill($0, $1) }) { visitor in
            try await visitor.goTo("資料をわたす")
            try await visitor.type("風待署", into: "receiver")
            try await visitor.press("中身を見る")
            try await visitor.press("この中身で作る")
            try await visitor.wait(for: "資料ができました")
            let told = try await visitor.tab.evaluate("document.querySelector('dl.facts code').innerText").text ?? ""
            let id = try #require(try await visitor.path().split(separator: "/").last)
            let zip = try await visitor.client.post("/dossier/made/\(id)/zip")

            let folder = visitor.client.folder.appending(path: "desk-of-the-police")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(zip.body).write(to: folder.appending(path: "dossier.zip"))
            #expect(try Self.type("python3 -m zipfile -e dossier.zip . && ls", in: folder).status == 0)
            let inside = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            let letter = try #require(inside.first { $0.contains("読んでください") }, "\(inside.prefix(20))")
            let letterURL = folder.appending(path: letter)
            let words = try String(contentsOf: letterURL, encoding: .utf8)
            let command = try #require(
                words.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.first { $0.hasPrefix("python3 ") })
            let place = letterURL.deletingLastPathComponent()
            let checked = try Self.type(command, in: place)
            #expect(checked.status == 0, "\(checked.said)")
            #expect(!told.isEmpty && words.contains(told) && checked.said.contains(told), "\(told)")

            // What stands on paper: a table in the order of time, and every exhibit under its number.
            let paper = try Self.type("pdftotext -layout dossier.pdf - | tr -d ' \\n'", in: place).said
            #expect(paper.contains("時系列") && paper.contains("甲第1号証"))

            // One letter of one exhibit is changed on the way.
            let exhibit = try #require(
                try FileManager.default.subpathsOfDirectory(atPath: place.path)
                    .sorted().first { $0.contains("exhibits/") && $0.contains(".") })
            let touched = place.appending(path: exhibit)
            var bytes = [UInt8](try Data(contentsOf: touched))
            bytes[bytes.count / 2] ^= 1
            try Data(bytes).write(to: touched)
            let broken = try Self.type(command, in: place)
            #expect(broken.status != 0 && broken.said.contains(exhibit.split(separator: "/").last ?? ""), "\(broken.said)")
        }
    }
}
