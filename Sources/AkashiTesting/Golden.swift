public import Foundation
public import Testing

/// A text file that the code must still produce, byte for byte.
public enum Golden {
    /// Compares. With `AKASHI_RECORD=1` the file is written anew, and the run fails so that nobody forgets to look at it.
    public static func expect(_ text: String, at file: URL, sourceLocation: SourceLocation = #_sourceLocation) {
        if ProcessInfo.processInfo.environment["AKASHI_RECORD"] == "1" {
            try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try? Data(text.utf8).write(to: file)
            Issue.record(
                "recorded \(file.lastPathComponent): look at it, and run again without AKASHI_RECORD",
                sourceLocation: sourceLocation)
            return
        }
        let kept = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        guard kept != text else { return }
        let old = kept.split(separator: "\n", omittingEmptySubsequences: false)
        let new = text.split(separator: "\n", omittingEmptySubsequences: false)
        let first = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
        Issue.record(
            """
            \(file.lastPathComponent) differs from line \(first + 1) on (AKASHI_RECORD=1 writes it anew)
            kept: \(old.indices.contains(first) ? String(old[first]) : "nothing")
            now:  \(new.indices.contains(first) ? String(new[first]) : "nothing")
            """, sourceLocation: sourceLocation)
    }
}
