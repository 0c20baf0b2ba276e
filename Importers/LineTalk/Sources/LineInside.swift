import AkashiModel

/// What stands between an opening and a closing mark, looked at as if they were none.
struct LineInside {
    /// Whether there are lines that look like messages or days.
    private(set) var holdsMessages = false
    /// Whether there are lines that could not stand there without the marks.
    private(set) var holdsLooseLines = false
    /// Whether the messages would go back in time.
    private(set) var isOutOfOrder = false
    /// How many messages by whom.
    private(set) var authors: [ArraySlice<UInt8>: Int] = [:]
    private var day: LineDayHeading?
    private var minute: Int

    init(from line: LineSpan, to last: LineSpan, _ head: LineHead, day: LineDayHeading?, _ classifier: LineClassifier) {
        self.day = day
        minute = head.time.minuteOfDay
        var hasBlank = false
        var isInside = true
        var line = classifier.lines.after(line)
        // And one line further: the message after the closing mark must fit too.
        while let current = line {
            let kind = classifier.kind(of: current)
            if case .blank = kind {
                hasBlank = true
            } else {
                if isInside, Self.needsMarks(kind, hasBlank: hasBlank) { holdsLooseLines = true }
                take(kind, of: current, isInside: isInside, classifier.lines)
                if !isInside { return }
                hasBlank = false
            }
            if current.number == last.number { isInside = false }
            line = classifier.lines.after(current)
        }
    }

    /// A telephone writes nothing but messages and days, and leaves a line empty only before a day.
    private static func needsMarks(_ kind: LineKind, hasBlank: Bool) -> Bool {
        switch kind {
        case .other: true
        case .message: hasBlank
        case .blank, .day: false
        }
    }

    private mutating func take(_ kind: LineKind, of line: LineSpan, isInside: Bool, _ lines: LineLines) {
        switch kind {
        case .blank, .other: return
        case .day(let next):
            if let old = day?.date, let new = next.date,
                new.instant(offsetMinutes: 0) <= old.instant(offsetMinutes: 0)
            {
                isOutOfOrder = true
            }
            day = next
            minute = 0
        case .message(let head):
            if head.time.minuteOfDay < minute { isOutOfOrder = true }
            minute = head.time.minuteOfDay
            if isInside, let author = lines.author(from: head.rest, in: line) { authors[author, default: 0] += 1 }
        }
        if isInside { holdsMessages = true }
    }
}
