import AkashiIntake

/// Goes through the lines of one talk, from the first to the last, and hands out what it finds.
struct LineTalkParser {
    /// Bytes of one text that are taken into a record. Its place in the file is noted whole, however long.
    static let maximumTextByteCount = 1 << 20

    /// A stretch of bytes of one line.
    struct Piece {
        let range: Range<Int>
        let line: Int
        var isQuoted = false
    }

    let classifier: LineClassifier
    let names: LineNames
    /// Problems so far.
    private(set) var report: ReadingReport
    private let path: String
    private var quotes: LineQuotes
    private var day: LineDayHeading?

    var lines: LineLines { classifier.lines }

    /// Takes what is known of a file before its messages are read.
    init(_ classifier: LineClassifier, names: LineNames, path: String, report: ReadingReport) {
        self.classifier = classifier
        self.names = names
        self.path = path
        self.report = report
        quotes = LineQuotes(classifier)
    }

    /// Reads from a line to the end. The last message of a file that was cut is not handed out: it may go on.
    mutating func run(from first: LineSpan?, isCut: Bool, _ take: (LineDraft) throws -> Void) rethrows {
        var line = first
        while let current = line {
            line = lines.after(current)
            switch classifier.kind(of: current) {
            case .blank: break
            case .day(let heading): begin(heading, at: current)
            case .other: note("line.stray-line", at: current)
            case .message(let head):
                let (draft, next) = classifier.form == .telephone ? tabbed(head, current) : spaced(head, current)
                line = next
                if isCut, next == nil { return }
                if day == nil { note("line.no-date", at: current) }
                try take(draft)
            }
        }
    }

    /// Notes a problem at a line.
    mutating func note(_ code: String, at line: LineSpan) {
        report.add(ReadingProblem(code, member: path, offset: UInt64(line.start), line: line.number))
    }

    private mutating func begin(_ heading: LineDayHeading, at line: LineSpan) {
        day = heading
        if let bad = LineText.decode(lines.bytes[line.range]).firstBad {
            report.add(ReadingProblem("text.bad-bytes", member: path, offset: UInt64(bad), line: line.number))
        }
        if heading.date == nil { note("line.date-ambiguous", at: line) }
        if heading.isWeekdayWrong { note("line.weekday-mismatch", at: line) }
    }

    /// `time⇥name⇥text`, and without a name `time⇥⇥text` or `time⇥text`.
    private mutating func tabbed(_ head: LineHead, _ line: LineSpan) -> (LineDraft, next: LineSpan?) {
        var draft = LineDraft(head, line, day: day)
        var start = head.rest
        if let tab = lines.bytes[start..<line.end].firstIndex(of: LineBytes.tab) {
            if tab > start { draft.author = decode(Piece(range: start..<tab, line: line.number), &draft) }
            start = tab + 1
        }
        let reading = quotes.read(at: start, in: line, head, day: day)
        var pieces = [Piece(range: start..<line.end, line: line.number)]
        var last = line
        if case .block(let closing, let isSure) = reading {
            pieces = block(from: start, in: line, to: closing)
            last = closing
            if !isSure { draft.remarks.append("line.quote-unsure") }
        }
        if reading == .unsure { draft.remarks.append("line.quote-unsure") }
        let (loose, next) = linesWithoutHead(after: last)
        if reading == .unclosed, !loose.isEmpty || next == nil {
            draft.remarks.append("line.unclosed-quote")
        } else if !loose.isEmpty {
            draft.remarks.append("line.unquoted-lines")
        }
        pieces += loose.map { Piece(range: $0.range, line: $0.number) }
        draft.end = (loose.last ?? last).end
        draft.text = text(pieces, &draft)
        if draft.author == nil { draft.notice = LineNotice(authorless: draft.text) }
        return (draft, next)
    }

    /// `time name text`, where both name and text may hold spaces.
    private mutating func spaced(_ head: LineHead, _ line: LineSpan) -> (LineDraft, next: LineSpan?) {
        var draft = LineDraft(head, line, day: day)
        let (loose, next) = linesWithoutHead(after: line)
        draft.end = (loose.last ?? line).end
        let rest = Piece(range: head.rest..<line.end, line: line.number)
        let name = names.match(lines.bytes[rest.range])
        if loose.isEmpty, let notice = LineNotice(known: LineText.decode(lines.bytes[rest.range]).text),
            let isSure = isSureNotice(notice, hasAuthor: name != nil)
        {
            draft.notice = notice
            draft.text = text([rest], &draft)
            if !isSure { addUnsure(&draft) }
            return (draft, next)
        }
        var start = head.rest
        if let name, name.isSure {
            draft.author = decode(Piece(range: start..<start + name.length, line: line.number), &draft)
            start = min(start + name.length + 1, line.end)
        } else {
            addUnsure(&draft)
        }
        let pieces = [Piece(range: start..<line.end, line: line.number)]
        draft.text = text(pieces + loose.map { Piece(range: $0.range, line: $0.number) }, &draft)
        return (draft, next)
    }

    /// Whether it is sure whom a notice names; nil if these are rather a member's own words.
    private func isSureNotice(_ notice: LineNotice, hasAuthor: Bool) -> Bool? {
        guard let name = notice.name else { return notice.event == "unsend" || !hasAuthor ? true : nil }
        if let isSure = names.isSure(name) { return isSure }
        if !name.utf8.contains(LineBytes.space) { return true }
        // Where nobody of this name speaks, two readings are left: A B joined, or A writes that B joined. But what LINE
        // says of a message taken back, people hardly write.
        return hasAuthor ? nil : notice.event == "unsend"
    }

    private mutating func addUnsure(_ draft: inout LineDraft) {
        draft.remarks.append("line.author-unsure")
        note("line.author-unsure", at: draft.line)
    }

    /// The lines after a message's own that begin nothing new, and the line that does; nil at the end.
    private func linesWithoutHead(after line: LineSpan) -> ([LineSpan], next: LineSpan?) {
        var found: [LineSpan] = []
        var blanks: [LineSpan] = []
        var next = lines.after(line)
        while let current = next {
            switch classifier.kind(of: current) {
            case .blank: blanks.append(current)
            case .other:
                found += blanks
                found.append(current)
                blanks = []
            case .day: return (found, current)
            case .message:
                // A computer leaves no line empty between messages: they are the end of the text.
                return (classifier.form == .computer ? found + blanks : found, current)
            }
            next = lines.after(current)
        }
        return (found, nil)
    }

    private func block(from start: Int, in first: LineSpan, to last: LineSpan) -> [Piece] {
        var pieces = [Piece(range: (start + 1)..<first.end, line: first.number, isQuoted: true)]
        var line = lines.after(first)
        while let current = line, current.number < last.number {
            pieces.append(Piece(range: current.range, line: current.number, isQuoted: true))
            line = lines.after(current)
        }
        pieces.append(Piece(range: last.start..<(last.end - 1), line: last.number, isQuoted: true))
        return pieces
    }

    /// Decodes line by line, so that one bad byte does not spoil a whole text.
    private mutating func text(_ pieces: [Piece], _ draft: inout LineDraft) -> String {
        var text = ""
        var left = Self.maximumTextByteCount
        for (index, piece) in pieces.enumerated() {
            if index > 0 {
                text.unicodeScalars.append("\n")
                left -= 1
            }
            text += decode(piece, &draft, limit: max(left, 0))
            left -= piece.range.count
            if left < 0 {
                draft.remarks.append("line.text-cut")
                note("line.message-too-large", at: draft.line)
                break
            }
        }
        return text
    }

    private mutating func decode(_ piece: Piece, _ draft: inout LineDraft, limit: Int = .max) -> String {
        let bytes = LineText.cut(lines.bytes[piece.range], to: limit)
        let decoded = LineText.decode(piece.isQuoted ? LineText.unescaped(bytes) : bytes)
        guard decoded.firstBad != nil, let bad = LineText.decode(bytes).firstBad else { return decoded.text }
        if !draft.remarks.contains("text.bad-bytes") { draft.remarks.append("text.bad-bytes") }
        report.add(ReadingProblem("text.bad-bytes", member: path, offset: UInt64(bad), line: piece.line))
        return decoded.text
    }
}
