import AkashiDesk
import AkashiProof
import AkashiTesting
import Foundation
import Testing

@Suite("changed dossiers")
struct MutationTests {
    @Test("hundreds of ways to change a dossier are all refused, by ours and by the Python verifier")
    func everyMutationIsRefused() async throws {
        let (first, second, _) = try await SharedDossier.shared.dossiers()
        let stranger = try TestAuthority()
        let mutations = DossierMutation.all(second, other: first, foreignPEM: stranger.rootPEM)
        #expect(mutations.count >= 300, "\(mutations.count)")
        let batch = try TemporaryFolder()
        var names: [String] = []
        for mutation in mutations {
            var changed = second
            mutation.apply(&changed)
            guard changed.files != second.files else {
                Issue.record("changes nothing: \(mutation.name)")
                continue
            }
            let result = await DossierVerifier.verify(changed)
            #expect(!result.isConsistent, "ours accepts: \(mutation.name)")
            try Desk.write(changed, to: batch.url.appending(path: "\(names.count)"))
            names.append(mutation.name)
        }
        let codes = try Self.python(batch.url, names.count).map(\.code)
        #expect(codes.count == names.count)
        for (name, code) in zip(names, codes) { #expect(code == 1 || code == 3, "verify.py ends with \(code): \(name)") }
    }

    /// What verify.py says of the dossiers `0`, `1`, … in a folder. One Python process for all: starting hundreds takes minutes.
    private static func python(_ folder: URL, _ count: Int) throws -> [(code: Int, text: String)] {
        let driver = """
            import subprocess, sys, os
            from concurrent.futures import ThreadPoolExecutor
            def check(n):
                done = subprocess.run([sys.executable, sys.argv[1], os.path.join(sys.argv[2], str(n)), "--json"], capture_output=True)
                return str(done.returncode) + " " + done.stdout.decode().strip().replace("\\n", " ")
            with ThreadPoolExecutor(2) as pool: print("\\n".join(pool.map(check, range(int(sys.argv[3])))))
            """
        let script = ProjectFolder.root.appending(path: "Knowledge/dossier/verify.py").path
        let run = try Command.run("python3", ["-c", driver, script, folder.path, String(count)])
        return run.text.split(separator: "\n").compactMap { line in
            Int(line.prefix { $0 != " " }).map { ($0, String(line)) }
        }
    }

    @Test("the dossier that the forgeries start from is accepted by both, with names in either spelling")
    func startOfForgeries() async throws {
        var forged = ForgedDossier()
        forged.extraFiles["data/ご案内.txt"] = [65]
        let dossier = try forged.build()
        let result = await DossierVerifier.verify(dossier)
        #expect(result.isConsistent, "\(result.findings)")
        let folder = try TemporaryFolder()
        let root = folder.url.appending(path: "0")
        try Desk.write(dossier, to: root)
        // As a Mac of some age would spell it: こ and a mark of its own.
        let spelled = "data/こ\u{3099}案内.txt"
        #expect(rename(root.path + "/data/ご案内.txt", root.path + "/" + spelled) == 0)
        #expect(await DossierVerifier.verify(FolderDossier(root)).findings.isEmpty)
        #expect(try Self.python(folder.url, 1).map(\.code) == [0])
    }

    @Test("a dossier with every signature right and one rule broken is refused by both, for the same reason")
    func forgeries() async throws {
        let folder = try TemporaryFolder()
        for (number, forgery) in Forgery.all.enumerated() {
            var forged = ForgedDossier()
            forgery.change(&forged)
            let dossier = try forged.build()
            let result = await DossierVerifier.verify(dossier)
            #expect(result.findings.map(\.code).contains(forgery.code), "\(forgery.name): \(result.findings)")
            try Desk.write(dossier, to: folder.url.appending(path: "\(number)"))
        }
        let said = try Self.python(folder.url, Forgery.all.count)
        #expect(said.count == Forgery.all.count)
        for (forgery, said) in zip(Forgery.all, said) {
            #expect(said.code == 1 && said.text.contains("\"\(forgery.code)\""), "\(forgery.name): \(said.text)")
        }
    }

    @Test("an empty folder is refused")
    func emptyFolder() async throws {
        let folder = try TemporaryFolder()
        let root = folder.url.appending(path: "0")
        try Desk.write(try ForgedDossier().build(), to: root)
        try FileManager.default.createDirectory(
            at: root.appending(path: "data/exhibits/甲002"), withIntermediateDirectories: false)
        #expect(await DossierVerifier.verify(FolderDossier(root)).findings.map(\.code) == ["contents.extra"])
        #expect(try Self.python(folder.url, 1).map(\.code) == [1])
    }

    @Test("a dossier with a link in it is refused and the link not followed")
    func links() async throws {
        let dossier = try await SharedDossier.shared.dossiers().second
        let folder = try TemporaryFolder()
        let root = folder.url.appending(path: "d")
        try Desk.write(dossier, to: root)
        let pdf = root.appending(path: "data/dossier.pdf")
        let outside = folder.url.appending(path: "same.pdf")
        try FileManager.default.moveItem(at: pdf, to: outside)
        try FileManager.default.createSymbolicLink(at: pdf, withDestinationURL: outside)
        #expect(await DossierVerifier.verify(FolderDossier(root)).findings.map(\.code).contains("bag.link"))
        let script = ProjectFolder.root.appending(path: "Knowledge/dossier/verify.py").path
        #expect(try Command.run("python3", [script, root.path]).status == 1)
    }
}
