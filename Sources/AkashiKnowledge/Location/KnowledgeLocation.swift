public import AkashiModel
public import Foundation

/// Decides where the folder `Knowledge` lies. Nothing else in the project looks for it.
public enum KnowledgeLocation {
    /// Named by `AKASHI_KNOWLEDGE`; or installed beside the program, in `../share/akashi/Knowledge`; or in a folder above
    /// the program, as in a checkout.
    ///
    /// - Throws: ``KnowledgeErrorCode/missing``.
    public static func find() throws(KnowledgeError) -> URL {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["AKASHI_KNOWLEDGE"] {
            guard isKnowledge(URL(filePath: named)) else { throw KnowledgeError(.missing) }
            return URL(filePath: named)
        }
        let program = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")).map { URL(filePath: $0) }
        var folder = (own ?? program).deletingLastPathComponent()
        let installed = folder.deletingLastPathComponent().appending(path: "share/akashi/Knowledge")
        if isKnowledge(installed) { return installed }
        for _ in 0..<8 {
            let candidate = folder.appending(path: "Knowledge")
            if isKnowledge(candidate) { return candidate }
            folder = folder.deletingLastPathComponent()
        }
        throw KnowledgeError(.missing)
    }

    private static func isKnowledge(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "strings").path)
    }
}
