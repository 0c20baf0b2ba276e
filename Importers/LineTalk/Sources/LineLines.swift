/// Where one line stands in a file: its bytes without the line end.
struct LineSpan: Hashable {
    /// Counted from 1.
    let number: Int
    /// The first byte.
    let start: Int
    /// One past the last byte, before CR LF or LF.
    let end: Int
    /// The first byte of the line after it.
    let next: Int

    /// The bytes without the line end.
    var range: Range<Int> { start..<end }
}

/// Cuts a file into lines at LF and CR LF, without copying and without a table of all lines.
///
/// Bytes and not Characters: `\r\n` is one Character, and a text split at `"\n"` stays whole.
struct LineLines {
    /// All bytes of the file, a byte order mark too, so that every offset is the file's own.
    let bytes: [UInt8]
    private let bodyStart: Int

    /// Takes all bytes of a file.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        bodyStart = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    }

    /// The first line, without a byte order mark; nil in an empty file.
    var first: LineSpan? { line(at: bodyStart, number: 1) }

    /// The next line; nil at the end.
    func after(_ line: LineSpan) -> LineSpan? { self.line(at: line.next, number: line.number + 1) }

    /// Whether a line holds nothing but spaces and tabs.
    func isBlank(_ line: LineSpan) -> Bool {
        bytes[line.range].allSatisfy { $0 == LineBytes.space || $0 == LineBytes.tab }
    }

    private func line(at start: Int, number: Int) -> LineSpan? {
        guard start < bytes.count else { return nil }
        let feed = bytes[start...].firstIndex(of: LineBytes.lineFeed)
        var end = feed ?? bytes.count
        let next = feed.map { $0 + 1 } ?? bytes.count
        if end > start, bytes[end - 1] == LineBytes.carriageReturn { end -= 1 }
        return LineSpan(number: number, start: start, end: end, next: next)
    }
}
