/// Tells whether a text that begins with a quotation mark is a text of several lines.
///
/// The rule of the format: a text of several lines stands in quotation marks, with each mark inside doubled; a text of
/// one line never does, even if its writer began it with a mark. So one mark at the beginning says nothing yet. The
/// closing mark must be the first that is not doubled, and the last byte of a later line.
struct LineQuotes {
    /// How a text is to be read.
    enum Reading: Equatable {
        /// As it stands.
        case plain
        /// As it stands, though it begins with a mark that nothing closes.
        case unclosed
        /// As the inside of marks that close at the end of a later line.
        case block(last: LineSpan, isSure: Bool)
        /// As it stands, though a later line ends as if it closed a block that would hold whole messages.
        case unsure
    }

    /// Bytes in which a closing mark is looked for.
    static let maximumByteCount = 1 << 20

    private let classifier: LineClassifier
    private var lines: LineLines { classifier.lines }
    private var authors: [ArraySlice<UInt8>: Int]?

    /// Takes the lines in the form of telephones.
    init(_ classifier: LineClassifier) { self.classifier = classifier }

    /// Reads the text that begins at a byte of a line.
    mutating func read(at start: Int, in line: LineSpan, _ head: LineHead, day: LineDayHeading?) -> Reading {
        guard start < line.end, lines.bytes[start] == LineBytes.quote else { return .plain }
        guard let mark = firstSingleMark(from: start + 1, in: line) else { return .unclosed }
        if mark.line.number == line.number { return .plain }
        guard mark.at + 1 == mark.line.end else { return .unclosed }
        let inside = LineInside(from: line, to: mark.line, head, day: day, classifier)
        if !inside.holdsMessages || inside.holdsLooseLines { return .block(last: mark.line, isSure: true) }
        // From here on both readings are possible: one message that quotes others, or several, of which the first
        // begins and the last ends with a mark. Out of order, or by people who are not in the talk: quoted.
        if inside.isOutOfOrder || holdsStrangers(inside) { return .block(last: mark.line, isSure: false) }
        return .unsure
    }

    private func firstSingleMark(from start: Int, in line: LineSpan) -> (at: Int, line: LineSpan)? {
        var line = line
        var at = start
        while true {
            while let mark = lines.bytes[at..<line.end].firstIndex(of: LineBytes.quote) {
                guard mark + 1 < line.end, lines.bytes[mark + 1] == LineBytes.quote else { return (mark, line) }
                at = mark + 2
            }
            guard let next = lines.after(line), next.end - start <= Self.maximumByteCount else { return nil }
            line = next
            at = next.start
        }
    }

    /// Whether somebody speaks inside who speaks nowhere else in the file.
    private mutating func holdsStrangers(_ inside: LineInside) -> Bool {
        let all = authors ?? countAuthors()
        authors = all
        return inside.authors.contains { author, count in all[author, default: 0] <= count }
    }

    private func countAuthors() -> [ArraySlice<UInt8>: Int] {
        var counts: [ArraySlice<UInt8>: Int] = [:]
        var line = lines.first
        while let current = line {
            if let head = classifier.head(of: current), let author = lines.author(from: head.rest, in: current) {
                counts[author, default: 0] += 1
            }
            line = lines.after(current)
        }
        return counts
    }
}

extension LineLines {
    /// The bytes up to the next tab; nil if there is none, or nothing before it.
    func author(from start: Int, in line: LineSpan) -> ArraySlice<UInt8>? {
        guard let tab = bytes[start..<line.end].firstIndex(of: LineBytes.tab), tab > start else { return nil }
        return bytes[start..<tab]
    }
}
