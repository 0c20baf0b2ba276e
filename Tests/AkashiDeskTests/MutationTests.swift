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
        // One Python process for all: starting three hundred takes minutes.
        let driver = """
            import subprocess, sys, os
            from concurrent.futures import ThreadPoolExecutor
            def check(n): return subprocess.run([sys.executable, sys.argv[1], os.path.join(sys.argv[2], str(n))], capture_output=True).returncode
            with ThreadPoolExecutor(2) as pool: print(" ".join(str(c) for c in pool.map(check, range(int(sys.argv[3])))))
            """
        let script = ProjectFolder.root.appending(path: "Knowledge/dossier/verify.py").path
        let run = try Command.run("python3", ["-c", driver, script, batch.url.path, String(names.count)])
        let codes = run.text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        #expect(codes.count == names.count, "\(run.errors)")
        for (name, code) in zip(names, codes) { #expect(code == 1 || code == 3, "verify.py ends with \(code): \(name)") }
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
