import AkashiIntake

/// Tells talk files from other text files by their first bytes.
enum LineRecognition {
    /// Bytes that are looked at.
    static let headByteCount = 4096

    /// Whether a file's name is one that a talk file can have: with `.txt`, or with no ending at all.
    static func isPossible(name: String) -> Bool {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return true }
        let ending = name.utf8[dot...].dropFirst()
        if ending.elementsEqual("txt".utf8, by: { $0 | 0x20 == $1 }) { return true }
        // `[LINE] A. Bとのトーク` has a dot and no ending.
        let isEnding = (1...5).contains(ending.count) && ending.allSatisfy { isLetterOrDigit($0) }
        return !isEnding
    }

    /// Whether the first bytes of a file are those of a talk.
    static func isTalk(_ head: [UInt8]) -> Bool {
        let lines = LineLines(head)
        let header = LineHeader(lines)
        if header.title != nil { return true }
        guard let first = header.body, let heading = LineDayHeading(head[first.range]) else { return false }
        let classifier = LineClassifier(lines, body: first)
        // A diary can have days and times too. With dots, or with tabs, only LINE writes them.
        guard classifier.form == .telephone || heading.hasDots else { return false }
        var line = lines.after(first)
        while let current = line {
            if classifier.head(of: current) != nil { return true }
            line = lines.after(current)
        }
        return false
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...122).contains(byte | 0x20)
    }
}
